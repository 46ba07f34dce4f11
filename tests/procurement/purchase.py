"""A small purchase to compare: access points and switches, and offers that can be bent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from controller.procurement.offer import ItemOffer, Offer, Stated
from controller.specs.criterion import Criterion
from controller.specs.specification import Award, Item, Specification

AP = "access-point"
SWITCH = "access-switch"


def criterion(
    id_: str, attribute: str = "", operator: Any = "judged", value: Any = None, **more: Any
) -> Criterion:
    """A criterion whose words do not matter."""
    return Criterion(
        id=id_, text=f"ข้อกำหนด {id_}", attribute=attribute, operator=operator, value=value, **more
    )


AP_CRITERIA = (
    criterion("wifi", "wifi", "at-least", "Wi-Fi 6"),
    criterion("wpa", "wpa", "includes", ["WPA2", "WPA3"]),
    criterion("ports", "ports_1g", "at-least", 1),
    criterion("web", "web_management", "is", True),
)
SWITCH_CRITERIA = (
    criterion("ports", "ports_1g", "at-least", 24),
    criterion("mac", "mac_addresses", "at-least", 16000),
)


def item(id_: str = AP, criteria: tuple[Criterion, ...] = AP_CRITERIA, **more: Any) -> Item:
    """An item of the purchase; of 10, at a reference price of 22,000 baht."""
    values: dict[str, Any] = {
        "id": id_, "th": f"รายการ {id_}", "kind": id_, "quantity": 10, "price": 22000,
        "criteria": criteria,
    }  # fmt: skip
    return Item(**values | more)


def specification(*items: Item, **more: Any) -> Specification:
    """A specification of these items; of access points without any."""
    values: dict[str, Any] = {
        "title": "จัดซื้อ", "budget": 1_000_000, "need": "ของเดิมหมดอายุ", "items": items or (item(),),
    }  # fmt: skip
    return Specification(**values | more)


PRICE_PERFORMANCE = Award(rule="price-performance", price_weight=Decimal(60))

GOOD = {"wifi": "Wi-Fi 6", "wpa": "WPA2, WPA3", "ports": "1 ช่อง", "web": "มี"}
SWITCHES = {"ports": "24 ช่อง", "mac": "16,384"}


def offered(
    item_: str = AP, price: Any = 20000, product: str = "ยี่ห้อ ก/รุ่น 1", **answers: str
) -> ItemOffer:
    """What is offered for an item: by default everything as asked."""
    brand, _, model = product.partition("/")
    stated = {**(GOOD if item_ == AP else SWITCHES), **answers}
    return ItemOffer(
        item=item_,
        brand=brand,
        model=model,
        price=price,
        answers=tuple(
            Stated(criterion=id_, text=text, page="หน้า 1") for id_, text in stated.items()
        ),
    )


def offer(on: Specification, bidder: str, *items: ItemOffer) -> Offer:
    """An offer of a bidder; of good access points without any."""
    return Offer(bidder=bidder, specification=on.sha256, items=items or (offered(),))
