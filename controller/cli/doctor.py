"""`khaen doctor`: everything an installation needs, how it stands, and what to do."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from controller.cli import output
from controller.cli.output import Json
from controller.errors import InputError

if TYPE_CHECKING:
    from controller.operations.doctor.check import Check

_SIGNS = {"ok": "✓", "warn": "!", "fail": "✗", "unknown": "?"}
_COLOURS = {"ok": "32", "warn": "33", "fail": "31", "unknown": "35"}
NOT_WELL = 1


def register(app: typer.Typer) -> None:
    """Add this command to `khaen`."""
    app.command("doctor")(doctor)


def doctor(
    devices: Annotated[
        int, typer.Option(min=0, help="Also ask so many devices over the network")
    ] = 0,
    as_json: Json = False,
) -> None:
    """Look at everything an installation needs and say what to do; changes nothing."""
    from controller.app import look_at
    from controller.operations.diagnose_installation import diagnose_installation

    checks = []
    with look_at(output.folder()) as installation:
        with suppress(InputError):  # broken settings are one of the checks
            output.configure(installation.settings().language)
        for check in diagnose_installation(installation, devices):
            checks.append(check)
            if not as_json:
                _show(check)
    bad = [c for c in checks if c.state in ("fail", "unknown")]
    if as_json:
        output.emit_json({"ok": not bad, "checks": [_as_json(c) for c in checks]})
    else:
        _summed_up(checks)
    if bad:
        raise typer.Exit(NOT_WELL)


def _show(check: Check) -> None:
    sign = _SIGNS[check.state]
    if sys.stdout.isatty():
        sign = f"\x1b[{_COLOURS[check.state]}m{sign}\x1b[0m"
    title, found = (output.words(*text.both) for text in (check.title, check.found))
    sys.stdout.write(f"{sign} {title}: {found}\n")
    if check.todo and check.state != "ok":
        sys.stdout.write(f"    → {output.words(*check.todo.both)}\n")
    sys.stdout.flush()


def _summed_up(checks: list[Check]) -> None:
    counts = {state: sum(c.state == state for c in checks) for state in _SIGNS}
    output.say(
        f"ปกติ {counts['ok']} ควรดู {counts['warn']} ใช้ไม่ได้ {counts['fail']} "
        f"ไม่ทราบ {counts['unknown']}",
        f"{counts['ok']} well, {counts['warn']} to look at, {counts['fail']} failing, "
        f"{counts['unknown']} unknown",
    )


def _as_json(check: Check) -> dict[str, object]:
    todo = None if check.todo is None else {"th": check.todo.th, "en": check.todo.en}
    return {
        "name": check.name,
        "state": check.state,
        "title": {"th": check.title.th, "en": check.title.en},
        "found": {"th": check.found.th, "en": check.found.en},
        "todo": todo,
    }
