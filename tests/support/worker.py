"""`python -m tests.support.worker DATA SHARE LOG`: one computer at work until it is killed.

A laptop finishes a visit, writes its identifier into LOG, syncs, and so on; an office reads and answers. Who loses the
process that started it ends by itself.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from tests.support.programs import finish_visit, opened

PASSING = {"folder-unreachable", "folder-missing", "database-busy", "folder-spoils"}


def main() -> None:
    data, share, log = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    parent = os.getppid()
    with closing(opened(data)) as services, log.open("a", encoding="utf-8") as lines:
        is_office = services.store.membership().is_office
        while os.getppid() == parent:
            if not is_office:
                lines.write(finish_visit(services) + "\n")
                lines.flush()
                os.fsync(lines.fileno())
            try:
                services.exchange.sync(Progress(), share)
            except Trouble as trouble:
                if trouble.code not in PASSING:
                    raise


if __name__ == "__main__":
    main()
