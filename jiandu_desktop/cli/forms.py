"""`jiandu form …`: checklists as files, without a bureau."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path


def add_form_commands(form: argparse.ArgumentParser) -> None:
    """The words below `jiandu form`."""
    forms = form.add_subparsers(dest="form_command", metavar="命令", required=True)
    check = forms.add_parser("check", help="检查表单，一次列出全部问题")
    check.add_argument("file", metavar="表单.xlsx")


def run_form(chosen: argparse.Namespace) -> int:
    """Carry out one of them; returns the exit code."""
    return _FORM[chosen.form_command](chosen)


def _check_form(chosen: argparse.Namespace) -> int:
    from jiandu_desktop.form_engine import load_form

    definition = load_form(Path(chosen.file))
    shown = sum(item.kind not in ("hidden", "calculate", "note") for item in definition.items.values())
    print(f"“{definition.title}”没有问题：{len(definition.sections)} 节，{shown} 题，版本 {definition.version}。")
    return 0


_FORM: dict[str, Callable[[argparse.Namespace], int]] = {"check": _check_form}
