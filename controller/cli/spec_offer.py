"""`khaen spec offer`: the template for bidders, opening their offers, looking at them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import output, session
from controller.cli.output import Json, words

if TYPE_CHECKING:
    from controller.operations.list_offers import Offers, OfferShown

_LARGEST = 5_000_000
Case = Annotated[str, typer.Argument(help="Number of the case", metavar="CASE")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Where to write it")]

offer = typer.Typer(no_args_is_help=True, help="Offers of bidders on an approved specification.")


def register(spec: typer.Typer) -> None:
    """Add these commands to `khaen spec`."""
    spec.add_typer(offer, name="offer")


@offer.command()
def template(
    case: Case,
    form: Annotated[str, typer.Option("--format", help="xlsx, csv or yaml")] = "xlsx",
    out: Out = None,
) -> None:
    """Write the file bidders fill in; it names the approved specification."""
    from controller.errors import Text
    from controller.language import require_known
    from controller.operations.export_offer_template import FORMATS, export_offer_template

    require_known(form, FORMATS, Text(th="รูปแบบ", en="format"))
    wanted = next(known for known in FORMATS if known == form)
    with session.signed_in() as (context, actor):
        content = export_offer_template(context, actor, case, wanted)
    output.write_file(out or Path(f"{case}-offer.{form}"), content)


@offer.command("open")
def open_(
    case: Case,
    file: Annotated[Path, typer.Argument(help="The offer: XLSX, CSV or YAML")],
    reason: Annotated[
        str,
        typer.Option("--reason", help="Why it replaces the bidder's offer that is open already"),
    ] = "",
    as_json: Json = False,
) -> None:
    """Open one bidder's offer: it is read whole, or every fault is told by its cell."""
    from controller.operations.list_offers import show_offer
    from controller.operations.open_offer import open_offer
    from controller.workspace.inputs import input_bytes

    content = input_bytes(file, _LARGEST)
    with session.signed_in() as (context, actor):
        after = open_offer(context, actor, case, file.name, content, reason)
        papers = [paper for paper in after.papers if paper.kind == "offer"]
        newest = max(papers, key=lambda paper: paper.at)
        found, shown = show_offer(context, actor, case, newest.sha256)
    if as_json:
        output.emit_json(offer_json(found, shown))
    else:
        output.say(
            f"เปิดข้อเสนอของ {shown.offer.bidder} แล้ว (ครั้งที่ {shown.paper.revision})",
            f"opened the offer of {shown.offer.bidder} (revision {shown.paper.revision})",
        )
        _tell_unstated(shown)


@offer.command("list")
def list_(case: Case, as_json: Json = False) -> None:
    """List the offers that were opened."""
    from controller.operations.list_offers import list_offers
    from controller.thai import money

    with session.signed_in() as (context, actor):
        found = list_offers(context, actor, case)
    if as_json:
        return output.emit_json([offer_json(found, shown) for shown in found.offers])
    if not found.offers:
        return output.say("ยังไม่ได้เปิดข้อเสนอใด", "no offer was opened yet")
    heads = (
        words("ผู้เสนอราคา", "bidder"),
        words("ราคารวม (บาท)", "total (baht)"),
        words("ไม่ระบุ (ข้อ)", "not stated"),
        words("เปิดเมื่อ", "opened"),
    )
    rows = [
        (
            shown.offer.bidder,
            money(shown.total) if shown.total is not None else "-",
            str(len(shown.unstated)),
            shown.opened.at.isoformat(timespec="minutes"),
        )
        for shown in found.offers
    ]
    return output.table(heads, rows)


@offer.command()
def show(
    case: Case,
    bidder: Annotated[str, typer.Argument(help="The bidder, or the beginning of the offer's hash")],
    as_json: Json = False,
) -> None:
    """Show an offer: its prices, and the bidder's words for every criterion."""
    from controller.operations.list_offers import show_offer
    from controller.thai import money

    with session.signed_in() as (context, actor):
        found, shown = show_offer(context, actor, case, bidder)
    if as_json:
        return output.emit_json(offer_json(found, shown))
    output.say(f"ข้อเสนอของ {shown.offer.bidder}", f"offer of {shown.offer.bidder}")
    for item in found.specification.items:
        told = shown.offer.item(item.id)
        price = money(told.price) if told.price is not None else words("ไม่ระบุราคา", "no price")
        output.say("", "")
        output.say(
            f"{item.th}: {told.brand or '-'} {told.model or '-'} ราคา {price}",
            f"{item.id}: {told.brand or '-'} {told.model or '-'}, price {price}",
        )
        rows = []
        for criterion in item.criteria:
            answer = told.answer(criterion.id)
            unstated = (item.id, criterion.id) in shown.unstated
            text = words("ไม่ระบุ", "not stated") if unstated else answer.text
            rows.append((criterion.id, criterion.text, text, answer.page))
        heads = (
            words("รหัส", "code"),
            words("กำหนด", "asked for"),
            words("เสนอ", "offered"),
            words("หน้า", "page"),
        )
        output.table(heads, rows)
    for old in shown.earlier:
        output.note(
            f"ฉบับก่อน {old.file} เปิดโดย {old.by} เมื่อ {old.at:%Y-%m-%d %H:%M}",
            f"earlier: {old.file}, opened by {old.by} at {old.at:%Y-%m-%d %H:%M}",
        )
    if shown.opened.reason:
        output.note(f"เหตุผลที่เปิดใหม่: {shown.opened.reason}", f"why again: {shown.opened.reason}")
    return None


@offer.command()
def fetch(
    case: Case,
    sha256: Annotated[str, typer.Argument(help="SHA-256 of the file, as `show --json` tells it")],
    out: Out = None,
) -> None:
    """Take the file a bidder handed over out again, byte for byte."""
    from controller.operations.list_offers import fetch_offer_file

    with session.signed_in() as (context, actor):
        name, content = fetch_offer_file(context, actor, case, sha256)
    output.write_file(out or Path(name), content)


def offer_json(found: Offers, shown: OfferShown) -> dict[str, Any]:
    """An offer for programs; `page` and `text` are the bidder's own words."""
    return {
        **shown.offer.model_dump(mode="json"),
        "sha256": shown.paper.sha256,
        "revision": shown.paper.revision,
        "total": str(shown.total) if shown.total is not None else None,
        "unstated": [f"{item}/{criterion}" for item, criterion in shown.unstated],
        "outdated": shown.outdated,
        "opened": vars(shown.opened),
        "earlier": [vars(old) for old in shown.earlier],
    }


def _tell_unstated(shown: OfferShown) -> None:
    if shown.unstated:
        listed = ", ".join(f"{item}/{criterion}" for item, criterion in shown.unstated)
        output.note(
            f"ไม่ระบุ {len(shown.unstated)} ข้อ: {listed}",
            f"{len(shown.unstated)} not stated: {listed}",
        )
    if shown.total is None:
        output.note("มีรายการที่ไม่ระบุราคา", "the price of an item is missing")
