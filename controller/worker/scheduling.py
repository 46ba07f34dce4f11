"""What the office wants done by itself: looked for every few seconds, done beside other work."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait
from operator import is_
from typing import Any

from controller.accounts.actor import SCHEDULE
from controller.errors import KhaenError
from controller.operations.audit_changed import audit_changed
from controller.operations.audit_devices import Audit
from controller.operations.context import Context
from controller.operations.do_scheduled import do_scheduled
from controller.operations.fetch_wanted import fetch_wanted
from controller.operations.keep_schedule import keep_schedule
from controller.operations.start_booked import start_booked
from controller.store.bookings import Booking
from controller.store.schedule import Slot

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 5.0
_AT_ONCE = 4
_FETCHING, _JUDGING, _BOOKED = "backup on change", "audit on change", "booked cases"


class Scheduling:
    """Keeps the schedule from `start()` to `stop()`. One a process; `me` is its name alone."""

    def __init__(self, context: Context, me: str, every: float = _LOOK_SECONDS) -> None:
        self._context = context
        self._me = me
        self._every = every
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="khaen-schedule", daemon=True)
        self._at_work: dict[Future[Slot], Slot] = {}
        self._beside: dict[str, Future[Any]] = {}
        self._judged: tuple[object, ...] = ()
        self._said = ""

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Take nothing more, and return when what is in hand has ended."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        with ThreadPoolExecutor(_AT_ONCE + 3, "khaen-scheduled") as pool:
            while not self._stopped.is_set():
                self._look(pool)
                self._stopped.wait(self._every)
            while self._at_work or self._beside:
                # Until they have ended, others must go on hearing that somebody is at it.
                self._turn(pool, 0)
                wait((*self._at_work, *self._beside.values()), timeout=self._every)
                self._gather()

    def _look(self, pool: ThreadPoolExecutor) -> None:
        self._gather()
        self._turn(pool, _AT_ONCE - len(self._at_work))
        if _FETCHING not in self._beside:
            self._beside[_FETCHING] = pool.submit(fetch_wanted, self._context, SCHEDULE)
        if _BOOKED not in self._beside:
            self._beside[_BOOKED] = pool.submit(self._booked)
        if _JUDGING not in self._beside:
            self._beside[_JUDGING] = pool.submit(self._judge)

    def _turn(self, pool: ThreadPoolExecutor, room: int) -> None:
        """A database held by somebody else, a broken file: said once, tried again later."""
        try:
            self._take(pool, room)
            self._said = ""
        except KhaenError as error:
            if error.message.en != self._said:
                _log.warning("the schedule waits: %s", error.message.en)
            self._said = error.message.en

    def _take(self, pool: ThreadPoolExecutor, room: int) -> None:
        mine = tuple(self._at_work.values())
        turn = keep_schedule(self._context, SCHEDULE, self._me, mine, room=room)
        for slot in turn.lost:
            _log.warning("%s of %s was taken over by another process", slot.name, slot.slot)
        for slot in turn.taken:
            _log.info("%s: %s", slot.name, slot.task)
            self._at_work[pool.submit(do_scheduled, self._context, SCHEDULE, slot)] = slot

    def _booked(self) -> tuple[Booking, ...]:
        try:
            return start_booked(self._context, SCHEDULE)
        except KhaenError as error:
            _log.warning("booked cases wait: %s", error.message.en)
            return ()

    def _judge(self) -> Audit | None:
        """Audit what has changed, when a file of the workspace has or a backup was fetched."""
        try:
            # What is read of the files is another value as soon as one of them has changed.
            files = (self._context.rulebook(), self._context.inventory(), self._context.models())
            if len(files) == len(self._judged) and all(map(is_, files, self._judged)):
                return None
            self._judged = files
            return audit_changed(self._context, SCHEDULE)
        except KhaenError as error:
            # A file that is broken for a while; what is whole again is another value.
            _log.info("nothing is judged for now: %s", error.message.en)
            return None

    def _gather(self) -> None:
        for task in [task for task in self._at_work if task.done()]:
            self._ended(task, self._at_work.pop(task).name)
        for name in [name for name, task in self._beside.items() if task.done()]:
            self._ended(self._beside.pop(name), name)

    def _ended(self, task: Future[Any], name: str) -> None:
        error = task.exception()
        if error is not None:
            _log.error("%s broke down", name, exc_info=error)
            return
        came = task.result()
        if name == _FETCHING and came:
            self._judged = ()
        if isinstance(came, Slot) and came.state == "failed":
            _log.warning("%s failed: %s", name, came.content["words"]["en"])
