"""A line between a browser and the workspace that can be cut and mended."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

PIECE = 65536


class Line(socketserver.ThreadingTCPServer):
    """Passes everything on, until it is cut."""

    daemon_threads = True

    def __init__(self, address: str) -> None:
        self.far_end = (urlsplit(address).hostname or "", urlsplit(address).port or 0)
        self.whole = True
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), Passing)

    @property
    def address(self) -> str:
        """Where a browser finds its near end."""
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def cut(self) -> None:
        """Nothing gets through any more, and what was open is gone."""
        self.whole = False
        for one in [*self._open]:
            _end(one)

    def mend(self) -> None:
        """It is whole again."""
        self.whole = True

    def carry(self, near: socket.socket) -> None:
        """One connection, both ways."""
        if not self.whole:
            return
        with socket.create_connection(self.far_end) as far:
            self._open |= {near, far}
            back = threading.Thread(target=_pass, args=(far, near), daemon=True)
            back.start()
            _pass(near, far)
            back.join()
            self._open -= {near, far}


class Passing(socketserver.BaseRequestHandler):
    """One connection of a browser."""

    server: Line

    def handle(self) -> None:
        """Carry it."""
        self.server.carry(self.request)


@contextmanager
def line_to(address: str) -> Iterator[Line]:
    """A line that is whole."""
    with Line(address) as line:
        serving = threading.Thread(target=line.serve_forever, args=(0.01,))
        serving.start()
        try:
            yield line
        finally:
            line.shutdown()
            line.cut()
            serving.join()


def _pass(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):  # the other end has gone, or the line was cut
        while piece := one.recv(PIECE):
            other.sendall(piece)
    _end(other)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
