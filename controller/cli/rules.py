"""`khaen rules`: what the office's rules ask, and what they would say of a configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import output, session
from controller.cli.output import Json, words
from controller.compliance.finding import VERDICT_NAMES
from controller.compliance.wording import detail_words
from controller.language import pick

if TYPE_CHECKING:
    from controller.operations.list_rules import RuleSeen
    from controller.operations.try_rules import Tried

rules = typer.Typer(help="The rules of compliance/ (เกณฑ์).", no_args_is_help=True)
FOUND_WRONG = 1
_STATES = {
    "later": ("ยังไม่เริ่มใช้", "not yet"),
    "grace": ("ช่วงผ่อนผัน", "grace"),
    "now": ("ใช้แล้ว", "in force"),
}


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.add_typer(rules, name="rules")


@rules.command("list")
def list_(as_json: Json = False) -> None:
    """List the rules: how severe, for how many devices, with how many waivers."""
    from controller.operations.list_rules import list_rules

    with session.signed_in() as (context, actor):
        found = list_rules(context, actor)
    if as_json:
        return output.emit_json([_json(one) for one in found])
    output.table(
        (
            words("เกณฑ์", "rule"),
            words("ระดับ", "severity"),
            words("อุปกรณ์", "devices"),
            words("สถานะ", "state"),
            words("ผ่อนผัน", "waivers"),
            words("ชื่อ", "title"),
        ),
        [
            (
                one.rule.id,
                one.rule.severity,
                str(one.devices),
                words(*_STATES[one.state]),
                _waivers(one),
                pick(one.rule.title.text, output.language()),
            )
            for one in found
        ],
    )
    return output.note(f"ทั้งหมด {len(found)} เกณฑ์", f"{len(found)} rules")


@rules.command()
def show(
    rule: Annotated[str, typer.Argument(help="Id of the rule")], as_json: Json = False
) -> None:
    """Show one rule as its file writes it, with what it means today."""
    from controller.operations.show_rule import show_rule

    with session.signed_in() as (context, actor):
        found = show_rule(context, actor, rule)
    if as_json:
        return output.emit_json(_json(found.seen) | {"text": found.text})
    one = found.seen
    output.say(f"# {one.file}", f"# {one.file}")
    output.say(
        f"# {words(*_STATES[one.state])} · อุปกรณ์ {one.devices} เครื่อง",
        f"# {words(*_STATES[one.state])} · {one.devices} devices",
    )
    for waiver in one.waivers:
        over = words(" หมดอายุแล้ว", " EXPIRED") if waiver in one.expired else ""
        output.say(
            f"# ผ่อนผัน {waiver.id}: {waiver.select} ถึง {waiver.until}{over} ({waiver.reason})",
            f"# waived {waiver.id}: {waiver.select} until {waiver.until}{over} ({waiver.reason})",
        )
    return typer.echo(found.text, nl=False)


@rules.command("test")
def try_(
    file: Annotated[Path, typer.Argument(help="A configuration, or - for standard input")],
    platform: Annotated[str, typer.Option(help="Whose configuration it is: cisco_ios …")] = "",
    device: Annotated[str, typer.Option(help="As if it were this device's")] = "",
    role: Annotated[str, typer.Option(help="What such a device does, without --device")] = "access",
    rule: Annotated[
        list[str] | None, typer.Option(help="Only by this rule; may be said again")
    ] = None,
    as_json: Json = False,
) -> None:
    """Judge a configuration file; exit code 1 when a rule fails or cannot be judged."""
    from controller.operations.try_rules import try_rules
    from controller.workspace.inputs import input_text

    text = input_text(str(file))
    with session.signed_in() as (context, actor):
        found = try_rules(
            context, actor, text, platform, device=device, role=role, rules=rule or ()
        )
    if as_json:
        output.emit_json([_tried(one) for one in found])
    else:
        for one in found:
            _say(one)
    if any(one.finding.verdict in ("fail", "unknown") for one in found):
        raise typer.Exit(FOUND_WRONG)


@rules.command()
def unclaimed(
    device: Annotated[str, typer.Argument(help="Name of the device")], as_json: Json = False
) -> None:
    """Show the lines of a device's configuration that no rule speaks of, secrets hidden."""
    from controller.operations.show_unclaimed_lines import show_unclaimed_lines

    with session.signed_in() as (context, actor):
        found = show_unclaimed_lines(context, actor, device)
    if as_json:
        return output.emit_json(
            {
                "device": device,
                "lines": found.lines,
                "claimed": found.claimed,
                "unclaimed": [{"path": u.path, "number": u.number} for u in found.unclaimed],
            }
        )
    for one in found.unclaimed:
        typer.echo(f"{one.number:5}  {' ' * (len(one.path) - 1)}{one.path[-1]}")
    return output.note(
        f"เกณฑ์กล่าวถึง {found.claimed} จาก {found.lines} บรรทัด",
        f"the rules speak of {found.claimed} of {found.lines} lines",
    )


def _say(one: Tried) -> None:
    language = output.language()
    verdict = pick(VERDICT_NAMES[one.finding.verdict], language)
    title = pick(one.rule.title.text, language)
    due = f" ({one.finding.due})" if one.finding.due else ""
    typer.echo(f"{verdict}{due}  {one.rule.id}  {title}")
    for detail in one.finding.details:
        typer.echo(f"    {pick(detail_words(detail), language)}")


def _tried(one: Tried) -> dict[str, Any]:
    found = one.finding
    return {
        "rule": found.rule,
        "verdict": found.verdict,
        "due": found.due,
        "details": [
            {"kind": d.kind, "path": d.path, "line": d.line, "number": d.number}
            for d in found.details
        ],
    }


def _json(one: RuleSeen) -> dict[str, Any]:
    rule = one.rule
    return {
        "rule": rule.id,
        "title": rule.title.model_dump(),
        "severity": rule.severity,
        "select": rule.select,
        "why": [ground.model_dump() for ground in rule.why],
        "valid_from": rule.valid_from,
        "grace_until": rule.grace_until,
        "file": one.file,
        "devices": one.devices,
        "state": one.state,
        "waivers": [waiver.id for waiver in one.waivers],
        "expired": [waiver.id for waiver in one.expired],
    }


def _waivers(one: RuleSeen) -> str:
    if not one.waivers:
        return ""
    over = words(f" (หมดอายุ {len(one.expired)})", f" ({len(one.expired)} expired)")
    return f"{len(one.waivers)}{over if one.expired else ''}"
