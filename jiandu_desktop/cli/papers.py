"""`jiandu document …`: the issued documents, and each of them as a file in the shape that is wanted."""

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


def run_paper(services: Services, chosen: argparse.Namespace) -> int:
    """Carry out one of them; returns the exit code."""
    if chosen.document_command == "list":
        for row in services.papers.rows():
            document = row.document
            day = f"{document.issued_at:%Y-%m-%d}"
            name = DOCUMENT_KIND_NAMES[document.kind]
            print(f"{day}  {document.number}  {name}  {row.school or document.addressee}  印 {document.prints} 份")
        return 0
    document = _known(services, chosen.number)
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
