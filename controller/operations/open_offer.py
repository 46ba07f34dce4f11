"""Open one bidder's offer: read it whole or say of every cell why not, and keep it in the case."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import PurePosixPath

from controller.accounts.actor import Actor, require
from controller.documents.reading import LARGEST, read_grids
from controller.errors import InputError, Problem, Refused, Text
from controller.operations.comparison_papers import require_not_concluded
from controller.operations.context import Context
from controller.operations.procurement_papers import (
    approved_specification,
    keep_paper,
    offers_of,
    papers_of,
)
from controller.processes.case import Case
from controller.procurement.offer import Offer
from controller.procurement.offer_sheet import read_offer_grids, stated_specifications
from controller.specs.answer_words import loose
from controller.specs.specification import Specification
from controller.store import cases
from controller.store.engine import Connection
from controller.workspace.offer_file import offer_document, read_offer_document, stated_in

PAPER = "offer/"
_LONGEST_NAME = 120
_LONGEST_REASON = 1000


def open_offer(
    context: Context, actor: Actor, number: str, name: str, content: bytes, reason: str = ""
) -> Case:
    """The case with the offer in this file (XLSX, CSV or YAML); the file is kept as it came.

    A bidder's second offer takes the place of the first with a written reason; both stay on record.
    Errors: `NotFound`, `NotAllowed`; `NotApproved` with every reason; `InputError` with every
    fault by its cell; `Refused` for an answer to another specification, a bidder who has an offer
    already, and once the comparison is concluded.
    """
    require(actor, "open_offer")
    name, reason = _plain(name), reason.strip()[:_LONGEST_REASON]
    with context.store.read() as conn:
        case = cases.load_case(conn, number)
        specification = approved_specification(context, conn, case, to_act=True)
        require_not_concluded(context, case)
    offer = _read(name, content, specification)
    offer = offer.model_copy(
        update={"file": name, "file_sha256": hashlib.sha256(content).hexdigest()}
    )
    paper = _paper_of(case, offer.bidder)
    _require_reason(context, case, offer, reason)
    context.files.put(content)

    def check(conn: Connection, now: Case) -> None:
        again = approved_specification(context, conn, now, to_act=True)
        require_not_concluded(context, now)
        _require_answers(frozenset({again.sha256}), specification, name)
        _require_reason(context, now, offer, reason)

    replaces = any(one.number == paper for one in papers_of(case, "offer"))
    told = {
        "bidder": offer.bidder, "file": name, "file_sha256": offer.file_sha256,
        "specification": offer.specification, "reason": reason if replaces else "",
    }  # fmt: skip
    return keep_paper(
        context,
        actor,
        "open_offer",
        number,
        kind="offer",
        name=paper,
        title=f"ข้อเสนอของ {offer.bidder}",
        content=offer.content,
        told=told,
        check=check,
    )


def _read(name: str, content: bytes, specification: Specification) -> Offer:
    if not content:
        raise InputError(Text(th=f"{name} เป็นไฟล์เปล่า", en=f"{name} is empty"))
    if name.lower().endswith((".yaml", ".yml")):
        return _read_yaml(name, content, specification)
    grids = read_grids(content)
    stated = stated_specifications(grids)
    if stated:
        _require_answers(stated, specification, name)
    read = read_offer_grids(grids, specification)
    problems = tuple(
        Problem(f"{name} ▸ {f.cell}", f.row, f.column, f.message, f.found, f.allowed, f.suggestion)
        for f in read.faults
    )
    return _whole(name, read.offer, problems)


def _read_yaml(name: str, content: bytes, specification: Specification) -> Offer:
    if len(content) > LARGEST:
        raise InputError(Text(th=f"{name} ใหญ่เกิน 5 MB", en=f"{name} is larger than 5 MB"))
    document = offer_document(name, content)
    if not document.problems:
        _require_answers(stated_in(document), specification, name)
    return _whole(name, *read_offer_document(document, specification))


def _whole(name: str, offer: Offer | None, problems: tuple[Problem, ...]) -> Offer:
    if offer is not None and not problems:
        return offer
    count = len(problems)
    raise InputError(
        Text(
            th=f"{name} มีข้อผิดพลาด {count} แห่ง จึงยังไม่รับเป็นข้อเสนอ",
            en=f"{name} has {count} faults and is not taken as an offer",
        ),
        hint=Text(
            th="แก้ตามตำแหน่งที่บอกแล้วเปิดใหม่ โดยเก็บแฟ้มเดิมไว้เป็นหลักฐาน",
            en="mend each place and open it again; keep the file that came as evidence",
        ),
        problems=problems,
    )


def _require_answers(stated: frozenset[str], specification: Specification, name: str) -> None:
    if stated == {specification.sha256}:
        return
    told = ", ".join(sorted(hash_[:12] or "-" for hash_ in stated)) or "-"
    raise Refused(
        Text(
            th=f"{name} เป็นข้อเสนอต่อคุณลักษณะเฉพาะฉบับอื่น ({told}) ไม่ใช่ฉบับที่อนุมัติ "
            f"({specification.sha256[:12]})",
            en=f"{name} answers another specification ({told}), not the approved one "
            f"({specification.sha256[:12]})",
        ),
        hint=Text(
            th="ใช้แบบข้อเสนอที่ดาวน์โหลดจากเรื่องนี้หลังอนุมัติ",
            en="use the template that this case gives after its approval",
        ),
    )


def _paper_of(case: Case, bidder: str) -> str:
    """The paper of the bidder: the one there is, however the name is spaced, or a new one."""
    wanted = PAPER + bidder
    papers = papers_of(case, "offer")
    return next((p.number for p in papers if loose(p.number) == loose(wanted)), wanted)


def _require_reason(context: Context, case: Case, offer: Offer, reason: str) -> None:
    """Pass with a reason, or where the bidder has no offer on this specification yet.

    Errors: `Refused`.
    """
    if reason:
        return
    for earlier in offers_of(context, case):
        same = loose(earlier.bidder) == loose(offer.bidder)
        if same and earlier.specification == offer.specification:
            raise Refused(
                Text(
                    th=f"เปิดข้อเสนอของ {earlier.bidder} ไว้แล้ว",
                    en=f"the offer of {earlier.bidder} is open already",
                ),
                hint=Text(
                    th="ถ้าต้องเปิดฉบับใหม่แทน ให้ระบุเหตุผลด้วย ฉบับเดิมยังเก็บไว้",
                    en="to open another in its place give a reason as well; the first is kept",
                ),
            )


def _plain(name: str) -> str:
    """The file's own name on one line: no folder, nothing that cannot be seen."""
    shown = unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name)
    kept = "".join(c for c in shown if unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs"})
    return " ".join(kept.split())[-_LONGEST_NAME:] or "offer"
