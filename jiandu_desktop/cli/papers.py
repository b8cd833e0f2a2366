"""`jiandu document …`: the issued documents as files, their register, and what becomes of them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.services.program import Services

if TYPE_CHECKING:
    from jiandu_desktop.domain.issued import Document

_ENDINGS = {"pdf": ".pdf", "docx": ".docx", "slip80": " 小票.pdf", "slip58": " 小票.pdf"}


def add_paper_commands(document: argparse.ArgumentParser) -> None:
    """The words below `jiandu document`."""
    actions = document.add_subparsers(dest="document_command", metavar="命令", required=True)
    actions.add_parser("list", help="列出签发的文书：日期、文号、种类、学校、印数")
    export = actions.add_parser("export", help="把一份文书写成文件")
    export.add_argument("number", metavar="文号", help="list 列出的文号，要写全")
    export.add_argument(
        "--format",
        choices=tuple(_ENDINGS),
        default="pdf",
        help="pdf 是签发的原件，docx 可以再编辑，slip80、slip58 是小票",
    )
    export.add_argument("--out", metavar="文件", default="", help="写到哪里（默认按学校和文号起名）")
    register = actions.add_parser("register", help="把文书登记簿写成工作簿")
    register.add_argument("--out", metavar="文件.xlsx", default="文书登记簿.xlsx")
    void = actions.add_parser("void", help="作废一份文书，文号和文书留在登记簿里")
    void.add_argument("number", metavar="文号")
    void.add_argument("--reason", required=True, help="理由")
    attach = actions.add_parser("attach", help="放入签回件：扫描或拍下的签字纸，按页的顺序")
    attach.add_argument("number", metavar="文号")
    attach.add_argument("files", metavar="文件", nargs="+")


def run_paper(services: Services, chosen: argparse.Namespace) -> int:
    """Carry out one of them; returns the exit code."""
    if chosen.document_command == "list":
        for row in services.papers.rows():
            document = row.document
            day = f"{document.issued_at:%Y-%m-%d}"
            name = DOCUMENT_KIND_NAMES[document.kind]
            print(f"{day}  {document.number}  {name}  {row.school or document.addressee}  印 {document.prints} 份")
        return 0
    if chosen.document_command == "register":
        count = services.register.export(Path(chosen.out))
        print(f"已写好 {chosen.out}，{count} 行")
        return 0
    document = _known(services, chosen.number)
    if chosen.document_command == "void":
        services.paper_life.void(document.id, chosen.reason)
        print(f"{document.number} 已作废")
        return 0
    if chosen.document_command == "attach":
        event = services.paper_life.attach_signed(document.id, [Path(each) for each in chosen.files])
        print(f"{document.number} 的签回件已收下，{event.data['pages']} 页")
        return 0
    files = services.paper_files
    path = Path(chosen.out or files.name(document, _ENDINGS[chosen.format]))
    if chosen.format == "docx":
        files.save_word(document.id, path)
    elif chosen.format == "pdf":
        services.papers.save_as(document.id, path)
    else:
        files.save_slip(document.id, int(chosen.format.removeprefix("slip")), path)
    print(f"已写好 {path}")
    return 0


def _known(services: Services, number: str) -> Document:
    """The document of this number; raises Trouble `document-unknown`."""
    for row in services.papers.rows():
        if row.document.number == number.strip():
            return row.document
    raise Trouble("document-unknown", number=number)
