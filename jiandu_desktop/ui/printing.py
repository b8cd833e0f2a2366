"""Documents onto paper: the system's dialog, the printer used last, every page at its true size, or smaller on A5."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QMarginsF, QRectF, QSizeF, Qt, QTimer
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QProgressDialog, QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.paths import disk_trouble
from jiandu_desktop.services.papers import RenderedPage, page_count, page_sizes, render_page
from jiandu_desktop.services.preferences import Preferences

RENDER_DPI = 300
SHOW_AFTER_MS = 600
_A4_MM = (210.0, 297.0)
_ROUNDING_MM = 0.5
"""A page this much larger than the paper is not made smaller for it: drivers round."""
_OWN_PAPER_MM = 100.0
"""What is narrower than this is for a receipt printer, whose paper is as long as the page."""
_BOTH_SIDES = {"long": QPrinter.DuplexMode.DuplexLongSide, "short": QPrinter.DuplexMode.DuplexShortSide}
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
            printer = _file_printer(part, documents, preferences, copies)
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

    `image` holds the page at `RENDER_DPI`; what is A4 but for a rounded pixel is taken for exact A4. On smaller paper
    (A5) the whole page is drawn smaller, from the same corner.
    """
    across, down = (_millimetres(length) for length in (image.width(), image.height()))
    paper = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    smaller = min(1.0, (paper.width() + _ROUNDING_MM) / across, (paper.height() + _ROUNDING_MM) / down)
    if smaller < 1.0:
        smaller = min(paper.width() / across, paper.height() / down)
    width, height = across * smaller, down * smaller
    return QRectF(0, 0, width / 25.4 * printer.logicalDpiX(), height / 25.4 * printer.logicalDpiY())


def has_printer() -> bool:
    """Whether the system knows a printer at all."""
    return bool(QPrinterInfo.availablePrinterNames())


def _millimetres(pixels: int) -> float:
    length = pixels / RENDER_DPI * 25.4
    return next((exact for exact in _A4_MM if abs(exact - length) < 0.2), length)


def _file_printer(path: Path, documents: Documents, preferences: Preferences, copies: int) -> QPrinter:
    printer = _printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(RENDER_DPI)
    printer.setCopyCount(copies)
    _dress(printer, documents, preferences)
    return printer


def _ask(parent: QWidget, documents: Documents, preferences: Preferences, copies: int) -> QPrinter | None:
    """The system's dialog with the remembered printer; None where it was closed."""
    if not has_printer():
        raise Trouble("no-printer")
    which = "slip_printer" if _is_slip(documents) else "printer"
    remembered = str(preferences.get(which))
    known = QPrinterInfo.printerInfo(remembered)
    printer = QPrinter(known, QPrinter.PrinterMode.HighResolution) if not known.isNull() else _printer()
    printer.setCopyCount(copies)
    _dress(printer, documents, preferences)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(QCoreApplication.translate("printing", "打印文书"))
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    _remember(printer, preferences, which)
    _bare(printer)
    return printer


def _remember(printer: QPrinter, preferences: Preferences, which: str) -> None:
    """What was chosen in the dialog is proposed the next time: the printer, and whether both sides are printed."""
    if printer.printerName() and printer.printerName() != preferences.get(which):
        preferences.set(which, printer.printerName())
    sides = next((word for word, mode in _BOTH_SIDES.items() if mode is printer.duplex()), "")
    if which == "printer" and sides != preferences.get("duplex"):
        preferences.set("duplex", sides)


def _printer() -> QPrinter:
    return QPrinter(QPrinter.PrinterMode.HighResolution)


def _is_slip(documents: Documents) -> bool:
    return all(page_sizes(pdf)[0].width < _OWN_PAPER_MM / 25.4 * 72 for _, pdf in documents)


def _dress(printer: QPrinter, documents: Documents, preferences: Preferences) -> None:
    """The paper that is set, and both sides as chosen last; a slip's paper is the slip."""
    printer.setDocName("、".join(title for title, _ in documents))
    if _is_slip(documents):
        first = page_sizes(documents[0][1])[0]
        printer.setPageSize(QPageSize(QSizeF(first.width, first.height), QPageSize.Unit.Point, "slip"))
    else:
        a5 = preferences.get("paper") == "a5"
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5 if a5 else QPageSize.PageSizeId.A4))
        printer.setDuplex(_BOTH_SIDES.get(str(preferences.get("duplex")), QPrinter.DuplexMode.DuplexNone))
    _bare(printer)


def _bare(printer: QPrinter) -> None:
    """No margins of the driver's: the documents bring their own."""
    printer.setFullPage(True)
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
        for done, ((title, pdf, page, pages), image) in enumerate(zip(wanted, _images(wanted, pool), strict=True)):
            progress.setLabelText(words.format(title=title, page=page + 1, pages=pages))
            progress.setValue(done)
            if progress.wasCanceled():
                printer.abort()
                return False
            if page == 0 and pages_out % 2 and both_sides:
                # The next document begins on a sheet of its own.
                _next_page(printer)
                pages_out += 1
            lying = image.width() > image.height() and not _is_slip([(title, pdf)])
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
