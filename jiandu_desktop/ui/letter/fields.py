"""The editable parts of a document, as fields below each other; which ones, the kind decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from jiandu_desktop.domain.document import (
    ABOUT_A_VISIT,
    PHOTOS_PER_PAGE,
    WARNING_LEVEL_NAMES,
    DocumentKind,
    Talk,
    Warned,
    WarningLevel,
)
from jiandu_desktop.services.letter_draft import LetterDraft
from jiandu_desktop.services.letters import LEVELS, TO_OTHERS
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.widgets.date_field import DateField
from jiandu_desktop.ui.widgets.text import Label

_LABEL = 84
_TEXT_LINES = {"opening": 4, "evaluation": 4, "highlights": 3, "demand": 5, "advice": 2, "lifting": 2}
_WORDED = ("opening", "demand", "evaluation", "advice")
"""What follows addressee and date while nobody has written another."""
_LETTERS = frozenset({*LEVELS, *TO_OTHERS, DocumentKind.WORK_TIP})
_OPINIONS = frozenset({DocumentKind.INSPECTION_OPINION, DocumentKind.INSPECTION_REPORT})
_SETTLED = frozenset({DocumentKind.FOUR_LISTS, *ABOUT_A_VISIT})
"""Kinds whose addressee follows the record."""
_TALKS = frozenset({DocumentKind.TALK_NOTICE, DocumentKind.TALK_RECORD})


class LetterFields(QWidget):
    """Shows a draft and tells the draft as it was edited. Wording that nobody touched follows addressee and date."""

    edited = Signal(object)
    """The `LetterDraft` as it stands now."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: LetterDraft | None = None
        self._proposed: LetterDraft | None = None
        self._government = ""
        self._showing = False
        self._rows: dict[str, QWidget] = {}
        self._labels: dict[str, Label] = {}
        self._texts: dict[str, QPlainTextEdit] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.addressee = self._line("addressee", self.tr("发给"))
        self.government = QCheckBox()
        self._add("government", "", self.government)
        self.government.toggled.connect(self._tell)
        self.subject = self._line("subject", self.tr("事由"))
        self.signer = self._line("signer", self.tr("签发人"))
        self.level = QComboBox()
        for level in WarningLevel:
            self.level.addItem(self.tr(WARNING_LEVEL_NAMES[level]), level.value)
        self._add("level", self.tr("预警级别"), self.level)
        self.level.currentIndexChanged.connect(self._tell)
        self.figure = self._line("figure", self.tr("触发指标"))
        self.threshold = self._line("threshold", self.tr("预警阈值"))
        self.person = self._line("person", self.tr("约谈对象"))
        self.when = self._line("when", self.tr("时间"))
        self.place = self._line("place", self.tr("地点"))
        self.by = self._line("by", self.tr("约谈人"))
        self.recorder = self._line("recorder", self.tr("记录人"))
        self.opening = self._text("opening", self.tr("开头"))
        self.days = self._line("days", self.tr("督导时间"))
        self.method = self._line("method", self.tr("督导方式"))
        self.evaluation = self._text("evaluation", self.tr("总体评价"))
        self.highlights = self._text("highlights", self.tr("亮点"))
        self.highlights.setToolTip(self.tr("一行是一条"))
        self.demand = self._text("demand", self.tr("要求"))
        self.demand.setToolTip(self.tr("一行是一条，打印时自动编号"))
        self.lifting = self._text("lifting", self.tr("解除条件"))
        self.advice = self._text("advice", self.tr("建议"))
        self.ranking = self._line("ranking", self.tr("排名规则"))
        self.answer_by = DateField(today)
        self.answer_by.setAccessibleName(self.tr("反馈期限"))
        self._add("answer_by", self.tr("反馈期限"), self.answer_by, stretch=True)
        self.answer_by.day_changed.connect(self._tell)
        self.copies = self._line("copies", self.tr("抄送"))
        self.copies.setPlaceholderText(self.tr("几个单位用顿号隔开"))
        self.separate = QCheckBox(self.tr("分成问题、措施、责任、时限四张表"))
        self._add("separate", "", self.separate)
        self.separate.toggled.connect(self._tell)
        self.photos = QComboBox()
        self.photos.addItem(self.tr("不附照片"), 0)
        for count in PHOTOS_PER_PAGE:
            self.photos.addItem(self.tr("每页 {count} 张").format(count=count), count)
        self._add("photos", self.tr("现场照片"), self.photos)
        self.photos.currentIndexChanged.connect(self._tell)
        self.public = QCheckBox(self.tr("公示版：隐去姓名、电话和身份证号"))
        self.public.setToolTip(
            self.tr(
                "隐去名册、督导记录里的姓名，以及“王某老师”这样的称呼。公示以前请再通读一遍，照片里的人脸要自己看。"
            )
        )
        self._add("public", "", self.public)
        self.public.toggled.connect(self._tell)

    def draft(self) -> LetterDraft | None:
        """As it stands now."""
        return self._draft

    def show_draft(self, draft: LetterDraft, government: str) -> None:
        """Shows a fresh draft; tells nothing. `government` is the second addressee that a report may have."""
        self._draft = self._proposed = draft
        self._government = government
        self._showing = True
        self.government.setText(self.tr("同时报{body}（双报告）").format(body=government))
        warned, talk = draft.warned or Warned(), draft.talk or Talk()
        for field, text in (
            (self.addressee, draft.addressee),
            (self.subject, draft.subject),
            (self.signer, draft.signer),
            (self.figure, warned.figure),
            (self.threshold, warned.threshold),
            (self.person, talk.person),
            (self.when, talk.when),
            (self.place, talk.place),
            (self.by, talk.by),
            (self.recorder, talk.recorder),
            (self.ranking, draft.ranking_rule),
            (self.days, draft.when),
            (self.method, draft.method),
            (self.copies, "、".join(draft.copies_to)),
        ):
            field.setText(text)
            field.setCursorPosition(0)
        self.government.setChecked(bool(draft.also_to))
        self.level.setCurrentIndex(list(WarningLevel).index(warned.level))
        for name in (*_WORDED, "highlights"):
            self._texts[name].setPlainText(getattr(draft, name))
        self.lifting.setPlainText(warned.lifting)
        self.answer_by.set_day(draft.answer_by)
        self.separate.setChecked(draft.separate)
        self.photos.setCurrentIndex(max(0, self.photos.findData(draft.photos)))
        self.public.setChecked(draft.public)
        self._show_rows(draft.kind)
        self._showing = False

    def take_wording(self, draft: LetterDraft) -> None:
        """New default wording, where nobody has written another."""
        if self._draft is None or self._proposed is None:
            return
        self._showing = True
        for name in _WORDED:
            field, fresh = self._texts[name], getattr(draft, name)
            if field.toPlainText() == getattr(self._proposed, name):
                field.setPlainText(fresh)
                self._proposed = replace(self._proposed, **{name: fresh})
        self._draft = self._read(self._draft)
        self._showing = False

    def is_touched(self) -> bool:
        """Whether a person has written anything."""
        return self._draft != self._proposed

    def _show_rows(self, kind: DocumentKind) -> None:
        letter = kind in _LETTERS
        notice, report = kind is DocumentKind.INSPECTION_NOTICE, kind is DocumentKind.INSPECTION_REPORT
        opinion = kind in _OPINIONS
        shown = {
            "subject": letter or notice or report or kind is DocumentKind.TALK_RECORD,
            "addressee": kind not in _SETTLED,
            "opening": letter or notice or opinion,
            **dict.fromkeys(("days", "method"), notice),
            **dict.fromkeys(("evaluation", "highlights"), opinion),
            **dict.fromkeys(("photos", "public"), report),
            "demand": letter or notice or kind in (DocumentKind.TALK_RECORD, DocumentKind.INSPECTION_OPINION),
            "advice": opinion or (letter and kind is not DocumentKind.TALK_NOTICE),
            "answer_by": letter and kind not in (DocumentKind.COPY_NOTICE, DocumentKind.REPORT),
            "copies": letter or notice or kind is DocumentKind.INSPECTION_OPINION,
            "signer": kind is DocumentKind.REPORT,
            "government": kind is DocumentKind.REPORT,
            "ranking": kind is DocumentKind.CIRCULAR,
            "separate": kind is DocumentKind.FOUR_LISTS,
            **dict.fromkeys(("level", "figure", "threshold", "lifting"), kind is DocumentKind.WARNING),
            **dict.fromkeys(("person", "when", "place", "by"), kind in _TALKS),
            "recorder": kind is DocumentKind.TALK_RECORD,
        }
        self._labels["opening"].setText(self.tr("基本情况") if report else self.tr("开头"))
        self._labels["subject"].setText(self.tr("督导任务") if notice else self.tr("事由"))
        for name, row in self._rows.items():
            row.setVisible(shown[name])
        self.setVisible(any(shown.values()))

    @Slot()
    def _tell(self, *_: Any) -> None:
        if self._showing or self._draft is None:
            return
        draft = self._read(self._draft)
        if draft != self._draft:
            self._draft = draft
            self.edited.emit(draft)

    def _read(self, draft: LetterDraft) -> LetterDraft:
        text: Callable[[QPlainTextEdit], str] = QPlainTextEdit.toPlainText
        copies = tuple(part.strip() for part in self.copies.text().replace("，", "、").split("、") if part.strip())
        also = (self._government,) if self.government.isChecked() and draft.kind is DocumentKind.REPORT else ()
        warned = talk = None
        if draft.warned is not None:
            warned = Warned(
                level=WarningLevel(self.level.currentData()),
                figure=self.figure.text(),
                threshold=self.threshold.text(),
                lifting=text(self.lifting),
            )
        if draft.talk is not None:
            talk = Talk(
                person=self.person.text(),
                when=self.when.text(),
                place=self.place.text(),
                by=self.by.text(),
                recorder=self.recorder.text(),
            )
        return replace(
            draft,
            addressee=self.addressee.text(),
            also_to=also,
            subject=self.subject.text(),
            signer=self.signer.text(),
            opening=text(self.opening),
            demand=text(self.demand),
            advice=text(self.advice),
            evaluation=text(self.evaluation),
            highlights=text(self.highlights),
            when=self.days.text(),
            method=self.method.text(),
            photos=int(self.photos.currentData()),
            public=self.public.isChecked(),
            answer_by=self.answer_by.day(),
            copies_to=copies,
            ranking_rule=self.ranking.text(),
            warned=warned,
            talk=talk,
            separate=self.separate.isChecked(),
        )

    def _line(self, name: str, label: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(label)
        field.textEdited.connect(self._tell)
        self._add(name, label, field)
        return field

    def _text(self, name: str, label: str) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setAccessibleName(label)
        field.setTabChangesFocus(True)
        field.setFixedHeight(round(theme().px(22) * _TEXT_LINES[name] + 16))
        field.textChanged.connect(self._tell)
        self._texts[name] = field
        self._add(name, label, field)
        return field

    def _add(self, name: str, label: str, field: QWidget, *, stretch: bool = False) -> None:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        words = Label(label, role="label")
        words.setFixedWidth(theme().px(_LABEL))
        words.setMinimumHeight(theme().tokens.control)
        across.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(field, 0 if stretch else 1)
        if stretch:
            across.addStretch(1)
        self._rows[name] = row
        self._labels[name] = words
        self._column.addWidget(row)
