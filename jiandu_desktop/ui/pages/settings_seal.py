"""印章与签名 in 设置: the seal's picture, its width, who may press it on what; and the certificate of this computer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDoubleSpinBox, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiandu_desktop.domain.seal import NARROWEST, WIDEST
from jiandu_desktop.services.certificates import KeptCertificate
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.seals import Holder, SealView
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.settings_doing import Doing
from jiandu_desktop.ui.pages.settings_form import FormCard, Section, later
from jiandu_desktop.ui.pages.settings_kinds import CertificateDialog, KindsDialog, kinds_words
from jiandu_desktop.ui.tasks import Tasks
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.text import Label, Prose

PREVIEW = 112
"""Pixels at 100 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofView:
    """What the section shows."""

    seal: SealView
    certificate: KeptCertificate | None


def read_proof(services: Services) -> ProofView:
    """The seal as this computer knows it, and its certificate."""
    return ProofView(seal=services.seals.view(), certificate=services.certificates.current())


class SealSection(Section):
    """The office keeps and lends the seal; a laptop sees what was lent to it. Whoever has a certificate chooses it."""

    def __init__(self, services: Services, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._services, self._tasks = services, tasks
        self._doing = Doing(tasks, messages, self)
        self.notice = self._doing.notice
        self._doing.done.connect(self.refresh)
        self.add(self.notice)
        self._make_seal()
        self._make_lending()
        self._make_certificate()
        later(self, self.width_mm.valueChanged, self._keep_width)
        self._view = Query(tasks, lambda: read_proof(services), self)
        self._view.answered.connect(self.show_proof)

    @Slot()
    def refresh(self) -> None:
        """Asks anew how seal and certificate stand."""
        self._view.ask()

    def _make_seal(self) -> None:
        self.card = FormCard(self.tr("印章"))
        self.picture = QLabel()
        self.picture.setAccessibleName(self.tr("印章图片"))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setFixedSize(theme().px(PREVIEW), theme().px(PREVIEW))
        self.choose = Button(self.tr("选择图片…"), icon="folder")
        self.remove = Button(self.tr("不用印章"))
        self.card.add_row(
            self.tr("图片"),
            (self.picture, self.choose, self.remove),
            self.tr("红色印章的 PNG，底色透明最好；白纸上盖印后彩色扫描（300 dpi 以上）也行，白底会自动去掉。"),
        )
        self.width_mm = QDoubleSpinBox()
        self.width_mm.setRange(NARROWEST, WIDEST)
        self.width_mm.setSingleStep(0.5)
        self.width_mm.setDecimals(1)
        self.width_mm.setSuffix(self.tr(" 毫米"))
        self.width_mm.setAccessibleName(self.tr("印章宽度"))
        self.width_mm.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.width_mm.setMinimumWidth(theme().px(128))
        self.card.add_row(
            self.tr("实物宽度"), self.width_mm, self.tr("按实物直径填，印在纸上就是这么大；盖在单位名称和日期上。")
        )
        self.lent_here = self.card.add_text(self.tr("本机"), "")
        self.add(self.card)

    def _make_lending(self) -> None:
        self.lending = FormCard(self.tr("借给哪些电脑、用在哪些文书"))
        words = self.tr(
            "只有借到的电脑能把印章印在指定的文书上，下次同步起生效；收回后新文书不再带印章，已经出具的不变。"
            "图片加密传送，别的电脑和能看共享文件夹的人打不开；借到的电脑本身要管好，遗失时先收回，再在“电脑”里停用。"
        )
        self.lending.column.addWidget(Prose(words, size=12, tone="text2"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.lending.column.addLayout(self._rows)
        self.holders: dict[str, Button] = {}
        self.add(self.lending)

    def _make_certificate(self) -> None:
        card = FormCard(self.tr("电子签名证书"))
        self.certificate = card.add_text(self.tr("证书"), "—")
        self.choose_certificate = Button(self.tr("选择证书…"), icon="folder")
        self.forget_certificate = Button(self.tr("不用证书"))
        card.add_row(
            self.tr("文件"),
            (self.choose_certificate, self.forget_certificate),
            self.tr(
                "单位的 .p12 或 .pfx。签名时才输密码，不保存；文书出具后在“更多”里签，签名后的 PDF 各种阅读器都能验。"
            ),
        )
        self.add(card)
        self.choose.clicked.connect(self._choose_picture)
        self.remove.clicked.connect(lambda: self._doing.run(self._services.seals.remove, self.tr("已不用印章")))
        self.choose_certificate.clicked.connect(self._choose_certificate)
        self.forget_certificate.clicked.connect(
            lambda: self._doing.run(self._services.certificates.forget, self.tr("已不用证书，以前的签名不变"))
        )

    @Slot(object)
    def show_proof(self, view: ProofView) -> None:
        """The seal and the certificate as they stand."""
        seal = view.seal
        self._show_picture(seal.picture)
        for widget in (self.choose, self.remove, self.width_mm):
            widget.setEnabled(seal.is_office)
        self.remove.setEnabled(seal.is_office and seal.picture is not None)
        if not self.width_mm.hasFocus():
            self.width_mm.blockSignals(True)
            self.width_mm.setValue(seal.width)
            self.width_mm.blockSignals(False)
        self.lent_here.set_text(self._lent_words(seal))
        self.lending.setVisible(seal.is_office)
        self._show_holders(seal.holders, usable=seal.picture is not None)
        kept = view.certificate
        self.forget_certificate.setEnabled(kept is not None)
        if kept is None:
            self.certificate.set_text(self.tr("没有选证书，文书不带电子签名（二维码和校验照常）"))
        else:
            words = self.tr("{subject}，由“{issuer}”颁发，{day} 到期（{name}）")
            self.certificate.set_text(
                words.format(subject=kept.subject, issuer=kept.issuer, day=f"{kept.not_after:%Y-%m-%d}", name=kept.name)
            )

    def choose_seal(self, path: Path) -> None:
        """Takes the seal from a picture, or says in place what is wrong with it."""
        width = self.width_mm.value()
        self._doing.run(
            lambda: self._services.seals.set_picture(path, width), self.tr("印章已收下，本机出具的文书从现在起带印章")
        )

    def choose_kinds(self, holder: Holder, name: str) -> KindsDialog:
        """Which documents a computer may seal, by ticks."""
        seals = self._services.seals
        dialog = KindsDialog(
            self._tasks, name, holder.kinds, lambda kinds: seals.lend(holder.device, kinds), self.window()
        )
        dialog.done_with.connect(lambda _: self._doing.say_done(self.tr("已改，同步后生效")))
        dialog.open()
        return dialog

    def take_certificate(self, path: Path) -> CertificateDialog:
        """Asks for the password that proves it is the right one."""
        dialog = CertificateDialog(self._services, self._tasks, path, self.window())
        dialog.done_with.connect(self.refresh)
        dialog.open()
        return dialog

    def _show_picture(self, png: bytes | None) -> None:
        if png is None:
            self.picture.setPixmap(QPixmap())
            self.picture.setText(self.tr("没有"))
            return
        side = round(theme().px(PREVIEW) * self.devicePixelRatioF())
        image = QImage.fromData(png).scaled(
            side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self.picture.setPixmap(QPixmap.fromImage(image))

    def _lent_words(self, seal: SealView) -> str:
        if seal.waiting:
            return self.tr("督导室已把印章借给本机，同步一次后可用")
        if not seal.kinds or seal.picture is None:
            if seal.is_office:
                return self.tr("本机出具的文书不带印章，位置空着，打印后盖章")
            return self.tr("印章没有借给本机，位置空着，打印后由督导室盖章")
        return self.tr("本机可用于：{}").format(kinds_words(seal.kinds))

    def _show_holders(self, holders: tuple[Holder, ...], *, usable: bool) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.holders = {}
        for holder in holders:
            row = QWidget()
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            name = self.tr("本机（督导室）") if holder.own else holder.person
            across.addWidget(Label(name))
            across.addWidget(Label(holder.device[:4], role="meta"))
            across.addStretch(1)
            words = Label(kinds_words(holder.kinds), tone="text2")
            button = Button(self.tr("改…"))
            button.setAccessibleName(self.tr("改{}的印章").format(name))
            button.setEnabled(usable)
            button.clicked.connect(lambda _=False, holder=holder, name=name: self.choose_kinds(holder, name))
            across.addWidget(words)
            across.addWidget(button)
            self.holders[holder.device] = button
            self._rows.addWidget(row)

    @Slot()
    def _choose_picture(self) -> None:
        known = self.tr("图片 (*.png *.jpg *.jpeg *.bmp *.tif *.tiff *.webp)")
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("选择印章图片"), "", known)
        if chosen:
            self.choose_seal(Path(chosen))

    @Slot()
    def _choose_certificate(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("选择证书"), "", self.tr("证书 (*.p12 *.pfx)"))
        if chosen:
            self.take_certificate(Path(chosen))

    def _keep_width(self) -> None:
        if self.remove.isEnabled():
            width = self.width_mm.value()
            self._doing.run(lambda: self._services.seals.set_width(width), self.tr("印章宽度已改"))
