"""`khaen report`: papers of the whole office: the evaluation of process 2.8, compliance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from controller.cli import output, session
from controller.cli.form import unknown_format
from controller.cli.output import Json

report = typer.Typer(help="Reports of the whole office (รายงาน).", no_args_is_help=True)
Year = Annotated[
    int | None,
    typer.Option("--year", help="Fiscal year (B.E.): 2569 is 1 Oct 2025 - 30 Sep 2026"),
]
First = Annotated[str, typer.Option("--from", help="Or the first day, 2026-01-01")]
Last = Annotated[str, typer.Option("--to", help="and the last day, 2026-06-30")]
Paper = Literal["pdf", "docx", "xlsx"]
Kind = Literal["yaml", "pdf", "docx"]


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.add_typer(report, name="report")


@report.command()
def evaluation(
    year: Year = None,
    first: First = "",
    last: Last = "",
    wanted: Annotated[
        Paper | None, typer.Option("--format", help="Write the report: pdf, docx or xlsx")
    ] = None,
    file: Annotated[Path | None, typer.Option("--out", "-o", help="Where to write it")] = None,
    case: Annotated[
        str | None, typer.Option("--case", help="Attach the report to this case of process 2.8")
    ] = None,
    as_json: Json = False,
) -> None:
    """The year's evaluation from measurements; the last whole fiscal year without --year."""
    from controller.cli.evaluation_view import evaluation_json, show_evaluation
    from controller.operations import report_evaluation as reports

    kind: Paper | None = wanted
    if file is not None and kind is None:
        kind = next((f for f in reports.FORMATS if file.suffix.lower() == f".{f}"), None)
        if kind is None:
            raise unknown_format(file, reports.FORMATS)
    with session.signed_in() as (context, actor):
        period = reports.asked_period(context, year, first, last)
        if case is not None:
            reports.attach_evaluation(context, actor, case, period, kind or "pdf")
            name = reports.file_name(period, kind or "pdf")
            output.note(f"แนบ {name} กับเรื่อง {case} แล้ว", f"attached {name} to case {case}")
            if file is None:
                return None
        found = reports.report_evaluation(context, actor, period)
        if kind is not None:
            content = reports.drawn(context, actor, found, kind)
            place = file or Path(reports.file_name(period, kind))
            output.write_file(place, content, told=not as_json)
    if as_json:
        return output.emit_json(evaluation_json(found))
    return None if kind is not None else show_evaluation(found)


@report.command()
def compliance(
    site: Annotated[
        str | None, typer.Option("--site", help="Of one school, on one page; else the whole office")
    ] = None,
    wanted: Annotated[
        Paper | None, typer.Option("--format", help="Write the report: pdf, docx or xlsx")
    ] = None,
    file: Annotated[Path | None, typer.Option("--out", "-o", help="Where to write it")] = None,
) -> None:
    """What the rules found, for the director, with a page for each school; PDF unless told."""
    from controller.operations import report_compliance as reports

    kind: Paper = wanted or "pdf"
    if file is not None and wanted is None:
        named = next((f for f in reports.FORMATS if file.suffix.lower() == f".{f}"), None)
        if named is None:
            raise unknown_format(file, reports.FORMATS)
        kind = named
    with session.signed_in() as (context, actor):
        content = reports.print_compliance(context, actor, kind, site)
    output.write_file(file or Path(reports.file_name(kind, site)), content)


@report.command("form")
def form_(
    slug: Annotated[str, typer.Argument(help="network_evaluation or evaluation_report")],
    site: Annotated[str, typer.Option("--site", help="The school, for network_evaluation")] = "",
    year: Year = None,
    first: First = "",
    last: Last = "",
    file: Annotated[
        Path | None, typer.Option("--out", "-o", help="FILE.yaml, FILE.pdf or FILE.docx")
    ] = None,
) -> None:
    """A form of process 2.8 with what was measured filled in; the rest is for people."""
    from controller.operations import draft_evaluation_form as drafts
    from controller.operations.report_evaluation import asked_period

    kind: Kind = "yaml"
    if file is not None:
        named = next((f for f in drafts.FORMATS if file.suffix.lower() == f".{f}"), None)
        if named is None:
            raise unknown_format(file, drafts.FORMATS)
        kind = named
    with session.signed_in() as (context, actor):
        period = asked_period(context, year, first, last)
        draft = drafts.draft_evaluation_form(context, actor, slug, period, site)
        content = drafts.write_draft(context, actor, draft, kind)
    if file is None:
        return typer.echo(content.decode(), nl=False)
    return output.write_file(file, content)
