"""An end to what a host may take of our time, also one that sends a byte now and then for ever."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from urllib3 import HTTPConnectionPool


class Deadline:
    """Ends connections when their time is over. Time limits of sockets begin anew with each byte; this one does not.

    Args:
        seconds: How long all of them may take.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._twins: list[socket.socket] = []
        self._lock = threading.Lock()
        self.is_over = False
        self._timer = self._started()

    def guard(self, pool: HTTPConnectionPool) -> None:
        """Watch over the connections that a pool will make, from before the first byte goes out."""
        watch = self._watch

        class Guarded(pool.ConnectionCls):  # type: ignore[name-defined,misc]
            def _new_conn(self) -> socket.socket:
                made: socket.socket = super()._new_conn()
                watch(made)
                return made

        pool.ConnectionCls = Guarded

    def begin_again(self) -> None:
        """Start the time anew, since what was waited for was no host."""
        self._timer.cancel()
        self.is_over = False
        self._timer = self._started()

    def close(self) -> None:
        """Let go of the connections."""
        self._timer.cancel()
        with self._lock:
            for twin in self._twins:
                twin.close()
            self._twins.clear()

    def _started(self) -> threading.Timer:
        timer = threading.Timer(self._seconds, self._end)
        timer.daemon = True
        timer.start()
        return timer

    def _watch(self, made: socket.socket) -> None:
        # A twin reaches the same connection when the socket itself has gone into a TLS layer.
        with self._lock:
            self._twins.append(made.dup())
        if self.is_over:
            self._end()

    def _end(self) -> None:
        self.is_over = True
        with self._lock:
            for twin in self._twins:
                with suppress(OSError):
                    twin.shutdown(socket.SHUT_RDWR)
