"""From what check mode told to what a playbook would do: nothing is guessed.

A task whose module cannot say beforehand what it would send is `not-predictable`, whatever it
claims; so is one that says it would change something and does not say what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from controller.errors import Text
from controller.platforms.text_rules import HIDDEN
from controller.playbooks.catalogue import Playbook
from controller.playbooks.modules import Does
from controller.playbooks.result import TaskResult

Effect = Literal["changes", "same", "reads", "skipped", "not-predictable"]
EFFECTS: dict[Effect, Text] = {
    "changes": Text(th="เปลี่ยน", en="changes"),
    "same": Text(th="ตรงอยู่แล้ว", en="as wanted already"),
    "reads": Text(th="อ่านอย่างเดียว", en="only reads"),
    "skipped": Text(th="ข้าม", en="skipped"),
    "not-predictable": Text(th="คาดการณ์ไม่ได้", en="not predictable"),
}
DoesOf = Callable[[str, str], Does]
"""What a task does, by its name and its module."""

CHECK_MODE_WORDS = (b"ansible_check_mode", b"ansible_run_tags", b"ansible_skip_tags")
"""What a playbook that behaves otherwise while it is looked at has to ask."""

_LEAST_SAID: tuple[Does, ...] = ("reads", "predicts", "runs")
# Saving what runs is no change of it, and check mode never does it.
_ONLY_SAVES = ("copy running-config startup-config", "write memory")


@dataclass(frozen=True)
class Told:
    """What one task would do on one device; `lines` as it would send them."""

    task: str
    module: str
    effect: Effect
    lines: str = ""


@dataclass(frozen=True)
class Foretold:
    """What the playbook would do on one device, in the order of its tasks.

    `failed` says which task did not get through check mode, and in what words; `unreachable` why
    Ansible did not get to the device. Both are empty when it went through.
    """

    tasks: tuple[Told, ...] = ()
    failed: str = ""
    unreachable: str = ""

    @property
    def changes(self) -> bool:
        """Whether anything would be changed, or might be."""
        return any(task.effect in ("changes", "not-predictable") for task in self.tasks)


def foretell(results: Iterable[TaskResult], does_of: DoesOf) -> dict[str, Foretold]:
    """Device -> what the playbook would do on it, from the results of check mode in their order."""
    by_device: dict[str, list[TaskResult]] = {}
    for result in results:
        by_device.setdefault(result.device, []).append(result)
    return {device: _of_device(told, does_of) for device, told in by_device.items()}


def effect_of(result: TaskResult, does: Does) -> Effect:
    """What a task that went through check mode would do."""
    if not result.predicted:
        return "not-predictable"
    if result.status == "skipped":
        return "skipped"
    if does == "reads":
        return "reads"
    if does == "runs":
        # Whatever it tells: it may do more than that.
        return "not-predictable"
    if result.lines.strip():
        return "changes"
    if result.status == "changed":
        return "same" if _only_saves(result) else "not-predictable"
    return "same"


def does_of(playbook: Playbook) -> DoesOf:
    """What the tasks of a playbook do, as its files tell; `runs` for one they do not tell of.

    Of tasks that are called the same, the one of which least can be said counts.
    """
    known: dict[tuple[str, str], Does] = {}
    for task in playbook.tasks:
        key = (task.called, task.module)
        told: Does = "reads" if task.only_reads else task.does
        known[key] = max(known.get(key, told), told, key=_LEAST_SAID.index)

    def does(task: str, module: str) -> Does:
        told = known.get((task or module, module))
        if told is None and HIDDEN in task:
            # A name that says `password` before another word was taken for a secret.
            start = task.partition(HIDDEN)[0]
            like = [d for (t, m), d in known.items() if m == module and t.startswith(start)]
            told = max(like, key=_LEAST_SAID.index, default=None)
        return told or "runs"

    return does


def asks_for_check_mode(path: str, content: bytes) -> str:
    """Where a file asks whether it is only being looked at, as `PATH:LINE`; empty if nowhere."""
    for number, line in enumerate(content.splitlines(), start=1):
        if any(word in line for word in CHECK_MODE_WORDS):
            return f"{path}:{number}"
    return ""


def _of_device(results: list[TaskResult], does_of: DoesOf) -> Foretold:
    tasks: list[Told] = []
    for result in results:
        if result.status == "unreachable":
            return Foretold(tuple(tasks), unreachable=result.answer or "unreachable")
        if result.status == "failed" and not result.ignored:
            words = " ".join(result.answer.split())
            return Foretold(tuple(tasks), failed=f"{result.task}: {words}"[:500])
        does = does_of(result.task, result.module)
        # A failure that does not count tells nothing of what success would do.
        effect = "not-predictable" if result.status == "failed" else effect_of(result, does)
        lines = result.lines.rstrip("\n") if effect in ("changes", "not-predictable") else ""
        tasks.append(Told(result.task or result.module, result.module, effect, lines))
    return Foretold(tuple(tasks))


def _only_saves(result: TaskResult) -> bool:
    return any(words in result.answer for words in _ONLY_SAVES)
