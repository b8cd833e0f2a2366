"""`jiandu office …`: what a supervision office prepares, and what it reads back."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop.cli.seals import add_seal_command, run_seal
from jiandu_desktop.cli.telling import complain
from jiandu_desktop.domain.problem.rules import LIMITS
from jiandu_desktop.paths import shipped_forms
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.templates import TEMPLATES

if TYPE_CHECKING:
    from jiandu_desktop.services.importing import ImportReport


def add_office_commands(office: argparse.ArgumentParser) -> None:
    """The words below `jiandu office`."""
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
    invite.add_argument("--qr", metavar="图片.png", default="", help="同一份邀请另写成二维码")
    publish = actions.add_parser("publish", help="把名册、表单、任务和文号段放进共享文件夹")
    publish.add_argument("folder", metavar="共享文件夹", nargs="?")
    collect = actions.add_parser("collect", help="读回各台电脑的督导记录，写出汇总表")
    collect.add_argument("folder", metavar="共享文件夹", nargs="?")
    collect.add_argument("--out", default="督导汇总.xlsx", help="汇总表写到哪里")
    base = actions.add_parser("base", help="为新接入的电脑准备一份全部数据（每月随发布自动做）")
    base.add_argument("folder", metavar="共享文件夹", nargs="?")
    holidays = actions.add_parser("holidays", help="导入本单位的放假和调休安排（Excel 或 CSV：日期、类型）")
    holidays.add_argument("file", metavar="文件")
    rules = actions.add_parser("rules", help="导出或导入问题的办理期限和督促规则")
    either = rules.add_mutually_exclusive_group(required=True)
    either.add_argument("--export", metavar="文件.xlsx", help="把现在的规则写成工作簿，供修改")
    either.add_argument("--import", metavar="文件", dest="take", help="读入改好的规则（Excel 或 CSV），逐行检查")
    templates = actions.add_parser("templates", help="导出、导入文书模板，或改回程序的写法")
    either = templates.add_mutually_exclusive_group(required=True)
    either.add_argument("--export", metavar="文件.xlsx", help="把现在的模板写成工作簿，供修改")
    either.add_argument("--import", metavar="文件", dest="take", help="读入改好的模板，逐行检查")
    either.add_argument("--reset", action="store_true", help="全部改回程序的写法")
    add_seal_command(actions.add_parser("seal", help="印章：收下图片，借给督学的电脑，收回"))
    devices = actions.add_parser("devices", help="列出各台电脑：谁的、最近一次、版本、还差什么")
    devices.add_argument("--json", action="store_true", help="以 JSON 输出")
    revoke = actions.add_parser("revoke", help="停用一台电脑（遗失、离任）；它以前的记录照旧有效")
    revoke.add_argument("device", metavar="电脑编号", help="devices 列出的编号，可只写开头几位")
    revoke.add_argument("--reason", required=True, help="原因，会记入台账")
    template = actions.add_parser("template", help="写一份空白的名册、督学名单或计划")
    template.add_argument("kind", choices=sorted(TEMPLATES))
    template.add_argument("--out", default="")


def run_office(services: Services, chosen: argparse.Namespace) -> int:
    """Carry out one of them over an office's data; returns the exit code."""
    return _OFFICE[chosen.office_command](services, chosen)


def write_blank(chosen: argparse.Namespace) -> int:
    """`jiandu office template`, which needs no data."""
    from jiandu_desktop.services.templates import write_template

    path = Path(chosen.out or f"{TEMPLATES[chosen.kind]}模板.xlsx")
    write_template(path, chosen.kind)
    print(f"已写好 {path}")
    return 0


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
    if chosen.qr:
        from jiandu_desktop.services.invitations import write_qr

        write_qr(path, Path(chosen.qr))
        print(f"二维码：{chosen.qr}。手机扫到的文字，在“接入本单位”里粘贴即可。")
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


def _base(services: Services, chosen: argparse.Namespace) -> int:
    base = services.office.base(Progress(), chosen.folder)
    size = sum(length for _, length in base.parts)
    print(f"第 {base.number} 份全部数据放好了：{len(base.parts)} 个文件，{size / (1 << 20):.1f} MB。")
    return 0


def _holidays(services: Services, chosen: argparse.Namespace) -> int:
    services.office.check()
    report = services.deadlines.import_holidays(Path(chosen.file))
    years = "、".join(map(str, report.years))
    print(
        f"{report.file}：{years} 年，休息 {report.off} 天，调休上班 {report.worked} 天，已生效。"
        "发布后各台电脑都按它算。"
    )
    for line in report.notices:
        print(f"  {line}")
    return 0


def _rules(services: Services, chosen: argparse.Namespace) -> int:
    if chosen.export:
        services.rules.export(Path(chosen.export))
        print(f"已写好 {chosen.export}。改好后用 jiandu office rules --import 导入。")
        return 0
    services.office.check()
    report = services.rules.import_file(Path(chosen.take))
    titles = {line.name: line.title for line in LIMITS}
    for name, old, new in report.limits:
        print(f"  {titles[name]}：{_shown_rule(old)} → {_shown_rule(new)}")
    if report.escalations is not None:
        print(f"  督促规则：{report.escalations} 条")
    for line in report.notices:
        print(f"  {line}")
    print(f"{report.file}：规则已生效。发布后各台电脑都按它办。")
    return 0


def _templates(services: Services, chosen: argparse.Namespace) -> int:
    if chosen.export:
        services.templates.export(Path(chosen.export))
        print(f"已写好 {chosen.export}。填好“本单位写法”后用 jiandu office templates --import 导入。")
        return 0
    services.office.check()
    if chosen.reset:
        services.templates.reset()
        print("文书都改回程序的写法。发布后各台电脑都按它写。")
        return 0
    report = services.templates.import_file(Path(chosen.take))
    for line in report.notices:
        print(f"  {line}")
    kinds = "、".join(report.kinds) or "没有一种"
    print(f"{report.file}：文书模板已生效，按本单位写法的是{kinds}。发布后各台电脑都按它写。")
    return 0


def _shown_rule(value: int | bool) -> str:
    return ("是" if value else "否") if isinstance(value, bool) else str(value)


def _devices(services: Services, chosen: argparse.Namespace) -> int:
    lines = services.devices.rows()
    if chosen.json:
        import json

        from jiandu_desktop.services.wire import to_wire

        print(json.dumps([to_wire(line) for line in lines], ensure_ascii=False, indent=2))
        return 0
    for line in lines:
        state = "已停用" if line.revoked else "督导室" if line.office else "在用" if line.certified else "待确认"
        seen = f"{line.seen:%Y-%m-%d %H:%M}" if line.seen else "—"
        waiting = f"，还差 {line.missing_blobs} 个文件" if line.missing_blobs else ""
        former = f"，原编号 {line.forked_from}" if line.forked_from else ""
        print(f"{line.device}  {line.person or '—'}  {state}  {seen}  版本 {line.app_version or '—'}{waiting}{former}")
    return 0


def _revoke(services: Services, chosen: argparse.Namespace) -> int:
    line = services.devices.revoke(chosen.device, chosen.reason)
    print(f"{line.person or line.device} 的电脑 {line.device} 已停用，以前的记录照旧有效。发布后各台电脑都会知道。")
    return 0


def _tell_import(report: ImportReport, unit: str) -> int:
    from jiandu_desktop.services.importing import FIELD_NAMES

    print(f"{report.file}：新增 {report.added} {unit}，改动 {report.changed}，没有变化 {report.unchanged}。")
    for change in report.changes:
        print(f"  {change.name}：{FIELD_NAMES[change.field]} 由“{change.old}”改为“{change.new}”")
    for line in report.notices:
        print(f"  {line}")
    for line in report.faults:
        complain(f"  没有导入：{line}")
    return 0


_OFFICE: dict[str, Callable[[Services, argparse.Namespace], int]] = {
    "init": _init,
    "import-schools": _import_schools,
    "import-inspectors": _import_inspectors,
    "assign": _assign,
    "add-form": _add_form,
    "invite": _invite,
    "publish": _publish,
    "collect": _collect,
    "base": _base,
    "holidays": _holidays,
    "rules": _rules,
    "templates": _templates,
    "seal": run_seal,
    "devices": _devices,
    "revoke": _revoke,
}
