"""File systems of a size of one's own: tmpfs, and ext4 in a file; mounting needs root."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def why_not() -> str:
    """Why nothing can be mounted here, or "" where it can."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "mounting needs root"
    if missing := [name for name in ("mount", "umount", "mkfs.ext4") if shutil.which(name) is None]:
        return f"not installed: {', '.join(missing)}"
    with tempfile.TemporaryDirectory() as aside:
        image = Path(aside) / "image"
        probe = Mount(Path(aside) / "probe")
        try:
            probe.put("size=64k")
            probe.close()
            probe.put(image=probe.make_image(image, 512 * 1024))
            probe.close()
        except subprocess.CalledProcessError:
            return "mounting is refused here"
    return ""


class Mount:
    """One mount point; `put` mounts something there, `close` takes away whatever is."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True)

    def make_image(self, path: Path, size: int, *options: str) -> str:
        """A file with an empty ext4 of so many bytes."""
        with path.open("wb") as file:
            file.truncate(size)
        _run("mkfs.ext4", "-q", "-F", "-m", "0", "-O", "^has_journal", *options, str(path))
        return str(path)

    def put(self, *options: str, image: str = "") -> None:
        what = ["-o", ",".join(["loop", *options]), image] if image else _tmpfs(options)
        _run("mount", *what, str(self.root))

    def again(self, *options: str) -> None:
        """Mount the same with other options."""
        _run("mount", "-o", ",".join(["remount", *options]), str(self.root))

    def pull(self) -> None:
        """Take it away under those who use it."""
        _run("umount", "-l", str(self.root))

    def close(self) -> None:
        if self.root.is_mount():
            self.pull()


def _tmpfs(options: tuple[str, ...]) -> list[str]:
    return ["-t", "tmpfs", *(["-o", ",".join(options)] if options else []), "tmpfs"]


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
