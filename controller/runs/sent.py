"""What the tasks of a playbook really sent, against what was approved of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from controller.plans.plan import TaskPlan
from controller.playbooks.predicting import DoesOf
from controller.playbooks.result import TaskResult

_QUIET = frozenset({"skipped", "unreachable"})


class Sent:
    """The results on one device as they come; each is held against the plan of its task.

    `redact` hides secrets as the plan hides them.
    """

    def __init__(
        self, planned: tuple[TaskPlan, ...], redact: Callable[[str], str], does_of: DoesOf
    ) -> None:
        self._planned: dict[tuple[str, str], list[TaskPlan]] = {}
        for task in planned:
            self._planned.setdefault((task.task, task.module), []).append(task)
        self._come: Counter[tuple[str, str]] = Counter()
        self._redact = redact
        self._does_of = does_of

    def stray(self, result: TaskResult) -> str:
        """What this task sent and nobody approved, in its own words; empty when all is well.

        Fewer lines than approved are none: what stood already is not sent again.
        """
        task = self._plan_of(result)
        does = self._does_of(result.task, result.module)
        if does == "reads" or (task is not None and task.effect == "not-predictable"):
            return ""
        lines = _lines(self._redact(result.lines))
        approved = _lines(task.lines) if task is not None else []
        if lines:
            return "" if _within(lines, approved) else f"{result.task}: {_first(lines, approved)}"
        # A module that tells what it sends has sent nothing.
        if result.status in _QUIET or does == "predicts":
            return ""
        if task is None or task.effect == "skipped":
            # Nobody was told that this would run at all.
            return f"{result.task} ({result.module})"
        return ""

    def _plan_of(self, result: TaskResult) -> TaskPlan | None:
        key = (result.task or result.module, result.module)
        place = self._come[key]
        self._come[key] += 1
        tasks = self._planned.get(key, [])
        return tasks[place] if place < len(tasks) else None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _within(lines: list[str], approved: list[str]) -> bool:
    """Whether these are approved lines, in their order, some perhaps left out."""
    rest = iter(approved)
    return all(line in rest for line in lines)


def _first(lines: list[str], approved: list[str]) -> str:
    unknown = [line for line in lines if line not in approved]
    return unknown[0] if unknown else "; ".join(lines)
