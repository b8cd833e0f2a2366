"""Workbooks whose headings are written in Chinese: they are read as if the XLSForm words stood there."""

from __future__ import annotations

from typing import Final

SHEETS: Final = {"题目": "survey", "问卷": "survey", "检查项": "survey", "选项": "choices", "设置": "settings"}
_COLUMNS: Final = {
    "题型": "type",
    "类型": "type",
    "名称": "name",
    "变量名": "name",
    "标签": "label",
    "题目": "label",
    "提示": "hint",
    "必填": "required",
    "显示条件": "relevant",
    "约束": "constraint",
    "约束提示": "constraint_message",
    "计算": "calculation",
    "默认值": "default",
    "只读": "readonly",
    "外观": "appearance",
    "参数": "parameters",
    "选项筛选": "choice_filter",
    "重复次数": "repeat_count",
    "列表名": "list_name",
    "列表": "list_name",
    "得分": "score",
    "表单名称": "form_title",
    "标题": "form_title",
    "表单编号": "form_id",
    "编号": "form_id",
    "版本": "version",
    "权重": "bind::jiandu:weight",
    "一票否决": "bind::jiandu:veto",
    "不合格": "bind::jiandu:failed",
    "督导事项": "bind::jiandu:matter",
    "依据": "bind::jiandu:basis",
    "标准": "bind::jiandu:standard",
    "问题": "bind::jiandu:problem",
    "整改措施": "bind::jiandu:measure",
    "整改天数": "bind::jiandu:days",
    "问题等级": "bind::jiandu:grade",
}
_TYPES: Final = {
    "文本": "text",
    "整数": "integer",
    "小数": "decimal",
    "日期": "date",
    "时间": "time",
    "单选": "select_one",
    "多选": "select_multiple",
    "说明": "note",
    "计算": "calculate",
    "照片": "image",
    "图片": "image",
    "文件": "file",
    "开始组": "begin_group",
    "结束组": "end_group",
    "开始重复": "begin_repeat",
    "结束重复": "end_repeat",
}


def sheet_key(name: str) -> str:
    """The sheet's name as XLSForm knows it."""
    plain = name.strip().lower()
    return SHEETS.get(plain, plain)


def column(sheet: str, header: str) -> str:
    """The column's name as XLSForm knows it; in `choices`, `不合格` is the choice's own column."""
    if sheet == "choices" and header == "不合格":
        return "failed"
    return _COLUMNS.get(header, header)


def question_type(text: str) -> str:
    """`单选 yes_no` → `select_one yes_no`."""
    word, space, rest = text.partition(" ")
    return f"{_TYPES.get(word, word)}{space}{rest}"
