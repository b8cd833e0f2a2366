"""Tools of the ledger's page: 分组, 批量, the words of views and numbers, and the user's own views.

GroupButton()   value() · set_value(str) · signal chosen(str field or "")
BulkButton()    set_count(int), set_role(str) · signals wanted(str BulkStep), recheck_wanted(), letter_wanted()
OwnViews(desk, now, parent)   by_key() · save() · rename(key) · remove(key); signal changed(str key to show)
view_words() · sums(Numbers)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from jiandu_desktop.services.ledger_views import Field, Numbers, SavedView, View, keep_views, saved_views
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.pages.ledger_bulk import bulk_words, office_only
from jiandu_desktop.ui.pages.ledger_filters import field_words
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.filters import FilterButton

GROUPS = (Field.SCHOOL, Field.MATTER, Field.AREA, Field.PERSON, Field.GRADE, Field.STATE)
OWN = "own:"
"""Before the name of a view of the user's own, where a view's key is wanted."""


class GroupButton(FilterButton):
    """分组: by nothing, school, matter, 责任区, person, grade or state."""

    def __init__(self, parent: QWidget | None = None) -> None:
        words = field_words()
        choices = [("", QCoreApplication.translate("Ledger", "不分"))]
        choices += [(field.value, words[field]) for field in GROUPS]
        super().__init__(QCoreApplication.translate("Ledger", "分组"), choices, parent)


class BulkButton(Button):
    """批量: off while nothing is selected; what only an office may do says so."""

    wanted = Signal(str)
    recheck_wanted = Signal()
    letter_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Ledger", "批量"), icon="list-checks", parent=parent)
        self.setToolTip(self.tr("对选中的问题一起办：按住 Ctrl 或 Shift 点选，Ctrl+A 全选  Ctrl+B"))
        self._role = ""
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self.clicked.connect(self.open)
        self.set_count(0)

    def menu_of_steps(self) -> QMenu:
        """The menu as it stands now."""
        self._menu.clear()
        for step, word in bulk_words().items():
            closed = office_only(step) and self._role == "inspector"
            named = self.tr("{step}…（由督导室办）") if closed else self.tr("{step}…")
            action = self._menu.addAction(named.format(step=word))
            action.setEnabled(not closed)
            action.triggered.connect(lambda _=False, value=step.value: self.wanted.emit(value))
        self._menu.addSeparator()
        self._menu.addAction(self.tr("到学校复查…")).triggered.connect(self.recheck_wanted)
        self._menu.addAction(self.tr("出具文书…")).triggered.connect(self.letter_wanted)
        return self._menu

    def set_role(self, role: str) -> None:
        """ "inspector" or "office"."""
        self._role = role

    def set_count(self, count: int) -> None:
        """How many problems are selected."""
        words = QCoreApplication.translate("Ledger", "批量 {count}").format(count=count)
        self.setText(words if count > 1 else QCoreApplication.translate("Ledger", "批量"))
        self.setEnabled(count > 0)

    @Slot()
    def open(self) -> None:
        if self.isEnabled():
            self.menu_of_steps().popup(self.mapToGlobal(QPoint(0, self.height() + 4)))


class OwnViews(QObject):
    """The views that the user saved; `now` gives what is shown, as a view without a name."""

    changed = Signal(str)

    def __init__(self, desk: Desk, now: Callable[[], SavedView], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._now = now

    def by_key(self) -> dict[str, SavedView]:
        return {OWN + view.name: view for view in saved_views(self._desk.services.preferences)}

    @Slot()
    def save(self) -> None:
        """Asks for a name and keeps what is shown under it."""
        self._desk.messages.ask_text(
            self.tr("存为视图"),
            self._save,
            detail=self.tr("记住现在的视图、筛选、搜索词、分组和排序；同名的会被替换。"),
            word=self.tr("存为视图"),
        )

    @Slot(str)
    def rename(self, key: str) -> None:
        """Asks for another name."""
        view = self.by_key()[key]

        def take(name: str | None) -> None:
            if name and name != view.name:
                kept = [each for each in self.by_key().values() if each.name != name]
                self._keep([replace(each, name=name) if each == view else each for each in kept], OWN + name)

        self._desk.messages.ask_text(self.tr("给视图改名"), take, initial=view.name, word=self.tr("改名"))

    @Slot(str)
    def remove(self, key: str) -> None:
        """Takes it away at once; the line that says so takes it back."""
        views = self.by_key()
        gone = views.pop(key)
        self._keep(list(views.values()), View.OPEN.value)
        said = self.tr("已删除视图“{name}”").format(name=gone.name)
        self._desk.messages.toast(
            said, self.tr("撤销"), lambda: self._keep([*self.by_key().values(), gone], OWN + gone.name)
        )

    def _save(self, name: str | None) -> None:
        if name:
            made = replace(self._now(), name=name)
            self._keep([*(each for each in self.by_key().values() if each.name != name), made], OWN + name)
            self._desk.messages.toast(self.tr("已存为视图“{name}”").format(name=name))

    def _keep(self, views: Sequence[SavedView], key: str) -> None:
        keep_views(self._desk.services.preferences, views)
        self.changed.emit(key)


def view_words() -> dict[View, str]:
    """The word of every view, in the order of the tabs."""
    tr = QCoreApplication.translate
    return {
        View.OPEN: tr("Ledger", "全部未销号"),
        View.TODAY: tr("Ledger", "今天到期"),
        View.LATE: tr("Ledger", "逾期"),
        View.RECHECK: tr("Ledger", "待复查"),
        View.STRIKE_OFF: tr("Ledger", "待销号"),
        View.REBOUND: tr("Ledger", "反弹"),
        View.NOBODY: tr("Ledger", "无责任人"),
        View.CONFLICT: tr("Ledger", "有分歧"),
        View.EVERY: tr("Ledger", "全部"),
        View.FOUND: tr("Ledger", "待下达"),
        View.ON_THE_SPOT: tr("Ledger", "已当场改"),
        View.STRUCK_OFF: tr("Ledger", "已销号"),
    }


def sums(numbers: Numbers) -> str:
    """共 128 个：未销号 23，已销号 105. The parts add up to the first; those that are none are left out."""
    tr = QCoreApplication.translate
    parts = [
        tr("Ledger", "未销号 {count}").format(count=numbers.open),
        tr("Ledger", "已销号 {count}").format(count=numbers.struck_off),
        tr("Ledger", "已当场改 {count}").format(count=numbers.on_the_spot) if numbers.on_the_spot else "",
        tr("Ledger", "待下达 {count}").format(count=numbers.found) if numbers.found else "",
        tr("Ledger", "已撤销 {count}").format(count=numbers.withdrawn) if numbers.withdrawn else "",
    ]
    whole = tr("Ledger", "共 {total} 个：{parts}")
    return whole.format(total=numbers.total, parts="，".join(part for part in parts if part))
