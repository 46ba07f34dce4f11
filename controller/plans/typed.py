"""What the tasks of a playbook would type on a device, as a difference that can be read.

The difference of a device in such a plan is the typed lines in their order, each with a `+` before
its margin; `no X` takes X away.
"""

from __future__ import annotations

from collections.abc import Iterable

from controller.configuration.edits import Edit
from controller.configuration.rows import rows_of
from controller.configuration.typed import nested
from controller.plans.difference import Difference
from controller.plans.plan import TaskPlan
from controller.platforms.grammar import Grammar
from controller.platforms.text_rules import HIDDEN

_SIGN = "+"


def typed_by(tasks: Iterable[TaskPlan], grammar: Grammar) -> str:
    """The difference these tasks make: their lines under their sections, one task after another."""
    texts = (nested(task.lines, grammar) for task in tasks if task.lines)
    return "\n".join(_SIGN + line for text in texts for line in text.rstrip("\n").split("\n"))


def plain_text(diff: str) -> str:
    """The typed lines without their signs."""
    return "".join(f"{line[1:]}\n" for line in diff.split("\n") if line.startswith(_SIGN))


def read_typed(diff: str, grammar: Grammar) -> Difference:
    """The edits of such a difference; none for a playbook that types nothing."""
    text = plain_text(diff)
    rows = rows_of(text, grammar)
    edits: list[Edit] = []
    around: list[tuple[int, str]] = []
    for place, (_, margin, line) in enumerate(rows):
        while around and around[-1][0] >= margin:
            around.pop()
        path = tuple(section for _, section in around)
        around.append((margin, line))
        following = rows[place + 1][1] if place + 1 < len(rows) else 0
        if following > margin:
            continue
        if line.startswith("no "):
            edits.append(Edit("-", path, line[3:].strip()))
        else:
            edits.append(Edit("+", path, line))
    signed = all(line.startswith(_SIGN) for line in diff.split("\n") if line)
    return Difference(tuple(edits), readable=signed)


def lasting_text(diff: str, grammar: Grammar) -> str:
    """The typed lines that have the last word in their section, as a configuration to be merged.

    For asking a device whether they stand. A line with a hidden secret and one that puts a default
    back are left out: nobody can say how they must look.
    """
    last: dict[tuple[tuple[str, ...], str], str] = {}
    for edit in read_typed(diff, grammar).edits:
        if HIDDEN in edit.line or edit.line.startswith("default "):
            continue
        key = (edit.path, edit.line)
        last.pop(key, None)
        last[key] = edit.line if edit.sign == "+" else f"no {edit.line}"
    made: list[str] = []
    above: tuple[str, ...] = ()
    for (path, _), line in last.items():
        for depth, section in enumerate(path):
            if above[: depth + 1] != path[: depth + 1]:
                made.append(" " * depth + section)
        above = path
        made.append(" " * len(path) + line)
    return "".join(f"{line}\n" for line in made)
