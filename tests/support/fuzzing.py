"""Inputs that nobody would write: expressions mangled at random, workbooks with flipped bits and odd cells."""

from __future__ import annotations

import io
import random
import zipfile
from typing import Final

import openpyxl

_PIECES: Final = (
    *("/data/a", "a", ".", "..", "//b", "*", "@id", "/", "//", "../b", "current()", "instance('x')/root/item", "$v"),
    *("1", "0", "-1", "2.5", ".5", "1e3", "99999999999999999999", "0.0000001", "'x'", '"y"', "''", "'2020-02-30'"),
    *("'2026-11-22'", "'1 2 3 4;5 6 7 8'", "'中文'", "'\u0000'", "'😀'", "'(a+)+b'", "'%Y%'", "'[a-'", "true()", "()"),
    *(
        " + ",
        " - ",
        " * ",
        " div ",
        " mod ",
        " and ",
        " or ",
        " = ",
        " != ",
        " < ",
        " >= ",
        " | ",
        ", ",
        "[",
        "]",
        "(",
        ")",
    ),
    *("::", ":", "child::", "ancestor::", "following::", "namespace::*", "preceding-sibling::", "text()", "comment()"),
    *(
        "processing-instruction('a')",
        "node()",
        "jr:",
        "#",
        "!",
        "&lt;",
        "\n",
        "\t",
        "\u3000",
        "，",
        "（",
        "“",
        "：",
        "≥",
    ),
)
_FUNCTIONS: Final = (
    *(
        "if",
        "coalesce",
        "once",
        "selected",
        "selected-at",
        "count-selected",
        "count",
        "sum",
        "max",
        "min",
        "round",
        "int",
    ),
    *(
        "pow",
        "log",
        "exp",
        "sqrt",
        "atan2",
        "substr",
        "substring",
        "concat",
        "join",
        "regex",
        "digest",
        "base64-decode",
    ),
    *("format-date", "format-date-time", "date", "date-time", "decimal-time", "decimal-date-time", "today", "now"),
    *("area", "distance", "geofence", "intersects", "position", "indexed-repeat", "randomize", "pulldata", "jr:itext"),
    *(
        "jr:choice-name",
        "checklist",
        "weighted-checklist",
        "count-non-empty",
        "boolean-from-string",
        "number",
        "string",
    ),
    *("normalize-space", "translate", "string-length", "id", "lang", "name", "last", "uuid", "version", "nothing"),
)


def expression(chance: random.Random, depth: int = 0) -> str:
    """Half of them are well formed, with arguments of any type; the rest are pieces in a row."""
    if depth > 5 or chance.random() < 0.25:
        return "".join(chance.choice(_PIECES) for _ in range(chance.randrange(1, 4)))
    kind = chance.randrange(5)
    if kind < 2:
        arguments = ", ".join(expression(chance, depth + 1) for _ in range(chance.randrange(4)))
        return f"{chance.choice(_FUNCTIONS)}({arguments})"
    if kind == 2:
        sign = chance.choice(("+", "-", "*", "div", "mod", "=", "!=", "<", "<=", "and", "or", "|"))
        return f"{expression(chance, depth + 1)} {sign} {expression(chance, depth + 1)}"
    if kind == 3:
        return f"{chance.choice(_PIECES)}[{expression(chance, depth + 1)}]"
    return f"{'-' * chance.randrange(3)}({expression(chance, depth + 1)})"


def damaged(chance: random.Random, content: bytes) -> bytes:
    """The file with some bytes changed, cut or doubled."""
    data = bytearray(content)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(data))
        way = chance.randrange(4)
        if way == 0:
            data[at] = chance.randrange(256)
        elif way == 1:
            del data[at : at + chance.randrange(1, 64)]
        elif way == 2:
            data[at:at] = data[at : at + chance.randrange(1, 64)]
        else:
            data[at : at + 8] = bytes(8)
        if not data:
            return b""
    return bytes(data)


def part_damaged(chance: random.Random, content: bytes) -> bytes:
    """The zip in good order, one of its parts damaged: what reaches the readers of XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        entries = source.infolist()
        victim = chance.choice(entries).filename
        for entry in entries:
            part = source.read(entry)
            target.writestr(entry.filename, damaged(chance, part) if entry.filename == victim else part)
    return out.getvalue()


def odd_cells(chance: random.Random, content: bytes) -> bytes:
    """A sound workbook with nonsense in some cells."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for _ in range(chance.randrange(1, 6)):
        sheet = chance.choice(book.worksheets)
        cell = sheet.cell(chance.randrange(1, 8), chance.randrange(1, 9))
        cell.value = chance.choice(
            [
                "", None, 0, -1.5, 1e300, True, "${a}", "${", "}", "begin_group", "end_group", "begin_repeat",
                "select_one ypn or_other", "select_multiple_from_file x.csv", "calculate", "name", "type", "label::en",
                "中文", "a b", "1a", "x" * 300, "=1+1", "<b>", "&", expression(chance).replace("\0", ""),
                "bind::jiandu:weight", "yes", "range", "repeat_count", "${a} + ${b}", "entity", "audit", "xml-external",
                "select_one", "jr:itext('x')",
            ]
        )  # fmt: skip
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
