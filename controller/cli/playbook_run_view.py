"""A run of a playbook as the command line shows it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from controller.cli import output
from controller.cli.output import words

if TYPE_CHECKING:
    from controller.operations.list_playbook_runs import PlaybookProgress
    from controller.operations.show_playbook_run import PlaybookRunView
    from controller.playbooks.result import TaskResult
    from controller.playbooks.running import PlaybookRecord

_COLOURS = {"ok": "32", "changed": "33", "skipped": "2", "failed": "31", "unreachable": "31"}
_LINES = 6
"""Lines of an answer shown while a run goes on; the whole is in `khaen playbook result`."""


def begun_line(record: PlaybookRecord) -> None:
    """Say which run has begun, so that it can be followed and stopped from elsewhere."""
    output.note(f"การรัน {record.id}", f"run {record.id}")


def result_lines(one: TaskResult, most: int = _LINES) -> Iterator[str]:
    """One result: device, state, task, and what it said where somebody should look."""
    yield f"{one.device}\t{_state(one)}\t{one.task}"
    telling = one.status in ("failed", "unreachable", "changed")
    said = [*one.lines.splitlines(), *(one.answer.splitlines() if telling else ())]
    for line in said[:most]:
        yield f"    {line}"
    if len(said) > most:
        yield "    …"


def tally(counts: Mapping[Any, int]) -> str:
    """How many devices are in which state."""
    from controller.playbooks.running import DEVICE_STATES

    told = ((words(*text.both), counts.get(state, 0)) for state, text in DEVICE_STATES.items())
    return ", ".join(f"{word} {number}" for word, number in told if number)


def show_end(found: PlaybookRunView) -> None:
    """Print how it ended, with each device that is not well."""
    from controller.playbooks.running import DEVICE_STATES, PLAYBOOK_STATES

    state = words(*PLAYBOOK_STATES[found.record.state].both)
    typer.echo(f"{found.record.id}  {state}: {tally(found.counts)}")
    _note(found)
    wrong = [one for one in found.shown if one.state in ("failed", "unreachable")]
    for one in wrong:
        typer.echo(f"  {one.device}\t{words(*DEVICE_STATES[one.state].both)}")


def show_whole(found: PlaybookRunView, device: str) -> None:
    """Print a run with every device and result; of one device all that was said."""
    from controller.playbooks.running import DEVICE_STATES, PLAYBOOK_STATES

    record = found.record
    state = words(*PLAYBOOK_STATES[record.state].both)
    typer.echo(f"{record.id}  {state}: {tally(found.counts)}")
    output.say(f"  เลือก {record.selector} โดย {record.by}", f"  {record.selector}, by {record.by}")
    for name, value in record.parameters:
        typer.echo(f"  {name}={','.join(value) if isinstance(value, tuple) else value}")
    _note(found)
    if not device:
        output.table(
            (words("อุปกรณ์", "device"), words("สถานะ", "state")),
            [(one.device, words(*DEVICE_STATES[one.state].both)) for one in found.shown],
        )
    for one in found.results:
        if not device:
            for line in result_lines(one):
                typer.echo(line)
            continue
        typer.echo(f"{_state(one)}\t{one.task}")
        for line in (*one.lines.splitlines(), *one.answer.splitlines()):
            typer.echo(f"    {line}")


def run_json(found: PlaybookProgress) -> dict[str, Any]:
    """A run for programs: with its devices and results where they were asked for."""
    told: dict[str, Any] = {
        **found.record.model_dump(mode="json"),
        "good": found.good,
        "counts": found.counts,
    }
    shown = getattr(found, "shown", None)
    if shown is None:
        return told
    told["devices"] = [one.model_dump(mode="json") for one in shown]
    told["results"] = [asdict(one) for one in getattr(found, "results", ())]
    return told


def _note(found: PlaybookRunView) -> None:
    record = found.record
    if record.note_th:
        typer.echo(f"  {words(record.note_th, record.note_en)}")


def _state(one: TaskResult) -> str:
    from controller.playbooks.result import STATUSES

    word = words(*STATUSES[one.status].both)
    if one.ignored:
        word += words(" (ไม่นับ)", " (ignored)")
    if not sys.stdout.isatty():
        return word
    return f"\x1b[{_COLOURS[one.status]}m{word}\x1b[0m"
