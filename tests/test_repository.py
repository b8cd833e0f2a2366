"""What stands in the repository can be picked up by anyone: no address, no machine's path, no forgotten note."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiandu_desktop import __version__

ROOT = Path(__file__).resolve().parents[1]
ENTRIES = [
    *("pyproject.toml", "jiandu_desktop", "resources", "forms", "tests", "build.spec", "README.md"),
    *("CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "dev.py", "bench", "docs", ".ci", ".gitignore"),
]
TEXTS = {".py", ".toml", ".md", ".txt", ".sql", ".spec", ".qss", ".json", ".xml", ".ts", ".svg", ".csv", ""}
LONGEST = 400  # lines
# Names of XML vocabularies, and the names that stand for none (RFC 2606), look like addresses but are never visited.
NAMESPACES = re.compile(
    r"https?://(www\.w3\.org/|openrosa\.org/|www\.opendatakit\.org/|schemas\.openxmlformats\.org/|example\.org\b|purl\.o(rg|clc\.org)/)"
)


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file of the project, with its content."""
    for entry in ENTRIES:
        top = ROOT / entry
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and path.suffix in TEXTS and "__pycache__" not in path.parts:
                yield path, path.read_text(encoding="utf-8")


def places(pattern: str, where: list[tuple[Path, str]]) -> list[str]:
    """`file:line text` of every line that matches."""
    return [
        f"{path.relative_to(ROOT)}:{number} {line.strip()[:100]}"
        for path, text in where
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line)
    ]


def is_licence(path: Path) -> bool:
    return path.name == "LICENSE" or path.parent.name == "licences"


def modules(folder: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_no_address_in_any_file() -> None:
    """The program must install and run inside a bureau's network, where no outside address answers."""
    where = [(path, NAMESPACES.sub("", text)) for path, text in texts() if not is_licence(path)]
    assert places(r"https?:" + "//", where) == []


def test_no_path_of_a_developers_machine() -> None:
    where = [(path, text) for path, text in texts() if path != Path(__file__)]
    assert places(r"(?<![\w.*)])/(work|root|home|Users)/\w|[A-Z]:\\Users\\", where) == []


def test_no_forgotten_notes() -> None:
    where = [(path, text) for path, text in texts() if path.suffix == ".py"]
    assert places(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b", where) == []


def test_files_stay_short_enough_to_read() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {text.count(chr(10))} lines"
        for path, text in texts()
        if path.suffix == ".py" and text.count("\n") > LONGEST
    ]
    assert long == []


def test_translated_texts_are_whole_sentences() -> None:
    """lupdate extracts an f-string, but no translation ever matches it: the text would stay as it is, silently."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in modules("jiandu_desktop/ui")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in {"tr", "translate"}
        and any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in node.args)
    ]
    assert wrong == []


def test_chinese_texts_use_chinese_punctuation() -> None:
    """A half-width comma between two characters looks like a slip on an official page."""
    han = "\u4e00-\u9fff“”（）"
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value[:60]!r}"
        for path, tree in modules("jiandu_desktop")
        for node in said(tree)
        if re.search(f"[\u4e00-\u9fff”）][,;:][{han}]|[{han}][,;:][\u4e00-\u9fff“（]", node.value)
    ]
    assert wrong == []


def said(tree: ast.Module) -> Iterator[ast.Constant]:
    """The texts of a module that are not docstrings."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def test_the_version_is_said_once() -> None:
    assert project()["project"]["version"] == __version__


@pytest.mark.parametrize("lock", ["run", "test", "build"])
def test_locks_hold_what_the_project_asks_for(lock: str) -> None:
    """A version changed in pyproject.toml without renewing the locks would be installed nowhere."""
    wanted = [*project()["project"]["dependencies"], *project()["dependency-groups"].get(lock, [])]
    locked = pins((ROOT / ".ci" / "locks" / f"{lock}.txt").read_text(encoding="utf-8").splitlines())
    assert {name: locked.get(name) for name in pins(wanted)} == pins(wanted)


def test_locks_agree_with_each_other() -> None:
    """All three are installed into one environment."""
    locks = [path.read_text(encoding="utf-8") for path in sorted((ROOT / ".ci" / "locks").glob("*.txt"))]
    together = [pins(text.splitlines()) for text in locks]
    for one in together:
        for other in together:
            assert {name: one[name] for name in one.keys() & other} == {
                name: other[name] for name in one.keys() & other
            }


def test_every_locked_version_has_hashes() -> None:
    for path in (ROOT / ".ci" / "locks").glob("*.txt"):
        for requirement in re.split(r"\n(?=\w)", path.read_text(encoding="utf-8")):
            assert "--hash=sha256:" in requirement, f"{path.name}: {requirement}"


def project() -> dict[str, dict[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(lines: list[str]) -> dict[str, str]:
    """Name → version of the lines `name==version…`, names as package indexes compare them."""
    found = (re.match(r"([\w.-]+)==([\w.+!]+)", line) for line in lines)
    return {re.sub(r"[-_.]+", "-", match[1]).lower(): match[2] for match in found if match}
