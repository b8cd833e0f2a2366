"""All services over one store, built once and handed to the window or the command line."""

from __future__ import annotations

from dataclasses import dataclass

from jiandu_desktop.domain.identity import Clock, IdSource
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.services.checklists import Checklists
from jiandu_desktop.services.collecting import Collecting
from jiandu_desktop.services.exchange import Exchange
from jiandu_desktop.services.exports import Exports
from jiandu_desktop.services.filling import Visits
from jiandu_desktop.services.finishing import Finishing
from jiandu_desktop.services.importing import Importing
from jiandu_desktop.services.joining import Joining
from jiandu_desktop.services.office import Office
from jiandu_desktop.services.papers import Papers
from jiandu_desktop.services.preferences import Preferences
from jiandu_desktop.services.problems import Problems
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.today import Schools, Today


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What a user can do with one data folder."""

    store: Store
    preferences: Preferences
    library: Checklists
    today: Today
    schools: Schools
    visits: Visits
    finishing: Finishing
    papers: Papers
    problems: Problems
    exchange: Exchange
    profile: Joining
    importing: Importing
    office: Office
    collecting: Collecting
    exports: Exports

    def close(self) -> None:
        self.store.close()


def open_services(folder: DataFolder, *, clock: Clock, new_id: IdSource) -> Services:
    """Open (or make) the data in `folder`; raises Trouble `database-…`, `disk-full`, `file-not-writable`."""
    store = Store(folder, clock, new_id)
    preferences = Preferences(store)
    library = Checklists(store)
    visits = Visits(store, library, preferences)
    finishing = Finishing(store, library, preferences, visits)
    exchange = Exchange(store)
    joining = Joining(store)
    return Services(
        store=store,
        preferences=preferences,
        library=library,
        today=Today(store, library),
        schools=Schools(store),
        visits=visits,
        finishing=finishing,
        papers=Papers(store, finishing),
        problems=Problems(store),
        exchange=exchange,
        profile=joining,
        importing=Importing(store),
        office=Office(store, exchange, joining),
        collecting=Collecting(store, library),
        exports=Exports(),
    )
