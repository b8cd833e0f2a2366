"""Nextcloud, 坚果云, Syncthing: every computer has its own copy of the folder, and files travel as they like."""

from __future__ import annotations

import random

from tests.faults.simulator.tree import Tree

STYLES = (
    "{stem} (conflicted copy [{who}] 2026-11-22 090200){suffix}",
    "{stem}.sync-conflict-20261122-090200-ABCDEFG{suffix}",
    "{stem}-冲突-{who}{suffix}",
    "{stem} (1){suffix}",
)


def conflict_name(path: str, who: str, style: int) -> str:
    """The path that a cloud client gives to the second version of a file."""
    folder, _, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    renamed = STYLES[style % len(STYLES)].format(stem=stem, who=who, suffix=f".{suffix}" if suffix else "")
    return f"{folder}/{renamed}" if folder else renamed


class Cloud:
    """The provider's copy (`centre`) and the views of the computers, brought together one path at a time."""

    def __init__(self, centre: Tree) -> None:
        self.centre = centre
        self._views: dict[str, Tree] = {}
        self._bases: dict[str, dict[str, bytes]] = {}
        self._pending: dict[str, set[str]] = {}

    def views(self) -> list[Tree]:
        return list(self._views.values())

    def view(self, name: str) -> Tree:
        """The copy on one computer; a new computer begins with the root file only."""
        if name not in self._views:
            tree = self._views[name] = Tree(f"cloud of {name}", folds_case=self.centre.folds_case)
            self._bases[name] = {}
            self._pending[name] = {path for path, _ in self.centre.files()}
            for path in sorted(self._pending[name]):
                if path.startswith("root-"):
                    self._bring(name, path, 0)
            tree.make_folders("head")
            tree.make_folders("dev")
        return self._views[name]

    def deliver(self, rng: random.Random, *, everything: bool = False) -> str:
        """Bring one path of one computer to rest, or all of them; returns what was done."""
        done = ""
        while True:
            self._collect()
            waiting = [(name, path) for name in self._views for path in sorted(self._pending[name])]
            if not waiting:
                return done or "cloud idle"
            for name, path in waiting if everything else [rng.choice(waiting)]:
                if path in self._pending[name]:
                    if not everything and rng.random() < 0.1 and self._arrive_in_part(name, path):
                        return f"cloud half {name} {path}"
                    done = self._bring(name, path, rng.randrange(len(STYLES)))
            if not everything:
                return done

    def _collect(self) -> None:
        for path in self.centre.dirty:
            for pending in self._pending.values():
                pending.add(path)
        self.centre.dirty.clear()
        for name, tree in self._views.items():
            self._pending[name] |= tree.dirty
            tree.dirty.clear()

    def _bring(self, name: str, path: str, style: int) -> str:
        """Three-way, as real clients do it: what changed on one side goes over; both changed makes a conflict copy."""
        self._pending[name].discard(path)
        view, base = self._views[name], self._bases[name]
        here, there, last = _data(view, path), _data(self.centre, path), base.get(path)
        if here == there:
            _note(base, path, here)
            return f"cloud same {name} {path}"
        if there == last or (there is None and here is not None and here != last):
            _lay(self.centre, path, here)
            _note(base, path, here)
            return f"cloud up {name} {path}"
        if here is not None and here != last:
            copy = conflict_name(path, name, style)
            _lay(view, copy, here)
            self._pending[name].add(copy)
        _lay(view, path, there)
        _note(base, path, there)
        return f"cloud down {name} {path}"

    def _arrive_in_part(self, name: str, path: str) -> bool:
        """A download seen while it is under way."""
        view, base = self._views[name], self._bases[name]
        there = _data(self.centre, path)
        if there is None or _data(view, path) is not None or len(there) < 2:
            return False
        half = there[: len(there) // 2]
        _lay(view, path, half)
        view.dirty.discard(path)
        base[path] = half
        return True


def _data(tree: Tree, path: str) -> bytes | None:
    entry = tree.find(path)
    return entry.data if entry is not None else None


def _lay(tree: Tree, path: str, data: bytes | None) -> None:
    if data is not None:
        tree.place(path, data)
    elif tree.find(path) is not None:
        tree.remove(path)


def _note(base: dict[str, bytes], path: str, data: bytes | None) -> None:
    if data is None:
        base.pop(path, None)
    else:
        base[path] = data
