"""Sentences about steps in a problem's life: why one is not possible now, and what to do instead."""

from __future__ import annotations

from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP

SENTENCES = {
    "problem-step-unknown": QT_TRANSLATE_NOOP(
        "errors", "这一步由更新版本的监督写成，本机不认识。请安装新版程序后再看。"
    ),
    "problem-step-not-now": QT_TRANSLATE_NOOP(
        "errors", "问题现在的状态不能做这一步。请先看清办理经过，再选当前可以做的一步。"
    ),
    "problem-step-office-only": QT_TRANSLATE_NOOP("errors", "这一步只能由督导室来做。请把情况报给督导室。"),
    "problem-step-needs-reason": QT_TRANSLATE_NOOP("errors", "还没有写原因。请写明原因后再提交。"),
    "problem-step-needs-proof": QT_TRANSLATE_NOOP(
        "errors", "判为“已改”要有依据。请附上照片或材料，或者在复查督导里判定。"
    ),
    "problem-step-unreadable": QT_TRANSLATE_NOOP("errors", "这一步的内容不完整，没有采用。请重新填写后提交。"),
    "problem-field-fixed": QT_TRANSLATE_NOOP("errors", "这一步不能改动该项内容。改期限请用“延期”，改文字请用“更正”。"),
    "problem-second-person": QT_TRANSLATE_NOOP(
        "errors", "判定“已改”的人不能自己销号。请由另一位督学或督导室审核后销号。"
    ),
    "problem-no-cause": QT_TRANSLATE_NOOP("errors", "这一步的来历互相矛盾，没有采用。请督导室核查写入它的电脑。"),
    "problem-incomplete": QT_TRANSLATE_NOOP("errors", "还缺{missing}，不能下达。请补齐后再下达，或者先暂存。"),
    "problem-issued": QT_TRANSLATE_NOOP("errors", "这个问题已经下达，不能再删去或改写。要改内容请用“更正”。"),
    "problem-school-unknown": QT_TRANSLATE_NOOP("errors", "没有选学校。请先选出问题所在的学校。"),
    "holidays-empty": QT_TRANSLATE_NOOP(
        "errors", "“{file}”里没有放假或调休的日子。请在“日期”列写日期，在“类型”列写“休息”或“上班”。"
    ),
    "rules-empty": QT_TRANSLATE_NOOP(
        "errors", "“{file}”里没有办理期限，也没有督促规则。请先用 jiandu office rules --export 导出一份，改好后再导入。"
    ),
}
