"""`jiandu form …`: checklists as files, without a bureau. `form try`, which opens the window, is `bootstrap`'s."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop.domain.identity import Clock, system_clock
from jiandu_desktop.services import form_files

if TYPE_CHECKING:
    from jiandu_desktop.form_engine import Fault
    from jiandu_desktop.form_engine.report import FormReport


def add_form_commands(form: argparse.ArgumentParser) -> None:
    """The words below `jiandu form`."""
    forms = form.add_subparsers(dest="form_command", metavar="命令", required=True)
    check = forms.add_parser("check", help="检查表单，一次列出全部问题；有错误时退出码是 1")
    check.add_argument("file", metavar="表单.xlsx", nargs="+")
    check.add_argument("--json", action="store_true", help="按 JSON 输出，供脚本读取")
    show = forms.add_parser("show", help="把表单印成文字：题号、选项、条件、依据、问题和措施")
    show.add_argument("file", metavar="表单.xlsx")
    show.add_argument("--out", metavar="文件.txt", help="写到这个文件，不写就显示出来")
    trial = forms.add_parser("try", help="试填：用一所虚构的学校打开现场作答的窗口，关上就什么都不留")
    trial.add_argument("file", metavar="表单.xlsx")
    trial.add_argument("--screenshot", metavar="图片.png", help="不等人操作，截一张图就结束")
    new = forms.add_parser("new", help="新建表单：写一份带例子和说明的工作簿")
    new.add_argument("file", metavar="表单.xlsx")
    new.add_argument("--title", default="", help="表名，如 校园安全专项督导")
    new.add_argument("--kind", choices=sorted(form_files.KINDS), default="inspection", help="督导检查表，或普通问卷")


def run_form(chosen: argparse.Namespace, clock: Clock = system_clock) -> int:
    """Carry out one of them; returns the exit code."""
    return _FORM[chosen.form_command](chosen, clock)


def _check(chosen: argparse.Namespace, clock: Clock) -> int:
    del clock
    reports = [form_files.check_form(Path(name)) for name in chosen.file]
    if chosen.json:
        print(json.dumps([form_files.report_json(report) for report in reports], ensure_ascii=False, indent=2))
    else:
        for report in reports:
            _tell(report)
    return 1 if any(report.errors for report in reports) else 0


def _tell(report: FormReport) -> None:
    if report.errors:
        print(f"{report.file_name}：{len(report.errors)} 处错误，改好才能使用。")
        _list(report.errors)
    else:
        print(
            f"{report.file_name}：“{report.title}”没有错误：{report.sections} 节，{report.questions} 题，"
            f"版本 {report.version}。"
        )
    if report.warnings:
        print(f"另有 {len(report.warnings)} 处请留意，不影响使用。")
        _list(report.warnings)


def _list(faults: tuple[Fault, ...]) -> None:
    for fault in faults:
        print(f"  {fault.sentence()}")


def _show(chosen: argparse.Namespace, clock: Clock) -> int:
    del clock
    text = form_files.print_form(Path(chosen.file))
    if chosen.out:
        from jiandu_desktop.paths import write_atomically

        write_atomically(Path(chosen.out), text.encode())
        print(f"已写好 {chosen.out}")
    else:
        print(text, end="")
    return 0


def _new(chosen: argparse.Namespace, clock: Clock) -> int:
    path = form_files.new_form(Path(chosen.file), today=clock().date(), title=chosen.title, kind=chosen.kind)
    print(f"已写好 {path}。用 Excel 或 WPS 打开，改成自己的题目，再用 jiandu form check 检查。")
    return 0


_FORM: dict[str, Callable[[argparse.Namespace, Clock], int]] = {"check": _check, "show": _show, "new": _new}
