"""`khaen spec compare | judge | reopen`: offers beside the criteria, what people judge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import output, session
from controller.cli.moved import show_moved
from controller.cli.output import Json, words
from controller.errors import InputError, Text
from controller.language import pick, require_known

if TYPE_CHECKING:
    from controller.operations.compare_offers import Compared
    from controller.procurement.comparison import Cell
    from controller.procurement.offer import Standing
    from controller.specs.specification import Item

_STANDINGS: tuple[Standing, ...] = ("better", "equal", "fails")
_LONG = 46


def register(spec: typer.Typer) -> None:
    """Add these commands to `khaen spec`."""
    spec.command("compare")(compare)
    spec.command("judge")(judge)
    spec.command("reopen")(reopen)


def compare(
    case: Annotated[str, typer.Argument(help="Number of the case")],
    reason: Annotated[
        list[str] | None, typer.Option(help="“concern=why”; may be said again")
    ] = None,
    conclude: Annotated[
        bool, typer.Option("--conclude", help="Conclude it and fill in its form")
    ] = False,
    winner: Annotated[str, typer.Option(help="The bidder to choose of those that tie")] = "",
    as_json: Json = False,
) -> None:
    """Compare the offers opened in a case; with --conclude end it (แบบสรุปเปรียบเทียบคุณสมบัติ)."""
    from controller.operations.compare_offers import compare_offers
    from controller.operations.conclude_comparison import conclude_comparison

    reasons = dict(_reason(one) for one in reason or ())
    if (reasons or winner) and not conclude:
        raise InputError(
            Text(
                th="--reason และ --winner ใช้คู่กับ --conclude",
                en="--reason and --winner go with --conclude",
            )
        )
    with session.signed_in() as (context, actor):
        if conclude:
            ended = conclude_comparison(context, actor, case, reasons, winner=winner)
            return show_moved(context, ended, as_json)
        found = compare_offers(context, actor, case)
    return output.emit_json(comparison_json(found)) if as_json else _show(found)


def judge(
    case: Annotated[str, typer.Argument(help="Number of the case")],
    clause: Annotated[str, typer.Argument(help="item/criterion, by their ids")],
    standing: Annotated[str, typer.Argument(help="better, equal or fails")],
    bidder: Annotated[str, typer.Option(help="Whose offer")],
    why: Annotated[str, typer.Option(help="Why the group judges so")],
    as_json: Json = False,
) -> None:
    """Record how the group judged what a bidder states for a criterion no program can weigh."""
    from controller.operations.judge_criterion import judge_criterion

    require_known(standing, _STANDINGS, Text(th="ผลการพิจารณา ", en="judgement"))
    item, slash, criterion = clause.partition("/")
    if not slash:
        raise InputError(
            Text(
                th=f"“{clause}” ต้องเขียนเป็น รายการ/ข้อกำหนด",
                en=f"“{clause}” is written as item/criterion",
            ),
            hint=Text(
                th=f"ดูชื่อได้จาก `khaen spec compare {case}`",
                en=f"see their names in `khaen spec compare {case}`",
            ),
        )
    with session.signed_in() as (context, actor):
        moved = judge_criterion(
            context,
            actor,
            case,
            item,
            criterion,
            bidder,
            next(one for one in _STANDINGS if one == standing),
            why,
        )
        show_moved(context, moved, as_json)


def reopen(
    case: Annotated[str, typer.Argument(help="Number of the case")],
    reason: Annotated[str, typer.Option(help="Why the conclusion is taken back")],
    as_json: Json = False,
) -> None:
    """Take the conclusion of a comparison back: offers can be opened and judged again."""
    from controller.operations.reopen_comparison import reopen_comparison

    with session.signed_in() as (context, actor):
        show_moved(context, reopen_comparison(context, actor, case, reason), as_json)


def comparison_json(found: Compared) -> dict[str, Any]:
    """The comparison for programs."""
    compared, ended = found.comparison, found.conclusion
    return {
        "case": found.case.number,
        "specification": compared.specification,
        "offers": [
            {
                "bidder": one.bidder,
                "sha256": found.hashes[one.bidder],
                "verdict": one.verdict,
                "total": one.total,
                "score": one.score,
                "place": one.place,
                "reasons": [vars(text) for text in one.reasons],
            }
            for one in compared.offers
        ],
        "cells": [
            {
                "item": cell.item,
                "criterion": cell.criterion,
                "bidder": cell.bidder,
                "outcome": cell.outcome,
                "stated": cell.stated,
                "page": cell.page,
                "note": vars(cell.note) if cell.note else None,
            }
            for cell in compared.cells.values()
        ],
        "concerns": [
            {"key": one.key, "text": vars(one.text), "reason": found.reasons.get(one.key)}
            for one in compared.concerns
        ],
        "undecided": len(found.undecided),
        "outdated": found.outdated,
        "conclusion": ended.model_dump(mode="json", exclude={"outcomes"}) if ended else None,
        "same_as_concluded": found.same_as_concluded,
    }


def _reason(text: str) -> tuple[str, str]:
    key, equals, why = text.partition("=")
    if not equals or not why.strip():
        raise InputError(
            Text(
                th=f"“{text}” ต้องเขียนเป็น ข้อที่ต้องชี้แจง=เหตุผล",
                en=f"“{text}” is written as concern=why",
            )
        )
    return key.strip(), why.strip()


def _show(found: Compared) -> None:
    compared = found.comparison
    if not compared.bidders:
        return output.say("ยังไม่ได้เปิดข้อเสนอของรายใด", "no offer was opened yet")
    for item in found.specification.items:
        output.say(f"{item.th} ({item.id})", f"{item.th} ({item.id})")
        _show_item(found, item)
    _show_offers(found)
    for concern in compared.concerns:
        reason = found.reasons.get(concern.key)
        text = pick(concern.text, output.language())
        output.say(
            f"ข้อที่ต้องชี้แจง [{concern.key}] {text}" + (f" — {reason}" if reason else ""),
            f"to be explained [{concern.key}] {text}" + (f" — {reason}" if reason else ""),
        )
    return _show_end(found)


def _show_item(found: Compared, item: Item) -> None:
    from controller.specs.asking import asked

    bidders = found.comparison.bidders
    rows = []
    for number, criterion in enumerate(item.criteria, 1):
        cells = [found.comparison.cell(item.id, criterion.id, bidder) for bidder in bidders]
        head = (str(number), criterion.id, _short(criterion.text), asked(criterion))
        rows.append((*head, *(_cell(cell) for cell in cells)))
    heads = ("", words("รหัส", "id"), words("ข้อกำหนด", "criterion"), words("เกณฑ์", "asked"))
    output.table((*heads, *bidders), rows)


def _show_offers(found: Compared) -> None:
    from controller.procurement.comparison import VERDICTS

    language = output.language()
    output.table(
        (
            words("ผู้เสนอราคา", "bidder"),
            words("ผล", "verdict"),
            words("ราคารวม", "total"),
            words("คะแนน", "score"),
            words("ลำดับ", "place"),
            words("เหตุผล", "why"),
        ),
        [
            (
                one.bidder,
                pick(VERDICTS[one.verdict], language),
                "-" if one.total is None else f"{one.total:,.2f}",
                "-" if one.score is None else str(one.score),
                str(one.place or "-"),
                "; ".join(pick(text, language) for text in one.reasons),
            )
            for one in found.comparison.offers
        ],
    )


def _show_end(found: Compared) -> None:
    ended, left = found.conclusion, len(found.undecided)
    for bidder in found.outdated:
        output.note(
            f"ไม่ได้เทียบข้อเสนอของ {bidder}: เสนอต่อคุณลักษณะเฉพาะฉบับก่อน",
            f"the offer of {bidder} answers an earlier specification and is not compared",
        )
    if ended is None:
        output.note(
            f"ยังไม่ได้สรุปผล ต้องพิจารณาอีก {left} ข้อ",
            f"not concluded; {left} cells are left to judge",
        )
        return
    output.say(
        f"สรุปผลแล้ว: {ended.winner or 'ไม่มีผู้ได้รับคัดเลือก'}", f"concluded: {ended.winner or 'nobody'}"
    )
    if not found.same_as_concluded:
        output.note("เทียบใหม่วันนี้ได้ผลไม่ตรงกับที่สรุปไว้", "comparing again today gives something else")


def _cell(cell: Cell) -> str:
    from controller.procurement.comparison import OUTCOMES

    outcome = pick(OUTCOMES[cell.outcome], output.language())
    if cell.outcome == "unstated":
        return outcome
    return f"{_short(cell.stated)} [{outcome}]"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONG else f"{line[: _LONG - 1]}…"
