"""检查表单: everything there is to say of a workbook before it is put to use, errors and warnings apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.form_engine.attached import Beside
from jiandu_desktop.form_engine.check import check_workbook, in_reading_order
from jiandu_desktop.form_engine.check.columns import Columns
from jiandu_desktop.form_engine.check.lists_beside import FileFault, in_survey
from jiandu_desktop.form_engine.check.unseen import check_unseen
from jiandu_desktop.form_engine.definition import Definition
from jiandu_desktop.form_engine.faults import Fault, FormFaults
from jiandu_desktop.form_engine.load import load_form
from jiandu_desktop.form_engine.workbook import Workbook, read_workbook

_MEDIA: Final = ("image", "big-image", "audio", "video")
_ELSEWHERE: Final = ("jr://", "$")  # addresses that are no names of files


@dataclass(frozen=True, slots=True)
class FormReport:
    """What was found in a workbook. With `errors` it cannot be used; `warnings` are worth a look.

    `title`, `form_id` and `version` as the settings sheet has them; `definition` is the checklist, None with errors.
    """

    file_name: str
    title: str
    form_id: str
    version: str
    errors: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    definition: Definition | None

    @property
    def sections(self) -> int:
        return len(self.definition.sections) if self.definition is not None else 0

    @property
    def questions(self) -> int:
        """What the inspector is asked: no notes, no calculations."""
        if self.definition is None:
            return 0
        return sum(bool(item.number) for item in self.definition.items.values())


def inspect_form(source: Path | bytes, *, file_name: str = "") -> FormReport:
    """Check a workbook. Files that belong to it are looked for beside it, or in `<name>-media`.

    Raises Trouble where the file is no workbook that can be read (missing, empty, protected, an old .xls …).
    """
    content, name = (source, file_name) if isinstance(source, bytes) else (_content(source), file_name or source.name)
    book = read_workbook(content, name)
    checked = check_workbook(book)
    errors, warnings = checked.faults, [*checked.warnings, *check_unseen(content)]
    if isinstance(source, Path):
        warnings += _missing_media(book, source)
    definition = None
    if errors and isinstance(source, Path):
        # With other errors the form is not put together, and its lists would be told of only in the next round.
        errors = (*errors, *_missing_lists(book, source, [question.file for question in checked.survey.questions]))
    if not errors:
        try:
            definition = load_form(source, file_name=name)
        except FormFaults as faults:
            errors = faults.faults
    settings = book.sheet("settings")
    columns = Columns(settings) if settings is not None else None
    row = settings.rows[0] if settings is not None and settings.rows else None

    def setting(column: str) -> str:
        return columns.get(row, column) if columns is not None and row is not None else ""

    return FormReport(
        file_name=name,
        title=setting("form_title") or name,
        form_id=setting("form_id"),
        version=setting("version"),
        errors=in_reading_order(errors),
        warnings=in_reading_order(warnings),
        definition=definition,
    )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Trouble("file-not-found", path=str(path)) from error
    except OSError as error:
        raise Trouble("file-not-readable", path=str(path), reason=error.strerror or str(error)) from error


def _missing_lists(book: Workbook, path: Path, names: list[str]) -> tuple[Fault, ...]:
    beside = Beside(path)
    values = {"folder": f"{path.stem}-media"}
    wanted = [name for name in dict.fromkeys(names) if name]
    missing = [name for name in wanted if name not in beside and f"{Path(name).stem}.xlsx" not in beside]
    return in_survey([FileFault(name, "missing-file", values) for name in missing], book)


def _missing_media(book: Workbook, path: Path) -> Iterator[Fault]:
    """Warnings for pictures and sounds that the workbook names and that are not beside it; lists are errors of
    `load_form`."""
    beside = Beside(path)
    told: set[str] = set()
    for sheet in (book.sheet("survey"), book.sheet("choices")):
        if sheet is None:
            continue
        for header in _media_headers(sheet.headers):
            for row in sheet.rows:
                name = row.get(header)
                if not name or name in told or name.startswith(_ELSEWHERE) or name in beside:
                    continue
                told.add(name)
                values = {"name": name, "folder": f"{path.stem}-media"}
                letter = sheet.letters.get(header, "")
                yield Fault(sheet.name, row.number, header, "missing-media", values, True, letter)


def _media_headers(headers: tuple[str, ...]) -> list[str]:
    """`image`, `image::English`, `media::image` …"""
    found = []
    for header in headers:
        parts = [part.strip().lower() for part in header.split("::")]
        if parts[0] in _MEDIA or (parts[0] == "media" and len(parts) > 1 and parts[1] in _MEDIA):
            found.append(header)
    return found
