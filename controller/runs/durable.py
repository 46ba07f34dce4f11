"""The durable engine (DBOS) behind one small interface: a workflow per run, a step per device.

The engine keeps which steps of a run are done, so that a killed process's run goes on in another
one. What a device went through, who holds it and whose run it is are rows of our own store; of the
engine we need only "begin", "go on here" and "this step is done".
"""

from __future__ import annotations

import contextvars
import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

from controller.store.locks import Fenced

if TYPE_CHECKING:
    from dbos import StepReservation

# Raised on purpose only: with DBOS's own default, a hash of the source, every upgrade would leave
# the pending runs waiting for the old program for ever.
VERSION = "khaen-runs-1"
NAME = "khaen-runs"
SCHEMA = "khaen_runs"
POOL = 20
_LOOKS = 200
_OVER = frozenset({"SUCCESS", "ERROR"})

Answer = dict[str, Any]


class LeftOpen(BaseException):
    """Ends a step or a run without a record of it, so that it can be gone on with.

    Not an `Exception`: the engine would write an exception down as the outcome, and a run with an
    outcome is never taken over.
    """


class TakenOver(LeftOpen):
    """The run goes on in another process; this one has lost it."""


class Slot:
    """The place of one step in a run, drawn before anything starts so that replays agree."""

    def __init__(self, reservation: StepReservation) -> None:
        self._reservation = reservation
        self._context = contextvars.copy_context()

    def run(self, function: Callable[..., Answer], *arguments: Any) -> Answer:
        """The answer of `function`, from the record when this step was done before.

        From any thread, once. Errors: `LeftOpen`, with the cause; nothing is recorded then.
        """

        def step() -> Answer:
            return _unrecorded(function, arguments)

        return self._context.run(lambda: self._reservation.run({"name": "device"}, step))


Work = Callable[[str, Callable[[int], list[Slot]]], Answer]


def _unrecorded(function: Callable[..., Answer], arguments: tuple[Any, ...]) -> Answer:
    try:
        return function(*arguments)
    except LeftOpen:
        raise
    except BaseException as error:
        raise _kind_of(error)(str(error)) from error


def _kind_of(error: BaseException) -> type[LeftOpen]:
    from dbos import error as engine

    lost = isinstance(error, (Fenced, engine.DBOSWorkflowConflictIDError))
    return TakenOver if lost else LeftOpen


class _Connection(sqlite3.Connection):
    """SQLite as our own store has it: readers do not wait for a writer, few disk flushes."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.execute("PRAGMA journal_mode=WAL").close()
        # After a power cut the last steps may be missing: their devices are then found final in
        # our own rows and are not touched.
        self.execute("PRAGMA synchronous=NORMAL").close()


class Durable:
    """This process's place in the durable engine. One per process at a time."""

    def __init__(self, url: str, executor: str, work: Work) -> None:
        """Launch. `url`: an own SQLite file or a PostgreSQL server. `executor`: a unique id."""
        from dbos import DBOS

        self._dbos = DBOS
        self._queue = _queue_of(executor)
        self._work = work
        self._ends: dict[str, Future[Answer]] = {}
        self._guard = threading.Lock()
        _occupy(self)
        _silence()
        DBOS(config=_config(url, executor))
        self._workflow = _registered()
        DBOS.listen_queues([self._queue])
        DBOS.launch()
        DBOS.register_queue(self._queue, polling_interval_sec=0.2)

    def begin(self, run: str) -> None:
        """Begin a run here; a run begun before, anywhere, is left as it is."""
        from dbos import SetWorkflowID

        self._expect(run)
        with SetWorkflowID(run):
            self._dbos.start_workflow(self._workflow, run)

    def go_on(self, run: str) -> None:
        """Go on here with a run whose executor is dead; it starts within about a second.

        The caller makes sure, in our own store, that only one process does this.
        """
        status = self._dbos.get_workflow_status(run)
        if status is not None and status.status in _OVER:
            # Only when our store was put back to an earlier day than the engine's file.
            self._dbos.delete_workflow(run)
            status = None
        if status is None:
            self.begin(run)
            return
        self._expect(run)
        self._dbos.resume_workflow(run, queue_name=self._queue)

    def forget(self, executor: str) -> None:
        """Clear away the queue of a dead executor, once its runs were gone on with."""
        self._dbos.delete_queue(_queue_of(executor))

    def in_hand(self) -> tuple[str, ...]:
        """The runs this process has begun or gone on with and that have not ended here."""
        with self._guard:
            return tuple(run for run, end in self._ends.items() if not end.done())

    def ended_here(self, run: str) -> bool:
        """Whether the run was in hand and has ended here, with or without an outcome."""
        with self._guard:
            end = self._ends.get(run)
        return end is not None and end.done()

    def wait(self, run: str, timeout: float | None = None) -> bool:
        """Wait until a run that was in hand ends here. Returns whether it did.

        Errors: `LeftOpen`, whose cause is what ended it without an outcome.
        """
        with self._guard:
            end = self._ends[run]
        try:
            end.result(timeout)
        except TimeoutError:
            return False
        return True

    def close(self) -> None:
        """Leave the engine. The caller has let every run in hand end before.

        What the engine knows of runs that ended well is deleted: our own rows say it all.
        """
        for run, end in self._ends.items():
            if end.done() and end.exception() is None and self._is_over(run):
                self._dbos.delete_workflow(run)
        self._dbos.delete_queue(self._queue)
        self._dbos.destroy()
        _here.remove(self)

    def _is_over(self, run: str) -> bool:
        """Whether the engine has written the outcome down, which it does just after the work."""
        for _ in range(_LOOKS):
            status = self._dbos.get_workflow_status(run)
            if status is None or status.status in _OVER:
                return status is not None
            time.sleep(0.01)
        return False

    def carry_out(self, run: str) -> Answer:
        """The workflow's body; called by the engine."""
        end = self._ends[run]
        try:
            answer = _unrecorded(self._work, (run, self._slots))
        except LeftOpen as left:
            end.set_exception(left)
            raise
        end.set_result(answer)
        return answer

    def _slots(self, count: int) -> list[Slot]:
        return [Slot(self._dbos.reserve_step()) for _ in range(count)]

    def _expect(self, run: str) -> None:
        with self._guard:
            self._ends[run] = Future()


def _queue_of(executor: str) -> str:
    return f"khaen-{executor}"


_here: list[Durable] = []
_body: list[Callable[[str], Answer]] = []


def _occupy(durable: Durable) -> None:
    if _here:
        raise RuntimeError("the durable engine is already open in this process")
    _here.append(durable)


def _registered() -> Callable[[str], Answer]:
    """The one workflow of this program; the engine keeps a single registry per process."""
    from dbos import DBOS

    if not _body:

        @DBOS.workflow(name="run", max_recovery_attempts=None)
        def run(run_id: str) -> Answer:
            return _here[0].carry_out(run_id)

        _body.append(run)
    return _body[0]


def _config(url: str, executor: str) -> Any:
    from dbos import DBOSPortableJSONSerializer

    config: dict[str, Any] = {
        "name": NAME,
        "system_database_url": url,
        "dbos_system_schema": SCHEMA,
        "application_version": VERSION,
        "executor_id": executor,
        # Its default is pickle.
        "serializer": DBOSPortableJSONSerializer(),
        "enable_otlp": False,
        "log_level": "CRITICAL",
        "sys_db_pool_size": POOL,
        "notification_listener_polling_interval_sec": 0.05,
    }
    if url.startswith("sqlite"):
        _private_file(url)
        config["db_engine_kwargs"] = {
            "connect_args": {"factory": _Connection},
            "pool_pre_ping": False,
        }
    return config


def _private_file(url: str) -> None:
    path = Path(url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)


def _silence() -> None:
    """Keep the engine's words off the console: every outcome that matters is in our own rows."""
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    logger.propagate = False
