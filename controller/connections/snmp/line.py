"""One UDP socket to one device: a question goes out, its answer comes in, or the time is up.

gufo's own session arms the reader and a task with a timer for every packet, which costs more than
reading the packet. Here the reader stays while the socket is open and one timer serves all
questions: a light poll takes a third of the time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from gufo.snmp import SnmpError as GufoError
from gufo.snmp.protocol import SnmpClientSocketProtocol

T = TypeVar("T")

_UNREADABLE = (GufoError, ValueError, RuntimeError)


class Line:
    """An open socket of gufo's. One question at a time; `close()` it in the end.

    `timeout` in seconds for each question.
    """

    def __init__(self, sock: SnmpClientSocketProtocol, timeout: float) -> None:
        self.sock = sock
        self._timeout = timeout
        self._loop = asyncio.get_running_loop()
        self._fd = sock.get_fd()
        self._answer: asyncio.Future[Any] | None = None
        self._receive: Callable[[], Any] = sock.recv_get
        self._deadline = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._loop.add_reader(self._fd, self._readable)

    async def exchange(self, send: Callable[[], None], receive: Callable[[], T]) -> T | None:
        """What `receive` makes of the answer; None when it says that there is no more.

        Errors: `TimeoutError` without an answer in time, `OSError` when nothing can be sent,
        gufo's errors and `ValueError` for an answer that refuses or that nobody can read.
        """
        self._receive = receive
        answer = self._answer = self._loop.create_future()
        self._deadline = self._loop.time() + self._timeout
        if self._timer is None:
            self._timer = self._loop.call_at(self._deadline, self._late)
        try:
            send()
        except BlockingIOError:
            self._loop.add_writer(self._fd, self._writable, send)
        try:
            result: T | None = await answer
        finally:
            self._answer = None
        return result

    def close(self) -> None:
        """Let the socket go; whoever still waits for an answer gets a `ConnectionError`."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionAbortedError())
        self._loop.remove_reader(self._fd)
        self._loop.remove_writer(self._fd)
        if self._timer is not None:
            self._timer.cancel()
        # gufo's sockets have no close(): the last reference closes them.
        del self.sock, self._receive

    def _readable(self) -> None:
        answer = self._answer
        if answer is None or answer.done():
            # Too late for anybody; it must be read, or the loop would wake us for ever.
            with suppress(OSError, StopAsyncIteration, *_UNREADABLE):
                self.sock.recv_get()
            return
        try:
            answer.set_result(self._receive())
        except BlockingIOError:
            return
        except StopAsyncIteration:
            answer.set_result(None)
        except (OSError, *_UNREADABLE) as error:
            answer.set_exception(error)

    def _writable(self, send: Callable[[], None]) -> None:
        try:
            send()
        except BlockingIOError:
            return
        except OSError as error:
            if self._answer is not None and not self._answer.done():
                self._answer.set_exception(error)
        self._loop.remove_writer(self._fd)

    def _late(self) -> None:
        self._timer = None
        answer = self._answer
        if answer is None or answer.done():
            return
        if self._loop.time() < self._deadline:
            self._timer = self._loop.call_at(self._deadline, self._late)
            return
        answer.set_exception(TimeoutError())
