"""Starts Jiandu: arguments in, exit code out."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the command line given; without a command the window opens."""
    # Python's default of 700 new objects between two collections makes it look through everything eighty times while
    # the program is loaded, to find next to nothing. A program of some hundred thousand objects is better off so.
    gc.set_threshold(20_000, 10, 10)
    from jiandu_desktop.bootstrap import start

    return start(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
