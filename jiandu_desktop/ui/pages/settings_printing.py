"""打印 in 设置: the printer that is proposed, the paper, the width of the receipt printer's paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QComboBox

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.pages.settings_form import FormCard
from jiandu_desktop.ui.widgets.segmented import Segmented


class PrintingCard(FormCard):
    """`keep` keeps one setting by its key."""

    def __init__(self, keep: Callable[[str, Any], None]) -> None:
        super().__init__(QCoreApplication.translate("PrintingCard", "打印"))
        self._keep = keep
        self.printer = QComboBox()
        self.printer.setMinimumWidth(theme().px(280))
        self.printer.setAccessibleName(self.tr("打印机"))
        self.paper = Segmented([("a4", "A4"), ("a5", "A5")])
        self.slip = Segmented([("80", self.tr("80 毫米")), ("58", self.tr("58 毫米"))])
        self.add_row(self.tr("打印机"), self.printer, self.tr("打印时先选中这一台，对话框里可以换，换了就记住。"))
        self.add_row(
            self.tr("纸张"),
            self.paper,
            self.tr("A5 给便携打印机用：同一份文书整页缩小打印，字小三成，内容、页数和核对码都不变。"),
        )
        self.add_row(self.tr("小票纸宽"), self.slip, self.tr("现场告知单用的小票打印机，纸宽多少选多少。"))
        self.printer.activated.connect(self._choose_printer)
        self.paper.chosen.connect(lambda value: keep("paper", value))
        self.slip.chosen.connect(lambda value: keep("slip_width", int(value)))

    def fill(self, get: Callable[[str], Any]) -> None:
        """Shows what is set."""
        self.paper.set_value(str(get("paper")))
        self.slip.set_value(str(get("slip_width")))
        self._fill_printers(str(get("printer")))

    def _fill_printers(self, chosen: str) -> None:
        # Loading Qt's printing takes its time: only for who comes here.
        from PySide6.QtPrintSupport import QPrinterInfo

        names = QPrinterInfo.availablePrinterNames()
        self.printer.clear()
        self.printer.addItem(self.tr("系统默认打印机"), "")
        for name in names:
            self.printer.addItem(name, name)
        if chosen and chosen not in names:
            self.printer.addItem(self.tr("{}（现在没有接上）").format(chosen), chosen)
        self.printer.setCurrentIndex(max(0, self.printer.findData(chosen)))

    @Slot(int)
    def _choose_printer(self, row: int) -> None:
        self._keep("printer", str(self.printer.itemData(row)))
