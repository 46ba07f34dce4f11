"""Judge what no program can: a criterion people weigh, or words that could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar, get_args

from controller.accounts.actor import Actor, require
from controller.errors import InputError, NotFound, Refused, Text
from controller.language import nearest
from controller.operations.compare_offers import Compared, compared
from controller.operations.comparison_papers import keep_comparison, require_not_concluded
from controller.operations.context import Context
from controller.operations.procurement_papers import approved_specification
from controller.processes.case import Case
from controller.procurement.comparing import clause_number, outcome_of
from controller.procurement.comparison import OPEN, OUTCOMES
from controller.procurement.comparison_paper import Judgement
from controller.procurement.offer import Standing
from controller.specs.attribute import attributes
from controller.store import cases

LONGEST = 1000
T = TypeVar("T")


def judge_criterion(
    context: Context,
    actor: Actor,
    number: str,
    item: str,
    criterion: str,
    bidder: str,
    standing: Standing,
    why: str,
) -> Case:
    """The case whose comparison holds how the group judged what a bidder states, and why.

    Judging again takes the place of what was judged before. Errors: `NotFound`, with the nearest;
    `NotApproved`; `InputError` without a reason; `Refused` for what is not stated, for what the
    program can tell by itself, and once the comparison is concluded.
    """
    require(actor, "judge_criterion")
    if standing not in get_args(Standing):
        raise InputError(
            Text(th="ต้องบอกผลการพิจารณา", en="say how it was judged"),
            hint=Text(th="ดีกว่า เท่ากัน หรือไม่ผ่าน", en="better, equal or fails"),
        )
    reason = " ".join(why.split())
    if not reason or len(reason) > LONGEST:
        raise InputError(
            Text(
                th=f"ต้องบอกเหตุผลของการพิจารณา ไม่เกิน {LONGEST} ตัวอักษร",
                en=f"say why, in at most {LONGEST} characters",
            )
        )
    with context.store.read() as conn:
        case = cases.load_case(conn, number)
        specification = approved_specification(context, conn, case, to_act=True)
    require_not_concluded(context, case)
    found = compared(context, case, specification)
    text = _to_judge(found, item, criterion, bidder)
    judgement = Judgement(
        item=item,
        criterion=criterion,
        bidder=bidder,
        text=text,
        standing=standing,
        why=reason,
        by=actor.username,
        at=context.clock(),
    )
    told = judgement.model_dump(mode="json", exclude={"by", "at"})
    paper = found.paper.judged(judgement)
    return keep_comparison(context, actor, "judge_criterion", case, paper, told)


def _to_judge(found: Compared, item: str, criterion: str, bidder: str) -> str:
    """The words people have to judge. Errors: `NotFound`, `Refused`."""
    items = {one.id: one for one in found.specification.items}
    of_item = _named(items, item, Text(th="รายการ", en="item"))
    criteria = {one.id: one for one in of_item.criteria}
    asked = _named(criteria, criterion, Text(th="ข้อกำหนด", en="criterion"))
    offers = {one.bidder: one for one in found.offers}
    stated = _named(offers, bidder, Text(th="ผู้เสนอราคา", en="bidder")).item(item).answer(criterion)
    # Judged before or not: what the program says by itself decides whether there is a choice.
    alone = stated.model_copy(update={"judged": None})
    outcome, _ = outcome_of(asked, attributes().get(asked.attribute), alone)
    clause = clause_number(of_item, criterion)
    if outcome == "unstated":
        raise Refused(
            Text(
                th=f"{bidder} ไม่ระบุข้อ {clause} ไว้ จึงถือว่าไม่ผ่าน ไม่มีถ้อยคำให้พิจารณา",
                en=f"{bidder} does not state criterion {clause}: no pass, and nothing to judge",
            ),
            hint=Text(
                th="ถ้าผู้เสนอราคาระบุไว้ในเอกสารที่ยื่นแล้ว ให้เปิดข้อเสนอใหม่พร้อมเหตุผล",
                en="if the documents handed in do state it, open the offer again with a reason",
            ),
        )
    if outcome not in OPEN:
        words = OUTCOMES[outcome]
        raise Refused(
            Text(
                th=f"ข้อ {clause} ของ {bidder} เทียบได้แน่ชัดว่า {words.th} จึงไม่ต้องพิจารณา",
                en=f"criterion {clause} of {bidder} is plain: {words.en}; nothing to judge",
            )
        )
    return stated.text.strip()


def _named(known: Mapping[str, T], name: str, what: Text) -> T:
    if name in known:
        return known[name]
    near = nearest(name, known)
    listed = ", ".join(known)
    raise NotFound(
        Text(th=f"ไม่มี{what.th} “{name}”", en=f"there is no {what.en} “{name}”"),
        hint=Text(th=f"หมายถึง {near} หรือไม่", en=f"did you mean {near}?")
        if near
        else Text(th=f"มี: {listed}", en=f"there are: {listed}"),
    )
