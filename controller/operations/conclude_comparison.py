"""Conclude a comparison: nothing undecided, every concern explained; its form is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Refused, Text
from controller.language import nearest
from controller.operations.compare_offers import Compared, compared, unexplained
from controller.operations.comparison_papers import keep_comparison, require_not_concluded
from controller.operations.context import Context
from controller.operations.fill_form import fill_form
from controller.operations.procurement_papers import approved_specification
from controller.processes.case import Case
from controller.procurement.comparing import clause_number
from controller.procurement.comparison import Cell
from controller.procurement.comparison_form import Signing, comparison_form
from controller.procurement.comparison_paper import Conclusion, explained, outcomes, ranked
from controller.procurement.scoring import weights_total
from controller.store import cases, forms

FORM = "spec_comparison"
_SPECIFICATION_FORM = "spec_definition"
_LONGEST = 1000
_SHOWN = 10


def conclude_comparison(
    context: Context,
    actor: Actor,
    number: str,
    reasons: Mapping[str, str],
    *,
    winner: str = "",
) -> Case:
    """The case with its comparison concluded, and the form of it filled in and attached.

    `reasons` are written for every concern by its key, such as `tie` or `sole-clause:ap/wifi`.
    `winner` names one of those that tie; who stands first alone need not be named. No further
    offer is opened after this. Errors: `NotFound`; `NotApproved`; `InputError` for a reason nothing
    asks for and a winner who does not stand first; `Refused` without an offer, while a cell is
    undecided or a concern has no reason, and once concluded.
    """
    require(actor, "conclude_comparison")
    with context.store.read() as conn:
        case = cases.load_case(conn, number)
        context.require_seen(case.version)
        specification = approved_specification(context, conn, case, to_act=True)
    require_not_concluded(context, case)
    found = compared(context, case, specification)
    written = _written(found, reasons)
    _require_decided(found)
    _require_explained(found, written)
    chosen = _winner(found, winner.strip())
    now = context.clock()
    conclusion = Conclusion(
        winner=chosen,
        offers=ranked(found.comparison, found.hashes),
        outcomes=outcomes(found.comparison),
        explained=explained(found.comparison.concerns, written),
        by=actor.username,
        at=now,
    )
    # The form first: a comparison is concluded when everything of it is there.
    whatever = replace(context, seen=None)
    _keep_form(whatever, actor, case, found, conclusion)
    paper = found.paper.model_copy(update={"conclusion": conclusion})
    told = {
        "winner": chosen,
        "offers": {one.bidder: one.sha256 for one in conclusion.offers},
        "specification": specification.sha256,
        "reasons": written,
    }
    return keep_comparison(whatever, actor, "conclude_comparison", case, paper, told)


def _keep_form(
    context: Context, actor: Actor, case: Case, found: Compared, conclusion: Conclusion
) -> None:
    """Attach the form as it is concluded; one the case has already is revised."""
    values = comparison_form(
        found.specification,
        found.comparison,
        found.offers,
        winner=conclusion.winner,
        explained=[(one.concern, one.reason) for one in conclusion.explained],
        signing=_signing(context, case, found.specification.sha256),
    )
    filled = {name: value for name, value in values.items() if value not in (None, "")}
    earlier = next((p.number for p in case.papers if p.form == FORM), None)
    fill_form(context, actor, FORM, filled, case=case.number, revises=earlier)


def _signing(context: Context, case: Case, specification: str) -> Signing:
    """Who signs, by position, from the working group; a specification is named by its form."""
    if case.group is None:
        raise RuntimeError("an approved specification has a group")
    office, group = context.office(), case.group

    def position(username: str) -> str:
        person = office.person(username)
        return person.title if person else username

    paper = next((p.number for p in case.papers if p.form == _SPECIFICATION_FORM), None)
    written = f"SHA-256 {specification[:12]}"
    if paper is not None:
        with context.store.read() as conn:
            written = forms.load_form(conn, paper).printed
    member = group.members[0] if group.members else group.secretary
    return Signing(written, position(group.chair), position(member), position(group.secretary))


def _written(found: Compared, reasons: Mapping[str, str]) -> dict[str, str]:
    """The reasons that are not empty. Errors: `InputError` for one that nothing asks for."""
    known = [concern.key for concern in found.comparison.concerns]
    for key in reasons:
        if key not in known:
            near = nearest(key, known)
            listed = ", ".join(known) or "-"
            raise InputError(
                Text(th=f"ไม่มีข้อที่ต้องชี้แจง “{key}”", en=f"there is no concern “{key}” to explain"),
                hint=Text(th=f"หมายถึง {near} หรือไม่", en=f"did you mean {near}?")
                if near
                else Text(th=f"ข้อที่ต้องชี้แจง: {listed}", en=f"the concerns are: {listed}"),
            )
    written = {key: " ".join(reason.split())[:_LONGEST] for key, reason in reasons.items()}
    return {key: reason for key, reason in written.items() if reason}


def _require_decided(found: Compared) -> None:
    """Pass when offers were opened and every cell of them is decided. Errors: `Refused`."""
    if not found.offers:
        raise Refused(
            Text(th="ยังไม่ได้เปิดข้อเสนอของรายใด", en="no offer was opened yet"),
            hint=Text(
                th=f"เปิดข้อเสนอก่อน: `khaen spec offer open {found.case.number} …`",
                en=f"open one first: `khaen spec offer open {found.case.number} …`",
            ),
        )
    cells = found.undecided
    if cells:
        told = [_named(found, cell) for cell in cells[:_SHOWN]]
        more = f" … (+{len(cells) - _SHOWN})" if len(cells) > _SHOWN else ""
        listed = "; ".join(told) + more
        raise Refused(
            Text(
                th=f"ยังมี {len(cells)} ข้อที่คณะกรรมการต้องพิจารณา: {listed}",
                en=f"people still have to judge {len(cells)} cells: {listed}",
            ),
            hint=Text(
                th=f"พิจารณาก่อน: `khaen spec judge {found.case.number} …`",
                en=f"judge them first: `khaen spec judge {found.case.number} …`",
            ),
        )
    award, total = found.specification.award, weights_total(found.specification)
    if award.rule == "price-performance" and total != 100:
        raise Refused(
            Text(
                th=f"น้ำหนักคะแนนรวมได้ {total} ไม่ใช่ 100 จึงจัดลำดับไม่ได้",
                en=f"the weights total {total}, not 100: nobody can be ranked",
            ),
            hint=Text(
                th="คุณลักษณะเฉพาะต้องแก้ไขและอนุมัติใหม่",
                en="the specification has to be mended and approved again",
            ),
        )


def _named(found: Compared, cell: Cell) -> str:
    item = next(one for one in found.specification.items if one.id == cell.item)
    number = clause_number(item, cell.criterion)
    return f"{cell.bidder} {item.th} ข้อ {number} ({cell.item}/{cell.criterion})"


def _require_explained(found: Compared, written: Mapping[str, str]) -> None:
    """Pass when every concern has a reason. Errors: `Refused`, with all that have none."""
    left = unexplained(found, written)
    if left:
        th = "; ".join(f"{one.text.th} ({one.key})" for one in left)
        en = "; ".join(f"{one.text.en} ({one.key})" for one in left)
        options = " ".join(f'--reason "{one.key}=…"' for one in left)
        command = f"`khaen spec compare {found.case.number} --conclude {options}`"
        raise Refused(
            Text(th=f"ต้องชี้แจงเป็นลายลักษณ์อักษรก่อน: {th}", en=f"to be explained in writing: {en}"),
            hint=Text(th=command, en=command),
        )


def _winner(found: Compared, named: str) -> str | None:
    """Who wins: who stands first, of those that tie the one named; None when nobody passes."""
    first = [result.bidder for result in found.comparison.winners]
    if named and named not in first:
        listed = ", ".join(first) or "-"
        raise InputError(
            Text(
                th=f"“{named}” ไม่ได้อยู่ลำดับที่ 1 (ลำดับที่ 1: {listed})",
                en=f"“{named}” does not stand first ({listed})",
            )
        )
    if len(first) > 1 and not named:
        listed = ", ".join(first)
        raise Refused(
            Text(
                th=f"ได้ลำดับที่ 1 เท่ากัน: {listed} ต้องระบุว่าคัดเลือกรายใด",
                en=f"these tie for the first place: {listed}; name the one to choose",
            ),
            hint=Text(
                th='ระบุด้วย --winner "…" พร้อมเหตุผลของ tie',
                en='name it with --winner "…", with the reason for tie',
            ),
        )
    return named or next(iter(first), None)
