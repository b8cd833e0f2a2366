"""Sentences for the troubles of checklists: code → what happened and what to do next.

Codes that begin with `form-fault-` are single faults inside a workbook; the place (sheet, row, column) is put in
front of them by `form_engine.faults`.
"""

from __future__ import annotations

from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP

_FILES: dict[str, str] = {
    "label-media-missing": QT_TRANSLATE_NOOP(
        "errors", "“{name}”没有随检查表带来，打不开。请督导室把文件和工作簿放在一起，再发一次检查表。"
    ),
    "label-media-unplayable": QT_TRANSLATE_NOOP(
        "errors", "没有程序能播放“{name}”。请督导室换成 mp3 或 mp4 文件，再发一次检查表。"
    ),
    "form-faults": QT_TRANSLATE_NOOP("errors", "检查表“{name}”有 {count} 处需要改正，改好后重新加入即可：\n{faults}"),
    "form-file-empty": QT_TRANSLATE_NOOP("errors", "“{name}”是空文件。请重新拷贝或下载检查表，再加入一次。"),
    "form-file-not-workbook": QT_TRANSLATE_NOOP(
        "errors", "“{name}”不是 Excel 工作簿，或文件已损坏。请用 Excel 或 WPS 打开检查，另存为 .xlsx 后再加入。"
    ),
    "form-file-protected": QT_TRANSLATE_NOOP(
        "errors", "“{name}”设有打开密码。请在 Excel 或 WPS 里取消密码，保存后再加入。"
    ),
    "form-file-old": QT_TRANSLATE_NOOP(
        "errors", "“{name}”是旧格式（.xls）。请用 Excel 或 WPS 打开，另存为 .xlsx 后再加入。"
    ),
    "form-file-too-large": QT_TRANSLATE_NOOP(
        "errors", "“{name}”超过上限 {limit} MB，不像检查表。请删去图片和无关工作表，另存后再加入。"
    ),
    "form-groups-too-deep": QT_TRANSLATE_NOOP(
        "errors", "survey 表第 {row} 行：分组一层套一层超过了 {limit} 层。请减少层数，或检查前面是否少了 end_group。"
    ),
    "form-file-too-many-rows": QT_TRANSLATE_NOOP(
        "errors", "“{name}”有的工作表超过 {limit} 行。请删去末尾的空行和格式，另存后再加入。"
    ),
    "no-display": QT_TRANSLATE_NOOP(
        "errors", "这台电脑没有图形界面，开不了窗口。请在有桌面的电脑上试填，或加上 --screenshot 图片.png 只截一张图。"
    ),
    "checklist-files-changed": QT_TRANSLATE_NOOP(
        "errors",
        "“{title}”的名单或图片文件有改动，但版本号仍是“{version}”。请在 settings 工作表改写 version，保存后再加入，"
        "正在进行的督导才不会受影响。",
    ),
    "submission-unreadable": QT_TRANSLATE_NOOP(
        "errors", "这份填报记录读不出来（{reason}）。请重新导出一次；原记录没有改动。"
    ),
    "submission-other-form": QT_TRANSLATE_NOOP(
        "errors", "这份填报记录属于检查表“{found}”，不是“{wanted}”。请选择对应的检查表。"
    ),
}

_SHEETS: dict[str, str] = {
    "expression-search": QT_TRANSLATE_NOOP(
        "errors",
        "search 的这种写法不支持：{written}。请写 search('文件名')，"
        "或 search('文件名', 'contains', '列名', ${{问题}})；"
        "第二项可用 contains、startswith、endswith、matches。选项表里要有一行在 name 和 label 写列名。",
    ),
    "missing-file": QT_TRANSLATE_NOOP(
        "errors", "找不到名单文件“{name}”。请把它放在检查表旁边，或放进“{folder}”文件夹，再加入一次。"
    ),
    "unreadable-file": QT_TRANSLATE_NOOP(
        "errors", "名单文件“{name}”读不出来（{reason}）。请用 Excel 或 WPS 打开检查，另存后再加入。"
    ),
    "missing-file-column": QT_TRANSLATE_NOOP(
        "errors", "名单文件“{name}”缺少“{column}”列。请在文件第一行加上这一列，或在 parameters 里另行指定。{hint}"
    ),
    "missing-sheet": QT_TRANSLATE_NOOP("errors", "缺少名为“{name}”的工作表。请新建或把工作表改成这个名字。{hint}"),
    "missing-column": QT_TRANSLATE_NOOP("errors", "第一行缺少“{name}”列。请加上这一列的列名。"),
    "missing-setting": QT_TRANSLATE_NOOP(
        "errors",
        "没有填写 {name}。请在第 2 行填上（表名、编号和版本缺一不可，如 form_id 填 safety，version 填 2026.11）。",
    ),
    "missing-namespace": QT_TRANSLATE_NOOP(
        "errors", "用了 bind::jiandu: 列，就要在 namespaces 列填上 {line}，照抄即可。"
    ),
    "unknown-column": QT_TRANSLATE_NOOP(
        "errors", "不认识的列“{name}”，内容不会起作用。{hint}请改正列名；自己看的说明请把列名改为“备注”。"
    ),
    "unknown-inspection-column": QT_TRANSLATE_NOOP(
        "errors", "没有这个督导列，内容不会起作用。{hint}可用的列见《检查表编写说明》。"
    ),
    "duplicate-column": QT_TRANSLATE_NOOP(
        "errors", "列名“{name}”出现了两次，其中一列的内容会丢失。请删去一列，或改正列名。"
    ),
    "column-twice": QT_TRANSLATE_NOOP(
        "errors", "“{name}”和“{other}”是同一列的两种写法，其中一列的内容会丢失。请合并成一列。"
    ),
    "odd-setting": QT_TRANSLATE_NOOP(
        "errors", "{name} 填的“{value}”别的软件可能不认。建议只用英文字母、数字、短横线和点，不超过 64 个字符。"
    ),
    "settings-second-row": QT_TRANSLATE_NOOP("errors", "settings 只读第 2 行，这一行不起作用。请删去。"),
    "unknown-default-language": QT_TRANSLATE_NOOP(
        "errors", "默认语言“{name}”没有对应的列。表里的语言有：{known}。请改成其中之一。"
    ),
    "missing-translation": QT_TRANSLATE_NOOP(
        "errors", "没有“{language}”的 {column}，切换到这种语言时是空的。请补上译文。"
    ),
    "missing-translations": QT_TRANSLATE_NOOP(
        "errors", "有 {count} 行没有“{language}”的 {column}（从第 {first} 行起）。请补上这一列的译文，或去掉这种语言。"
    ),
    "hidden-sheet": QT_TRANSLATE_NOOP(
        "errors", "这张工作表是隐藏的，内容照样起作用。请取消隐藏，看看有没有遗留的内容。"
    ),
    "hidden-rows": QT_TRANSLATE_NOOP(
        "errors", "第 {rows} 行是隐藏的，内容照样起作用。请取消隐藏；不要的题请删去整行。"
    ),
    "hidden-columns": QT_TRANSLATE_NOOP(
        "errors", "{columns} 列是隐藏的，内容照样起作用。请取消隐藏，看看有没有遗留的内容。"
    ),
    "formula-cells": QT_TRANSLATE_NOOP(
        "errors", "单元格 {cells} 里是 Excel 公式，程序只读它上次算出的结果。请把公式换成结果（选择性粘贴为数值）。"
    ),
    "missing-media": QT_TRANSLATE_NOOP(
        "errors", "找不到图片或音视频“{name}”，现场看不到它。请把文件和工作簿放在一起，或放进“{folder}”文件夹。"
    ),
    "empty-survey": QT_TRANSLATE_NOOP("errors", "没有一道题。请从第 2 行起每行写一道题。"),
}

_QUESTIONS: dict[str, str] = {
    "missing-type": QT_TRANSLATE_NOOP("errors", "没有写题型。请填 select_one 清单名、text、integer 等。"),
    "unknown-type": QT_TRANSLATE_NOOP(
        "errors",
        "不认识的题型“{type}”。{hint}常用：select_one 清单名、select_multiple 清单名、integer、text、date。",
    ),
    "unsupported-type": QT_TRANSLATE_NOOP(
        "errors", "题型“{type}”本程序还不支持。请改用 select_one 或 select_multiple，把选项写在 choices 工作表。"
    ),
    "bad-choice-file": QT_TRANSLATE_NOOP(
        "errors", "选项文件“{name}”不对。请写成“select_one_from_file 文件名.csv”，也可以是 .xml 或 .geojson。"
    ),
    "reserved-name": QT_TRANSLATE_NOOP("errors", "“{name}”是程序自己要用的名称。请改成另一个名称。"),
    "name-differs-in-case": QT_TRANSLATE_NOOP(
        "errors", "名称“{name}”和第 {row} 行只差大小写，容易弄混。建议改成另一个名称。"
    ),
    "name-not-ascii": QT_TRANSLATE_NOOP(
        "errors",
        "有 {count} 个名称用了中文（如 {names}）。本程序可以用，但 ODK、Kobo 打不开这张表。要给它们用，请改成英文名。",
    ),
    "long-label": QT_TRANSLATE_NOOP(
        "errors", "题目有 {length} 个字，超过 {most} 个，屏幕和文书上会很长。建议把说明移到 hint 或“标准”列。"
    ),
    "long-name": QT_TRANSLATE_NOOP("errors", "名称有 {length} 个字符，超过 {most} 个。建议改短。"),
    "missing-list": QT_TRANSLATE_NOOP(
        "errors", "“{type}”后面没有写清单名。请写成“select_one 清单名”，清单写在 choices 工作表。"
    ),
    "missing-name": QT_TRANSLATE_NOOP("errors", "没有写 name。请填一个英文名，如 guards，同一张表内不要重复。"),
    "bad-name": QT_TRANSLATE_NOOP(
        "errors", "“{name}”不能作名称。请以字母开头，只用字母、数字、下划线、短横线和点，不留空格。"
    ),
    "duplicate-name": QT_TRANSLATE_NOOP("errors", "名称“{name}”和第 {row} 行重复。请改成另一个名称。"),
    "missing-label": QT_TRANSLATE_NOOP("errors", "题目“{name}”没有写 label，现场看不到题目。请填上题目文字。"),
    "unknown-list": QT_TRANSLATE_NOOP(
        "errors", "choices 工作表里没有清单“{list}”。{hint}请补上这个清单，或改正清单名。"
    ),
    "unmatched-end": QT_TRANSLATE_NOOP("errors", "这个 end_{type} 前面没有对应的 begin_{type}。请删去，或补上开头。"),
    "wrong-end": QT_TRANSLATE_NOOP(
        "errors", "第 {row} 行以 begin_{begun} 开始的“{name}”，这里用 end_{type} 结束。请改为 end_{begun}。"
    ),
    "unclosed-group": QT_TRANSLATE_NOOP("errors", "“{name}”开始后没有结束。请在它最后一题下面加一行 end_{type}。"),
    "unused-list": QT_TRANSLATE_NOOP("errors", "没有一道题用到清单“{list}”。请核对题型里的清单名；不用了就删去。"),
    "count-outside-repeat": QT_TRANSLATE_NOOP(
        "errors", "repeat_count 只对 begin_repeat 起作用，写在这里没有用。请删去，或移到 begin_repeat 那一行。"
    ),
    "bad-repeat-count": QT_TRANSLATE_NOOP(
        "errors", "份数“{value}”不对。请填 0 到 {most} 的整数，或引用一道整数题，如 ${{classes}}。"
    ),
    "bad-parameters": QT_TRANSLATE_NOOP(
        "errors", "“{text}”不对。请写成“名称=值”，多个用空格隔开，如 start=0 end=10 step=1。"
    ),
    "unknown-parameter": QT_TRANSLATE_NOOP(
        "errors", "{type} 题没有参数“{name}”。{hint}可用的有：{known}。请改正或删去。"
    ),
    "no-parameters": QT_TRANSLATE_NOOP("errors", "{type} 题没有参数可写，“{name}”不会起作用。请留空。"),
    "parameter-not-number": QT_TRANSLATE_NOOP("errors", "参数 {name} 的值“{value}”不是数。请填数字，如 {name}=10。"),
    "parameter-other-word": QT_TRANSLATE_NOOP(
        "errors", "参数 {name} 的值“{value}”不对。可以写：{known}。请改正或删去。"
    ),
    "seed-without-randomize": QT_TRANSLATE_NOOP("errors", "写了 seed，还要写 randomize=true。请补上，或删去 seed。"),
    "bad-tick-interval": QT_TRANSLATE_NOOP(
        "errors", "刻度间隔 {value} 不对。请填步长 {step} 的整数倍，并且不超过整个范围。"
    ),
    "bad-placeholder": QT_TRANSLATE_NOOP(
        "errors", "预示值 {value} 不对。请填从 {start} 到 {end}、每步 {step} 能取到的值。"
    ),
    "default-not-number": QT_TRANSLATE_NOOP("errors", "预填的“{value}”不是数。请填数字，或留空。"),
    "default-not-offered": QT_TRANSLATE_NOOP(
        "errors", "预填的“{value}”不在清单“{list}”里。{hint}请填选项的 name，或留空。"
    ),
    "other-with-filter": QT_TRANSLATE_NOOP(
        "errors", "or_other 和 choice_filter 不能同时用。请去掉 or_other，在清单里写一个“其他”选项，另加一道文字题。"
    ),
    "bad-audit-name": QT_TRANSLATE_NOOP("errors", "audit 题的 name 应当留空，或写 audit，不能是“{name}”。请改正。"),
    "type-in-capitals": QT_TRANSLATE_NOOP("errors", "题型“{type}”要用小写。请写成“{right}”。"),
    "bad-range": QT_TRANSLATE_NOOP(
        "errors",
        "范围不对：从 {start} 到 {end}，每步 {step}。起点和终点要不同，步长不能是 0，也不能比整个范围大，"
        "如 start=0 end=10 step=1。",
    ),
    "choice-without-list": QT_TRANSLATE_NOOP("errors", "选项“{name}”没有写 list_name。请填它属于哪个清单。"),
    "choice-without-name": QT_TRANSLATE_NOOP("errors", "清单“{list}”的这个选项没有写 name。请填一个英文值，如 yes。"),
    "choice-without-label": QT_TRANSLATE_NOOP(
        "errors", "清单“{list}”的选项“{name}”没有写 label。请填选项文字，如 符合。"
    ),
    "choice-name-space": QT_TRANSLATE_NOOP("errors", "选项值“{name}”里有空格。请去掉空格或改用下划线。"),
    "duplicate-choice": QT_TRANSLATE_NOOP(
        "errors", "清单“{list}”的选项值“{name}”和第 {row} 行重复。请改成另一个值，或删去一行。"
    ),
}

_EXPRESSIONS: dict[str, str] = {
    "unknown-reference": QT_TRANSLATE_NOOP("errors", "引用的“${{{name}}}”不存在。{hint}请改成表中已有的 name。"),
    "bare-name": QT_TRANSLATE_NOOP(
        "errors", "公式里的“{name}”没有写成引用，读不到答案。{hint}引用别的题要写 ${{名称}}，文字要用引号括起来。"
    ),
    "open-reference": QT_TRANSLATE_NOOP("errors", "引用“{text}”没有写完。请写成 ${{名称}}，花括号要成对。"),
    "ambiguous-reference": QT_TRANSLATE_NOOP(
        "errors", "名称“{name}”在几个组里都有，说不清引用的是哪一个。请把其中一个改成另外的名称。"
    ),
    "unknown-choice-column": QT_TRANSLATE_NOOP(
        "errors", "choices 工作表里没有“{name}”列，选项会一个也不出现。{hint}请改正列名，或在 choices 里补上这一列。"
    ),
    "filter-without-list": QT_TRANSLATE_NOOP("errors", "{type} 题没有选项清单，choice_filter 不起作用。请删去。"),
    "bad-trigger": QT_TRANSLATE_NOOP(
        "errors", "“{text}”不对。trigger 列只写引起重算的题目，如 ${{guards}}；几道题用逗号隔开。"
    ),
    "missing-calculation": QT_TRANSLATE_NOOP(
        "errors", "calculate 题“{name}”没有写公式。请在 calculation 列写上，如 ${{a}} + ${{b}}。"
    ),
    "condition-unknown-answer": QT_TRANSLATE_NOOP(
        "errors",
        "“{name}”的清单“{list}”里没有“{value}”这个值，条件永远不会成立。{hint}清单里有：{known}。请改成其中的值。",
    ),
    "never-shown": QT_TRANSLATE_NOOP(
        "errors", "条件“{text}”永远不会成立（连同所在各组的条件），这道题不会出现。请改正条件；不要的题请删去整行。"
    ),
    "no-constraint-message": QT_TRANSLATE_NOOP(
        "errors", "“{name}”有 constraint，但没有写 constraint_message。请用一句话写明答案应当怎样。"
    ),
    "message-without-constraint": QT_TRANSLATE_NOOP(
        "errors", "写了 constraint_message，但没有 constraint，这句话不会出现。请补上条件，或删去。"
    ),
    "unknown-appearance": QT_TRANSLATE_NOOP("errors", "没有显示方式“{name}”，不会起作用。{hint}请改正或留空。"),
    "required-not-asked": QT_TRANSLATE_NOOP("errors", "“{name}”不由督学填写，required 不起作用。请留空。"),
    "cycle": QT_TRANSLATE_NOOP("errors", "互相依赖成了一个圈：{path}。请改写其中一处，让计算有先后。"),
    "expression-open-quote": QT_TRANSLATE_NOOP(
        "errors", "公式第 {at} 个字起引号没有配对：{text}。{hint}请补上右引号。"
    ),
    "expression-unknown-sign": QT_TRANSLATE_NOOP(
        "errors", "公式第 {at} 个字“{found}”用不了：{text}。{hint}请改用半角符号。"
    ),
    "expression-left-over": QT_TRANSLATE_NOOP(
        "errors", "公式到第 {at} 个字“{found}”就读不下去了：{text}。{hint}请检查前面是否少了 and、or、逗号或运算符。"
    ),
    "expression-expected": QT_TRANSLATE_NOOP(
        "errors", "公式第 {at} 个字处应当是“{expected}”：{text}。{hint}请检查括号是否成对。"
    ),
    "expression-expected-name": QT_TRANSLATE_NOOP(
        "errors", "公式在第 {at} 个字“{found}”处不完整：{text}。{hint}请补上缺的内容。"
    ),
    "expression-unknown-axis": QT_TRANSLATE_NOOP("errors", "公式里没有“{found}::”这种写法：{text}。请改用 ${{名称}}。"),
    "expression-too-deep": QT_TRANSLATE_NOOP("errors", "公式括号套得太深。请拆成几个 calculate 题分步计算。"),
    "expression-too-long": QT_TRANSLATE_NOOP("errors", "公式太长。请拆成几个 calculate 题分步计算。"),
    "expression-unknown-function": QT_TRANSLATE_NOOP("errors", "没有函数“{name}”：{text}。{hint}请改用已有的函数。"),
    "expression-wrong-arguments": QT_TRANSLATE_NOOP(
        "errors",
        "函数“{name}”的参数个数或内容不对（写了 {given} 个，应写{wanted}）：{text}。请照函数说明改。",
    ),
    "expression-variable": QT_TRANSLATE_NOOP("errors", "公式里不能写“${name}”：{text}。请写成 ${{{name}}}。"),
    "bad-pattern": QT_TRANSLATE_NOOP(
        "errors", "regex 的规则“{pattern}”写得不对：{text}。请检查方括号、圆括号是否成对；例如手机号写成 [0-9]{{11}}。"
    ),
    "expression-unknown-prefix": QT_TRANSLATE_NOOP("errors", "公式里的前缀“{name}:”没有声明：{text}。请去掉前缀。"),
}

_INSPECTION: dict[str, str] = {
    "bad-weight": QT_TRANSLATE_NOOP(
        "errors", "分值“{value}”不对。请填大于 0、不超过 {most} 的数，如 5；不计分就留空。"
    ),
    "weight-wrong-type": QT_TRANSLATE_NOOP(
        "errors", "“{type}”题不能计分。请把分值写在单选、多选、数字或计算题上，这里留空。"
    ),
    "weight-without-score": QT_TRANSLATE_NOOP(
        "errors", "清单“{list}”没有一个选项写了 score，这题算不出分。请在 choices 的 score 列填 0 到 1。"
    ),
    "bad-score": QT_TRANSLATE_NOOP("errors", "得分比例“{value}”不对。请填 0 到 1 的数，如 1、0.5、0；不适用就留空。"),
    "bad-yes-no": QT_TRANSLATE_NOOP("errors", "“{value}”不对。请填 yes 或 no，也可以留空。"),
    "bad-key": QT_TRANSLATE_NOOP("errors", "快捷键“{value}”不对。请只填一个字符，如 1 或 Y。"),
    "duplicate-key": QT_TRANSLATE_NOOP("errors", "清单“{list}”里快捷键“{value}”和第 {row} 行重复。请换一个。"),
    "key-of-a-place": QT_TRANSLATE_NOOP(
        "errors",
        "快捷键“{value}”和清单“{list}”第 {row} 行选项按位置自带的快捷键相同。请换一个，或给那个选项也写上 key。",
    ),
    "bad-whole-number": QT_TRANSLATE_NOOP("errors", "“{value}”不对。请填 {least} 到 {most} 的整数，也可以留空。"),
    "bad-grade": QT_TRANSLATE_NOOP(
        "errors",
        "问题等级“{value}”不对。{hint}请填 minor（小问题）、general（一般）、serious（严重）或 complex（复杂）。",
    ),
    "failed-unknown-answer": QT_TRANSLATE_NOOP(
        "errors", "清单“{list}”里没有选项“{value}”。{hint}请改成清单中的值，多个值用空格隔开。"
    ),
    "no-matters": QT_TRANSLATE_NOOP(
        "errors", "写了督导事项“{value}”，但 choices 工作表里没有 matters 清单。请补上清单 matters，或留空。"
    ),
    "unknown-matter": QT_TRANSLATE_NOOP("errors", "matters 清单里没有督导事项“{value}”。{hint}请补上，或改正。"),
    "unknown-blank": QT_TRANSLATE_NOOP(
        "errors", "“{{{name}}}”不是任何题目的 name。{hint}可用 {{label}}、{{value}}、{{note}} 或已有题目的名称。"
    ),
    "standard-blank": QT_TRANSLATE_NOOP(
        "errors", "“{{{name}}}”不是参数。{hint}标准里只能代入参数：公式是一个数的 calculate 行，如 {{limit_guards}}。"
    ),
    "dollar-blank": QT_TRANSLATE_NOOP("errors", "这里要写成 {{名称}}，不要带美元符号：{text}。"),
    "problem-without-failed": QT_TRANSLATE_NOOP(
        "errors",
        "清单“{list}”没有一个选项会形成问题，这道题却写了 {column}。请在选项的 failed 列填 yes，或写上本题的 failed。",
    ),
    "column-on-group": QT_TRANSLATE_NOOP("errors", "组上写的 {column} 不起作用。请写到组里的题目上。"),
    "was-twice": QT_TRANSLATE_NOOP("errors", "曾用名“{name}”第 {row} 行已经写过。一个曾用名只能归一道题。"),
    "soft-without-constraint": QT_TRANSLATE_NOOP(
        "errors", "写了 soft，但没有 constraint，不起作用。请补上条件，或留空。"
    ),
    "unit-wrong-type": QT_TRANSLATE_NOOP("errors", "{type} 题不是数，单位“{value}”不会显示。请留空。"),
    "was-in-use": QT_TRANSLATE_NOOP("errors", "曾用名“{name}”现在是另一道题的 name。请去掉或改正。"),
}

_REFUSED: dict[str, str] = {
    "refused": QT_TRANSLATE_NOOP(
        "errors", "转换工具不接受这张表，原话是：{message}。请对照改正，或发给督导室技术人员。"
    ),
    "refused-duplicate": QT_TRANSLATE_NOOP("errors", "有重复的名称、列或选项，原话是：{message}。请改成不重复。"),
    "refused-parameters": QT_TRANSLATE_NOOP(
        "errors",
        "parameters 列写得不对，原话是：{message}。请写成“名称=值”，多个用空格隔开，如 start=0 end=10 step=1。",
    ),
    "refused-appearance": QT_TRANSLATE_NOOP("errors", "appearance 列写得不对，原话是：{message}。请改正或留空。"),
    "refused-trigger": QT_TRANSLATE_NOOP("errors", "trigger 列写得不对，原话是：{message}。请写成 ${{名称}}。"),
    "refused-translation": QT_TRANSLATE_NOOP("errors", "多语言的列写得不对，原话是：{message}。请检查各语言的列名。"),
    "xform": QT_TRANSLATE_NOOP(
        "errors", "转换后的表单不能使用（{code} {ref}）。请删去最近的改动再试，或发给督导室技术人员。"
    ),
}

SENTENCES: dict[str, str] = {
    **_FILES,
    **{
        f"form-fault-{code}": text
        for table in (_SHEETS, _QUESTIONS, _EXPRESSIONS, _INSPECTION, _REFUSED)
        for code, text in table.items()
    },
}
