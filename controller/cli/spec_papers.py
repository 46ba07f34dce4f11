"""`khaen spec sheet | comparison-sheet`, `khaen tor`: the papers of a procurement."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from controller.cli import output, session
from controller.cli.form import unknown_format

Written = Literal["pdf", "docx"]
Counted = Literal["pdf", "docx", "xlsx"]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", help="Where to write it; else here, by its number")
]


def register(spec: typer.Typer, app: typer.Typer) -> None:
    """Add these commands to `khaen spec`, and `tor` to `khaen`."""
    spec.command()(sheet)
    spec.command("comparison-sheet")(comparison_sheet)
    app.command()(tor)


def sheet(
    number: Annotated[str, typer.Argument(help="Number of the case, 2569-2.4-0001")],
    wanted: Annotated[
        Counted | None, typer.Option("--format", help="pdf (the record), docx, or xlsx (prices)")
    ] = None,
    file: Out = None,
) -> None:
    """The specification as a sheet to sign; ร่าง on every page until it is approved."""
    kind = _kind(wanted, file, ("pdf", "docx", "xlsx"))
    _write(number, "sheet", kind, file)


def comparison_sheet(
    number: Annotated[str, typer.Argument(help="Number of the case, 2569-2.4-0001")],
    wanted: Annotated[
        Counted | None, typer.Option("--format", help="pdf (the record), docx, or xlsx (all of it)")
    ] = None,
    file: Out = None,
) -> None:
    """Every offer beside every clause, to sign; ร่าง on every page until it is concluded."""
    from controller.operations.print_comparison import print_comparison
    from controller.operations.print_specification import file_name

    kind = _kind(wanted, file, ("pdf", "docx", "xlsx"))
    with session.signed_in() as (context, actor):
        content = print_comparison(context, actor, number, kind)
    output.write_file(file or Path(file_name(number, "comparison", kind)), content)


def tor(
    number: Annotated[str, typer.Argument(help="Number of the case, 2569-2.4-0001")],
    wanted: Annotated[
        Written | None, typer.Option("--format", help="pdf (the record) or docx (to edit)")
    ] = None,
    file: Out = None,
) -> None:
    """The terms of reference under the ten headings of letter ว 159."""
    kind = _kind(wanted, file, ("pdf", "docx"))
    _write(number, "tor", kind, file)


def _kind(wanted: Counted | None, file: Path | None, known: tuple[Counted, ...]) -> Counted:
    """The format that was asked for, or that the name of the file says; PDF when nothing does."""
    if wanted is not None or file is None:
        return wanted or "pdf"
    named = next((one for one in known if file.suffix.lower() == f".{one}"), None)
    if named is None:
        raise unknown_format(file, known)
    return named


def _write(number: str, paper: Literal["sheet", "tor"], kind: Counted, file: Path | None) -> None:
    from controller.operations.print_specification import file_name, print_specification

    with session.signed_in() as (context, actor):
        content = print_specification(context, actor, number, paper, kind)
    output.write_file(file or Path(file_name(number, paper, kind)), content)
