"""The example in a new checklist's workbook: small, but every inspection column is used once and works."""

from __future__ import annotations

from typing import Final

Cells = dict[str, str | int | float]

J: Final = "bind::jiandu:"


def _own(**cells: str | int) -> Cells:
    return {J + name.rstrip("_"): value for name, value in cells.items()}


PLAIN_SURVEY: Final[tuple[Cells, ...]] = (
    {"type": "begin_group", "name": "basic", "label": "基本情况"},
    {"type": "date", "name": "visit_day", "label": "日期", "default": "today()", "required": "yes"},
    {
        "type": "integer",
        "name": "classes",
        "label": "教学班数",
        "constraint": ". >= 0 and . < 200",
        "constraint_message": "班数在 0 到 199 之间",
    },
    {"type": "select_one yes_no", "name": "canteen", "label": "学校有没有食堂"},
    {
        "type": "text",
        "name": "canteen_note",
        "label": "食堂的情况",
        "relevant": "${canteen} = 'yes'",
        "appearance": "multiline",
    },
    {"type": "end_group"},
)

INSPECTION_SURVEY: Final[tuple[Cells, ...]] = (
    {"type": "hidden", "name": "school_pupils", "label": "在校学生数", "备注": "程序自动填好"},
    {"type": "hidden", "name": "school_boarders", "label": "寄宿学生数", "备注": "程序自动填好"},
    {"type": "begin_group", "name": "safety", "label": "校园安全"},
    {
        "type": "select_one ypn",
        "name": "exits",
        "label": "疏散通道、安全出口保持畅通",
        "hint": "现场查看，不以台账代替",
        **_own(weight=5, matter="safety", standard="通道内无杂物，出口不上锁，疏散指示标志完好。"),
        **_own(basis="《中小学幼儿园安全管理办法》第十七条", problem="{label}不到位：{note}", days=3),
        **_own(measure="立即清理疏散通道，打开安全出口，每日巡查并留记录。", grade="serious", evidence=1),
        **_own(phrases="phrases_exits", was="exits_old"),
        "备注": "曾用名 exits_old：从旧版改名而来时才写",
    },
    {
        "type": "integer",
        "name": "guards",
        "label": "专职保安人数",
        "constraint": ". >= 0 and . <= 30",
        "constraint_message": "人数一般不超过 30 名，请核对",
        **_own(soft="yes", indicator="A4", unit="名"),
    },
    {"type": "calculate", "name": "need", "calculation": "if(${school_pupils} > 1000, 3, 2)"},
    {
        "type": "select_one ypn",
        "name": "guards_ok",
        "label": "专职保安配备",
        "calculation": "if(${guards} = '', '', if(${guards} >= ${need}, 'yes', 'no'))",
        "readonly": "yes",
        **_own(weight=3, matter="safety", standard="千人以下不少于 2 名，千人以上不少于 3 名。", days=15),
        **_own(problem="专职保安配备不足，应配{need}名，实配{guards}名。", measure="十五日内配齐持证保安员。"),
        **_own(basis="《中小学幼儿园安全管理办法》", grade="general"),
        "备注": "督学只填人数，是否符合由公式算出",
    },
    {
        "type": "select_one ypn",
        "name": "dorm_fire",
        "label": "学生宿舍消防安全",
        "relevant": "${school_boarders} > 0",
        **_own(weight=2, matter="safety", failed="no", problem="{label}：{value}", measure="限期整改。", days=7),
        **_own(grade="general"),
        "备注": "failed 写了 no：只有不符合才算问题，部分符合不算",
    },
    {"type": "end_group"},
    {"type": "begin_group", "name": "ethics", "label": "师德师风"},
    {
        "type": "select_one found",
        "name": "veto_fees",
        "label": "有无教师有偿补课",
        "required": "yes",
        "required_message": "红线项不能空着",
        **_own(veto="yes", matter="ethics", standard="没有在职教师组织或参与有偿补课。", days=3, evidence=1),
        **_own(basis="《新时代中小学教师职业行为十项准则》", problem="发现教师有偿补课：{note}", grade="serious"),
        **_own(measure="立即停止，清退所收费用，按规定处理并书面报告。"),
    },
    {
        "type": "select_one ypn",
        "name": "training",
        "label": "按计划开展师德教育",
        **_own(weight=2, matter="ethics", self_="yes", problem="师德教育未按计划开展。", measure="补课并留记录。"),
        **_own(days=30, grade="minor", standard="每学期不少于两次，有记录。"),
        "备注": "self：学校自评与督评并列",
    },
    {
        "type": "text",
        "name": "bright",
        "label": "好的做法",
        "appearance": "multiline",
    },
    {"type": "end_group"},
)

PLAIN_CHOICES: Final[tuple[Cells, ...]] = (
    {"list_name": "yes_no", "name": "yes", "label": "有"},
    {"list_name": "yes_no", "name": "no", "label": "没有"},
)

INSPECTION_CHOICES: Final[tuple[Cells, ...]] = (
    {"list_name": "ypn", "name": "yes", "label": "符合", "score": 1},
    {"list_name": "ypn", "name": "part", "label": "部分符合", "score": 0.5, "failed": "yes"},
    {"list_name": "ypn", "name": "no", "label": "不符合", "score": 0, "failed": "yes"},
    {"list_name": "ypn", "name": "na", "label": "不适用", "key": "0"},
    {"list_name": "found", "name": "none", "label": "未发现", "score": 1},
    {"list_name": "found", "name": "found", "label": "发现", "score": 0, "failed": "yes"},
    {"list_name": "matters", "name": "safety", "label": "校园及周边安全"},
    {"list_name": "matters", "name": "ethics", "label": "师德师风"},
    {"list_name": "phrases_exits", "name": "locked", "label": "二楼东侧安全出口上锁。"},
    {"list_name": "phrases_exits", "name": "blocked", "label": "楼梯间堆放杂物，占用疏散通道。"},
)
