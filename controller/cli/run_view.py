"""A run as it goes: a live table on a terminal, plain lines in a pipe, nothing with --json."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import typer

from controller.cli import output

if TYPE_CHECKING:
    from rich.live import Live
    from rich.table import Table

    from controller.operations.follow_run import Outcome
    from controller.operations.show_run_device import DeviceStory
    from controller.plans.outcome import RunDevice, State

_STYLES = {
    "waiting": "dim",
    "intended": "cyan",
    "pushed": "cyan",
    "verified": "cyan",
    "confirmed": "green",
    "drifted": "yellow",
    "refused": "yellow",
    "failed": "red",
    "rolled_back": "magenta",
    "unknown": "bold red",
}


def reason_in_words(reason: str) -> str:
    """The reason of an outcome in the person's language (kept as `Thai / English`)."""
    from controller.plans.outcome import reason_words

    return output.words(*reason_words(reason).both)


def state_counts(counts: Mapping[str, int]) -> str:
    """How many devices are in which state, in the order a device goes through them."""
    from controller.plans.outcome import STATE_WORDS

    words = ((output.words(*text.both), counts.get(state)) for state, text in STATE_WORDS.items())
    return ", ".join(f"{word} {number}" for word, number in words if number)


def state_in_words(state: State) -> str:
    """What people call the state of a device."""
    from controller.plans.outcome import STATE_WORDS

    return output.words(*STATE_WORDS[state].both)


class RunView:
    """Shows each change of a device; the newest state of every device on a terminal."""

    def __init__(self, as_json: bool) -> None:
        self._quiet = as_json
        self._devices: dict[str, RunDevice] = {}
        self._live: Live | None = None

    def __enter__(self) -> Self:
        if not self._quiet and sys.stdout.isatty():
            from rich.live import Live

            self._live = Live(self._table(), refresh_per_second=8, vertical_overflow="crop")
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live:
            self._live.update(self._table(), refresh=True)
            self._live.stop()

    def show(self, device: RunDevice) -> None:
        """Take one change in."""
        known = self._devices.get(device.device)
        self._devices[device.device] = device
        if self._live:
            self._live.update(self._table())
        elif not self._quiet and (known is None or known.state != device.state):
            typer.echo(self._line(device))

    def _line(self, device: RunDevice) -> str:
        state = state_in_words(device.state)
        words = f"{device.device}\t{state}\t{reason_in_words(device.reason)}"
        return words.rstrip()

    def _table(self) -> Table:
        from rich import box
        from rich.table import Table
        from rich.text import Text

        drawn = Table(
            output.words("ชุด", "batch"),
            output.words("อุปกรณ์", "device"),
            output.words("สถานะ", "state"),
            output.words("เหตุ", "reason"),
            box=box.SIMPLE_HEAD,
            pad_edge=False,
            title=self._summary(),
        )
        for device in self._worth_a_row():
            state = state_in_words(device.state)
            drawn.add_row(
                str(device.batch),
                device.device,
                Text(state, style=_STYLES[device.state]),
                Text(reason_in_words(device.reason)),
            )
        return drawn

    def _worth_a_row(self) -> list[RunDevice]:
        """Every device when they fit on the screen, else those in work and those gone wrong."""
        from shutil import get_terminal_size

        rows = sorted(self._devices.values(), key=lambda d: (d.batch, d.device))
        space = max(5, get_terminal_size().lines - 6)
        if len(rows) <= space:
            return rows
        lively = [d for d in rows if d.state not in ("waiting", "confirmed")]
        return (lively + [d for d in rows if d not in lively])[:space]

    def _summary(self) -> str:
        counts: dict[str, int] = {}
        for device in self._devices.values():
            counts[device.state] = counts.get(device.state, 0) + 1
        return state_counts(counts)


def run_json(outcome: Outcome) -> dict[str, Any]:
    """A run's outcome for programs."""
    return {
        **outcome.run.model_dump(mode="json"),
        "good": outcome.good,
        "counts": outcome.counts,
        "devices": [
            d.model_dump(mode="json", exclude={"run", "evidence"}) for d in outcome.devices
        ],
    }


def show_outcome(outcome: Outcome, as_json: bool) -> None:
    """Print a run with every device."""
    if as_json:
        return output.emit_json(run_json(outcome))
    typer.echo(f"{outcome.run.id}  [{state_counts(outcome.counts)}]")
    rows = [(d.device, state_in_words(d.state), reason_in_words(d.reason)) for d in outcome.devices]
    return output.table(("อุปกรณ์ / device", "สถานะ / state", "เหตุ / reason"), rows)


def show_story(story: DeviceStory, as_json: bool) -> None:
    """Print what a run did to one device: the reason, each check, the device's last words."""
    from controller.playbooks.result import STATUSES

    if as_json:
        return output.emit_json(
            {
                **story.device.model_dump(mode="json", exclude={"evidence"}),
                "code": story.code,
                "checks": [
                    {"check": c.check, "passed": c.passed, "th": c.found.th, "en": c.found.en}
                    for c in story.checks
                ],
                "said": list(story.said),
                "tasks": [
                    {
                        "task": one.task,
                        "module": one.module,
                        "status": one.status,
                        "lines": one.lines,
                        "answer": one.answer,
                    }
                    for one in story.tasks
                ],
                "diff": story.planned.diff,
            }
        )
    device = story.device
    typer.echo(f"{device.device}  [{state_in_words(device.state)}]")
    if device.reason:
        typer.echo(f"  {reason_in_words(device.reason)}")
    for check in story.checks:
        mark = "✓" if check.passed else "✗"
        typer.echo(f"  {mark} {check.check}: {output.words(*check.found.both)}")
    for one in story.tasks:
        typer.echo(f"  {one.task}: {output.words(*STATUSES[one.status].both)}")
    for line in story.said:
        typer.echo(f"  > {line}")
    return output.show_diff(story.planned.diff)
