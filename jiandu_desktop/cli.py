"""The same services without a window: for the office's scripts and for tests."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop import __version__
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import Clock, IdSource
from jiandu_desktop.domain.sentences import sentence
from jiandu_desktop.paths import DataFolder, shipped_forms
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.services.templates import TEMPLATES

if TYPE_CHECKING:
    from jiandu_desktop.services.importing import ImportReport

# What only one command needs is imported where it is carried out.


def make_parser() -> argparse.ArgumentParser:
    """The words of the command line; the window's commands (none, open, tour) are carried out by `bootstrap`."""
    parser = argparse.ArgumentParser(prog="jiandu", description="监督：责任督学的离线工作台")
    parser.add_argument("--version", action="version", version=f"监督 {__version__}")
    parser.add_argument("--data", metavar="文件夹", help="数据文件夹（默认在用户的应用数据里）")
    parser.add_argument("--print-to", metavar="文件.pdf", help="打印时不用打印机，写到这个文件（测试用）")
    commands = parser.add_subparsers(dest="command", metavar="命令")

    opening = commands.add_parser("open", help="打开窗口（默认）")
    # For bench/ and for whoever asks how long a start takes: "ready" is written when 今日 can be used.
    opening.add_argument("--quit-when-ready", action="store_true", help=argparse.SUPPRESS)
    tour = commands.add_parser("tour", help="自动走一遍全部流程，留下截图、文书和汇总表")
    tour.add_argument("--out", metavar="文件夹", default="out/tour")

    demo = commands.add_parser("demo", help="在一个空文件夹里建演示用的县督导室")
    demo.add_argument("folder", metavar="文件夹")

    join = commands.add_parser("join", help="用督导室的邀请文件接入本单位")
    join.add_argument("invitation", metavar="邀请文件.jdyq")
    join.add_argument("folder", metavar="共享文件夹")

    sync = commands.add_parser("sync", help="与共享文件夹同步一次")
    sync.add_argument("folder", metavar="共享文件夹", nargs="?")
    sync.add_argument("--json", action="store_true", help="以 JSON 输出结果")

    verify = commands.add_parser("verify", help="核对一份文书是否本单位签发、有没有改动")
    verify.add_argument("file", metavar="文件.pdf")

    form = commands.add_parser("form", help="督导表单")
    forms = form.add_subparsers(dest="form_command", metavar="命令", required=True)
    check = forms.add_parser("check", help="检查表单，一次列出全部问题")
    check.add_argument("file", metavar="表单.xlsx")

    _add_office(commands.add_parser("office", help="督导室的准备和汇总"))
    return parser


def run(chosen: argparse.Namespace, data: DataFolder, *, clock: Clock, new_id: IdSource) -> int:
    """Carry out one command and say what it did; returns the exit code."""
    if chosen.command == "demo":
        return told(lambda: _demo(Path(chosen.folder), clock, new_id))
    if chosen.command == "form":
        return told(lambda: _check_form(Path(chosen.file)))
    if chosen.command == "office" and chosen.office_command == "template":
        return told(lambda: _template(chosen))

    def work() -> int:
        services = open_services(data, clock=clock, new_id=new_id)
        try:
            return _COMMANDS[chosen.command](services, chosen)
        finally:
            services.close()

    return told(work)


def told(work: Callable[[], int]) -> int:
    """Run `work`; a trouble becomes its sentence on standard error and the exit code 1."""
    try:
        return work()
    except Trouble as trouble:
        _complain(sentence(trouble.code, trouble.values))
        for line in _lines_below(trouble):
            _complain(f"  {line}")
    return 1


def _lines_below(trouble: Trouble) -> list[str]:
    """What a form or an import has to say line by line."""
    from jiandu_desktop.form_engine import FormFaults
    from jiandu_desktop.services.importing import ImportRefused

    if isinstance(trouble, FormFaults):
        return [fault.sentence() for fault in trouble.faults]
    return list(trouble.faults) if isinstance(trouble, ImportRefused) else []


def _add_office(office: argparse.ArgumentParser) -> None:
    actions = office.add_subparsers(dest="office_command", metavar="命令", required=True)

    init = actions.add_parser("init", help="把一个共享文件夹建成本单位的")
    init.add_argument("folder", metavar="共享文件夹")
    init.add_argument("--name", required=True, help="单位全称，用作文书红头，如 青禾县人民政府教育督导室")
    init.add_argument("--code", default="", help="机关代字，如 青教")
    init.add_argument("--county", default="", help="县区名，显示在窗口左上角")
    init.add_argument("--contact", default="", help="联系人")
    init.add_argument("--telephone", default="", help="联系电话")
    init.add_argument("--copies-to", default="", help="抄送单位，用、隔开")

    for name, text in (("import-schools", "学校名册"), ("import-inspectors", "督学名单"), ("assign", "督导计划")):
        command = actions.add_parser(name, help=f"导入{text}（Excel）")
        command.add_argument("file", metavar="文件.xlsx")
        command.add_argument("--skip-bad", action="store_true", help="跳过读不了的行，导入其余的")
    add_form = actions.add_parser("add-form", help="加入一份督导表单（XLSForm）")
    add_form.add_argument("file", metavar="表单.xlsx", nargs="+")
    invite = actions.add_parser("invite", help="给一位督学的电脑写邀请文件")
    invite.add_argument("inspector", metavar="姓名或督学证号")
    invite.add_argument("--out", default=".", help="写到哪个文件夹")
    publish = actions.add_parser("publish", help="把名册、表单、任务和文号段放进共享文件夹")
    publish.add_argument("folder", metavar="共享文件夹", nargs="?")
    collect = actions.add_parser("collect", help="读回各台电脑的督导记录，写出汇总表")
    collect.add_argument("folder", metavar="共享文件夹", nargs="?")
    collect.add_argument("--out", default="督导汇总.xlsx", help="汇总表写到哪里")
    template = actions.add_parser("template", help="写一份空白的名册、督学名单或计划")
    template.add_argument("kind", choices=sorted(TEMPLATES))
    template.add_argument("--out", default="")


def _demo(folder: Path, clock: Clock, new_id: IdSource) -> int:
    if folder.exists() and any(folder.iterdir()):
        raise Trouble("demo-folder-not-empty", path=str(folder))
    from jiandu_desktop.services.demo import make_demo

    bureau = make_demo(
        folder, clock=clock, new_id=new_id, progress=Progress(lambda step: _say_step(step.done, step.total))
    )
    print(f"演示单位建好了：{bureau.root}")
    print(f"  督导室的数据：{bureau.office.root}")
    print(f"  共享文件夹：{bureau.shared}")
    print(f"  督学的电脑：{bureau.own.root}（用 jiandu --data 打开）")
    return 0


def _check_form(path: Path) -> int:
    from jiandu_desktop.form_engine import load_form

    definition = load_form(path)
    shown = sum(item.kind not in ("hidden", "calculate", "note") for item in definition.items.values())
    print(f"“{definition.title}”没有问题：{len(definition.sections)} 节，{shown} 题，版本 {definition.version}。")
    return 0


def _template(chosen: argparse.Namespace) -> int:
    from jiandu_desktop.services.templates import write_template

    path = Path(chosen.out or f"{TEMPLATES[chosen.kind]}模板.xlsx")
    write_template(path, chosen.kind)
    print(f"已写好 {path}")
    return 0


def _join(services: Services, chosen: argparse.Namespace) -> int:
    profile = services.profile.join(Path(chosen.invitation), chosen.folder)
    print(f"已接入 {profile.unit}。正在取回学校、表单和任务……")
    return _sync(services, argparse.Namespace(folder=None, json=False))


def _sync(services: Services, chosen: argparse.Namespace) -> int:
    report = services.exchange.sync(Progress(), chosen.folder)
    if chosen.json:
        from jiandu_desktop.services.wire import to_wire

        print(json.dumps(to_wire(report), ensure_ascii=False, indent=2))
    else:
        print(report.sentence())
        for refused in services.exchange.state().refused:
            print(f"  {refused.reason}")
    return 1 if report.trouble else 0


def _verify(services: Services, chosen: argparse.Namespace) -> int:
    verdict = services.papers.verify(Path(chosen.file))
    print(sentence(verdict.code, {"number": verdict.document.number if verdict.document else ""}))
    return 0 if verdict.code == "verify-genuine" else 1


def _office(services: Services, chosen: argparse.Namespace) -> int:
    return _OFFICE[chosen.office_command](services, chosen)


def _init(services: Services, chosen: argparse.Namespace) -> int:
    from jiandu_desktop.services.unit import Unit

    folder = Path(chosen.folder)
    folder.mkdir(parents=True, exist_ok=True)
    unit = Unit(
        name=chosen.name,
        code_letters=chosen.code or chosen.name[0] + "教",
        county=chosen.county,
        contact=chosen.contact,
        telephone=chosen.telephone,
        copies_to=tuple(name for name in chosen.copies_to.split("、") if name),
    )
    services.profile.found_office(folder, unit)
    print(f"“{unit.name}”建好了，共享文件夹是 {folder}，文号代字是“{unit.code_letters}”。")
    print(f"下一步：导入学校名册和督学名单；随程序带的表单在 {shipped_forms()}。")
    return 0


def _import_schools(services: Services, chosen: argparse.Namespace) -> int:
    services.office.check()
    return _tell_import(services.importing.schools(Path(chosen.file), skip_bad=chosen.skip_bad), "所学校")


def _import_inspectors(services: Services, chosen: argparse.Namespace) -> int:
    services.office.check()
    return _tell_import(services.importing.inspectors(Path(chosen.file), skip_bad=chosen.skip_bad), "位督学")


def _assign(services: Services, chosen: argparse.Namespace) -> int:
    services.office.check()
    report = services.importing.plan(Path(chosen.file), today=services.store.today(), skip_bad=chosen.skip_bad)
    return _tell_import(report, "项任务")


def _add_form(services: Services, chosen: argparse.Namespace) -> int:
    for name in chosen.file:
        added = services.office.add_form(Path(name))
        state = "已加入" if added.new else "已经有这一版了"
        print(f"“{added.title}”（版本 {added.version}，{added.items} 题）{state}。")
    return 0


def _invite(services: Services, chosen: argparse.Namespace) -> int:
    path = services.office.invite(chosen.inspector, Path(chosen.out))
    print(f"邀请文件：{path}。请交给本人，在其电脑上点“接入本单位”打开。")
    return 0


def _publish(services: Services, chosen: argparse.Namespace) -> int:
    report = services.office.publish(Progress(), chosen.folder)
    print(report.sentence())
    return 1 if report.trouble else 0


def _collect(services: Services, chosen: argparse.Namespace) -> int:
    report = services.office.publish(Progress(), chosen.folder)
    print(report.sentence())
    book = services.collecting.write(Path(chosen.out))
    print(
        f"汇总表：{chosen.out}（督导记录 {len(book.visits)} 份，问题 {len(book.problems)} 个，"
        f"文书 {len(book.documents)} 份）。"
    )
    return 1 if report.trouble else 0


def _tell_import(report: ImportReport, unit: str) -> int:
    from jiandu_desktop.services.importing import FIELD_NAMES

    print(f"{report.file}：新增 {report.added} {unit}，改动 {report.changed}，没有变化 {report.unchanged}。")
    for change in report.changes:
        print(f"  {change.name}：{FIELD_NAMES[change.field]} 由“{change.old}”改为“{change.new}”")
    for line in report.notices:
        print(f"  {line}")
    for line in report.faults:
        _complain(f"  没有导入：{line}")
    return 0


def _say_step(done: int, total: int) -> None:
    print(f"\r{done}/{total}", end="\n" if done == total else "", flush=True)


def _complain(text: str) -> None:
    print(text, file=sys.stderr)


_COMMANDS: dict[str, Callable[[Services, argparse.Namespace], int]] = {
    "join": _join,
    "sync": _sync,
    "verify": _verify,
    "office": _office,
}
_OFFICE: dict[str, Callable[[Services, argparse.Namespace], int]] = {
    "init": _init,
    "import-schools": _import_schools,
    "import-inspectors": _import_inspectors,
    "assign": _assign,
    "add-form": _add_form,
    "invite": _invite,
    "publish": _publish,
    "collect": _collect,
}
