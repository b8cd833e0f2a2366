"""A real Samba server on the loopback interface, and a disk that reaches it with the smbclient program."""

from __future__ import annotations

import errno
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

_ERRORS = {
    "NT_STATUS_OBJECT_NAME_NOT_FOUND": errno.ENOENT,
    "NT_STATUS_OBJECT_PATH_NOT_FOUND": errno.ENOENT,
    "NT_STATUS_NO_SUCH_FILE": errno.ENOENT,
    "NT_STATUS_BAD_NETWORK_NAME": errno.ENOENT,
    "NT_STATUS_NOT_A_DIRECTORY": errno.ENOTDIR,
    "NT_STATUS_OBJECT_NAME_COLLISION": errno.EEXIST,
    "NT_STATUS_FILE_IS_A_DIRECTORY": errno.EISDIR,
    "NT_STATUS_ACCESS_DENIED": errno.EACCES,
    "NT_STATUS_MEDIA_WRITE_PROTECTED": errno.EROFS,
    "NT_STATUS_DISK_FULL": errno.ENOSPC,
}
_WINDOWS = {
    "NT_STATUS_ACCESS_DENIED": 5,
    "NT_STATUS_SHARING_VIOLATION": 32,
    "NT_STATUS_MEDIA_WRITE_PROTECTED": 19,
    "NT_STATUS_DISK_FULL": 112,
}
_STATUS = re.compile(r"NT_STATUS_[A-Z_]+")
_LISTED = re.compile(r"^  (.+?)\s+[A-Z]*\s+(\d+)  \w{3} \w{3} +\d+ [\d:]+ \d{4}$")


def why_not() -> str:
    """Why no server can be started here, or "" where it can."""
    missing = [program for program in ("smbd", "smbclient") if shutil.which(program) is None]
    return f"not installed: {', '.join(missing)} (Debian: apt install samba smbclient)" if missing else ""


class SambaServer:
    """Serves `shared` as //127.0.0.1/share (and as //127.0.0.1/locked, read-only) until `stop`.

    `settings` are more lines for the whole server; with a `user` files are written under that account.
    """

    def __init__(self, home: Path, shared: Path, settings: Sequence[str] = (), user: str = "") -> None:
        user = user or _user()
        more = "\n".join(settings)
        self.port = _free_port()
        self.home = home
        for name in ("private", "lock", "state", "cache", "run", "ncalrpc", "log"):
            (home / name).mkdir(parents=True)
        config = home / "smb.conf"
        config.write_text(
            f"""[global]
server role = standalone server
map to guest = Bad User
guest account = {user}
disable netbios = yes
load printers = no
smb ports = {self.port}
interfaces = lo
bind interfaces only = yes
private dir = {home}/private
lock directory = {home}/lock
state directory = {home}/state
cache directory = {home}/cache
pid directory = {home}/run
ncalrpc dir = {home}/ncalrpc
log file = {home}/log/smbd
strict sync = yes
{more}
[share]
path = {shared}
guest ok = yes
read only = no
force user = {user}
[locked]
path = {shared}
guest ok = yes
read only = yes
force user = {user}
"""
        )
        self._process = subprocess.Popen(
            ["smbd", "-F", "--no-process-group", "-s", str(config)],
            start_new_session=True,  # on SIGTERM smbd ends its whole process group: that must not be ours
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait(self, seconds: float = 30.0) -> bool:
        """Whether the server answers a client within the time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._process.poll() is None:
            try:
                SambaDisk(self.port).names(Path("/"))
            except OSError:
                time.sleep(0.2)
            else:
                return True
        return False

    def children(self) -> set[int]:
        """The processes that the server has made; one of them serves each client."""
        listed = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text(encoding="ascii")
        return {int(number) for number in listed.split()}

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)


class SambaDisk:
    """`sync.disk.Disk` over smbclient: paths are those of the share, "/" being its root.

    With `windows` its errors bear the numbers that Windows gives to the server's answers.
    """

    def __init__(self, port: int, share: str = "share", *, windows: bool = False) -> None:
        self._windows = windows
        self.refused: Counter[str] = Counter()
        self._port = port
        self._share = share
        self._open: dict[int, tuple[Path, bytearray]] = {}
        self._sent: set[int] = set()

    def names(self, folder: Path) -> list[str]:
        listed = [_LISTED.match(line) for line in self._run(f'ls "{_smb(folder)}\\*"').splitlines()]
        return [found[1] for found in listed if found and found[1] not in (".", "..")]

    def size(self, path: Path) -> int:
        found = re.search(r"stream: \[::\$DATA\], (\d+) bytes", self._run(f'allinfo "{_smb(path)}"'))
        if found is None:
            raise FileNotFoundError(errno.ENOENT, "no data stream", str(path))
        return int(found[1])

    def modified(self, path: Path) -> float:
        raise OSError(errno.ENOTSUP, "smbclient tells times only to the eye")

    def read(self, path: Path, limit: int) -> bytes:
        with tempfile.TemporaryDirectory() as aside:
            local = Path(aside) / "got"
            self._run(f'get "{_smb(path)}" "{local}"')
            return local.read_bytes()[: limit + 1]

    def create(self, path: Path) -> int:
        try:
            self.size(path)
        except FileNotFoundError:
            self.names(path.parent)
            handle = max(self._open, default=0) + 1
            self._open[handle] = (path, bytearray())
            return handle
        raise FileExistsError(errno.EEXIST, "exists", str(path))

    def write(self, handle: int, data: bytes) -> int:
        self._open[handle][1].extend(data)
        return len(data)

    def sync(self, handle: int) -> None:
        path, data = self._open[handle]
        with tempfile.TemporaryDirectory() as aside:
            local = Path(aside) / "put"
            local.write_bytes(data)
            self._run(f'put "{local}" "{_smb(path)}"')

    def close(self, handle: int) -> None:
        del self._open[handle]

    def rename(self, old: Path, new: Path) -> None:
        self._run(f'rename "{_smb(old)}" "{_smb(new)}"')

    def remove(self, path: Path) -> None:
        self._run(f'del "{_smb(path)}"')

    def make_folder(self, path: Path) -> None:
        self._run(f'mkdir "{_smb(path)}"')

    def sync_folder(self, path: Path) -> None:
        """The server's business."""

    def free_bytes(self, path: Path) -> int:
        found = re.search(r"of size (\d+)\. (\d+) blocks available", self._run('ls "\\*"'))
        if found is None:
            raise OSError(errno.EIO, "no free space told")
        return int(found[1]) * int(found[2])

    def _run(self, command: str) -> str:
        done = subprocess.run(
            ["smbclient", f"//127.0.0.1/{self._share}", "-N", "-p", str(self._port), "-c", command],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        status = _STATUS.search(done.stdout + done.stderr)
        if status is not None:
            self.refused[status[0]] += 1
            error = OSError(_ERRORS.get(status[0], errno.EIO), status[0], command)
            if self._windows and not isinstance(error, FileNotFoundError | FileExistsError | NotADirectoryError):
                error.winerror = _WINDOWS.get(status[0], 59)  # type: ignore[attr-defined]
            raise error
        return done.stdout


class Reader:
    """Another computer that reads a file and lets nobody rename or delete it meanwhile (no share-delete)."""

    def __init__(self, port: int, path: Path) -> None:
        self._process = subprocess.Popen(
            ["smbclient", "//127.0.0.1/share", "-N", "-E", "-p", str(port)],  # -E: what it says is not held back
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f'open "{_smb(path)}"\n')
        self._process.stdin.flush()
        said = ""
        while "fnum" not in said and "NT_STATUS" not in said:
            said = self._process.stdout.readline()
            if not said:
                break
        self.holds = "fnum" in said

    def let_go(self) -> None:
        self._process.kill()
        self._process.communicate(timeout=10)


def _smb(path: Path) -> str:
    inner = PurePosixPath(path).as_posix().strip("/").replace("/", "\\")
    return f"\\{inner}" if inner else ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _user() -> str:
    return "root" if os.geteuid() == 0 else os.environ.get("USER", "nobody")
