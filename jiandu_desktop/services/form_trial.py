"""试填: a throw-away bureau with one made-up school, in which a checklist is filled in as it will be on site."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from jiandu_desktop.domain.identity import Clock, IdSource
from jiandu_desktop.domain.inspector import Inspector
from jiandu_desktop.domain.school import School, Stage
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.services.unit import Unit

TRIAL_UNIT = Unit(name="试填用的教育督导室", code_letters="试", county="试填")
_SCHOOL = "试填学校（虚构）"


@dataclass(frozen=True, slots=True)
class Trial:
    """An open trial: its folder (to be removed by `end`), its services and the visit that has begun."""

    folder: Path
    services: Services
    visit_id: str

    def end(self) -> None:
        """Removes everything that was filled in. The services must be closed by then."""
        shutil.rmtree(self.folder, ignore_errors=True)


def begin_trial(form: Path, *, clock: Clock, new_id: IdSource) -> Trial:
    """Put the checklist in force in a folder of its own and begin a visit with it.

    Raises FormFaults with every fault of the workbook, and Trouble for what is no workbook; nothing is left then.
    """
    folder = Path(tempfile.mkdtemp(prefix="jiandu-try-"))
    try:
        services = open_services(DataFolder(folder / "data"), clock=clock, new_id=new_id)
        try:
            return Trial(folder, services, _begin(services, folder, form, new_id))
        except BaseException:
            services.close()
            raise
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _begin(services: Services, folder: Path, form: Path, new_id: IdSource) -> str:
    from jiandu_desktop.storage import county

    shared = folder / "shared"
    shared.mkdir()
    services.profile.found_office(shared, TRIAL_UNIT)
    services.office.add_form(form)
    school = School(
        id=new_id(),
        code="0000000001",
        name=_SCHOOL,
        stage=Stage.NINE_YEAR,
        area="第一责任区",
        district=TRIAL_UNIT.county,
        head="校长",
        pupils=1186,
        teachers=82,
        classes=27,
        boarders=208,
    )
    person = services.store.membership().person
    with services.store.writing() as work:
        county.put_schools(work, school)
        county.put_inspectors(work, Inspector(id=person, name="试填督学"))
    row = services.library.rows()[0]
    return services.visits.start_free(school.id, row.form_id, row.title).visit.id
