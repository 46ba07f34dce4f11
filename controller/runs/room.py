"""Waiting until one more device may be in work, when the office limits how many across workers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping

from controller.plans.outcome import RunDevice
from controller.runs.durable import LeftOpen
from controller.runs.environment import RunEnvironment
from controller.store.engine import Connection
from controller.store.limits import has_room


class NoRoom(LeftOpen):
    """The wait was given up: the device is untouched and waits as before."""


def _never() -> bool:
    return False


class Room:
    """The limits of the queue `runs`, as one run sees them."""

    def __init__(self, environment: RunEnvironment, given_up: Callable[[], bool] = _never) -> None:
        """`given_up`: whether waiting has no sense any more, as the run stops or is left."""
        self._environment = environment
        self._given_up = given_up

    def is_there(self, conn: Connection, device: str, site: str) -> bool:
        """Whether the device may be begun, asked in the transaction that would begin it."""
        limits = self._environment.limits()
        now = self._environment.clock()
        return not limits.any() or has_room(conn, device, site, limits, now)

    def wait(self) -> None:
        """Wait a little before asking again. Errors: `NoRoom` when the wait is given up."""
        if self._given_up():
            raise NoRoom("there was no room until the run stopped or was left")
        time.sleep(self._environment.patience.watch)

    def in_turn(self, rows: Iterable[RunDevice], sites: Mapping[str, str]) -> Iterator[RunDevice]:
        """Every row, each as late as possible: those of a site with room go before the others.

        Canaries (batch 0) stay in front. A look only: whether there is room says `is_there`.
        """
        left = list(rows)
        while left:
            row = left[0]
            if row.batch and self._environment.limits().site_at_once is not None:
                row = self._first_with_room(left, sites) or row
            left.remove(row)
            yield row

    def _first_with_room(self, rows: list[RunDevice], sites: Mapping[str, str]) -> RunDevice | None:
        full: set[str] = set()
        with self._environment.store.read() as conn:
            for row in rows:
                site = sites[row.device]
                if site in full:
                    continue
                if self.is_there(conn, row.device, site):
                    return row
                full.add(site)
        return None
