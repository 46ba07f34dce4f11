"""The same work on many devices at once: Nornir hands them out, each on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import Any, TypeVar

from controller.connections.connect import connect
from controller.connections.session import DeviceSession
from controller.connections.target import Target
from controller.errors import DeviceError

T = TypeVar("T")


class Fleet:
    """Devices that are spoken to at the same time, at most `workers` of them."""

    def __init__(self, targets: Iterable[Target], workers: int) -> None:
        self._targets = {target.name: target for target in targets}
        self._workers = workers

    def each(
        self,
        task: Callable[[DeviceSession], T],
        secrets: Mapping[str, str],
        on_done: Callable[[str, T | DeviceError], None] | None = None,
    ) -> dict[str, T | DeviceError]:
        """What `task` gave for every device by name; a device's failure is its value.

        `on_done` is told of each device as it ends, one at a time. A device that does not answer
        holds up nobody but itself. Any other error than `DeviceError` ends the work with that error
        once every device has had its turn.
        """
        if not self._targets:
            return {}
        turn = Lock()

        def visit(target: Target) -> T | DeviceError:
            outcome: T | DeviceError
            try:
                with connect(target, secrets) as session:
                    outcome = task(session)
            except DeviceError as error:
                outcome = error
            if on_done is not None:
                with turn:
                    on_done(target.name, outcome)
            return outcome

        return self._run(visit)

    def _run(self, visit: Callable[[Target], T]) -> dict[str, T]:
        from nornir.core import Nornir
        from nornir.core.inventory import Host, Hosts, Inventory
        from nornir.core.task import Result, Task
        from nornir.plugins.runners import ThreadedRunner

        def on_host(task: Task, visit: Callable[[Target], Any]) -> Result:
            # The connection is the task's own, not one of Nornir's: those are closed, and their
            # failures told, only at the end of everything.
            return Result(host=task.host, result=visit(task.host.data["target"]))

        hosts = Hosts(
            {name: Host(name, data={"target": target}) for name, target in self._targets.items()}
        )
        workers = min(self._workers, len(self._targets))
        nornir = Nornir(Inventory(hosts), runner=ThreadedRunner(num_workers=workers))
        results: dict[str, T] = {}
        for name, answers in nornir.run(on_host, visit=visit).items():
            answer = answers[0]
            if answer.exception is not None:
                raise answer.exception
            results[name] = answer.result
        return results
