"""The offers opened in a case: who, at which price, what is not stated, what was before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from controller.accounts.actor import Actor, require
from controller.errors import NotFound, Text
from controller.language import nearest
from controller.operations.context import Context
from controller.operations.open_offer import PAPER
from controller.operations.procurement_papers import approved_specification, papers_of
from controller.processes.case import Case, Paper
from controller.procurement.offer import Offer, read_offer
from controller.procurement.offer_sheet import unstated_in
from controller.specs.specification import Specification
from controller.store import audit_log, cases
from controller.store.engine import Connection


@dataclass(frozen=True)
class Opened:
    """One opening: whose offer, by whom, when, from which file; why, where it replaced another."""

    bidder: str
    sha256: str
    by: str
    at: datetime
    file: str
    file_sha256: str
    reason: str


@dataclass(frozen=True)
class OfferShown:
    """An offer with its standing in the case. `total` is baht of all items, None with one unpriced.

    `earlier` are the openings it replaced, the oldest first. `outdated`: it answers a specification
    that was approved before the one that counts now, and is in no comparison.
    """

    offer: Offer
    paper: Paper
    opened: Opened
    earlier: tuple[Opened, ...]
    total: Decimal | None
    unstated: tuple[tuple[str, str], ...]
    outdated: bool


@dataclass(frozen=True)
class Offers:
    """A case's specification as it was approved, and the offers on it by the bidders' names."""

    case: Case
    specification: Specification
    offers: tuple[OfferShown, ...]


def list_offers(context: Context, actor: Actor, number: str) -> Offers:
    """The offers of the case. Errors: `NotFound`; `NotApproved` with every reason; `StoreError`."""
    require(actor, "read_history")
    with context.store.read() as conn:
        case = cases.load_case(conn, number)
        specification = approved_specification(context, conn, case)
        openings = _openings(conn, number)
    shown = [
        _shown(context, paper, specification, openings.get(paper.number, []))
        for paper in papers_of(case, "offer")
    ]
    return Offers(case, specification, tuple(sorted(shown, key=lambda o: o.offer.bidder)))


def show_offer(
    context: Context, actor: Actor, number: str, which: str
) -> tuple[Offers, OfferShown]:
    """One offer, by its bidder or the beginning of its hash. Errors: as `list_offers`."""
    found = list_offers(context, actor, number)
    for shown in found.offers:
        if which == shown.offer.bidder:
            return found, shown
    by_hash = [o for o in found.offers if len(which) >= 8 and o.paper.sha256.startswith(which)]
    if len(by_hash) == 1:
        return found, by_hash[0]
    near = nearest(which, [o.offer.bidder for o in found.offers])
    raise NotFound(
        Text(
            th=f"เรื่อง {number} ไม่มีข้อเสนอของ “{which}”",
            en=f"case {number} has no offer of “{which}”",
        ),
        hint=Text(th=f"หมายถึง {near} หรือไม่", en=f"did you mean {near}?") if near else None,
    )


def fetch_offer_file(context: Context, actor: Actor, number: str, sha256: str) -> tuple[str, bytes]:
    """A file a bidder handed over, name and bytes, by its hash; those that were replaced too.

    Errors: as `list_offers`; `NotFound` for a file no offer of the case was opened from.
    """
    for shown in list_offers(context, actor, number).offers:
        for opened in (shown.opened, *shown.earlier):
            if opened.file_sha256 == sha256:
                return opened.file, context.files.get(sha256)
    raise NotFound(
        Text(
            th=f"เรื่อง {number} ไม่มีแฟ้มข้อเสนอ {sha256[:12]}",
            en=f"case {number} has no file of an offer {sha256[:12]}",
        )
    )


def _shown(
    context: Context, paper: Paper, specification: Specification, openings: list[Opened]
) -> OfferShown:
    offer = read_offer(context.files.get(paper.sha256))
    now = Opened(
        bidder=offer.bidder,
        sha256=paper.sha256,
        by=paper.by,
        at=paper.at,
        file=offer.file,
        file_sha256=offer.file_sha256,
        reason="",
    )
    opened = next((o for o in reversed(openings) if o.file_sha256 == offer.file_sha256), now)
    return OfferShown(
        offer=offer,
        paper=paper,
        opened=opened,
        earlier=tuple(o for o in openings if o is not opened),
        total=total_of(offer, specification),
        unstated=unstated_in(offer, specification),
        outdated=offer.specification != specification.sha256,
    )


def total_of(offer: Offer, specification: Specification) -> Decimal | None:
    """The price of everything (baht), None where the price of an item is missing."""
    total = Decimal(0)
    for item in specification.items:
        price = offer.item(item.id).price
        if price is None:
            return None
        total += price * item.quantity
    return total


def _openings(conn: Connection, number: str) -> dict[str, list[Opened]]:
    """paper -> its openings, the oldest first, as the audit log has them."""
    found: dict[str, list[Opened]] = {}
    for entry in audit_log.about(conn, number):
        told = entry.content
        if entry.action == "open_offer" and str(told.get("paper", "")).startswith(PAPER):
            found.setdefault(told["paper"], []).append(
                Opened(
                    bidder=told["bidder"],
                    sha256=told["sha256"],
                    by=entry.actor,
                    at=entry.at,
                    file=told["file"],
                    file_sha256=told["file_sha256"],
                    reason=told["reason"],
                )
            )
    return found
