"""The county's picture of 资源配置: every school's seven indicators and 差异系数, from the newest school sheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from jiandu_desktop.domain.indicator import (
    SchoolFigures,
    Section,
    SectionFigures,
    Standards,
    Weighting,
    assess,
    counted_sections,
    county_of,
)
from jiandu_desktop.domain.school import School, Stage
from jiandu_desktop.domain.visit import Visit, VisitState
from jiandu_desktop.services.balance_figures import COUNTY_FORM, SCHOOL_FORM, school_figures, standards_of
from jiandu_desktop.services.balance_picture import IndicatorRow, Picture
from jiandu_desktop.services.overview import Overview, read_overview
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.unit import read_unit
from jiandu_desktop.storage import visits


class Indicators:
    """Reckons when it is asked; nothing is stored, so that no figure can be out of date."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def picture(self, day: date | None = None) -> Picture:
        """The state at the end of `day`, today unless said: of each school the newest finished sheet until then."""
        on = day or self._store.today()
        view = read_overview(self._store)
        newest = _newest(view, on)
        answers = {key: self._answers(visit) for key, visit in newest.items()}
        county = answers.get((COUNTY_FORM, ""), {})
        sheets = [(visit, answers[key]) for key, visit in newest.items() if key[0] == SCHOOL_FORM]
        latest = max(sheets, key=lambda pair: pair[0].started_at, default=(None, {}))[1]
        standards = standards_of(latest, county)
        by_school = {visit.school_id: (visit, values) for visit, values in sheets}
        rows: list[IndicatorRow] = []
        judged: list[SchoolFigures] = []
        for school in view.schools.values():
            rows += _rows(school, by_school.get(school.id), standards, judged)
        with self._store.reading() as work:
            office = read_unit(work).name
        found = newest.get((COUNTY_FORM, ""))
        return Picture(
            day=on,
            office=office,
            standards=standards,
            schools=tuple(view.schools.values()),
            rows=tuple(rows),
            weighted={section: county_of(judged, section, standards) for section in Section},
            unweighted={section: county_of(judged, section, standards, Weighting.SCHOOLS) for section in Section},
            county=county,
            county_visit="" if found is None else found.id,
        )

    def write(self, path: Path, day: date | None = None) -> None:
        """Tables Ⅰ to Ⅵ as a workbook; raises Trouble `file-not-writable`, `disk-full`."""
        from jiandu_desktop.services.balance_tables import balance_tables
        from jiandu_desktop.spreadsheets.balance_book import write_balance_book

        picture = self.picture(day)
        write_balance_book(path, picture.office, balance_tables(picture, picture.schools))

    def _answers(self, visit: Visit) -> dict[str, str]:
        """By item name, which is unique in these sheets."""
        with self._store.reading() as work:
            return {ref.rsplit("/", 1)[-1]: value for ref, value in visits.answers(work, visit.id).items()}


def _newest(view: Overview, day: date) -> dict[tuple[str, str], Visit]:
    """The newest finished sheet by form and school; the county sheet by form alone, wherever it was filled in."""
    found: dict[tuple[str, str], Visit] = {}
    for visit in view.latest_visits():
        if visit.state is VisitState.DRAFT or visit.started_at.date() > day:
            continue
        if visit.form_id not in (SCHOOL_FORM, COUNTY_FORM):
            continue
        key = (visit.form_id, visit.school_id if visit.form_id == SCHOOL_FORM else "")
        if key not in found or found[key].started_at < visit.started_at:
            found[key] = visit
    return found


def _rows(
    school: School, sheet: tuple[Visit, dict[str, str]] | None, standards: Standards, judged: list[SchoolFigures]
) -> list[IndicatorRow]:
    """The school's rows; its figures join `judged`. A school without a sheet stands there as one, not as nothing."""
    if sheet is None:
        # The roster knows how many pupils there are: a 教学点 below 50 is not waited for.
        known = SectionFigures(pupils=school.pupils)
        blank = SchoolFigures(school_id=school.id, stage=school.stage)
        if school.stage is Stage.TEACHING_POINT:
            blank = replace(blank, sections={Section.PRIMARY: known})
        sections = counted_sections(blank)
        if sections:
            judged.append(blank)
        return [IndicatorRow(school=school, section=section, result=None) for section in sections]
    visit, answers = sheet
    figures = school_figures(school.id, school.stage, answers)
    judged.append(figures)
    return [
        IndicatorRow(
            school=school,
            section=result.section,
            result=result,
            figures=figures,
            visit_id=visit.id,
            day=visit.started_at.date(),
            answers=answers,
        )
        for result in assess(figures, standards)
    ]
