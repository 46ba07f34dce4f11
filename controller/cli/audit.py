"""`khaen audit`: judge the devices by the rules, and look at what was found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import controller
from controller.cli import audit_view, output, session
from controller.cli.output import Json

if TYPE_CHECKING:
    from controller.accounts.actor import Actor
    from controller.operations.audit_devices import Audit
    from controller.operations.context import Context

audit = typer.Typer(help="Devices judged by the rules of compliance/ (การตรวจตามเกณฑ์).")
FOUND_WRONG = 1
Device = Annotated[str, typer.Argument(help="Name of the device")]


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.add_typer(audit, name="audit")


@audit.callback(invoke_without_command=True)
def run(
    context: typer.Context,
    select: Annotated[str, typer.Option("--select", "-s", help="Which devices")] = "all",
    rule: Annotated[
        list[str] | None, typer.Option(help="Only by this rule; may be said again")
    ] = None,
    fetch: Annotated[bool, typer.Option(help="Fetch the configurations first")] = False,
    again: Annotated[bool, typer.Option(help="Judge anew also what has not changed")] = False,
    junit: Annotated[Path | None, typer.Option(help="Write JUnit XML to this file")] = None,
    sarif: Annotated[Path | None, typer.Option(help="Write SARIF 2.1.0 to this file")] = None,
    as_json: Json = False,
) -> None:
    """Judge devices by the rules; exit code 1 when anything fails or is unknown."""
    if context.invoked_subcommand:
        return
    from controller.operations.audit_devices import audit_devices, findings_of

    with session.signed_in() as (opened, actor):
        done = audit_devices(opened, actor, select, rules=rule or (), fetch=fetch, again=again)
        _write(opened, actor, done, junit, sarif)
        book = opened.rulebook()
        found = findings_of(opened, actor, done, None if as_json else ("fail", "unknown"))
    if as_json:
        output.emit_json(audit_view.audit_json(done, found, book))
    else:
        audit_view.show_audit(done, found, book)
    if not done.tally.clean:
        raise typer.Exit(FOUND_WRONG)


def _write(
    context: Context, actor: Actor, done: Audit, junit: Path | None, sarif: Path | None
) -> None:
    if not junit and not sarif:
        return
    from controller.operations.audit_devices import findings_of

    found = [one.finding for one in findings_of(context, actor, done)]
    if junit:
        from controller.documents.junit import junit as drawn

        output.write_file(junit, drawn(found, context.rulebook(), done.at).encode())
    if sarif:
        from controller.documents.sarif import sarif as written

        places = {d.name: f"{d.site}/{d.name}.cfg" for d in context.inventory().devices}
        text = written(found, context.rulebook(), places, controller.__version__)
        output.write_file(sarif, text.encode())


@audit.command()
def findings(
    select: Annotated[str, typer.Option("--select", "-s", help="Which devices")] = "",
    site: Annotated[str, typer.Option(help="Only of this school or office")] = "",
    rule: Annotated[str, typer.Option(help="Only of this rule")] = "",
    verdict: Annotated[str, typer.Option(help="fail, unknown, waived, pass, not_applicable")] = "",
    severity: Annotated[str, typer.Option(help="critical, warning or notice")] = "",
    most: Annotated[int, typer.Option(min=1, max=10000, help="How many")] = 100,
    page: Annotated[int, typer.Option(min=1, help="Which page of so many")] = 1,
    as_json: Json = False,
) -> None:
    """List what stands: what fails or is unknown, the most severe first."""
    from controller.operations.list_findings import FindingQuery, list_findings

    asked = FindingQuery(selector=select, site=site, rule=rule, verdict=verdict, severity=severity)
    with session.signed_in() as (context, actor):
        found = list_findings(context, actor, asked, skip=(page - 1) * most, most=most)
        book = context.rulebook()
    if as_json:
        return output.emit_json(
            {
                "total": found.total,
                "findings": [audit_view.standing_json(s, book) for s in found.findings],
            }
        )
    audit_view.show_findings(found.findings, book)
    return output.note(f"ทั้งหมด {found.total} รายการ", f"{found.total} in all")


@audit.command()
def device(name: Device, as_json: Json = False) -> None:
    """Show every finding of one device, with the very lines."""
    from controller.operations.show_device_compliance import show_device_compliance

    with session.signed_in() as (context, actor):
        found = show_device_compliance(context, actor, name)
        book = context.rulebook()
    if as_json:
        return output.emit_json(
            {
                "device": name,
                "judged": found.judged,
                "tally": audit_view.tally_json(found.tally),
                "findings": [audit_view.standing_json(p.standing, book) for p in found.findings],
                "changes": [audit_view.change_json(c) for c in found.changes],
            }
        )
    return audit_view.show_device(found)


@audit.command()
def score(as_json: Json = False) -> None:
    """Show the score of every school, the worst first."""
    from controller.operations.show_compliance import show_compliance

    with session.signed_in() as (context, actor):
        found = show_compliance(context, actor)
    if as_json:
        return output.emit_json(audit_view.overview_json(found))
    return audit_view.show_overview(found)


@audit.command()
def history(
    most: Annotated[int, typer.Option(min=1, max=1000, help="How many")] = 20,
    as_json: Json = False,
) -> None:
    """List the audits there were, newest first."""
    from controller.operations.list_findings import list_audits

    with session.signed_in() as (context, actor):
        found = list_audits(context, actor, most=most)
    if as_json:
        return output.emit_json([audit_view.record_json(record) for record in found])
    return audit_view.show_audits(found)


@audit.command()
def changes(
    device: Annotated[str, typer.Option(help="Only of this device")] = "",
    rule: Annotated[str, typer.Option(help="Only of this rule")] = "",
    days: Annotated[int, typer.Option(min=1, max=4000, help="How far back")] = 30,
    as_json: Json = False,
) -> None:
    """List when verdicts became others, newest first."""
    from controller.operations.list_findings import list_changes

    with session.signed_in() as (context, actor):
        found = list_changes(context, actor, device=device, rule=rule, days=days)
    if as_json:
        return output.emit_json([audit_view.change_json(change) for change in found])
    return audit_view.show_changes(found)
