"""`khaen availability` and `khaen maintenance`: how much worked, and when nobody minds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import output, session
from controller.cli.moments import moment, written
from controller.cli.output import Json, words

if TYPE_CHECKING:
    from controller.health.availability import Availability
    from controller.operations.show_availability import AvailabilityView
    from controller.store.maintenance import Window

maintenance = typer.Typer(help="Maintenance windows (ช่วงบำรุงรักษา).", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.command()(availability)
    app.add_typer(maintenance, name="maintenance")


def availability(
    since: Annotated[str, typer.Option(help="From when; 30 days ago when left out")] = "",
    until: Annotated[str, typer.Option(help="Until when; now when left out")] = "",
    site: Annotated[str, typer.Option(help="Only of this school or office")] = "",
    district: Annotated[str, typer.Option(help="Only of this district")] = "",
    device: Annotated[str, typer.Option(help="Only this device")] = "",
    downtimes: Annotated[bool, typer.Option(help="Also list the downtimes")] = False,
    as_json: Json = False,
) -> None:
    """Show how much of a period services, sites and devices worked."""
    from controller.operations.show_availability import show_availability

    with session.signed_in() as (context, actor):
        found = show_availability(
            context,
            actor,
            since=moment(since) if since else None,
            until=moment(until) if until else None,
            site=site,
            district=district,
            device=device,
        )
    if as_json:
        return output.emit_json(view_json(found))
    output.note(
        f"{written(found.since)} ถึง {written(found.until)}",
        f"{written(found.since)} to {written(found.until)}",
    )
    rows = [
        *((words(s.title.th, s.title.en), *_cells(s.mean)) for s in found.services),
        *((s.site.site, *_cells(s.reach or s.mean)) for s in found.sites),
        *((d.name, *_cells(a)) for d, a in found.devices if device or site),
        (words("ทั้งหมด", "all"), *_cells(found.whole)),
    ]
    heads = (
        "",
        words("พร้อมใช้ %", "up %"),
        words("วัดได้ %", "measured %"),
        words("ล่ม", "down"),
        words("บำรุง", "maintenance"),
    )
    output.table(heads, rows)
    if downtimes:
        output.table(
            (
                words("อุปกรณ์", "device"),
                words("ตั้งแต่", "since"),
                words("ถึง", "until"),
                words("นาน", "length"),
                words("เหตุ", "why"),
            ),
            [
                (d.device, written(d.since), written(d.until), _length(d.length), d.why)
                for d in found.whole.downtimes
            ],
        )
    return None


@maintenance.command("list")
def listing(
    since: Annotated[str, typer.Option(help="From when; now when left out")] = "",
    as_json: Json = False,
) -> None:
    """List the windows that are on and to come, and the runs that are one."""
    from controller.operations.list_maintenance import list_maintenance

    with session.signed_in() as (context, actor):
        found = list_maintenance(context, actor, since=moment(since) if since else None)
    if as_json:
        return output.emit_json([window_json(w) for w in found])
    return output.table(
        (
            words("เลขที่", "number"),
            words("ตั้งแต่", "from"),
            words("ถึง", "until"),
            words("ของ", "about"),
            words("เหตุผล", "reason"),
            words("อนุมัติ", "approved"),
        ),
        [
            (
                str(w.id) if w.id else "-",
                written(w.starts),
                written(w.ends),
                w.site or ", ".join(w.devices),
                w.reason,
                w.approved or "-",
            )
            for w in found
        ],
    )


@maintenance.command()
def plan(
    reason: Annotated[str, typer.Option(help="Why")],
    since: Annotated[str, typer.Option("--from", help="From when; now when left out")] = "",
    until: Annotated[str, typer.Option(help="Until when")] = "",
    hours: Annotated[float, typer.Option(min=0.1, help="Or how long, in hours")] = 2.0,
    site: Annotated[str, typer.Option(help="The whole of this school or office")] = "",
    device: Annotated[list[str] | None, typer.Option(help="This device; may be repeated")] = None,
    approved: Annotated[
        str, typer.Option(help="Case or order: only then availability leaves the time out")
    ] = "",
    as_json: Json = False,
) -> None:
    """Plan a window in which nobody is told what is wrong with these devices."""
    from controller.operations.plan_maintenance import plan_maintenance

    with session.signed_in() as (context, actor):
        starts = moment(since) if since else context.clock()
        made = plan_maintenance(
            context,
            actor,
            starts=starts,
            ends=moment(until) if until else starts + timedelta(hours=hours),
            reason=reason,
            site=site,
            devices=device or (),
            approved=approved,
        )
    if as_json:
        return output.emit_json(window_json(made))
    return output.say(
        f"วางช่วงบำรุงรักษา {made.id} ถึง {written(made.ends)} แล้ว",
        f"planned maintenance window {made.id} until {written(made.ends)}",
    )


@maintenance.command()
def cancel(
    number: Annotated[int, typer.Argument(help="Number of the window")], as_json: Json = False
) -> None:
    """End a window now."""
    from controller.operations.cancel_maintenance import cancel_maintenance

    with session.signed_in() as (context, actor):
        ended = cancel_maintenance(context, actor, number)
    if as_json:
        return output.emit_json(window_json(ended))
    return output.say(f"ยกเลิกช่วงบำรุงรักษา {number} แล้ว", f"cancelled maintenance window {number}")


def window_json(window: Window) -> dict[str, Any]:
    """A window for programs."""
    return {name: getattr(window, name) for name in window.__slots__}


def view_json(found: AvailabilityView) -> dict[str, Any]:
    """Availability for programs: seconds and percent."""
    return {
        "since": found.since,
        "until": found.until,
        "whole": {
            **_figures(found.whole),
            "downtimes": [
                {"device": d.device, "since": d.since, "until": d.until, "why": d.why}
                for d in found.whole.downtimes
            ],
        },
        "services": [{"service": s.service, **_figures(s.mean)} for s in found.services],
        "sites": [
            {
                "site": s.site.site,
                "first": s.first,
                "reach": _figures(s.reach) if s.reach else None,
                "mean": _figures(s.mean),
            }
            for s in found.sites
        ],
        "devices": [{"device": d.name, **_figures(a)} for d, a in found.devices],
    }


def _figures(one: Availability) -> dict[str, Any]:
    return {
        "percent": one.percent,
        "coverage": one.coverage,
        "up": one.up.total_seconds(),
        "down": one.down.total_seconds(),
        "unknown": one.unknown.total_seconds(),
        "maintenance": one.maintenance.total_seconds(),
    }


def _cells(one: Availability) -> tuple[str, str, str, str]:
    return (
        "-" if one.percent is None else f"{one.percent:.3f}",
        "-" if one.coverage is None else f"{one.coverage:.1f}",
        _length(one.down),
        _length(one.maintenance),
    )


def _length(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"
