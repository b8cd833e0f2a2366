"""All services over one store, handed to the window or the command line; each is made when it is first asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import Clock, IdSource
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.services.preferences import Preferences
from jiandu_desktop.services.store import Store

if TYPE_CHECKING:
    from jiandu_desktop.services.certificates import Certificates
    from jiandu_desktop.services.checklists import Checklists
    from jiandu_desktop.services.collecting import Collecting
    from jiandu_desktop.services.conflicts import Conflicts
    from jiandu_desktop.services.counting import Counting
    from jiandu_desktop.services.deadlines import Deadlines
    from jiandu_desktop.services.devices import Devices
    from jiandu_desktop.services.document_templates import DocumentTemplates
    from jiandu_desktop.services.escalations import Escalations
    from jiandu_desktop.services.exchange import Exchange
    from jiandu_desktop.services.exports import Exports
    from jiandu_desktop.services.filling import Visits
    from jiandu_desktop.services.finishing import Finishing
    from jiandu_desktop.services.importing import Importing
    from jiandu_desktop.services.indicators import Indicators
    from jiandu_desktop.services.joining import Joining
    from jiandu_desktop.services.ledger_export import LedgerExport
    from jiandu_desktop.services.ledger_import import LedgerImport
    from jiandu_desktop.services.letters import Letters
    from jiandu_desktop.services.life_rules import OfficeRules
    from jiandu_desktop.services.office import Office
    from jiandu_desktop.services.old_lists import OldLists
    from jiandu_desktop.services.paper_files import PaperFiles
    from jiandu_desktop.services.paper_life import PaperLife
    from jiandu_desktop.services.papers import Papers
    from jiandu_desktop.services.phrases import Phrases
    from jiandu_desktop.services.problem_entry import ProblemEntry
    from jiandu_desktop.services.problem_steps import ProblemSteps
    from jiandu_desktop.services.problems import Problems
    from jiandu_desktop.services.proofs import Proofs
    from jiandu_desktop.services.register import Register
    from jiandu_desktop.services.seals import Seals
    from jiandu_desktop.services.shared_folders import SharedFolders
    from jiandu_desktop.services.today import Schools, Today
    from jiandu_desktop.services.trail import Trails
    from jiandu_desktop.services.versions import Versions
    from jiandu_desktop.services.visit_export import VisitExport
    from jiandu_desktop.services.visit_import import VisitImport

T = TypeVar("T")

# The modules are imported in the functions below, so that the window's start loads what 今日 needs and no more:
# documents, spreadsheets and the form engine are loaded when they are used.


class _Part(Generic[T]):
    """One service, made at the first asking by whichever thread asks first, and kept."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self._name = make.__name__

    def __get__(self, services: Services, kind: type[Services]) -> T:
        with services.lock:
            if self._name not in services.__dict__:
                services.__dict__[self._name] = self._make(services)
            made: T = services.__dict__[self._name]
            return made


class Services:
    """What a user can do with one data folder."""

    def __init__(self, store: Store) -> None:
        self.lock = threading.RLock()
        self.store = store
        self.preferences = Preferences(store)

    def close(self) -> None:
        self.store.close()

    @_Part
    def library(self) -> Checklists:
        from jiandu_desktop.services.checklists import Checklists

        return Checklists(self.store)

    @_Part
    def today(self) -> Today:
        from jiandu_desktop.services.today import Today

        return Today(self.store, lambda: self.library)

    @_Part
    def schools(self) -> Schools:
        from jiandu_desktop.services.today import Schools

        return Schools(self.store)

    @_Part
    def visits(self) -> Visits:
        from jiandu_desktop.services.filling import Visits

        return Visits(self.store, self.library, self.preferences)

    @_Part
    def finishing(self) -> Finishing:
        from jiandu_desktop.services.finishing import Finishing

        return Finishing(self.store, self.library, self.preferences, self.visits)

    @_Part
    def phrases(self) -> Phrases:
        from jiandu_desktop.services.phrases import Phrases

        return Phrases(self.store)

    @_Part
    def papers(self) -> Papers:
        from jiandu_desktop.services.papers import Papers

        return Papers(self.store, lambda: self.finishing)

    @_Part
    def templates(self) -> DocumentTemplates:
        from jiandu_desktop.services.document_templates import DocumentTemplates

        return DocumentTemplates(self.store)

    @_Part
    def paper_files(self) -> PaperFiles:
        from jiandu_desktop.services.paper_files import PaperFiles

        return PaperFiles(self.store)

    @_Part
    def paper_life(self) -> PaperLife:
        from jiandu_desktop.services.paper_life import PaperLife

        return PaperLife(self.store, self.preferences, lambda visit_id: self.finishing.mark_signed(visit_id))

    @_Part
    def register(self) -> Register:
        from jiandu_desktop.services.register import Register

        return Register(self.store)

    @_Part
    def seals(self) -> Seals:
        from jiandu_desktop.services.seals import Seals

        return Seals(self.store)

    @_Part
    def certificates(self) -> Certificates:
        from jiandu_desktop.services.certificates import Certificates

        return Certificates(self.store)

    @_Part
    def problems(self) -> Problems:
        from jiandu_desktop.services.problems import Problems

        return Problems(self.store)

    @_Part
    def steps(self) -> ProblemSteps:
        from jiandu_desktop.services.problem_steps import ProblemSteps

        return ProblemSteps(self.store)

    @_Part
    def proofs(self) -> Proofs:
        from jiandu_desktop.services.proofs import Proofs

        return Proofs(self.store, self.preferences)

    @_Part
    def deadlines(self) -> Deadlines:
        from jiandu_desktop.services.deadlines import Deadlines

        return Deadlines(self.store, self.preferences)

    @_Part
    def entry(self) -> ProblemEntry:
        from jiandu_desktop.services.problem_entry import ProblemEntry

        return ProblemEntry(self.store, self.preferences, self.deadlines)

    @_Part
    def rules(self) -> OfficeRules:
        from jiandu_desktop.services.life_rules import OfficeRules

        return OfficeRules(self.store, lambda: self.escalations)

    @_Part
    def escalations(self) -> Escalations:
        from jiandu_desktop.services.escalations import Escalations

        return Escalations(self.store)

    @_Part
    def letters(self) -> Letters:
        from jiandu_desktop.services.inspection_papers import InspectionPapers
        from jiandu_desktop.services.letters import Letters

        inspections = InspectionPapers(self.store, self.library, lambda: self.finishing)
        return Letters(self.store, self.deadlines, inspections)

    @_Part
    def exchange(self) -> Exchange:
        from jiandu_desktop.services.exchange import Exchange

        return Exchange(self.store)

    @_Part
    def folders(self) -> SharedFolders:
        from jiandu_desktop.services.shared_folders import SharedFolders

        return SharedFolders(self.store)

    @_Part
    def conflicts(self) -> Conflicts:
        from jiandu_desktop.services.conflicts import Conflicts

        return Conflicts(self.store)

    @_Part
    def devices(self) -> Devices:
        from jiandu_desktop.services.devices import Devices

        return Devices(self.store)

    @_Part
    def profile(self) -> Joining:
        from jiandu_desktop.services.joining import Joining

        return Joining(self.store)

    @_Part
    def importing(self) -> Importing:
        from jiandu_desktop.services.importing import Importing

        return Importing(self.store)

    @_Part
    def office(self) -> Office:
        from jiandu_desktop.services.office import Office

        return Office(self.store, self.exchange, self.profile)

    @_Part
    def counting(self) -> Counting:
        from jiandu_desktop.services.counting import Counting

        return Counting(self.store, self.library)

    @_Part
    def indicators(self) -> Indicators:
        from jiandu_desktop.services.indicators import Indicators

        return Indicators(self.store)

    @_Part
    def ledger_export(self) -> LedgerExport:
        from jiandu_desktop.services.ledger_export import LedgerExport

        return LedgerExport(self.store)

    @_Part
    def ledger_import(self) -> LedgerImport:
        from jiandu_desktop.services.ledger_import import LedgerImport

        return LedgerImport(self.store, self.steps)

    @_Part
    def old_lists(self) -> OldLists:
        from jiandu_desktop.services.old_lists import OldLists

        return OldLists(self.store)

    @_Part
    def collecting(self) -> Collecting:
        from jiandu_desktop.services.collecting import Collecting

        return Collecting(self.store, self.library)

    @_Part
    def versions(self) -> Versions:
        from jiandu_desktop.services.versions import Versions

        return Versions(self.store, self.library, self.visits)

    @_Part
    def trails(self) -> Trails:
        from jiandu_desktop.services.trail import Trails

        return Trails(self.store)

    @_Part
    def visit_export(self) -> VisitExport:
        from jiandu_desktop.services.visit_export import VisitExport

        return VisitExport(self.store, self.visits, self.trails)

    @_Part
    def visit_import(self) -> VisitImport:
        from jiandu_desktop.services.visit_import import VisitImport

        return VisitImport(self.store, self.library, self.visits)

    @_Part
    def exports(self) -> Exports:
        from jiandu_desktop.services.exports import Exports

        return Exports()


def open_services(folder: DataFolder, *, clock: Clock, new_id: IdSource) -> Services:
    """Open (or make) the data in `folder`; raises Trouble `database-…`, `disk-full`, `moved-away` …"""
    if folder.moved_away.exists():
        from jiandu_desktop.services.moving import moved_away

        raise moved_away(folder) or Trouble("moved-away", path=str(folder.root))
    services = Services(Store(folder, clock, new_id))
    if folder.restored.exists():
        from jiandu_desktop.services.restoring import go_on_restored

        go_on_restored(services.store)
    return services
