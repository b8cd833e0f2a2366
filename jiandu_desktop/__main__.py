"""Starts Jiandu: arguments in, exit code out."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line given; without a command the window opens."""
    from jiandu_desktop.bootstrap import start

    return start(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
