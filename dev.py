#!/usr/bin/env python3
"""The workbench: run, test, bench, lint and build Jiandu, each with one command on a fresh machine.

Needs Python 3.11 and nothing else: what the program needs goes into .venv, as .ci/locks pins it.
"""

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

# By number, and before anything Python 3.6 cannot parse: an older Python gets a sentence, no traceback.
if sys.hexversion < 0x030B0000:
    sys.exit(
        f"监督程序需要 Python 3.11 或更新的版本，这里是 {platform.python_version()}。\n"
        f"Jiandu needs Python 3.11 or newer; this is {platform.python_version()}."
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
LINUX = sys.platform.startswith("linux")
USAGE = """\
python3 dev.py run   [-- 参数]  打开程序；没有显示器时改为自动演示
                                open the program; without a display, the tour
python3 dev.py test  [-- 参数]  全部检查与测试；给出参数时只运行 pytest
                                all checks and tests; with arguments, pytest alone
python3 dev.py bench [-- 参数]  测量速度 / measure
python3 dev.py faults [参数]    同步的故障模拟：--seeds N [--from K] [--report out.json]
                                the simulator of sync: N seeds, and the report
python3 dev.py lint             整理格式并检查 / put the code in order and check it
python3 dev.py build            打包为文件夹 dist/jiandu / freeze into the folder dist/jiandu"""


def main() -> int:
    """Run the command named on the command line; the result is the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace", line_buffering=True)
    commands = {"run": run, "test": test, "bench": bench, "faults": faults, "lint": lint, "build": build}
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in commands:
        print(USAGE)
        return 0 if name in ("", "help", "-h", "--help") else 2
    arguments = sys.argv[2:]
    if arguments[:1] == ["--"]:
        arguments = arguments[1:]
    os.chdir(ROOT)
    return commands[name](arguments)


# --- the commands -------------------------------------------------------------------------------------------


def run(arguments: list) -> int:
    """Open the window, or walk through the program offscreen where there is no display."""
    prepare("run")
    program = [PYTHON, "-m", "jiandu_desktop"]
    if arguments:
        return call([*program, *arguments])
    if not LINUX or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        require_libraries("xcb" if os.environ.get("DISPLAY") else "wayland")
        return call(program)
    say(
        "这里没有显示器（DISPLAY 与 WAYLAND_DISPLAY 都没有设置），改为自动演示一遍。",
        "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set): running the tour instead.",
    )
    require_libraries("offscreen")
    out = ROOT / "out" / "tour"
    code = call([*program, "tour", "--out", out], QT_QPA_PLATFORM="offscreen")
    if code == 0:
        say(
            f"演示已完成。截图、PDF 文书、共享文件夹和汇总表都在：{out}",
            f"The tour is done. Screenshots, PDF notices, the shared folder and the office's workbook: {out}",
        )
    return code


def test(arguments: list) -> int:
    """All checks, the tests below ui in a run that has no PySide6, then the tests of the window."""
    prepare("test")
    require_libraries("offscreen")
    # A real Samba share and injected faults for the tests of sync; what cannot be had, its tests say they are left out.
    tools = {"smbd": "samba", "smbclient": "smbclient", "strace": "strace"}
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing:
        install([tools[tool] for tool in missing], ", ".join(missing))
    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    pytest = [PYTHON, "-m", "pytest", "-q"]
    if arguments:
        return call([*pytest, *arguments], **offscreen)
    workers = ["-n", str(min(processors(), 8))]
    windows = [folder for folder in ("tests/ui", "tests/journeys") if (ROOT / folder).is_dir()]
    without_qt = ["-p", "no:pytest-qt", "-p", "qt_options", *(f"--ignore={folder}" for folder in windows)]
    report = [
        *check(),
        stage(
            "测试：没有 Qt / tests without Qt",
            [*pytest, *workers, *without_qt],
            PYTHONPATH=str(ROOT / "tests" / "support" / "without_qt"),
        ),
        stage("测试：窗口 / tests of the window", [*pytest, *workers, *windows], **offscreen),
    ]
    return conclude(report)


def bench(arguments: list) -> int:
    """The measurements of bench/, inside the environment."""
    prepare("run")
    require_libraries("offscreen")
    return call([PYTHON, "-m", "bench", *arguments])


def faults(arguments: list) -> int:
    """The deterministic simulator of sync: seeds, faults by kind, failures."""
    prepare("test")
    return call([PYTHON, "-m", "tests.faults.simulator", *arguments])


def lint(arguments: list) -> int:
    """Put the code in order, then the same checks as `test`."""
    prepare("test")
    call([PYTHON, "-m", "ruff", "check", "--fix", "--quiet", "."])
    call([PYTHON, "-m", "ruff", "format", "--quiet", "."])
    return conclude(check())


def build(arguments: list) -> int:
    """Freeze the program into one folder, dist/jiandu."""
    prepare("build")
    require_libraries("offscreen")
    if LINUX and not shutil.which("objdump"):
        require_packages(["binutils"], "objdump")
    pyinstaller = [PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build.spec"]
    report = [stage("打包 / freezing", [*pyinstaller, *arguments])]
    folder = ROOT / "dist" / "jiandu"
    if folder.is_dir():
        size = sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
        say(f"程序在 {folder}，共 {size / 1e6:.0f} MB。", f"The program is in {folder}, {size / 1e6:.0f} MB.")
    return conclude(report)


# --- stages -------------------------------------------------------------------------------------------------


def check() -> list:
    """The checks that read the code without running it."""
    return [
        stage("ruff check", [PYTHON, "-m", "ruff", "check", "--quiet", "."], quiet=True),
        stage("ruff format", [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."], quiet=True),
        stage("import rules", [SCRIPTS / "lint-imports", "--no-logo"], quiet=True),
        stage("mypy --strict", [PYTHON, "-m", "mypy"], quiet=True),
    ]


def stage(name: str, command: list, quiet: bool = False, **environment: str) -> tuple:
    """Run one stage and say how it went; a quiet one shows its output only when it fails."""
    print(f"── {name}")
    began = time.monotonic()
    if quiet:
        done = subprocess.run(
            command,
            env=child_environment(environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        code, output = done.returncode, done.stdout.decode("utf-8", "replace").strip()
        if code:
            print(output)
    else:
        code = call(command, **environment)
    seconds = time.monotonic() - began
    print(f"   {'好 ok' if code == 0 else '失败 FAILED'}  {seconds:.1f} s")
    return name, code, seconds


def conclude(report: list) -> int:
    """The closing lines: every stage with its time, and whether all is well."""
    print("──────────")
    for name, code, seconds in report:
        print(f"{'ok    ' if code == 0 else 'FAILED'} {seconds:7.1f} s  {name}")
    failed = [name for name, code, _ in report if code]
    if failed:
        say(f"有 {len(failed)} 项没有通过。", f"{len(failed)} of {len(report)} stages failed.")
        return 1
    say("全部通过。", "All is well.")
    return 0


def call(command: list, **environment: str) -> int:
    """Run a command in front of the user; Ctrl-C reaches it and ends it, not us."""
    child = subprocess.Popen([str(part) for part in command], env=child_environment(environment))
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue


def child_environment(changes: dict) -> dict:
    return {**os.environ, "PYTHONUTF8": "1", **changes}


def say(chinese: str, english: str) -> None:
    print(f"{chinese}\n{english}")


def stop(chinese: str, english: str) -> None:
    sys.exit(f"\n{chinese}\n{english}")


def processors() -> int:
    """How many processors this process may use, which in a container is fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# --- the environment ----------------------------------------------------------------------------------------


def prepare(lock: str) -> None:
    """Make .venv where there is none and bring it to the versions of .ci/locks/<lock>.txt."""
    check_glibc()
    if not works(PYTHON):
        make_venv()
    file = ROOT / ".ci" / "locks" / f"{lock}.txt"
    stamp = VENV / f"installed-{lock}.sha256"
    wanted = hashlib.sha256(file.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return
    say(
        f"正在安装 {lock} 所需的组件（首次约需一至几分钟）……",
        f"Installing what '{lock}' needs (a minute or a few the first time) …",
    )
    pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    quiet = [] if sys.stdout.isatty() else ["-qq"]
    if call(
        [*pip, *quiet, "--require-hashes", "--only-binary", ":all:", "-r", file],
        PIP_ROOT_USER_ACTION="ignore",
    ):
        stop(
            "组件没有装好，原因见上面几行。多半是网络：请检查网络或代理；"
            "单位有镜像时，设置环境变量 PIP_INDEX_URL 后重试。",
            "The components could not be installed; the reason is above. If it is the network, check it "
            "or the proxy, or set PIP_INDEX_URL to your mirror, and try again.",
        )
    stamp.write_text(wanted, encoding="ascii")


def check_glibc() -> None:
    """Qt's wheels say which C library they need; pip alone would only say 'no matching distribution'."""
    name, version = platform.libc_ver() if LINUX else ("", "")
    needed = (2, 39) if platform.machine() == "aarch64" else (2, 34)
    if name == "glibc" and tuple(int(part) for part in version.split(".")[:2]) < needed:
        wanted = ".".join(map(str, needed))
        stop(
            f"这个系统的 glibc 是 {version}，界面组件 Qt 6.11 需要 {wanted} 或更新。请换用较新的系统版本。",
            f"This system has glibc {version}; Qt 6.11 needs {wanted} or newer. Please use a newer system.",
        )


def works(python: Path) -> bool:
    """Whether the environment's interpreter starts, is new enough and has pip."""
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    if not python.exists():
        return False
    return subprocess.run([python, "-c", probe], stderr=subprocess.DEVNULL, check=False).returncode == 0


def make_venv() -> None:
    """A fresh .venv; Debian's Python comes without ensurepip and must be told apart from a real failure."""
    say("正在建立 .venv ……", "Making .venv …")
    needs_package = (
        LINUX
        and subprocess.run(
            [sys.executable, "-c", "import venv, ensurepip"], stderr=subprocess.DEVNULL, check=False
        ).returncode
    )
    if needs_package:
        major, minor = sys.version_info[:2]
        package = "python3-venv" if sys.executable == "/usr/bin/python3" else f"python{major}.{minor}-venv"
        require_packages([package], "venv, ensurepip")
    if call([sys.executable, "-m", "venv", "--clear", VENV]) or not works(PYTHON):
        stop(
            f"没能在 {VENV} 建立 Python 环境，原因见上。请检查磁盘空间和写入权限。",
            f"No Python environment could be made in {VENV}; see above. Check disk space and permissions.",
        )


# --- libraries of the system --------------------------------------------------------------------------------

# Debian names a library's package after its soname; these are the exceptions among what Qt needs.
PACKAGES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
    "libbrotlidec.so.1": "libbrotli1",
    "libbrotlicommon.so.1": "libbrotli1",
}


def require_libraries(screen: str) -> None:
    """Make sure Qt finds every system library it needs on `screen` (xcb, wayland or offscreen)."""
    if not LINUX or not shutil.which("ldd"):
        return
    missing = missing_libraries(screen)
    if missing:
        require_packages(sorted({package_of(soname) for soname in missing}), ", ".join(missing))
        missing = missing_libraries(screen)
    if missing:
        stop(
            f"仍然缺少系统库：{', '.join(missing)}",
            f"System libraries are still missing: {', '.join(missing)}",
        )


def missing_libraries(screen: str) -> list:
    """The sonames that the Qt modules this program imports, and the screen's plug-in, do not find."""
    qt = next((path.parent for path in VENV.glob("**/PySide6/__init__.py")), None)
    if qt is None:
        return []
    sources = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob("jiandu_desktop/ui/**/*.py"))
    modules = {"Gui", "Widgets", *re.findall(r"PySide6\.Qt(\w+)", sources)}
    files = [file for name in sorted(modules) for file in qt.glob(f"Qt{name}.*so")]
    files += qt.glob(f"Qt/plugins/platforms/libq{screen}.so")
    listing = subprocess.run(["ldd", *files], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    return sorted(set(re.findall(r"(\S+) => not found", listing.decode())))


def package_of(soname: str) -> str:
    """Debian's package of a library: libxcb-cursor.so.0 → libxcb-cursor0, libX11.so.6 → libx11-6."""
    if soname in PACKAGES:
        return PACKAGES[soname]
    stem, _, version = soname.partition(".so.")
    stem = stem.lower().replace("_", "-")
    return f"{stem}-{version}" if stem[-1].isdigit() else f"{stem}{version}"


def require_packages(packages: list, reason: str) -> None:
    """Install packages where we may; elsewhere name the command and stop."""
    if install(packages, reason):
        return
    command = f"sudo apt install {' '.join(packages)}"
    stop(
        f"系统缺少 {reason}。请运行（Debian、Ubuntu、统信 UOS、麒麟通用）：\n    {command}\n然后重试。",
        f"The system lacks {reason}. Run the command above (Debian, Ubuntu, UOS, Kylin) and try again.",
    )


def install(packages: list, reason: str) -> bool:
    """Install packages on a machine that is nobody's own (root in CI); says whether that was done."""
    if not shutil.which("apt-get") or os.environ.get("CI") != "true" or os.geteuid() != 0:
        return False
    say(f"缺少 {reason}，正在安装：{' '.join(packages)}", f"{reason} missing; installing: {' '.join(packages)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    call(["apt-get", "-qq", "update"], **quiet)
    return call(["apt-get", "-qq", "install", "--yes", "--no-install-recommends", *packages], **quiet) == 0


if __name__ == "__main__":
    sys.exit(main())
