"""From what ansible-runner tells of a task to a `TaskResult`, secrets removed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from difflib import unified_diff
from typing import Any

from controller.connections.hiding import Hiding
from controller.playbooks.result import Status, TaskResult

LONGEST = 200_000
"""Letters of an answer that are kept; a whole configuration is shorter."""
_NO_CHECK_MODE = (
    "does not support check mode",
    "only show commands are supported",
    "command would have run",
)
# What modules warn of whenever they are used.
_NOISE = ("To ensure idempotency and correct diff", "Task result `warnings` was")
_STATUSES: dict[str, Status] = {
    "runner_on_failed": "failed",
    "runner_on_unreachable": "unreachable",
    "runner_on_skipped": "skipped",
}
# What Ansible writes around an answer, and what stands elsewhere in a result.
_AROUND = frozenset(
    {
        "changed", "failed", "commands", "updates", "diff", "invocation", "warnings",
        "deprecations", "skip_reason", "stderr",
        "ansible_facts", "stdout_lines", "results", "msg", "stdout", "exception", "skipped",
        "failed_when_result", "unreachable", "module_stderr", "module_stdout", "rc", "session",
        "banners", "censored", "before", "after",
    }
)  # fmt: skip


def task_result(told: Mapping[str, Any], number: int, hiding: Hiding, *, check: bool) -> TaskResult:
    """The result of one task on one device, of an event of the child."""
    result = _result(told)
    parts: list[Mapping[str, Any]] = [
        p for p in result.get("results") or [] if isinstance(p, dict)
    ] or [result]
    ended = told.get("end")
    return TaskResult(
        number=number,
        device=str(told["host"]),
        task=hiding.hide(str(told.get("task") or told.get("task_action") or "")),
        module=str(told.get("resolved_action") or told.get("task_action") or ""),
        status=_STATUSES.get(str(told["event"])) or ("changed" if result.get("changed") else "ok"),
        lines=hiding.hide(_joined(_lines(part) for part in parts)),
        answer=hiding.hide(_joined([_answer(result, parts)])[:LONGEST]),
        ignored=bool(told.get("ignore_errors")),
        predicted=not check or not any(_is_unpredicted(part) for part in (result, *parts)),
        at=datetime.fromisoformat(ended) if isinstance(ended, str) else None,
        seconds=float(told.get("duration") or 0.0),
    )


def _result(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """The result; that of a skipped task is what our callback printed."""
    found = told.get("res")
    if isinstance(found, dict):
        return found
    for line in str(told.get("stdout", "")).splitlines():
        with suppress(ValueError):
            printed = json.loads(line)
            if isinstance(printed, dict):
                return printed
    return {}


def _lines(part: Mapping[str, Any]) -> str:
    """What was sent or would be: commands where the module tells them, else its difference."""
    for name in ("commands", "updates"):
        told = part.get(name)
        if told:
            return _text(told)
    if not part.get("changed"):
        return ""
    differences = part.get("diff") or []
    if isinstance(differences, dict):
        differences = [differences]
    return _joined(_difference(each) for each in differences if isinstance(each, dict))


def _difference(told: Mapping[str, Any]) -> str:
    if told.get("prepared"):
        return str(told["prepared"]).rstrip()
    before, after = (_text(told.get(side, "")).splitlines() for side in ("before", "after"))
    return "\n".join(list(unified_diff(before, after, lineterm=""))[2:])


def _answer(result: Mapping[str, Any], parts: Iterable[Mapping[str, Any]]) -> str:
    """What the task says otherwise: its message, what devices answered, what it found out."""
    told: list[str] = []
    for part in (result,) if result.get("censored") or result.get("msg") else parts:
        said = [part.get(name) for name in ("censored", "msg", "skip_reason", "stdout", "stderr")]
        told += [_text(each) for each in said if each]
        told += [each for each in _warnings(part) if not each.startswith(_NOISE)]
        found = {k: v for k, v in part.items() if k not in _AROUND and not k.startswith("_ansible")}
        for more in (part.get("ansible_facts"), {k: v for k, v in found.items() if v}):
            told += [_text(more)] if more and not part.get("msg") else []
    return _joined(dict.fromkeys(told))


def _is_unpredicted(part: Mapping[str, Any]) -> bool:
    said = [str(part.get("msg", "")), *_warnings(part)]
    return any(words in each.lower() for each in said for words in _NO_CHECK_MODE)


def _warnings(part: Mapping[str, Any]) -> list[str]:
    return [_text(each) for each in part.get("warnings") or []]


def _text(told: Any) -> str:
    if isinstance(told, str):
        return told
    if isinstance(told, (list, tuple)):
        return "\n".join(_text(each) for each in told)
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True, default=str)


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(text.rstrip() for text in texts if text and text.strip())
