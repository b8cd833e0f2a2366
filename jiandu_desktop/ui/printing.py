"""Documents onto paper: the system's dialog, the printer used last, every page at its true size on A4."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QMarginsF, QRectF, Qt, QTimer
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QProgressDialog, QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.paths import disk_trouble
from jiandu_desktop.services.papers import RenderedPage, page_count, render_page
from jiandu_desktop.services.preferences import Preferences

RENDER_DPI = 300
SHOW_AFTER_MS = 600
_A4_MM = (210.0, 297.0)
# Without the second, text would go out as JPEG.
_HINTS = QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.LosslessImageRendering

Documents = Sequence[tuple[str, bytes]]
"""Title and bytes of each PDF, in the order in which they leave the printer."""


def print_pdf(
    parent: QWidget, documents: Documents, preferences: Preferences, print_to: Path | None, copies: int = 1
) -> int:
    """Print all documents as one job; returns how many copies left, 0 where the user called it off.

    With `print_to` no dialog opens and the same pages go into that PDF file. Raises Trouble `no-printer`,
    `pdf-unreadable`, `print-failed`, and as `paths.write_atomically` does.
    """
    if print_to is not None:
        part = print_to.with_name(print_to.name + ".part")
        try:
            part.write_bytes(b"")  # what cannot be written says why here; Qt only says that it failed
            printer = _file_printer(part, documents, copies)
            done = _run(parent, printer, documents)
            if done:
                part.replace(print_to)
        except OSError as error:
            raise disk_trouble(error, print_to) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        return copies if done else 0
    chosen = _ask(parent, documents, preferences, copies)
    if chosen is None or not _run(parent, chosen, documents):
        return 0
    return max(1, chosen.copyCount())


def page_rect(printer: QPrinter, image: QImage) -> QRectF:
    """Where a page goes, in the printer's pixels from the paper's corner, so that 100 mm on it are 100 mm on paper.

    `image` holds the page at `RENDER_DPI`; what is A4 but for a rounded pixel is taken for exact A4.
    """
    across, down = (_millimetres(length) for length in (image.width(), image.height()))
    return QRectF(0, 0, across / 25.4 * printer.logicalDpiX(), down / 25.4 * printer.logicalDpiY())


def has_printer() -> bool:
    """Whether the system knows a printer at all."""
    return bool(QPrinterInfo.availablePrinterNames())


def _millimetres(pixels: int) -> float:
    length = pixels / RENDER_DPI * 25.4
    return next((exact for exact in _A4_MM if abs(exact - length) < 0.2), length)


def _file_printer(path: Path, documents: Documents, copies: int) -> QPrinter:
    printer = _printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(RENDER_DPI)
    printer.setCopyCount(copies)
    _dress(printer, documents)
    return printer


def _ask(parent: QWidget, documents: Documents, preferences: Preferences, copies: int) -> QPrinter | None:
    """The system's dialog with the remembered printer; None where it was closed."""
    if not has_printer():
        raise Trouble("no-printer")
    remembered = str(preferences.get("printer"))
    known = QPrinterInfo.printerInfo(remembered)
    printer = QPrinter(known, QPrinter.PrinterMode.HighResolution) if not known.isNull() else _printer()
    printer.setCopyCount(copies)
    _dress(printer, documents)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(QCoreApplication.translate("printing", "打印文书"))
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    if printer.printerName() and printer.printerName() != remembered:
        preferences.set("printer", printer.printerName())
    _dress(printer, documents)
    return printer


def _printer() -> QPrinter:
    return QPrinter(QPrinter.PrinterMode.HighResolution)


def _dress(printer: QPrinter, documents: Documents) -> None:
    """A4 without margins of the driver's: the documents bring their own."""
    printer.setDocName("、".join(title for title, _ in documents))
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)


def _run(parent: QWidget, printer: QPrinter, documents: Documents) -> bool:
    """Draw every page of every document; False where the user stopped it."""
    counts = [page_count(pdf) for _, pdf in documents]
    rounds = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    progress = QProgressDialog(parent)
    progress.setWindowTitle(QCoreApplication.translate("printing", "打印文书"))
    progress.setWindowModality(Qt.WindowModality.WindowModal)
    progress.setCancelButtonText(QCoreApplication.translate("printing", "取消"))
    progress.setMinimumDuration(SHOW_AFTER_MS)
    progress.setRange(0, sum(counts) * rounds)
    progress.setValue(0)
    try:
        with ThreadPoolExecutor(max_workers=1) as pool:
            return _draw_all(printer, documents, counts, rounds, progress, pool)
    finally:
        progress.close()
        progress.deleteLater()


def _draw_all(
    printer: QPrinter,
    documents: Documents,
    counts: Sequence[int],
    rounds: int,
    progress: QProgressDialog,
    pool: ThreadPoolExecutor,
) -> bool:
    """One page is rendered beside the window's thread while the one before it goes to the printer."""
    painter = QPainter()
    wanted = [(title, pdf, page, pages) for (title, pdf), pages in zip(documents, counts, strict=True)
              for page in range(pages)] * rounds  # fmt: skip
    both_sides = printer.duplex() not in (QPrinter.DuplexMode.DuplexNone, QPrinter.DuplexMode.DuplexAuto)
    words = QCoreApplication.translate("printing", "正在打印“{title}” 第 {page} 页，共 {pages} 页")
    pages_out = 0
    try:
        for done, ((title, _, page, pages), image) in enumerate(zip(wanted, _images(wanted, pool), strict=True)):
            progress.setLabelText(words.format(title=title, page=page + 1, pages=pages))
            progress.setValue(done)
            if progress.wasCanceled():
                printer.abort()
                return False
            if page == 0 and pages_out % 2 and both_sides:
                # The next document begins on a sheet of its own.
                _next_page(printer)
                pages_out += 1
            lying = image.width() > image.height()
            orientation = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
            printer.setPageOrientation(orientation)
            if not painter.isActive():
                if not painter.begin(printer):
                    raise _refused(printer)
            else:
                _next_page(printer)
            painter.setRenderHints(_HINTS)
            painter.drawImage(page_rect(printer, image), image)
            pages_out += 1
    finally:
        if painter.isActive():
            painter.end()
    if printer.printerState() is QPrinter.PrinterState.Error:
        raise _refused(printer)
    return True


def _next_page(printer: QPrinter) -> None:
    if not printer.newPage():
        raise _refused(printer)


def _refused(printer: QPrinter) -> Trouble:
    if printer.outputFileName():
        return Trouble("file-not-writable", path=printer.outputFileName(), reason="?")
    return Trouble("print-failed", printer=printer.printerName())


def _images(wanted: Sequence[tuple[str, bytes, int, int]], pool: ThreadPoolExecutor) -> Iterator[QImage]:
    """The pages as pictures, each one asked for while the one before it is drawn; the window stays alive meanwhile."""

    def ask(place: int) -> Future[RenderedPage]:
        _, pdf, page, _ = wanted[place]
        return pool.submit(render_page, pdf, page, RENDER_DPI / 72)

    ahead = ask(0) if wanted else None
    for place in range(len(wanted)):
        assert ahead is not None
        _wait_for(ahead)
        page = ahead.result()
        ahead = ask(place + 1) if place + 1 < len(wanted) else None
        picture = QImage(page.rgba, page.width, page.height, page.width * 4, QImage.Format.Format_RGBA8888)
        yield picture.convertToFormat(QImage.Format.Format_RGB888)


def _wait_for(future: Future[RenderedPage]) -> None:
    """Waits with the window alive; the worker touches nothing of Qt."""
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if future.done() else None)
    timer.start(5)
    if not future.done():
        loop.exec()
    timer.stop()
