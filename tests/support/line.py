"""A bad line between a client and a server on this machine: slow, far away, and sometimes cut."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable

_PIECE = 16 * 1024


class Line:
    """Passes everything between `port` and the server's port; `bytes_per_second` and `delay` (seconds each way).

    After `cut_after` bytes towards the server `on_cut` is called once (kill the server's process, say), then the
    connection is closed; later connections pass.
    """

    def __init__(
        self,
        target: int,
        *,
        bytes_per_second: float = 0,
        delay: float = 0,
        cut_after: int | None = None,
        on_cut: Callable[[], None] = lambda: None,
    ) -> None:
        self._target = target
        self._rate = bytes_per_second
        self._delay = delay
        self._left = cut_after
        self._on_cut = on_cut
        self.cuts = 0
        self.passed = 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, name="line")]
        self._threads[0].start()

    def close(self) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for each in self._open:
            _hang_up(each)
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                _hang_up(client)
                continue
            self._open += [client, server]
            for here, there, up in ((client, server, True), (server, client, False)):
                thread = threading.Thread(target=self._pass, args=(here, there, up), name="line")
                self._threads.append(thread)
                thread.start()

    def _pass(self, here: socket.socket, there: socket.socket, up: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := here.recv(_PIECE):
                time.sleep(self._delay + (len(piece) / self._rate if self._rate else 0))
                if up:
                    self.passed += len(piece)
                if up and self._left is not None:
                    there.sendall(piece[: self._left])
                    self._left -= len(piece)
                    if self._left <= 0:
                        self._left = None
                        self.cuts += 1
                        self._on_cut()
                        break
                else:
                    there.sendall(piece)
        _hang_up(here)
        _hang_up(there)


def _hang_up(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
