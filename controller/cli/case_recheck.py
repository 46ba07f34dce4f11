"""`khaen case recheck`: whether the devices of a case passed after its run."""

from __future__ import annotations

import typer

from controller.cli import output, session
from controller.cli.moments import written
from controller.cli.output import Json

NOT_YET = 1


def register(case: typer.Typer) -> None:
    """Add this command to `khaen case`."""
    case.command()(recheck)


def recheck(number: str, as_json: Json = False) -> None:
    """Show the re-check of the devices a case's runs touched; exit code 1 while it is open."""
    from controller.compliance.finding import VERDICT_NAMES
    from controller.operations.show_recheck import show_recheck

    with session.signed_in() as (context, actor):
        found = show_recheck(context, actor, number)
    if as_json:
        output.emit_json(
            {
                "passes": found is None or found.passes,
                "ended": found.ended if found else None,
                "devices": [
                    {
                        "device": d.device,
                        "judged": d.judged,
                        "failing": dict(d.failing),
                        "as_before": d.as_before,
                    }
                    for d in (found.devices if found else ())
                ],
            }
        )
    elif found is None:
        output.note("เรื่องนี้ไม่มีสิ่งที่ต้องตรวจซ้ำ", "nothing of this case needs a re-check")
    else:
        output.table(
            (
                output.words("อุปกรณ์", "device"),
                output.words("ตรวจเมื่อ", "judged"),
                output.words("ผล", "outcome"),
            ),
            [
                (
                    one.device,
                    written(one.judged),
                    output.words("ยังไม่ได้ตรวจซ้ำ", "not judged since")
                    if one.device in found.missing
                    else ", ".join(
                        f"{rule} {output.words(*VERDICT_NAMES[verdict].both)}"
                        for rule, verdict in one.open
                    )
                    or (
                        output.words("ถอนการเปลี่ยนแปลงแล้ว", "taken back")
                        if one.as_before
                        else output.words("ผ่าน", "passes")
                    ),
                )
                for one in found.devices
            ],
        )
    if found is not None and not found.passes:
        raise typer.Exit(NOT_YET)
