"""Proof: the office lends its seal, a paper bears it, is checked, signed, scanned back; the register explains all."""

from __future__ import annotations

import math

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage, QPainter, QPen, QPolygonF

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.ui.pages.paper_room import PaperRoom
from jiandu_desktop.ui.pages.papers import PapersPage
from jiandu_desktop.ui.pages.paperwork.dialogs import AttachDialog
from jiandu_desktop.ui.pages.paperwork.register import RegisterRoom
from jiandu_desktop.ui.pages.settings import SettingsPage
from jiandu_desktop.ui.pages.sync import SyncPage
from jiandu_desktop.ui.tour.scenes_before import office, page_of
from jiandu_desktop.ui.tour.stage import Scene, Stage

_SIDE = 700


def seal(stage: Stage) -> None:
    director = stage.director
    picture = stage.out / "印章.png"
    _draw_seal().save(str(picture))
    office(stage, "seal", "--picture", picture, "--width", "42")
    person = stage.services.profile.current().person
    assert person is not None
    office(stage, "seal", "--lend", person.name)
    office(stage, "publish")
    director.press("Ctrl+8")
    page = page_of(stage, SyncPage)
    before = len(stage.services.exchange.state().receipts)
    director.click(page.card.start)
    director.wait(lambda: len(stage.services.exchange.state().receipts) > before, "同步完成", 60)
    director.settle()
    director.press("Ctrl+9")
    settings = page_of(stage, SettingsPage)
    item = settings.nav.findItems("印章与签名", Qt.MatchFlag.MatchExactly)[0]
    director.click(settings.nav.viewport(), settings.nav.visualItemRect(item).center())
    director.wait(lambda: not settings.seal.picture.pixmap().isNull(), "印章借到了本机")
    director.settle()
    stage.camera.shoot("seal", "印章：督导室借给本机，只有借到的电脑打得开")


def sealed_paper(stage: Stage) -> None:
    """A paper issued now bears the seal; its signed copy comes back as a photo."""
    director = stage.director
    letters = stage.services.letters
    letters.issue(letters.draft(DocumentKind.WORK_TIP, addressee="各学校"))
    director.press("Ctrl+5")
    page = page_of(stage, PapersPage)
    director.settle()
    director.select_row(page.table, lambda row: row.document.kind is DocumentKind.WORK_TIP)
    director.settle()
    document = page.panel.document()
    assert document is not None
    scan = stage.out / "签回的纸.png"
    _photo_of(stage, document).save(str(scan))
    _drop(page, scan.as_posix())
    dialog = director.wait(lambda: director.seek(AttachDialog), "签回件")
    director.click(dialog.sure)
    stage.camera.shoot("attach", "签回件：拍下或扫描签好的纸，核对是这一份", dark=False)
    director.click(dialog.go)
    director.wait(lambda: director.seek(AttachDialog) is None, "签回件收下了", 60)
    director.settle()
    director.click(page.panel.large)
    room = director.wait(lambda: _paper(stage), "打开文书")
    director.wait(lambda: room.scan.isVisible(), "签回件在旁边", 60)
    director.settle()
    stage.camera.shoot("sealed", "盖了章的文书，旁边是签回的纸")
    director.press("Esc")
    director.wait(lambda: stage.window.room() is None, "Esc 回到文书")


def check(stage: Stage) -> None:
    """The file that was handed over is dropped; then one that somebody changed."""
    director = stage.director
    page = page_of(stage, PapersPage)
    document = page.panel.document()
    assert document is not None
    path = stage.out / "收到的文书.pdf"
    stage.services.papers.save_as(document.id, path)
    _drop(page, path.as_posix())
    director.wait(lambda: page.verdict.isVisible(), "核对好了", 60)
    director.settle()
    stage.camera.shoot("verified", "核对文件：本单位签发的原件", dark=False)
    other = next(row.document for row in page.table.rows() if row.document.id != document.id and row.document.visit_id)
    changed = stage.services.papers.pdf(other.id).replace(other.id.encode(), document.id.encode())
    path.write_bytes(changed)
    _drop(page, path.as_posix())
    director.settle()
    director.rest()
    stage.camera.shoot("verify-changed", "核对文件：改过，哪里不同")
    director.settle()
    page.verdict.hide()


def register(stage: Stage) -> None:
    director = stage.director
    page = page_of(stage, PapersPage)
    director.click(page.register_button)
    room = director.wait(lambda: _register(stage), "登记簿打开")
    director.wait(lambda: room.list.table.rows(), "登记簿有内容", 60)
    director.settle()
    stage.camera.shoot("register", "文书登记簿：每个文号是什么、在谁手里、为什么空着")
    director.press("Esc")
    director.wait(lambda: stage.window.room() is None, "Esc 回到文书")
    said = stage.command("--data", stage.bureau.office.root, "document", "register", "--out", stage.out / "登记簿.xlsx")
    stage.expect("行" in said, "登记簿写成了工作簿")


def _draw_seal() -> QImage:
    """A seal that no office has: a ring and a star."""
    image = QImage(_SIDE, _SIDE, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    red = QColor(212, 22, 30)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(red, 20))
    painter.drawEllipse(20, 20, _SIDE - 40, _SIDE - 40)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(red)
    middle, points = _SIDE / 2, []
    for corner in range(10):
        reach = 120 if corner % 2 == 0 else 46
        angle = math.radians(36 * corner - 90)
        points.append(QPointF(middle + reach * math.cos(angle), middle + reach * math.sin(angle)))
    painter.drawPolygon(QPolygonF(points))
    painter.end()
    return image


def _photo_of(stage: Stage, document: Document) -> QImage:
    """The first page as it comes back: on a desk, a little grey, with somebody's name under it in ink."""
    from jiandu_desktop.ui.operations.paper_view import read_paper

    page = read_paper(stage.services, document).render(0, 900)
    photo = QImage(1000, 1400, QImage.Format.Format_RGB32)
    photo.fill(QColor(120, 104, 88))
    painter = QPainter(photo)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(55, 60)
    painter.rotate(0.8)
    painter.drawImage(0, 0, page)
    painter.setPen(QPen(QColor(20, 30, 90), 4))
    painter.drawPolyline([QPointF(150 + 18 * step, 1080 + 26 * math.sin(step * 1.9)) for step in range(14)])
    painter.end()
    return photo


def _drop(page: PapersPage, place: str) -> None:
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(place)])
    middle = page.rect().center().toPointF()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(middle, Qt.DropAction.CopyAction, dragged, left, none))


def _paper(stage: Stage) -> PaperRoom | None:
    room = stage.window.room()
    return room if isinstance(room, PaperRoom) else None


def _register(stage: Stage) -> RegisterRoom | None:
    room = stage.window.room()
    return room if isinstance(room, RegisterRoom) else None


SCENES: tuple[Scene, ...] = (
    ("印章：借给督学的电脑", seal),
    ("盖章的文书和签回件", sealed_paper),
    ("核对文件：原件和改过的", check),
    ("文书登记簿", register),
)
"""With the demo bureau open, before the unit of one's own is joined."""
