"""What every command that moves a case prints at its end; light, so that `khaen` starts quickly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controller.cli import output

if TYPE_CHECKING:
    from controller.operations.context import Context
    from controller.processes.case import Case


def show_moved(context: Context, moved: Case, as_json: bool) -> None:
    """Print a case after a command has moved it or asked for it."""
    from controller.cli.case_view import case_json, show_case_view

    if as_json:
        return output.emit_json(case_json(moved))
    return show_case_view(moved, context.office(), context.clock())
