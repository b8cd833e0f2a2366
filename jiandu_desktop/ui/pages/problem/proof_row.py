"""Photos and papers that prove a step: dropped, pasted or chosen; kept at once, sent when the step is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import Clock
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.proofs import Proof, Proofs
from jiandu_desktop.ui.errors import is_expected, sentence_for
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.questions.drawing import encoded
from jiandu_desktop.ui.questions.photos import PhotoField
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.tasks import Lane, Tasks
from jiandu_desktop.ui.widgets.notices import InlineNotice
from jiandu_desktop.ui.widgets.text import Label


class ProofRow(QWidget):
    """Tiles with the dashed one that takes more; a file that is refused leaves a sentence below them."""

    changed = Signal()
    refit = Signal()

    def __init__(
        self, proofs: Proofs, pictures: Pictures, tasks: Tasks, messages: Messages, clock: Clock, words: str
    ) -> None:
        super().__init__()
        self._take_in = proofs.take_in
        self._tasks, self._messages, self._clock, self._invitation = tasks, messages, clock, words
        self._proofs: tuple[Proof, ...] = ()
        self._waiting = 0
        self.field = PhotoField(pictures)
        self.field.setAccessibleName(self.tr("照片和材料"))
        self.names = Label("", "meta")
        self.names.setWordWrap(True)
        self.names.hide()
        self.notice = InlineNotice("")
        self.notice.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.field, self.names, self.notice):
            column.addWidget(widget)
        self.setFocusProxy(self.field)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.choose)
        self.field.wanted.connect(self.choose)
        self.field.removed.connect(self._remove)
        self.field.files_dropped.connect(self.take_files)
        self.field.image_pasted.connect(self._pasted)
        self._show()

    def proofs(self) -> tuple[Proof, ...]:
        """What is kept so far, in the order in which it came."""
        return self._proofs

    def is_busy(self) -> bool:
        """Whether a file is still being read."""
        return self._waiting > 0

    def set_proofs(self, proofs: Sequence[Proof]) -> None:
        """Shows what was kept before."""
        self._proofs = tuple(proofs)
        self._show()

    @Slot(object)
    def take_files(self, files: Sequence[Path]) -> None:
        """Files of any kind; a picture is shown, a paper named."""
        for path in files:
            self._take(path, path.name)

    @Slot()
    def choose(self) -> None:
        """The system's file dialog, which does not block the window."""
        dialog = QFileDialog(self, self.tr("选照片或材料"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        photos = "*.jpg *.jpeg *.png *.heic *.heif *.webp *.bmp"
        papers = "*.pdf *.doc *.docx *.wps *.xls *.xlsx *.et *.ofd *.zip"
        dialog.setNameFilters(
            [
                self.tr("照片和材料（{}）").format(f"{photos} {papers}"),
                self.tr("所有文件（{}）").format("*"),
            ]
        )
        dialog.filesSelected.connect(lambda files: self.take_files([Path(each) for each in files]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def sizeHint(self) -> QSize:
        return QSize(360, super().sizeHint().height())

    @Slot(QImage)
    def _pasted(self, image: QImage) -> None:
        self._take(encoded(image, False), f"paste-{self._clock():%H%M%S}.png")

    def _take(self, source: Path | bytes, name: str) -> None:
        taken = {each.name for each in self._proofs}
        take_in: Callable[..., Proof] = self._take_in
        self._waiting += 1
        self.notice.hide()

        def work(progress: Progress) -> Proof:
            progress.check()
            return take_in(source, name, taken)

        self._tasks.run(Lane.POOL, work, done=self._arrived, failed=self._refused, finished=self._ended)

    @Slot(object)
    def _arrived(self, proof: Proof) -> None:
        if proof.ref.name not in {each.ref.name for each in self._proofs}:
            self._proofs += (proof,)
        self._show()

    @Slot(object)
    def _refused(self, error: Exception) -> None:
        if isinstance(error, Trouble) and is_expected(error):
            self.notice.set(sentence_for(error), "caution")
            self.notice.show()
            self.refit.emit()
        else:
            self._messages.error(error)

    @Slot()
    def _ended(self) -> None:
        self._waiting -= 1
        self.changed.emit()

    @Slot(str)
    def _remove(self, key: str) -> None:
        self._proofs = tuple(each for each in self._proofs if each.ref.name != key)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        count = self.tr("已有 {} 份").format(len(self._proofs)) if self._proofs else ""
        words = "\n".join(line for line in (self._invitation, count) if line)
        self.field.show_photos([each.photo() for each in self._proofs], words)
        papers = [each.name for each in self._proofs if not each.photo().is_picture]
        self.names.setText("、".join(papers))
        self.names.setVisible(bool(papers))
        self.refit.emit()
