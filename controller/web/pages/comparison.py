"""The offers of a case beside its criteria: judging, concluding, taking a conclusion back."""

from __future__ import annotations

from nicegui import ui

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.operations.compare_offers import Compared, compare_offers
from controller.operations.conclude_comparison import conclude_comparison
from controller.operations.judge_criterion import judge_criterion
from controller.operations.reopen_comparison import reopen_comparison
from controller.procurement.comparing import clause_number
from controller.procurement.comparison import OUTCOMES, VERDICTS, Cell
from controller.specs.asking import asked
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.asking import Answers, Asked, Question, ask_in_dialog
from controller.web.visit import Visit

TONES = {
    "better": "good", "equal": "good", "fails": "bad", "unstated": "bad", "unreadable": "warn",
    "unjudged": "warn", "pass": "good", "fail": "bad", "unknown": "warn",
}  # fmt: skip
_SHORT = 60


@page("/cases/{number}/comparison", Text(th="เปรียบเทียบข้อเสนอ", en="Comparison of offers"))
async def build(visit: Visit, actor: Actor) -> None:
    """Every criterion beside every offer; on a phone one offer at a time, chosen by `?bidder=`."""
    found = await visit.ask(compare_offers, visit.path["number"])
    compared = found.comparison
    wanted = visit.query.get("bidder", "")
    first = next((one.bidder for one in compared.winners), next(iter(compared.bidders), ""))
    put(
        visit,
        "procurement/comparison_head.html",
        found=found,
        compared=compared,
        results={one.bidder: one for one in compared.offers},
        outcomes=OUTCOMES,
        verdicts=VERDICTS,
        tones=TONES,
    )
    with ui.element("div").classes("filters moves"):
        _buttons(visit, actor, found)
    put(
        visit,
        "procurement/comparison.html",
        found=found,
        compared=compared,
        chosen=wanted if wanted in compared.bidders else first,
        results={(one.item, one.bidder): one for one in compared.items},
        judged={one.about: one for one in found.paper.judgements},
        outcomes=OUTCOMES,
        verdicts=VERDICTS,
        tones=TONES,
        asked=asked,
    )


def _buttons(visit: Visit, actor: Actor, found: Compared) -> None:
    if found.case.state != "open":
        return
    if found.conclusion is not None:
        delivered = any(paper.kind == "acceptance" for paper in found.case.papers)
        if may(actor, "reopen_comparison") and not delivered:
            _offer_reopening(visit, found)
        return
    if may(actor, "judge_criterion") and _to_judge(found):
        _offer_judging(visit, found)
    if may(actor, "conclude_comparison") and found.offers and not found.undecided:
        _offer_concluding(visit, found)


def _to_judge(found: Compared) -> tuple[Cell, ...]:
    """What is left to judge, and what was judged and may be judged again."""
    judged = [
        cell
        for judgement in found.paper.judgements
        if (cell := found.comparison.cells.get(judgement.about)) is not None
        and cell.stated == judgement.text
        and cell not in found.undecided
    ]
    return (*found.undecided, *judged)


def _offer_judging(visit: Visit, found: Compared) -> None:
    cells = {f"{n}": cell for n, cell in enumerate(_to_judge(found))}
    left = len(found.undecided)
    asking = Asked(
        Text(th="พิจารณาข้อที่โปรแกรมตัดสินไม่ได้", en="Judge what no program can"),
        Text(th="บันทึกผลการพิจารณา", en="Keep the judgement"),
        (
            Question(
                "cell",
                Text(th="ผู้เสนอราคาและข้อกำหนด", en="Bidder and criterion"),
                "choice",
                "0",
                {n: _cell_words(visit, found, cell) for n, cell in cells.items()},
            ),
            Question(
                "standing",
                Text(th="ผลการพิจารณา", en="Judgement"),
                "choice",
                None,
                {name: visit.w(OUTCOMES[name]) for name in ("better", "equal", "fails")},
            ),
            Question("why", Text(th="เหตุผล", en="Why"), "lines"),
        ),
    )

    async def judge(given: Answers) -> None:
        cell = cells[given["cell"]]
        await visit.ask(
            judge_criterion,
            found.case.number,
            cell.item,
            cell.criterion,
            cell.bidder,
            given["standing"],
            given["why"],
        )
        ui.navigate.to(visit.address)

    words = visit.t("พิจารณาใหม่", "Judge again")
    if left:
        words = visit.t(f"พิจารณา (เหลือ {left} ข้อ)", f"Judge ({left} left)")
    ui.button(words, on_click=lambda: ask_in_dialog(visit, asking, judge)).props(
        "color=primary" if left else "outline color=primary"
    )


def _cell_words(visit: Visit, found: Compared, cell: Cell) -> str:
    item = next(one for one in found.specification.items if one.id == cell.item)
    which = f"{item.th} " if len(found.specification.items) > 1 else ""
    number = clause_number(item, cell.criterion)
    said = cell.stated if len(cell.stated) <= _SHORT else f"{cell.stated[:_SHORT]}…"
    done = "" if cell in found.undecided else f" [{visit.w(OUTCOMES[cell.outcome])}]"
    clause = visit.t(f"ข้อ {number}", f"criterion {number}")
    return f"{cell.bidder} · {which}{clause}: “{said}”{done}"


def _offer_concluding(visit: Visit, found: Compared) -> None:
    concerns = found.comparison.concerns
    tied = [one.bidder for one in found.comparison.winners]
    winner = Question(
        "winner",
        Text(th="คัดเลือกรายใด", en="Whom to choose"),
        "choice",
        None,
        {bidder: bidder for bidder in tied},
    )
    asking = Asked(
        Text(th="สรุปผลการเปรียบเทียบ", en="Conclude the comparison"),
        Text(th="สรุปผลและแนบแบบสรุป", en="Conclude, and attach its form"),
        (
            *(
                Question(
                    f"concern {n}",
                    Text(th="เหตุผลที่ชี้แจง", en="Reason"),
                    "lines",
                    hint=concern.text,
                )
                for n, concern in enumerate(concerns)
            ),
            *((winner,) if len(tied) > 1 else ()),
        ),
    )

    async def conclude(given: Answers) -> None:
        reasons = {one.key: given[f"concern {n}"] for n, one in enumerate(concerns)}
        await visit.ask(
            conclude_comparison, found.case.number, reasons, winner=given.get("winner", "")
        )
        ui.navigate.to(visit.address)

    ui.button(visit.w(asking.title), on_click=lambda: ask_in_dialog(visit, asking, conclude)).props(
        "color=primary"
    )


def _offer_reopening(visit: Visit, found: Compared) -> None:
    asking = Asked(
        Text(th="ยกเลิกผลสรุป", en="Take the conclusion back"),
        Text(th="ยกเลิกผลสรุป", en="Take it back"),
        (Question("reason", Text(th="เหตุผล", en="Reason"), "lines"),),
        grave=True,
    )

    async def reopen(given: Answers) -> None:
        await visit.ask(reopen_comparison, found.case.number, given["reason"])
        ui.navigate.to(visit.address)

    ui.button(visit.w(asking.title), on_click=lambda: ask_in_dialog(visit, asking, reopen)).props(
        "outline color=primary"
    )
