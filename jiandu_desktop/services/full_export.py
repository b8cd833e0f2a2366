"""全部导出: everything of this data folder as files that need no program of ours: XLSX, PDF, JSON, photos, a guide."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.visit import VisitState
from jiandu_desktop.paths import write_atomically
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.services.overview import Overview, read_overview
from jiandu_desktop.services.unit import read_unit

if TYPE_CHECKING:
    from jiandu_desktop.services.program import Services

SUMMARY, ROSTER, RECORDS, PAPERS = "督导汇总.xlsx", "名册和任务", "记录", "督导文书"
GUIDE, SUMS = "说明.txt", "SHA256SUMS.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class FullExport:
    """What was written; `missing` names photos, documents and records whose bytes are not on this computer."""

    folder: Path
    visits: int
    problems: int
    documents: int
    files: int
    size: int
    missing: tuple[str, ...]


def export_everything(services: Services, folder: Path, progress: Progress) -> FullExport:
    """Write it all into `folder`, which must be empty or not be there yet.

    Drafts come along. Raises Cancelled (what was written stays), Trouble `export-folder-in-use`, `disk-full`,
    `file-not-writable`.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Trouble("export-folder-in-use", path=str(folder))
    view = read_overview(services.store)
    missing: list[str] = []
    folder.mkdir(parents=True, exist_ok=True)
    total = len(view.visits) + len(view.documents)
    progress.report(Step(0, total))
    book = services.collecting.write(folder / SUMMARY)
    _write_rosters(services, view, folder / ROSTER)
    _write_records(services, view, folder / RECORDS, missing, progress, total)
    _write_papers(services, view, folder / PAPERS, missing, progress, total)
    counted = (len(view.visits), len(book.problems), len(view.documents))
    _write_guide(services, folder, counted, missing)
    files, size = _write_sums(folder)
    return FullExport(
        folder=folder,
        visits=counted[0],
        problems=counted[1],
        documents=counted[2],
        files=files,
        size=size,
        missing=tuple(missing),
    )


def _write_rosters(services: Services, view: Overview, folder: Path) -> None:
    from jiandu_desktop.domain.assignment import VISIT_KIND_NAMES
    from jiandu_desktop.domain.school import STAGE_NAMES

    table = services.exports.table
    table(
        folder / "学校.xlsx",
        "学校",
        ("学校代码", "学校", "类型", "责任区", "乡镇", "地址", "校长", "电话", "学生数", "教师数", "班级数"),
        [
            (
                *(each.code, each.name, STAGE_NAMES[each.stage], each.area, each.district, each.address, each.head),
                *(each.phone, each.pupils, each.teachers, each.classes),
            )
            for each in view.schools.values()
        ],
    )
    table(
        folder / "督学.xlsx",
        "督学",
        ("姓名", "督学证号", "责任区", "专兼职", "电话"),
        [(each.name, each.certificate, each.area, each.employment, each.phone) for each in view.inspectors.values()],
    )
    table(
        folder / "任务.xlsx",
        "任务",
        ("学校", "任务", "督导类型", "督学", "期限"),
        [
            (
                *(view.schools[each.school_id].name, each.task, VISIT_KIND_NAMES[each.kind]),
                *(view.names(each.inspector_ids), each.due),
            )
            for each in view.assignments
        ],
    )


def _write_records(
    services: Services, view: Overview, folder: Path, missing: list[str], progress: Progress, total: int
) -> None:
    from jiandu_desktop.services.visit_export import Format

    for done, visit in enumerate(view.visits):
        progress.report(Step(done, total))
        state = "草稿" if visit.state is VisitState.DRAFT else ""
        where = folder / f"{visit.started_at:%Y-%m}{state}"
        try:
            written = services.visit_export.write([visit.id], Format.JSON, where, Progress())
        except Trouble as trouble:
            # The checklist of a visit that arrived before it; anything else is the disk's and ends the export.
            if trouble.code != "media-lost":
                raise
            missing.append(f"{view.schools[visit.school_id].name} {visit.started_at:%Y-%m-%d}（{visit.task}）")
            continue
        missing += written.missing


def _write_papers(
    services: Services, view: Overview, folder: Path, missing: list[str], progress: Progress, total: int
) -> None:
    from jiandu_desktop.sync.tree import safe_name

    for done, document in enumerate(view.documents):
        progress.report(Step(len(view.visits) + done, total))
        school = view.schools.get(document.school_id)
        title = f"{DOCUMENT_KIND_NAMES[document.kind]} {document.number}"
        where = folder / f"{document.issued_at:%Y-%m}" / safe_name(school.name if school else document.addressee)
        try:
            content = services.store.media.read(document.sha256)
        except Trouble:
            missing.append(title)
            continue
        twin, path = 1, where / safe_name(title, ".pdf")
        while path.exists():
            twin += 1
            path = where / safe_name(title, f" ({twin}).pdf")
        write_atomically(path, content)
        try:
            signed = services.paper_life.signed_copy(document.id)
        except Trouble:
            missing.append(f"{title}（签回件）")
            continue
        if signed is not None:
            write_atomically(path.with_name(path.stem + " 签回件.pdf"), signed)


def _write_guide(services: Services, folder: Path, counted: Sequence[int], missing: Sequence[str]) -> None:
    with services.store.reading() as work:
        unit = read_unit(work)
    now = services.store.clock()
    visits, problems, documents = counted
    lines = [
        f"{unit.name}督导数据全部导出（{now:%Y-%m-%d %H:%M}）",
        "",
        "这些文件不用“监督”程序也能打开：",
        f"  {SUMMARY}　　督导记录、问题台账、文书登记、得分汇总（Excel、WPS）",
        f"  {ROSTER}/　　学校、督学、任务",
        f"  {RECORDS}/年-月/　　每次督导一份 JSON（UTF-8 文本）：答案、备注、问题、签字、填写过程",
        f"  {RECORDS}/年-月/media/　　这次督导的照片和附件原件，JSON 里 photos 的 file 写着是哪一张",
        f"  {PAPERS}/年-月/学校/　　签发的文书（PDF），与交给学校的逐字节相同",
        f"  {SUMS}　　每个文件的 SHA-256，可用 sha256sum -c 或 certutil 核对",
        "",
        f"督导记录 {visits} 份（含草稿），问题 {problems} 个，文书 {documents} 份。",
        "这是导出当时的样子，改动这些文件不会回到程序里。",
    ]
    if missing:
        lines += ["", f"以下 {len(missing)} 项的原件不在这台电脑上，没有导出；先同步取回后再导出一次：", *missing]
    write_atomically(folder / GUIDE, "\r\n".join([*lines, ""]).encode("utf-8-sig"))


def _write_sums(folder: Path) -> tuple[int, int]:
    """Of every file; (how many, bytes together)."""
    lines, size = [], 0
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        with path.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.relative_to(folder).as_posix()}")
        size += path.stat().st_size
    write_atomically(folder / SUMS, ("\n".join(lines) + "\n").encode())
    return len(lines), size
