"""Draw a paper of a case, number it where its kind is numbered, keep what is final."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from controller.accounts.actor import Actor, require
from controller.documents.docx import render_docx
from controller.documents.pdf import render_pdf
from controller.documents.svg import render_svg
from controller.errors import InputError, NotAllowed, Refused
from controller.operations.case_papers import (
    NUMBERED,
    PAPERS,
    as_submitted,
    changed_since,
    is_there,
    too_early,
)
from controller.operations.compose_paper import compose_paper, garuda_of, look_of
from controller.operations.context import Context
from controller.processes.case import Case
from controller.store import audit_log, cases, documents
from controller.store.canonical import canonical
from controller.store.documents import Issued
from controller.thai import bangkok_date, buddhist_year


@dataclass(frozen=True)
class Printed:
    """A paper in every format it has, by suffix. The PDF is the record, the DOCX is to edit."""

    stem: str
    number: str | None
    files: dict[str, bytes]


def possible(context: Context, actor: Actor, number: str) -> tuple[str, ...]:
    """The papers of the case that `actor` can print by now. Errors: `NotFound`."""
    require(actor, "read_history")
    return possible_of(context, actor, _case(context, number))


def possible_of(context: Context, actor: Actor, case: Case) -> tuple[str, ...]:
    """The same of a case that was read already."""
    require(actor, "read_history")
    return tuple(paper for paper in PAPERS if _hindrance(context, actor, case, paper) is None)


def print_document(context: Context, actor: Actor, number: str, paper: str) -> Printed:
    """One paper of a case. The same content keeps its number and its bytes.

    A memo that was decided on and a notification are final: their PDF is kept. A number is given
    by whoever may `print_document`; what has one can be printed again by all who read history.
    Of a memo whose case was changed since there is only the PDF that was kept. Errors: `NotFound`
    for a paper the case cannot have yet, `Refused` for a memo of what the case does not hold any
    more, `NotAllowed`.
    """
    require(actor, "read_history")
    case = _case(context, number)
    hindrance = _hindrance(context, actor, case, paper)
    if hindrance is not None:
        raise hindrance
    issued = _issue(context, actor, case, paper) if paper in NUMBERED else None
    kept = _kept(context, issued)
    printed_number = _written(context, issued) if issued else _order_number(case, paper)
    if kept is not None and not as_submitted(case):
        return Printed(f"{number}-{paper}", printed_number, {"pdf": kept})
    day = bangkok_date(issued.at) if issued else _day_of(case)
    document = compose_paper(context, actor, case, paper, day=day, number=printed_number or "")
    garuda = garuda_of(context)
    pdf = kept or render_pdf(document, garuda=garuda)
    files = {"pdf": pdf, "docx": render_docx(document, garuda=garuda)}
    if paper == "flow":
        files["svg"] = render_svg(document).encode()
    if issued and issued.pdf is None and _final(case, paper):
        _keep(context, issued, pdf)
    return Printed(f"{number}-{paper}", printed_number, files)


def _case(context: Context, number: str) -> Case:
    with context.store.read() as conn:
        return cases.load_case(conn, number)


def _hindrance(
    context: Context, actor: Actor, case: Case, paper: str
) -> InputError | Refused | None:
    """Why a paper cannot be printed by `actor` now; None when it can."""
    if not is_there(case, paper):
        return too_early(case, paper)
    if paper not in NUMBERED:
        return None
    issued = _issued(context, case, paper)
    if issued is None:
        try:
            require(actor, "print_document")
        except NotAllowed as error:
            return error
    if paper == "memo" and not as_submitted(case) and not (issued and issued.pdf):
        return changed_since(case)
    return None


def _final(case: Case, paper: str) -> bool:
    if paper != "memo":
        return True
    last = case.submissions[-1]
    return any(decision.dossier == last.dossier for decision in case.decisions)


def _issue(context: Context, actor: Actor, case: Case, paper: str) -> Issued:
    """The entry of the memo register for this content, with the number it has or gets."""
    now = context.clock()
    year = buddhist_year(bangkok_date(now))
    first = context.office().numbering.first.get("memo", {}).get(year, 1)
    with context.store.begin() as conn:
        known = {entry.id for entry in documents.case_documents(conn, case.number)}
        issued = documents.issue(
            conn,
            "memo",
            year,
            kind=paper,
            case_number=case.number,
            title=case.title,
            source=_source(case, paper),
            by=actor.username,
            at=now,
            first=first,
        )
        if issued.id not in known:
            audit_log.append(
                conn,
                actor=actor.username,
                action="print_document",
                subject=case.number,
                content={"paper": paper, "register": "memo", "number": issued.number},
                at=now,
            )
    return issued


def _issued(context: Context, case: Case, paper: str) -> Issued | None:
    """The entry this content has in the register already."""
    source = _source(case, paper)
    with context.store.read() as conn:
        known = documents.case_documents(conn, case.number)
    return next((one for one in known if (one.kind, one.source) == (paper, source)), None)


def _source(case: Case, paper: str) -> str:
    """What the paper is made from: the dossier of a memo, the words of a notification."""
    if paper == "memo":
        return case.submissions[-1].dossier
    told = [event for event in case.events if event.what == "notified"][-1]
    return hashlib.sha256(canonical(told.model_dump(mode="json")).encode()).hexdigest()


def _written(context: Context, issued: Issued) -> str:
    shown = context.office().numbering.written("memo", issued.number, issued.year)
    return look_of(context).digits(shown)


def _order_number(case: Case, paper: str) -> str | None:
    return case.group.order if paper == "order" and case.group else None


def _kept(context: Context, issued: Issued | None) -> bytes | None:
    """The paper as it was when it became final, whatever this program would draw today."""
    return context.files.get(issued.pdf) if issued and issued.pdf else None


def _keep(context: Context, issued: Issued, pdf: bytes) -> None:
    sha256 = context.files.put(pdf)
    with context.store.begin() as conn:
        documents.set_paper(conn, issued.id, sha256)


def _day_of(case: Case) -> date:
    """The day a paper without a number bears: that of the last thing that happened in the case."""
    return bangkok_date(case.events[-1].at)
