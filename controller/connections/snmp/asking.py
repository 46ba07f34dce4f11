"""One device asked for what is wanted: values in few questions, columns row by row, with patience.

A question that is not answered is asked again smaller, and the time spent on silence is bounded.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter
from typing import TypeVar

from gufo.snmp import NoSuchInstance, SnmpAuthError
from gufo.snmp import SnmpError as GufoError
from gufo.snmp._fast import GetIter

from controller.connections.snmp.line import Line
from controller.connections.snmp.pace import Pace
from controller.facts.answers import Answers, Request, Value

T = TypeVar("T")
Ended = tuple[()]

# Every agent has it. An answer without it is none: tooBig, or an error about one OID of many.
UPTIME = "1.3.6.1.2.1.1.3.0"
_AT_ONCE = 24  # values in one question: names and descriptions of 50 bytes each still fit
_MOST_ROWS = 100_000


class Silence(Exception):  # noqa: N818  it is no answer rather than an error
    """Nothing came at all. `refused`: instead, answers that nobody can read or that refuse."""

    def __init__(self, refused: Exception | None = None) -> None:
        super().__init__(str(refused or "silence"))
        self.refused = refused


class GivenUp(Exception):  # noqa: N818
    """So many questions of this ask went unanswered that the rest is not asked."""


class Asking:
    """Asks over one open line. `retries` beyond the first try; `bulk`: whether it knows GETBULK."""

    def __init__(self, line: Line, pace: Pace, retries: int, *, bulk: bool) -> None:
        self._line = line
        self._pace = pace
        self._retries = retries
        self._walk = self._by_bulk if bulk else self._one_by_one
        self._answered = False
        self._unread: Exception | None = None
        self._losses_left = 4 * (retries + 1)
        self._scalars: dict[str, Value] = {}
        self._columns: dict[str, dict[str, Value]] = {}
        self._partial: set[str] = set()
        self._round_trip: float | None = None

    async def everything(self, request: Request) -> Answers:
        """What the device has of the request. Errors: `Silence`, `SnmpAuthError`."""
        try:
            await self._values(request.scalars)
            for column in request.columns:
                await self._column(column)
        except GivenUp:
            self._partial |= set(request.columns) - set(self._columns)
        cut_short = frozenset(self._partial)
        return Answers(self._scalars, self._columns, cut_short, self._round_trip)

    # Values

    async def _values(self, oids: Sequence[str]) -> None:
        waiting = deque(oids[at : at + _AT_ONCE] for at in range(0, len(oids), _AT_ONCE))
        tries = self._retries
        while waiting:
            chunk = waiting.popleft()
            whole = len(chunk) == 1 or UPTIME in chunk
            asked = list(chunk) if whole else [*chunk, UPTIME]
            found = await self._get(asked)
            if found is not None and (len(chunk) == 1 or UPTIME in found):
                self._scalars.update((o, v) for o in chunk if (v := found.get(o)) is not None)
                tries = self._retries
            elif len(chunk) > 1:
                half = (len(chunk) + 1) // 2
                waiting.extendleft((chunk[half:], chunk[:half]))
            elif found is None and tries > 0:
                tries -= 1
                waiting.appendleft(chunk)

    async def _get(self, oids: list[str]) -> dict[str, Value | None] | None:
        """The answer; None when it is lost. The first question finds out if anybody is there."""
        sock = self._line.sock
        send = partial(sock.send_get_many, oids)
        started = perf_counter()
        found = await self._tried(send, sock.recv_get_many)
        if found is not None and self._round_trip is None:
            self._round_trip = perf_counter() - started
        if found is None and not self._answered:
            await self._is_anybody_there()
        return {} if isinstance(found, tuple) else found

    async def _is_anybody_there(self) -> None:
        """Ask the smallest question. Errors: `Silence`."""
        sock = self._line.sock
        refused: Exception | None = self._unread
        for _ in range(self._retries):
            if (
                await self._tried(partial(sock.send_get_many, [UPTIME]), sock.recv_get_many)
                is not None
            ):
                return
            refused = self._unread or refused
        raise Silence(refused)

    # Columns

    async def _column(self, oid: str) -> None:
        rows: dict[str, Value] = {}
        self._columns[oid] = rows
        self._partial.add(oid)  # until it has come whole
        for _ in range(1 + self._retries):
            before = self._pace.repetitions
            whole = await self._walk(oid, rows)
            if whole is not None:
                break
            if not self._answered:
                await self._is_anybody_there()
            if self._pace.repetitions == before == 1:
                break
        if whole:
            self._partial.discard(oid)
            self._pace.went_well()

    async def _by_bulk(self, oid: str, rows: dict[str, Value]) -> bool | None:
        """Walk a column; whether it came whole, None when smaller steps may do better."""
        sock, cut = self._line.sock, len(oid) + 1
        cursor = GetIter(oid, self._pace.repetitions)
        send, receive = partial(sock.send_get_bulk, cursor), partial(sock.recv_get_bulk, cursor)
        last, begun = oid, False
        while True:
            batch = await self._again(send, receive) if begun else await self._tried(send, receive)
            if batch is None:
                if begun:
                    return False
                self._pace.too_fast()
                return None
            if not batch:
                return await self._really_ends(cursor)
            begun = True
            ended = batch[-1] is None
            if ended:
                batch.pop()
                if not batch:
                    return True
            rows.update([(o[cut:], v) for o, v in batch if v is not None])  # type: ignore[misc]
            if ended:
                return True
            newest = batch[-1][0]  # type: ignore[index]
            if not _follows(newest, last) or len(rows) > _MOST_ROWS:
                return False
            last = newest

    async def _really_ends(self, cursor: GetIter) -> bool | None:
        """An empty answer is the end of all objects, or tooBig: the next single row tells."""
        sock = self._line.sock
        row = await self._again(
            partial(sock.send_get_next, cursor), partial(sock.recv_get_next, cursor)
        )
        if row is None:
            return False
        if not row:
            return True
        self._pace.too_fast()
        return None

    async def _one_by_one(self, oid: str, rows: dict[str, Value]) -> bool | None:
        """The same with GETNEXT, for SNMPv1."""
        sock, cut = self._line.sock, len(oid) + 1
        cursor = GetIter(oid)
        send, receive = partial(sock.send_get_next, cursor), partial(sock.recv_get_next, cursor)
        last = oid
        while True:
            row = await self._again(send, receive)
            if row is None:
                return False
            if not row:
                return True
            newest, value = row
            if not _follows(newest, last) or len(rows) > _MOST_ROWS:
                return False
            if value is not None:
                rows[newest[cut:]] = value
            last = newest

    # Questions

    async def _again(
        self, send: Callable[[], None], receive: Callable[[], T]
    ) -> T | tuple[()] | None:
        """The answer to a question, asked again while it is lost."""
        for _ in range(1 + self._retries):
            answer = await self._tried(send, receive)
            if answer is not None:
                return answer
        return None

    async def _tried(
        self, send: Callable[[], None], receive: Callable[[], T]
    ) -> T | tuple[()] | None:
        """One answer; empty when there is no more, None when it is lost."""
        self._unread = None
        for forgiving in (True, False):
            try:
                answer = await self._line.exchange(send, receive)
            except SnmpAuthError:
                # The device's clock has moved on: its refusal tells the time, the next try knows.
                if not forgiving:
                    raise
                continue
            except NoSuchInstance:
                answer = None
            except (TimeoutError, GufoError, ValueError, RuntimeError) as error:
                self._unread = None if isinstance(error, TimeoutError) else error
                self._losses_left -= self._answered
                if self._losses_left < 0:
                    raise GivenUp from None
                return None
            self._answered = True
            return () if answer is None else answer
        raise AssertionError  # pragma: no cover


def _follows(newer: str, older: str) -> bool:
    """Whether an OID stands behind another in the order of objects."""
    return _arcs(newer) > _arcs(older)


def _arcs(oid: str) -> list[int]:
    return [int(arc) for arc in oid.split(".")]
