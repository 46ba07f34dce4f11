"""`khaen spec delivery`: read what was delivered, tick what people checked, accept it, print it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from controller.cli import output, session
from controller.cli.moments import written
from controller.cli.output import Json, words

if TYPE_CHECKING:
    from controller.errors import Text
    from controller.operations.show_delivery import DeliveryView
    from controller.procurement.delivery import Check, Delivery, Piece

_LARGEST = 5_000_000
Number = Annotated[int | None, typer.Argument(help="Which delivery; the latest if left out")]
Format = Literal["pdf", "docx", "xlsx"]
LabelFormat = Literal["pdf", "docx"]

delivery = typer.Typer(
    no_args_is_help=True, help="What was delivered: read it, check it, take it over."
)


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen spec`."""
    app.add_typer(delivery, name="delivery")


@delivery.command()
def read(
    case: str,
    file: Annotated[
        Path | None, typer.Argument(help="XLSX or CSV: item, site, address, serial …")
    ] = None,
    document: Annotated[str, typer.Option(help="Number of the supplier's delivery note")] = "",
    again: Annotated[
        int | None, typer.Option(help="Read this delivery once more; ticks stay where it is same")
    ] = None,
    as_json: Json = False,
) -> None:
    """Ask every delivered device what it is, and hold each fact against the offer that won."""
    from controller.operations.read_delivery import read_delivery
    from controller.workspace.inputs import input_bytes

    content = None if file is None else input_bytes(file, _LARGEST)
    with session.signed_in() as (context, actor):
        read_delivery(context, actor, case, content, document=document, again=again)
        found = _view(context, actor, case, again)
    _show(found, as_json=as_json)


@delivery.command()
def show(
    case: str,
    number: Number = None,
    all_: Annotated[bool, typer.Option("--all", help="Also what is settled")] = False,
    as_json: Json = False,
) -> None:
    """Show a delivery: what the devices proved, what is left, what stands against accepting it."""
    with session.signed_in() as (context, actor):
        found = _view(context, actor, case, number)
    _show(found, as_json=as_json, everything=all_)


@delivery.command("list")
def list_(case: str, as_json: Json = False) -> None:
    """List the deliveries of a case."""
    from controller.operations.show_delivery import list_deliveries

    with session.signed_in() as (context, actor):
        found = list_deliveries(context, actor, case)
    if as_json:
        return output.emit_json([delivery_json(one) for one in found])
    heads = ("ครั้งที่ / no.", "เครื่อง / pieces", "ค้าง / left", "ตรวจรับ / accepted")
    return output.table(
        heads,
        [
            (
                str(one.delivery.number),
                str(len(one.delivery.pieces)),
                str(one.delivery.left),
                written(one.delivery.accepted.at if one.delivery.accepted else None),
            )
            for one in found
        ],
    )


@delivery.command()
def check(
    case: str,
    number: int,
    piece: Annotated[str, typer.Argument(help="The piece's number or serial; `all`")],
    about: Annotated[str, typer.Argument(help="The fact, such as wifi; `all`")] = "all",
    wrong: Annotated[bool, typer.Option("--wrong", help="It was found wrong")] = False,
    note: Annotated[str, typer.Option(help="What was seen; needed to take what differs")] = "",
    as_json: Json = False,
) -> None:
    """Tick what a device cannot prove and a person has looked at."""
    from controller.operations.check_delivery import check_delivery
    from controller.procurement.acceptance import ALL, Finding

    named = [ALL if word == "all" else word for word in (piece, about)]
    with session.signed_in() as (context, actor):
        finding = Finding(named[0], named[1], right=not wrong, note=note)
        check_delivery(context, actor, case, number, [finding])
        found = _view(context, actor, case, number)
    _show(found, as_json=as_json)


@delivery.command()
def accept(case: str, number: int, as_json: Json = False) -> None:
    """Take a delivery over: register numbers, rows of the register, devices of the inventory."""
    from controller.operations.accept_delivery import accept_delivery
    from controller.procurement.delivery import spans

    with session.signed_in() as (context, actor):
        done = accept_delivery(context, actor, case, number)
    if as_json:
        return output.emit_json(
            {
                "delivery": done.delivery.model_dump(mode="json"),
                "paths": done.paths,
                "commit": done.commit,
                "left_out": {key: words(*why.both) for key, why in done.left_out.items()},
            }
        )
    heads = ("เลขครุภัณฑ์ / number", "หมายเลขเครื่อง / serial", "หน่วยงาน / site", "อุปกรณ์ / device")
    output.table(
        heads, [(p.asset, p.serial, p.site, p.device or "-") for p in done.delivery.pieces]
    )
    reasons: dict[Text, list[str]] = {}
    for key, why in done.left_out.items():
        reasons.setdefault(why, []).append(key)
    for why, keys in reasons.items():
        output.note(
            f"เครื่องที่ {spans(keys)} ไม่อยู่ในทะเบียนอุปกรณ์เครือข่าย: {why.th}",
            f"pieces {spans(keys)} are no devices of the inventory: {why.en}",
        )
    if done.delivery.accepted and done.delivery.accepted.replaced:
        listed = ", ".join(done.delivery.accepted.replaced)
        output.note(f"รอจำหน่าย: {listed}", f"to dispose of: {listed}")
    commit = f"commit {done.commit[:12]}" if done.commit else words("ยังไม่ commit", "not committed")
    return output.say(
        f"ตรวจรับ {len(done.delivery.pieces)} เครื่องแล้ว {commit}",
        f"accepted {len(done.delivery.pieces)} pieces, {commit}",
    )


@delivery.command()
def sheet(
    case: str,
    number: Number = None,
    form: Annotated[Format, typer.Option("--format", help="pdf, docx or xlsx")] = "pdf",
    to: Annotated[Path | None, typer.Option("-o", "--output")] = None,
) -> None:
    """Write the acceptance sheet: what devices proved, what people checked, numbers, signatures."""
    from controller.operations.print_delivery import print_delivery

    with session.signed_in() as (context, actor):
        made = print_delivery(context, actor, case, number, form)
    output.write_file(to or Path(f"{made.stem}.{form}"), made.content)


@delivery.command()
def labels(
    case: str,
    number: Number = None,
    form: Annotated[LabelFormat, typer.Option("--format", help="pdf or docx")] = "pdf",
    to: Annotated[Path | None, typer.Option("-o", "--output")] = None,
) -> None:
    """Write labels with a QR code for what was accepted, 24 on a sheet of A4."""
    from controller.operations.print_labels import print_labels

    with session.signed_in() as (context, actor):
        made = print_labels(context, actor, case, number, form)
    output.write_file(to or Path(f"{made.stem}.{form}"), made.content)


def delivery_json(found: DeliveryView) -> dict[str, Any]:
    """A delivery for programs: the paper as it is kept, and what stands against it."""
    return {
        **found.delivery.model_dump(mode="json"),
        "counts": found.delivery.counts,
        "left": found.delivery.left,
        "against": [{"th": reason.th, "en": reason.en} for reason in found.against],
        "replaced": found.replaced,
    }


def _view(context: Any, actor: Any, case: str, number: int | None) -> DeliveryView:
    from controller.operations.show_delivery import show_delivery

    return show_delivery(context, actor, case, number)


def _show(found: DeliveryView, *, as_json: bool, everything: bool = False) -> None:
    from controller.procurement.delivery import spans

    if as_json:
        output.emit_json(delivery_json(found))
        return
    it = found.delivery
    output.say(
        f"{it.case} ส่งมอบครั้งที่ {it.number} โดย {it.bidder}: {len(it.pieces)} เครื่อง "
        f"อุปกรณ์ยืนยัน {it.counts['proved']} ข้อ ต่าง {it.counts['differs']} ข้อ เหลือตรวจ {it.left} ข้อ",
        f"{it.case} delivery {it.number} by {it.bidder}: {len(it.pieces)} pieces, "
        f"{it.counts['proved']} facts proved, {it.counts['differs']} differ, {it.left} left",
    )
    heads = ("เครื่อง / piece", "ข้อ / fact", "ผล / outcome", "เสนอ / offered", "อุปกรณ์บอก / told", "")
    alike: dict[tuple[str, ...], list[str]] = {}
    for piece in it.pieces:
        for check in piece.checks:
            if everything or not check.settled:
                alike.setdefault(_row(found, piece, check), []).append(piece.key)
    if alike:
        output.table(heads, [(spans(keys), *row) for row, keys in alike.items()])
    for piece in it.pieces:
        if piece.trouble:
            output.note(f"เครื่องที่ {piece.key}: {piece.trouble}", f"{piece.key}: {piece.trouble}")
    _show_state(it, found)


def _row(found: DeliveryView, piece: Piece, check: Check) -> tuple[str, ...]:
    from controller.procurement.delivery import OUTCOMES

    title = found.titles.get(piece.item, {}).get(check.about)
    outcome = words(*OUTCOMES[check.outcome].both)
    note = check.how
    if check.tick:
        verdict = words("ตรวจแล้ว", "checked") if check.tick.right else words("ไม่ถูกต้อง", "wrong")
        note = f"{verdict} {check.tick.by} {check.tick.note}".strip()
    name = f"{check.about}: {words(*title.both)[:60]}" if title else check.about
    return name, outcome, check.offered, check.told, note


def _show_state(it: Delivery, found: DeliveryView) -> None:
    if it.accepted:
        output.say(
            f"ตรวจรับแล้วเมื่อ {written(it.accepted.at)} โดย {it.accepted.by}",
            f"accepted at {written(it.accepted.at)} by {it.accepted.by}",
        )
    elif found.against:
        output.say("ยังตรวจรับไม่ได้:", "it cannot be accepted yet:")
        for reason in found.against[:20]:
            output.say(f"  - {reason.th}", f"  - {reason.en}")
        if len(found.against) > 20:
            more = len(found.against) - 20
            output.say(f"  และอีก {more} ข้อ", f"  and {more} more")
    else:
        output.say(
            f"ตรวจรับได้: khaen spec delivery accept {it.case} {it.number}",
            f"it can be accepted: khaen spec delivery accept {it.case} {it.number}",
        )
    if found.replaced:
        listed = ", ".join(found.replaced)
        output.note(f"เครื่องเดิมที่รอจำหน่าย: {listed}", f"replaces, to dispose of: {listed}")
