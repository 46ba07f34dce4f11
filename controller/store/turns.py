"""A lock that is given in the order it was asked for, so that no thread starves."""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType


class Turns:
    """One thread at a time, first come first served; use it with `with`.

    Asking again while holding it would wait for ever, so that raises `RuntimeError`.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._owner: int | None = None

    def __enter__(self) -> None:
        me = threading.get_ident()
        if self._owner == me:
            raise RuntimeError("a write transaction inside a write transaction")
        with self._guard:
            if self._owner is None:
                self._owner = me
                return
            ticket = threading.Lock()
            ticket.acquire()
            self._waiting.append(ticket)
        try:
            ticket.acquire()
        except BaseException:
            self._give_back(ticket)
            raise
        self._owner = me

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._next()

    def _next(self) -> None:
        with self._guard:
            # 0 is no thread's number: taken, but the next owner has not woken up yet.
            self._owner = 0 if self._waiting else None
            if self._waiting:
                self._waiting.popleft().release()

    def _give_back(self, ticket: threading.Lock) -> None:
        with self._guard:
            still_waiting = ticket in self._waiting
            if still_waiting:
                self._waiting.remove(ticket)
        if not still_waiting:
            self._next()
