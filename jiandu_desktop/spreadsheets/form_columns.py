"""The columns of a checklist's workbook, as an official needs to know them: what for, how to fill in, an example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

YES: Final = ("yes",)
TYPES: Final = (
    *("begin_group", "end_group", "begin_repeat", "end_repeat", "select_one ypn", "select_multiple matters"),
    *("integer", "decimal", "text", "date", "image", "note", "calculate", "hidden"),
)
GRADES: Final = ("minor", "general", "serious", "complex")


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column: header, what it is for, an example, its width, and the values offered in a list."""

    header: str
    meaning: str
    example: str = ""
    width: float = 14
    values: tuple[str, ...] = ()


SURVEY_COLUMNS: Final = (
    FormColumn("type", "题型。单选写“select_one 清单名”，一节以 begin_group 开始、end_group 结束", "text", 22, TYPES),
    FormColumn("name", "英文名，字母开头，同一张表不重复；公式用它引用这道题", "guards", 16),
    FormColumn("label", "题目文字", "专职保安人数", 36),
    FormColumn("hint", "题下的提示", "看合同和保安员证", 24),
    FormColumn("required", "必答：填 yes，或写公式", "yes", 9, YES),
    FormColumn("required_message", "没有答时的提示", "红线项不能空着", 18),
    FormColumn("relevant", "什么时候才出现；空着就总是出现", "${school_boarders} > 0", 24),
    FormColumn("constraint", "答案要满足什么，. 代表本题答案", ". >= 0 and . < 200", 22),
    FormColumn("constraint_message", "不满足时的提示", "人数在 0 到 200 之间", 24),
    FormColumn("calculation", "计算公式", "if(${school_pupils} > 1000, 3, 2)", 30),
    FormColumn("readonly", "只读：填 yes，或写公式", "yes", 9, YES),
    FormColumn("default", "预先填好的值", "today()", 12),
    FormColumn("choice_filter", "只出现合条件的选项，直接写 choices 的列名", "town = ${town}", 20),
    FormColumn("appearance", "显示方式，如 minimal、multiline、likert", "multiline", 12),
    FormColumn("parameters", "参数，如 range 题的 start=0 end=10 step=1", "start=0 end=10 step=1", 20),
    FormColumn("repeat_count", "begin_repeat 固定几份", "3", 12),
    FormColumn("trigger", "哪些题变了才重算，与 calculation 合用", "${guards}", 12),
)
"""What XLSForm itself has, as far as a checklist needs it."""

INSPECTION_COLUMNS: Final = (
    FormColumn("bind::jiandu:weight", "分值（满分）；写了才计分", "5", 9),
    FormColumn("bind::jiandu:veto", "一票否决：填 yes", "yes", 9, YES),
    FormColumn("bind::jiandu:failed", "本题哪些答案算问题，空格隔开；不写就看选项的 failed 列", "no part", 12),
    FormColumn("bind::jiandu:matter", "属于哪个督导事项（matters 清单里的 name）", "safety", 12),
    FormColumn("bind::jiandu:standard", "合格标准，显示在题旁", "每千名学生不少于 2 名", 34),
    FormColumn("bind::jiandu:basis", "依据的条款，写进文书", "《中小学幼儿园安全管理办法》", 34),
    FormColumn(
        "bind::jiandu:problem",
        "不合格时拟写的问题；{label} 题目、{value} 答案、{note} 备注、{题名} 任何一题的答案",
        "专职保安配备不足，应配{need}名，实配{guards}名。",
        40,
    ),
    FormColumn("bind::jiandu:measure", "拟写的整改措施", "十五日内配齐持证保安员。", 34),
    FormColumn("bind::jiandu:days", "整改天数，1 到 730；不写用督导室的默认值", "15", 8),
    FormColumn(
        "bind::jiandu:grade",
        "问题等级：minor 小问题、general 一般、serious 严重、complex 复杂",
        "serious",
        10,
        GRADES,
    ),
    FormColumn("bind::jiandu:evidence", "不合格时至少要几张照片或附件", "1", 9),
    FormColumn("bind::jiandu:phrases", "常用语清单名，写在 choices 工作表", "phrases_exits", 16),
    FormColumn("bind::jiandu:self", "另存学校自评：填 yes", "yes", 8, YES),
    FormColumn("bind::jiandu:soft", "不满足 constraint 时只提醒核对：填 yes", "yes", 8, YES),
    FormColumn("bind::jiandu:was", "题目改过名时写曾用名，空格隔开", "guard_old", 12),
    FormColumn("bind::jiandu:indicator", "这个数字供哪项县级指标使用", "A4", 10),
    FormColumn("bind::jiandu:unit", "数字后面显示的单位", "名", 8),
)
"""Our own, which ODK and Kobo leave alone."""

REMARK_COLUMN: Final = FormColumn("备注", "写给自己看的话，程序不读", "与安全科商定", 18)

CHOICES_COLUMNS: Final = (
    FormColumn("list_name", "清单名，题型里写的就是它", "ypn", 16),
    FormColumn("name", "选项的值，英文，同一清单不重复", "yes", 12),
    FormColumn("label", "选项文字", "符合", 30),
    FormColumn("score", "得这道题分值的几成，0 到 1；留空就是“不适用”", "1", 9),
    FormColumn("failed", "填 yes，选了它就形成问题", "yes", 9, YES),
    FormColumn("key", "键盘快捷键，一个字符；不填按位置是 1、2、3……", "0", 8),
)

SETTINGS_COLUMNS: Final = (
    FormColumn("form_title", "表名，写进文书", "校园安全专项督导", 28),
    FormColumn("form_id", "编号，英文、数字和短横线，定下来就不要再改", "campus-safety", 20),
    FormColumn("version", "版本，每次修改都要换一个新的", "2026.11", 14),
    FormColumn("default_language", "默认语言", "zh", 16),
    FormColumn("namespaces", "用到 bind::jiandu: 列就要照抄这一格", 'jiandu="urn:jiandu:forms:1"', 30),
)
