"""What stands around the list and follows every answer: outline, counts, reference, and what a search can find."""

from __future__ import annotations

from jiandu_desktop.services.open_visit import OpenVisit
from jiandu_desktop.services.pinyin import initials
from jiandu_desktop.ui.widgets.outline import MOST_CELLS, OutlineRow
from jiandu_desktop.ui.wizard.bars import BottomBar, TopBar
from jiandu_desktop.ui.wizard.filling import Filling
from jiandu_desktop.ui.wizard.find import Findable
from jiandu_desktop.ui.wizard.outline_side import OutlineSide, RingSide, show_row
from jiandu_desktop.ui.wizard.reference import LastTime, Reference, ReferencePanel, day_words


def meta_words(opened: OpenVisit) -> str:
    """Task, day and people, as they stand behind the school's name."""
    people = "、".join(inspector.name for inspector in opened.inspectors)
    return " · ".join(part for part in (opened.visit.task, day_words(opened.visit.started_at), people) if part)


class Surroundings:
    """Shows the state of the filling in the parts around the list; each part repaints only if it changed."""

    def __init__(
        self,
        filling: Filling,
        open_visit: OpenVisit,
        top: TopBar,
        bottom: BottomBar,
        side: OutlineSide,
        rings: RingSide,
        reference: ReferencePanel,
    ) -> None:
        self._filling, self._paper, self._open = filling, filling.paper, open_visit
        self._top, self._bottom, self._side, self._rings = top, bottom, side, rings
        self._reference = reference

    def follow(self, changed: frozenset[str], current: str) -> None:
        """Shows what an answer, note, photo or undo changed."""
        self.show_outline({self._paper.section_of(ref) for ref in changed} | self._paper.moving)
        self.show_counts()
        self.show_reference(current)

    def show_outline(self, sections: set[str] | None = None) -> None:
        """The cells of these sections, of all for None."""
        if sections is None:
            rows = [self._outline_row(place) for place in range(len(self._paper.sections))]
            self._side.outline.set_rows(rows)
            self._rings.outline.set_rows(rows)
            return
        for place, section in enumerate(self._paper.sections):
            if section.ref in sections:
                show_row((self._side.outline, self._rings.outline), place, self._outline_row(place))

    def _outline_row(self, place: int) -> OutlineRow:
        section = self._paper.sections[place]
        summary = self._paper.summary(section.ref)
        # A longer section is a bar, which has no cells to point at.
        named = summary.refs if len(summary.refs) <= MOST_CELLS else ()
        tips = tuple(f"{self._paper.item(ref).number} {self._paper.label(ref)}" for ref in named)
        return OutlineRow(section.number, section.label, summary.cells, tips)

    def show_counts(self) -> None:
        """The tally below, the legend, the photo count, and whether there is anything to undo."""
        found = [self._paper.summary(section.ref) for section in self._paper.sections]
        counts = self._paper.tally()
        answered, total = counts.answered, counts.total
        veto_open, failed = sum(each.veto_open for each in found), sum(each.failed for each in found)
        self._bottom.tally.show_tally(answered, total, veto_open, failed)
        self._bottom.fit_hints()
        self._side.legend.set_counts(answered, total - answered, failed, veto_open)
        self._top.show_photo_count(len(self._filling.photos))
        self._top.undo.setEnabled(len(self._filling.undo_list) > 0)
        self._top.redo.setVisible(self._filling.undo_list.can_redo)

    def show_reference(self, ref: str) -> None:
        """What the item in hand rests on and was last time."""
        if not self._paper.section_of(ref):
            return
        item = self._paper.item(ref)
        answers = self._open.last.answers if self._open.last is not None else {}
        answer = answers.get(item.name)
        last = None
        if answer is not None and self._open.last is not None:
            last = LastTime(
                at=answer.day or self._open.last.day,
                label=answer.label,
                note=answer.note,
                failed=answer.failed,
                photo=answer.photos[0] if answer.photos else "",
            )
        self._reference.show_reference(
            Reference(
                number=item.number,
                label=self._paper.label(ref),
                standard=item.inspection.standard,
                basis=item.inspection.basis,
                last=last,
            )
        )

    def findables(self) -> list[Findable]:
        """Every item shown now, as the search sees it."""
        return [
            Findable(
                ref=ref,
                number=self._paper.item(ref).number,
                words=f"{self._paper.label(ref)}\n{self._paper.node(ref).hint}".strip(),
                initials=initials(self._paper.label(ref)),
                problem=ref in self._filling.problems,
                unanswered=self._paper.is_unanswered(ref),
            )
            for ref in self._paper.refs()
        ]
