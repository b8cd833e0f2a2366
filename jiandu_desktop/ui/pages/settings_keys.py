"""帮助: every key of the program, by the place where it works."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.widgets.badges import KeyHint
from jiandu_desktop.ui.widgets.page import Card
from jiandu_desktop.ui.widgets.text import Label

Keys = Sequence[tuple[str, str]]


def key_groups() -> list[tuple[str, Keys]]:
    """Name of the place, and its keys with what they do."""
    tr = QCoreApplication.translate
    return [
        (
            tr("Keys", "到处可用"),
            (
                ("Ctrl+1 … 9", tr("Keys", "今日、学校、督导记录、问题台账、文书、资料、统计、同步、设置")),
                ("Ctrl+F", tr("Keys", "搜索：名称、编号、拼音首字母")),
                ("F5", tr("Keys", "刷新")),
                ("Ctrl+= / Ctrl+-", tr("Keys", "文字大一档、小一档；Ctrl+0 回到标准")),
                ("Ctrl+Shift+D", tr("Keys", "深色、浅色")),
                ("Ctrl+Shift+T", tr("Keys", "触控：按钮和行更高")),
                ("Tab / Shift+Tab", tr("Keys", "下一处、上一处")),
                ("Esc", tr("Keys", "退出输入、返回")),
            ),
        ),
        (
            tr("Keys", "列表"),
            (
                ("↑ ↓", tr("Keys", "上一行、下一行")),
                ("Enter", tr("Keys", "打开；在今日是开始督导")),
                ("Ctrl+C", tr("Keys", "复制所选行，可粘到 Excel")),
            ),
        ),
        (
            tr("Keys", "检查表"),
            (
                ("1 – 9", tr("Keys", "按数字作答，自动跳到下一道未答题")),
                ("F8 / Shift+F8", tr("Keys", "下一道、上一道未答题")),
                ("Ctrl+D", tr("Keys", "写备注")),
                ("Ctrl+P", tr("Keys", "加照片")),
                ("Ctrl+V", tr("Keys", "粘贴照片")),
                ("Ctrl+K", tr("Keys", "选用话语")),
                ("Ctrl+L", tr("Keys", "检查表换一种语言")),
                ("Alt+↑ / Alt+↓", tr("Keys", "排序题：上移、下移一行")),
                ("Ctrl+Enter", tr("Keys", "下一节")),
                ("Ctrl+Shift+Enter", tr("Keys", "本节其余全部符合")),
                ("Ctrl+F", tr("Keys", "找题：题号、几个字、拼音；! 看问题，? 看未答")),
                ("Alt+1 … Alt+0", tr("Keys", "到本节第 1 题到第 10 题")),
                ("Ctrl+Z", tr("Keys", "撤销上一步")),
                ("Ctrl+Y", tr("Keys", "重做刚撤销的一步")),
                ("F6", tr("Keys", "到本校未销号的问题：1 已改，2 部分，3 未改")),
                ("F4", tr("Keys", "打开或收起右边的依据")),
                ("Alt+←", tr("Keys", "回到今日")),
            ),
        ),
        (
            tr("Keys", "问题"),
            (
                ("Alt+1 / Alt+2", tr("Keys", "最常用的两步：报告整改、复查、销号……")),
                ("Alt+0", tr("Keys", "现在能做的全部步骤")),
                ("Ctrl+N", tr("Keys", "在问题台账里：登记问题")),
                ("Ctrl+P", tr("Keys", "在步骤里：加照片、材料")),
                ("Ctrl+Enter", tr("Keys", "记录这一步")),
            ),
        ),
        (
            tr("Keys", "问题卡"),
            (
                ("Enter", tr("Keys", "确认这个问题")),
                ("Shift+Enter", tr("Keys", "换行")),
            ),
        ),
        (
            tr("Keys", "完成"),
            (
                ("Ctrl+P", tr("Keys", "定稿并打印；定稿后再次打印")),
                ("PageUp / PageDown", tr("Keys", "文书上一页、下一页")),
                ("Home / End", tr("Keys", "文书第一页、最后一页")),
                ("Delete", tr("Keys", "在签名框里：擦掉重签")),
                ("Esc", tr("Keys", "继续督导")),
            ),
        ),
        (
            tr("Keys", "同步"),
            (("Ctrl+Enter", tr("Keys", "开始同步")),),
        ),
    ]


class KeysCard(Card):
    """All keys in one table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, theme().px(160))
        row = 0
        for place, keys in key_groups():
            grid.addWidget(Label(place, role="heading"), row, 0, 1, 2)
            grid.setRowMinimumHeight(row, theme().px(40 if row else 28))
            row += 1
            for key, words in keys:
                grid.addWidget(KeyHint(key), row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                label = Label(words)
                label.setWordWrap(True)
                grid.addWidget(label, row, 1)
                row += 1
        self.column.addLayout(grid)
