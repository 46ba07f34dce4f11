"""The engine that polls: gufo-snmp's sockets, one for the time of an ask."""

from __future__ import annotations

import asyncio
import logging
import resource
import time
from collections import deque
from functools import partial
from typing import cast

from gufo.snmp import SnmpAuthError
from gufo.snmp import SnmpError as GufoError
from gufo.snmp._fast import SnmpV1ClientSocket, SnmpV2cClientSocket, SnmpV3ClientSocket
from gufo.snmp.utils import format_sock_addr

from controller.connections.snmp import refusals
from controller.connections.snmp.asking import UPTIME, Asking, Silence
from controller.connections.snmp.engine import SnmpTarget
from controller.connections.snmp.keys import keys_of
from controller.connections.snmp.line import Line
from controller.connections.snmp.pace import Pace
from controller.facts.answers import Answers, Request

_log = logging.getLogger(__name__)

_OTHERS = 256  # files of this process that are none of ours
_MOST_REMEMBERED = 100_000
_Place = tuple[str, int]


class GufoEngine:
    """Fulfils `SnmpEngine`. Belongs to one event loop at a time.

    A socket is opened for each ask: it costs 5 % of a light poll, and needs no open file for every
    device of the office; a device that came back with another engine id is like any other.
    What is remembered of a device is its pace.
    """

    def __init__(self) -> None:
        self._paces: dict[_Place, Pace] = {}
        self._busy: dict[_Place, asyncio.Future[None]] = {}
        self._open: set[Line] = set()
        self._waiting: deque[asyncio.Future[None]] = deque()
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        self._room = max(16, soft - _OTHERS) if soft != resource.RLIM_INFINITY else 1 << 20
        self._told = False

    async def ask(self, target: SnmpTarget, request: Request) -> Answers:
        """What the device has of the request. Errors: `SnmpError`."""
        if not request:
            return Answers()
        place = target.address, target.port
        await self._turn(place)
        try:
            return await self._asked(target, request, self._pace(place))
        finally:
            self._busy.pop(place).set_result(None)

    async def probe(self, target: SnmpTarget) -> float:
        """Seconds one small question took, asked once. Errors: `SnmpError`."""
        place = target.address, target.port
        await self._turn(place)
        try:
            return await self._probed(target, self._pace(place))
        finally:
            self._busy.pop(place).set_result(None)

    def close(self) -> None:
        """Let every socket go."""
        for line in tuple(self._open):
            self._hang_up(line)

    async def _asked(self, target: SnmpTarget, request: Request, pace: Pace) -> Answers:
        line = await self._opened(target)
        met = False
        try:
            if target.version == "3":
                await self._meet(line, target, pace, target.retries)
                met = True
            asking = Asking(line, pace, target.retries, bulk=target.version != "1")
            return await asking.everything(request)
        except SnmpAuthError:
            return await self._with_other_keys(target, request, pace)
        except Silence as silence:
            if met:
                return await self._with_other_keys(target, request, pace)
            raise refusals.silent(target, silence.refused) from None
        except OSError as error:
            raise refusals.unreachable(target, error) from None
        finally:
            self._hang_up(line)

    async def _with_other_keys(self, target: SnmpTarget, request: Request, pace: Pace) -> Answers:
        if target.user is None or keys_of(target.user).other is None or pace.other_keys:
            pace.other_keys = False
            raise refusals.not_let_in(target)
        pace.other_keys = True
        return await self._asked(target, request, pace)

    async def _probed(self, target: SnmpTarget, pace: Pace) -> float:
        line = await self._opened(target)
        try:
            if target.version == "3":
                await self._meet(line, target, pace, 0)
            for last in (False, True):
                started = time.perf_counter()
                try:
                    await line.exchange(partial(line.sock.send_get, UPTIME), line.sock.recv_get)
                except SnmpAuthError:
                    if last:
                        raise
                else:
                    break
            return time.perf_counter() - started
        except SnmpAuthError:
            raise refusals.not_let_in(target) from None
        except (TimeoutError, Silence):
            raise refusals.silent(target, None) from None
        except OSError as error:
            raise refusals.unreachable(target, error) from None
        except (GufoError, ValueError, RuntimeError):
            return time.perf_counter() - started
        finally:
            self._hang_up(line)

    async def _meet(self, line: Line, target: SnmpTarget, pace: Pace, retries: int) -> None:
        """Learn the device's engine id and time, and become the user. Errors: `Silence`."""
        sock = cast("SnmpV3ClientSocket", line.sock)
        if target.user is None:
            raise refusals.not_let_in(target)
        for again in range(retries, -1, -1):
            try:
                await line.exchange(sock.send_refresh, sock.recv_refresh)
                break
            except (TimeoutError, GufoError, ValueError, RuntimeError) as error:
                if not again:
                    unread = None if isinstance(error, TimeoutError) else error
                    raise Silence(unread) from None
        keys = keys_of(target.user)
        sock.set_keys(*(keys.other if pace.other_keys and keys.other else keys.arguments))

    def _pace(self, place: _Place) -> Pace:
        pace = self._paces.get(place)
        if pace is None:
            if len(self._paces) >= _MOST_REMEMBERED:
                self._paces.clear()
            pace = self._paces[place] = Pace()
        return pace

    async def _turn(self, place: _Place) -> None:
        """Wait until nobody here asks this device, then be the one who does."""
        while (busy := self._busy.get(place)) is not None:
            await asyncio.shield(busy)
        self._busy[place] = asyncio.get_running_loop().create_future()

    async def _opened(self, target: SnmpTarget) -> Line:
        while len(self._open) >= self._room:
            if not self._told:
                self._told = True
                _log.warning("only %d devices are asked at once: ulimit -n", self._room)
            free = asyncio.get_running_loop().create_future()
            self._waiting.append(free)
            await free
        try:
            line = Line(_socket(target), target.timeout)
        except OSError as error:
            raise refusals.unreachable(target, error) from None
        self._open.add(line)
        return line

    def _hang_up(self, line: Line) -> None:
        if line not in self._open:
            return
        self._open.remove(line)
        line.close()
        while self._waiting:
            free = self._waiting.popleft()
            if not free.done():
                free.set_result(None)
                break


def _socket(
    target: SnmpTarget,
) -> SnmpV1ClientSocket | SnmpV2cClientSocket | SnmpV3ClientSocket:
    place = format_sock_addr(target.address, target.port)
    if target.version == "3":
        return SnmpV3ClientSocket(place, b"", "", 0, b"", 0, b"", 0, 0, 0, 0)
    community = target.community.get_secret_value() if target.community else ""
    kind = SnmpV1ClientSocket if target.version == "1" else SnmpV2cClientSocket
    return kind(place, community, 0, 0, 0, 0)
