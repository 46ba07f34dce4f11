"""What cases keep is named by the same hash in every version: these may never change."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from controller.procurement.comparison_paper import ComparisonPaper
from controller.procurement.delivery import Check, Delivery, Piece
from controller.procurement.offer import ItemOffer, Offer, Stated
from controller.specs.canonical import Canonical
from controller.specs.criterion import Criterion
from controller.specs.specification import Item, Specification, read_specification

HASH = "a" * 64
SPECIFICATION = Specification(
    title="จัดซื้อสวิตช์",
    budget=Decimal("26000.00"),
    need="ทดแทนของเดิม",
    items=(
        Item(
            id="switch",
            th="สวิตช์",
            kind="switch",
            quantity=2,
            price=Decimal(13000),
            criteria=(
                Criterion.model_validate(
                    {
                        "id": "ports",
                        "text": "มี 24 ช่อง",
                        "attribute": "ports_1g",
                        "operator": "at-least",
                        "value": 24,
                        "unit": "port",
                    }
                ),
            ),
        ),
    ),
)
OFFER = Offer(
    bidder="ผู้เสนอราคา ก",
    specification=HASH,
    items=(
        ItemOffer(
            item="switch",
            price=Decimal("12500.50"),
            answers=(Stated(criterion="ports", text="24"),),
        ),
    ),
)
DELIVERY = Delivery(
    number=1,
    case="2569-2.4-0001",
    specification=HASH,
    comparison=HASH,
    offer=HASH,
    bidder="ผู้เสนอราคา ก",
    by="engineer1",
    at=datetime(2026, 11, 28, 1, 0, tzinfo=UTC),
    pieces=(
        Piece(
            key="1", item="switch", site="kkn-school-a",
            checks=(Check(about="model", outcome="proved"),),
        ),
    ),
)  # fmt: skip
KEPT: dict[str, Canonical] = {
    "specification": SPECIFICATION,
    "offer": OFFER,
    "comparison": ComparisonPaper(specification=HASH),
    "delivery": DELIVERY,
}
GOLDEN = {
    "specification": "7de5414d120fb08a",
    "offer": "6afb94e32335b99f",
    "comparison": "bdcfe27e84ce8b75",
    "delivery": "8d4a42629d6b3be3",
}


def test_hashes_never_change() -> None:
    assert {name: value.sha256[:16] for name, value in KEPT.items()} == GOLDEN


def test_equal_numbers_written_otherwise_are_the_same() -> None:
    written = SPECIFICATION.model_copy(update={"budget": Decimal(26000)})
    assert Specification.model_validate(written.model_dump()).sha256 == SPECIFICATION.sha256
    assert read_specification(SPECIFICATION.content) == SPECIFICATION
    assert read_specification(SPECIFICATION.content).sha256 == SPECIFICATION.sha256
