"""带走数据: an export that needs no program to read, and the parcel with which one moves to another computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.full_export import FullExport, export_everything
from jiandu_desktop.services.moving import SUFFIX, Parcel, pack, retire
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.errors import is_expected, sentence_for
from jiandu_desktop.ui.messages import Choice, Messages
from jiandu_desktop.ui.pages.settings_form import FormCard
from jiandu_desktop.ui.pages.sync_card import megabytes
from jiandu_desktop.ui.tasks import Lane, Tasks
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.notices import InlineNotice
from jiandu_desktop.ui.widgets.working import WorkingLine


class CarryCard(FormCard):
    """Long work shows its progress here and can be called off; what it leads to is said here."""

    retired = Signal()
    """This computer's data rests from now on: the window is to close."""

    arrival_wanted = Signal(str, str)
    """Move in from this parcel with this passphrase."""

    def __init__(self, services: Services, tasks: Tasks, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("CarryCard", "带走数据"), parent)
        self._services, self._tasks, self._messages = services, tasks, messages
        self._parcel = Path()
        self.export = Button(self.tr("全部导出…"), icon="file-down")
        self.add_row(
            self.tr("全部导出"),
            self.export,
            self.tr("写成 Excel、PDF、JSON 和照片原件，不装监督也能看；给审计、存档或换系统用。"),
        )
        self.pack = Button(self.tr("打包搬走…"), icon="laptop")
        self.unpack = Button(self.tr("从旧电脑搬来…"))
        self.add_row(
            self.tr("搬到新电脑"),
            (self.pack, self.unpack),
            self.tr("在旧电脑上打包成一个带口令的文件，在新电脑上打开；记录、照片、草稿和身份都过去，旧电脑停用。"),
        )
        self.notice = InlineNotice("", "info")
        self.notice.hide()
        self.working = WorkingLine()
        self.column.addWidget(self.working)
        self.column.addWidget(self.notice)
        self.export.clicked.connect(self._choose_export)
        self.pack.clicked.connect(self._ask_passphrase)
        self.unpack.clicked.connect(self._choose_parcel)

    def show_profile(self, *, is_demo: bool, joined: bool) -> None:
        """Only a unit's own data moves; one moves in where the unit's data is not there yet."""
        self.pack.setVisible(joined and not is_demo)
        self.unpack.setVisible(is_demo or not joined)

    # --- export -------------------------------------------------------------------------------------------------------

    @Slot()
    def _choose_export(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("选择一个空文件夹，全部数据导出到这里"))
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, folder: Path) -> None:
        """Writes everything into a folder; one that holds something gets a folder of its own inside."""
        services = self._services
        if folder.is_dir() and any(folder.iterdir()):
            folder = folder / f"监督导出-{services.store.clock():%Y%m%d-%H%M%S}"

        def work(progress: Progress) -> FullExport:
            return export_everything(services, folder, progress)

        self._begin()
        task = self._tasks.run(
            Lane.POOL, work, done=self._exported, failed=self._fail, cancelled=self._stopped, finished=self._end
        )
        self.working.follow(task, self.tr("正在导出全部数据"))

    @Slot(object)
    def _exported(self, done: FullExport) -> None:
        told = self.tr("已导出到 {folder}：{visits} 份记录、{problems} 个问题、{documents} 份文书，共 {size}。")
        words = told.format(
            folder=done.folder,
            visits=done.visits,
            problems=done.problems,
            documents=done.documents,
            size=megabytes(done.size),
        )
        if done.missing:
            words += self.tr("有 {} 项的原件不在这台电脑上，列在“说明.txt”里。").format(len(done.missing))
        self._say(words, "caution" if done.missing else "info")

    # --- moving -------------------------------------------------------------------------------------------------------

    @Slot()
    def _ask_passphrase(self) -> None:
        self._messages.ask_text(
            self.tr("给搬家包定一个口令"),
            self._choose_place,
            self.tr("至少 8 个字符。在新电脑上要输入同样的口令；忘了谁也打不开，只能重新打包。"),
            word=self.tr("下一步"),
        )

    @Slot(object)
    def _choose_place(self, passphrase: str | None) -> None:
        if passphrase is None:
            return
        name = self.tr("监督搬家-{}").format(f"{self._services.store.clock():%Y%m%d}") + SUFFIX
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("搬家包存到哪里（U盘）"), name, self.tr("搬家包 (*{})").format(SUFFIX)
        )
        if chosen:
            path = Path(chosen)
            self.pack_into(path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX), passphrase)

    def pack_into(self, path: Path, passphrase: str) -> None:
        """Writes the parcel and reads it back; then asks whether this computer is to rest."""
        store = self._services.store
        self._parcel = path

        def work(progress: Progress) -> Parcel:
            return pack(store, path, passphrase, progress)

        self._begin()
        task = self._tasks.run(
            Lane.POOL, work, done=self._packed, failed=self._fail, cancelled=self._stopped, finished=self._end
        )
        self.working.follow(task, self.tr("正在打包并读回核对"))

    @Slot(object)
    def _packed(self, parcel: Parcel) -> None:
        words = self.tr("已打包并读回核对：{path}（{files} 张照片和文书，{size}）。")
        told = words.format(path=self._parcel, files=parcel.files, size=megabytes(parcel.size))
        self._say(told, "info")
        self._messages.ask(
            self.tr("打包好了。现在停用这台电脑吗？"),
            [
                Choice("later", self.tr("暂不停用")),
                Choice("retire", self.tr("停用本机并退出"), "primary"),
            ],
            self._decided,
            self.tr("停用以后再打开会提示已搬走，随时可以改回来。打包以后在本机新写的内容不在包里。"),
        )

    @Slot(object)
    def _decided(self, answer: str | None) -> None:
        if answer == "retire":
            retire(self._services.store.folder, self._services.store.clock, self._parcel)
            self.retired.emit()

    @Slot()
    def _choose_parcel(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("选择旧电脑上打的搬家包"), "", self.tr("搬家包 (*{})").format(SUFFIX)
        )
        if chosen:
            self._parcel = Path(chosen)
            self._messages.ask_text(self.tr("输入打包时定的口令"), self._arrive, word=self.tr("搬进来"))

    @Slot(object)
    def _arrive(self, passphrase: str | None) -> None:
        if passphrase is not None:
            self.arrival_wanted.emit(str(self._parcel), passphrase)

    # --- telling ------------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.notice.hide()
        for button in (self.export, self.pack, self.unpack):
            button.setEnabled(False)

    @Slot()
    def _end(self) -> None:
        for button in (self.export, self.pack, self.unpack):
            button.setEnabled(True)

    @Slot()
    def _stopped(self) -> None:
        self._say(self.tr("已取消。"), "info")

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        if isinstance(error, Trouble) and is_expected(error):
            self._say(sentence_for(error), "caution")
        else:
            self._messages.error(error)

    def _say(self, text: str, tone: str) -> None:
        self.notice.set(text, tone)
        self.notice.show()
