"""One day of an inspector for the measurements: an office's own data, forty items, and the real window over them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from openpyxl import Workbook
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from bench.hands import Hands
from jiandu_desktop.domain.identity import new_id, system_clock
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.services.profiles import Profiles
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.services.unit import Unit
from jiandu_desktop.ui.application import build_window, dress
from jiandu_desktop.ui.finish.room import FinishRoom
from jiandu_desktop.ui.main_window import MainWindow
from jiandu_desktop.ui.pages.today import TodayPage
from jiandu_desktop.ui.tasks import Tasks
from jiandu_desktop.ui.tour.director import Director, activate
from jiandu_desktop.ui.wizard.item_row import ItemRow
from jiandu_desktop.ui.wizard.room import WizardRoom

ITEMS, SECTIONS = 40, 4
VETOES, PROVED = frozenset({"i4", "i15"}), frozenset({"i28"})
"""Items that 本节其余全部符合 leaves alone: two vetoes, and one that wants a photo."""


class Day:
    """The program over a bureau with one school and one checklist of forty items for today."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.printed = folder / "printed.pdf"
        self.photo = folder / "photo.jpg"
        picture(1600, 1200).save(str(self.photo), "JPG")
        self.services = _bureau(folder)
        dress(app, self.services.preferences)
        self._tasks = Tasks()
        profiles = Profiles(folder / "root", clock=system_clock, new_id=new_id)
        self.window: MainWindow = build_window(self.services, profiles, self._tasks, self.printed)
        self.director = Director(app)
        self.director.take(self.window, lambda: not self._tasks.is_idle())
        self.hands = Hands(self.director)
        self.window.resize(1366, 690)
        activate(self.window)
        self.director.wait(self.today.table.all_rows, "today's school")
        self.director.rest()

    def __enter__(self) -> Day:
        return self

    def __exit__(self, *_: object) -> None:
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    @property
    def today(self) -> TodayPage:
        page = self.window.page("today")
        assert isinstance(page, TodayPage)
        return page

    @property
    def wizard(self) -> WizardRoom:
        self.director.wait(lambda: isinstance(self.window.room(), WizardRoom), "the checklist")
        self.director.settle()
        room = self.window.room()
        assert isinstance(room, WizardRoom)
        return room

    @property
    def finishing(self) -> FinishRoom:
        self.director.wait(lambda: isinstance(self.window.room(), FinishRoom), "完成")
        self.director.settle()
        room = self.window.room()
        assert isinstance(room, FinishRoom)
        return room

    def row(self, number: int) -> ItemRow:
        """The row of the item at a place of the checklist, which is in the section that is shown."""
        found = self.wizard.view.list.row(self.wizard.filling.paper.refs()[number - 1])
        assert found is not None
        return found

    def is_answered(self) -> bool:
        """Whether nothing is left to answer."""
        paper = self.wizard.filling.paper
        return not any(paper.is_unanswered(ref) for ref in paper.refs())


# --- what is worked on ------------------------------------------------------------------------------------------------


def _bureau(folder: Path) -> Services:
    """An office's own data: a school, the checklist, and a plan with today as its last day."""
    shared, root = folder / "shared", folder / "root"
    shared.mkdir()
    services = open_services(DataFolder(root), clock=system_clock, new_id=new_id)
    services.profile.found_office(shared, Unit(name="青石县教育督导室", code_letters="青教", county="青石县"))
    last_day = (services.store.today() + timedelta(days=1)).isoformat()
    services.importing.schools(
        _book(
            folder / "schools.xlsx",
            ("学校代码", "学校名称", "区县名称", "责任区", "学校类型", "办学性质", "学生数", "校长"),
            ("0312000101", "城关镇第一小学", "青石县", "第一责任区", "小学", "公办", 1186, "陈立"),
        )
    )
    services.importing.inspectors(_book(folder / "people.xlsx", ("姓名", "责任区"), ("周明远", "第一责任区")))
    services.office.add_form(_checklist(folder / "checklist.xlsx"))
    services.importing.plan(
        _book(
            folder / "plan.xlsx",
            ("学校名称", "任务", "督导类型", "表单", "督学", "期限"),
            ("城关镇第一小学", "秋季开学督导", "经常性督导", "四十题", "周明远", last_day),
        ),
        today=services.store.today(),
    )
    return services


def _checklist(path: Path) -> Path:
    """Four sections of ten judged items as an office writes them."""
    book = Workbook()
    survey, choices, settings = book.active, book.create_sheet("choices"), book.create_sheet("settings")
    survey.title = "survey"
    columns = ("weight", "veto", "evidence", "basis", "problem", "measure", "days")
    survey.append(["type", "name", "label", *(f"bind::jiandu:{column}" for column in columns)])
    for section in range(SECTIONS):
        survey.append(["begin_group", f"s{section + 1}", f"{'一二三四'[section]}、第{'一二三四'[section]}方面"])
        for place in range(ITEMS // SECTIONS):
            name = f"i{section * (ITEMS // SECTIONS) + place + 1}"
            survey.append(
                [
                    "select_one ypn",
                    name,
                    f"第 {name[1:]} 项制度健全、责任到人，检查记录完整",
                    2,
                    "yes" if name in VETOES else None,
                    1 if name in PROVED else None,
                    "《中小学校岗位安全工作指南》第三章",
                    f"第 {name[1:]} 项制度不健全，检查记录有缺项",
                    "补齐记录，明确责任人，每周检查一次",
                    15,
                ]
            )
        survey.append(["end_group"])
    choices.append(["list_name", "name", "label", "score", "failed"])
    choices.append(["ypn", "yes", "符合", 1, None])
    choices.append(["ypn", "part", "部分符合", 0.5, "yes"])
    choices.append(["ypn", "no", "不符合", 0, "yes"])
    settings.append(["form_title", "form_id", "version", "namespaces"])
    settings.append(["四十题", "bench-forty", "1", 'jiandu="urn:jiandu:forms:1"'])
    book.save(path)
    return path


def _book(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def picture(width: int, height: int) -> QImage:
    """What a phone might have taken, as far as the program can tell."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(70, 110, 120))
    return image
