"""`khaen alerts`: what is wrong with the devices, and what people do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import output, session
from controller.cli.moments import written
from controller.cli.output import Json, words
from controller.errors import Text

if TYPE_CHECKING:
    from controller.operations.show_alert import AlertView
    from controller.store.alerts import Alert

alerts = typer.Typer(help="Alerts about devices (การแจ้งเตือน).", no_args_is_help=True)
Number = Annotated[str, typer.Argument(help="Number of the alert")]
KINDS = {
    "acknowledged": Text(th="รับทราบ", en="acknowledged"),
    "comment": Text(th="ความเห็น", en="comment"),
    "closed": Text(th="ปิด", en="closed"),
    "case": Text(th="เปิดเรื่องซ่อม", en="repair case"),
}


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.add_typer(alerts, name="alerts")


@alerts.command("list")
def listing(
    every: Annotated[bool, typer.Option("--all", help="Also those that are over")] = False,
    severity: Annotated[str, typer.Option(help="critical, warning or notice")] = "",
    site: Annotated[str, typer.Option(help="Only of this school or office")] = "",
    district: Annotated[str, typer.Option(help="Only of this district")] = "",
    rule: Annotated[str, typer.Option(help="Only of this rule")] = "",
    device: Annotated[str, typer.Option(help="Only of this device")] = "",
    acknowledged: Annotated[
        bool | None, typer.Option("--acknowledged/--new", help="Looked after by somebody, or not")
    ] = None,
    shadows: Annotated[bool, typer.Option(help="Also the shadows of other alerts")] = False,
    most: Annotated[int, typer.Option(min=1, max=1000, help="How many")] = 50,
    page: Annotated[int, typer.Option(min=1, help="Which page of so many")] = 1,
    as_json: Json = False,
) -> None:
    """List alerts: the open ones, the worst first."""
    from controller.operations.list_alerts import AlertQuery, list_alerts

    asked = AlertQuery(
        every=every,
        severity=severity,
        site=site,
        district=district,
        rule=rule,
        device=device,
        acknowledged=acknowledged,
        shadows=shadows,
    )
    with session.signed_in() as (context, actor):
        found = list_alerts(context, actor, asked, skip=(page - 1) * most, most=most)
    if as_json:
        return output.emit_json(
            {
                "total": found.total,
                "open": dict(found.open),
                "alerts": [
                    {**alert_json(a), "shadows": found.shadows.get(a.id, 0)} for a in found.alerts
                ],
            }
        )
    output.table(
        (
            words("เลขที่", "number"),
            words("ระดับ", "severity"),
            words("อุปกรณ์", "device"),
            words("ปัญหา", "problem"),
            words("ตั้งแต่", "since"),
            words("สถานะ", "state"),
        ),
        [_line(a, found.shadows.get(a.id, 0)) for a in found.alerts],
    )
    return output.note(f"ทั้งหมด {found.total} รายการ", f"{found.total} in all")


@alerts.command()
def show(number: Number, as_json: Json = False) -> None:
    """Show one alert with its history and its shadows."""
    from controller.operations.show_alert import show_alert

    with session.signed_in() as (context, actor):
        found = show_alert(context, actor, number)
    if as_json:
        return output.emit_json(_view_json(found))
    return _show(found)


@alerts.command()
def ack(
    number: Number,
    comment: Annotated[str, typer.Option("--comment", "-m", help="What you are doing")] = "",
    as_json: Json = False,
) -> None:
    """Say that you look after an alert."""
    from controller.operations.acknowledge_alert import acknowledge_alert

    with session.signed_in() as (context, actor):
        after = acknowledge_alert(context, actor, number, comment)
    _done(after, as_json, "รับทราบการแจ้งเตือน {} แล้ว", "acknowledged alert {}")


@alerts.command()
def comment(
    number: Number,
    said: Annotated[str, typer.Argument(metavar="TEXT", help="What to write")],
    as_json: Json = False,
) -> None:
    """Write something about an alert."""
    from controller.operations.comment_alert import comment_alert

    with session.signed_in() as (context, actor):
        after = comment_alert(context, actor, number, said)
    _done(after, as_json, "บันทึกความเห็นในการแจ้งเตือน {} แล้ว", "commented on alert {}")


@alerts.command()
def close(
    number: Number,
    why: Annotated[str, typer.Option("--why", help="The reason")] = "",
    as_json: Json = False,
) -> None:
    """End an alert by hand; if it is still wrong the next polls open another."""
    from controller.operations.close_alert import close_alert

    with session.signed_in() as (context, actor):
        after = close_alert(context, actor, number, why)
    _done(after, as_json, "ปิดการแจ้งเตือน {} แล้ว", "closed alert {}")


@alerts.command()
def repair(
    number: Number,
    place: Annotated[str, typer.Option(help="Building and room")] = "",
    phone: Annotated[str, typer.Option(help="Telephone; the site's contact when left out")] = "",
    as_json: Json = False,
) -> None:
    """Fill in a repair request from an alert and open a case of process 2.7 for it."""
    from controller.operations.repair_alert import repair_alert

    with session.signed_in() as (context, actor):
        after = repair_alert(context, actor, number, place=place, phone=phone)
    if as_json:
        return output.emit_json(alert_json(after))
    return output.say(f"เปิดเรื่อง {after.case} แล้ว", f"opened case {after.case}")


@alerts.command()
def rules(as_json: Json = False) -> None:
    """List the rules as the office has them."""
    from controller.health.rules import figure, usual_rules
    from controller.operations.list_alerts import list_rules

    with session.signed_in() as (context, actor):
        found = list_rules(context, actor)
    if as_json:
        return output.emit_json([{**r.model_dump(mode="json"), "enabled": on} for r, on in found])
    output.table(
        (
            words("กฎ", "rule"),
            words("ชื่อ", "title"),
            words("ระดับ", "severity"),
            words("เกณฑ์", "limit"),
            words("รอ", "grace"),
            words("ใช้", "on"),
        ),
        [
            (
                r.rule,
                words(r.title.th, r.title.en),
                r.severity,
                figure(r.threshold),
                figure(r.grace),
                words("ใช้", "on") if on else words("ปิด", "off"),
            )
            for r, on in found
        ],
    )
    for missing in usual_rules().unmeasured:
        output.note(missing.th, missing.en)
    return None


def alert_json(alert: Alert) -> dict[str, Any]:
    """An alert for programs."""
    told = {name: getattr(alert, name) for name in alert.__slots__}
    return {**told, "words": {"th": alert.words.th, "en": alert.words.en}}


def _view_json(found: AlertView) -> dict[str, Any]:
    return {
        **alert_json(found.alert),
        "title": {"th": found.title.th, "en": found.title.en},
        "notes": [
            {"at": n.at, "actor": n.actor, "kind": n.kind, "words": n.words} for n in found.notes
        ],
        "shadows": [alert_json(a) for a in found.shadows],
    }


def _line(alert: Alert, below: int) -> tuple[str, ...]:
    text = words(alert.words.th, alert.words.en)
    if below:
        text += words(f" (และที่อยู่ใต้อีก {below})", f" (and {below} below)")
    return (
        str(alert.id),
        alert.severity,
        alert.device or "-",
        text,
        written(alert.opened),
        _state(alert),
    )


def _state(alert: Alert) -> str:
    if alert.cleared is not None:
        return words("สิ้นสุดแล้ว", "over")
    if alert.shadow_of is not None:
        return words(f"เงาของ {alert.shadow_of}", f"shadow of {alert.shadow_of}")
    if alert.muted:
        return words("ช่วงบำรุงรักษา", "in maintenance")
    return words("รับทราบแล้ว", "acknowledged") if alert.acknowledged else words("ใหม่", "new")


def _show(found: AlertView) -> None:
    alert = found.alert
    typer.echo(f"{alert.id}  {words(found.title.th, found.title.en)}  [{_state(alert)}]")
    typer.echo(f"  {alert.device or '-'}  {alert.site or '-'}  {alert.severity}")
    typer.echo(f"  {words(alert.words.th, alert.words.en)}")
    typer.echo(f"  {written(alert.opened)} – {written(alert.cleared)}")
    if alert.case:
        output.say(f"  เรื่อง {alert.case}", f"  case {alert.case}")
    for note in found.notes:
        kind = KINDS.get(note.kind)
        named = words(kind.th, kind.en) if kind else note.kind
        typer.echo(f"  {written(note.at)}  {note.actor}  {named}  {note.words}".rstrip())
    for shadow in found.shadows:
        output.say(f"  เงา: {shadow.id} {shadow.device}", f"  shadow: {shadow.id} {shadow.device}")


def _done(after: Alert, as_json: bool, th: str, en: str) -> None:
    if as_json:
        output.emit_json(alert_json(after))
    else:
        output.say(th.format(after.id), en.format(after.id))
