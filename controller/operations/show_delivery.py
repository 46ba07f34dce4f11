"""Read the deliveries of a case: what came, what is proved, what stands against accepting it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.errors import Text
from controller.operations.context import Context
from controller.operations.delivery_papers import (
    case_of,
    deliveries_of,
    delivery_of,
    known_around,
)
from controller.operations.procurement_papers import specification_of
from controller.processes.case import Case
from controller.procurement.acceptance import reasons_against, titles_of
from controller.procurement.delivery import Delivery
from controller.specs.specification import Specification


@dataclass(frozen=True)
class DeliveryView:
    """A delivery with what it is held against.

    `against` are the reasons it cannot be accepted, empty when it can or was. `titles` names each
    check of each item: item -> about -> words. `replaced` are register numbers of what it stands in
    for, which somebody has to dispose of.
    """

    case: Case
    delivery: Delivery
    specification: Specification
    against: tuple[Text, ...]
    titles: Mapping[str, Mapping[str, Text]]
    replaced: tuple[str, ...]


def show_delivery(
    context: Context, actor: Actor, number: str, delivery: int | None = None
) -> DeliveryView:
    """One delivery, the latest where none is said. Errors: `NotFound`."""
    require(actor, "read_history")
    case = case_of(context, number)
    return view_of(context, case, delivery_of(context, case, delivery))


def list_deliveries(context: Context, actor: Actor, number: str) -> tuple[DeliveryView, ...]:
    """Every delivery of the case, by its number; none is no error. Errors: `NotFound`."""
    require(actor, "read_history")
    case = case_of(context, number)
    return tuple(view_of(context, case, delivery) for delivery in deliveries_of(context, case))


def view_of(context: Context, case: Case, delivery: Delivery) -> DeliveryView:
    """The delivery with what it is held against."""
    specification = specification_of(context, case)
    if specification is None:
        raise RuntimeError("a delivery without a specification")
    inventory = context.inventory()
    others = tuple(d for d in deliveries_of(context, case) if d.number != delivery.number)
    known = known_around(inventory, others)
    against = () if delivery.accepted else reasons_against(delivery, specification, known)
    there = {asset.number for asset in inventory.assets if asset.state != "disposed"}
    return DeliveryView(
        case=case,
        delivery=delivery,
        specification=specification,
        against=against,
        titles={item.id: titles_of(item) for item in specification.items},
        replaced=tuple(n for n in replaced_by(delivery, specification) if n in there),
    )


def replaced_by(delivery: Delivery, specification: Specification) -> tuple[str, ...]:
    """Register numbers that the pieces at these places stand in for, by the specification."""
    if delivery.accepted is not None:
        return delivery.accepted.replaced
    came = {(piece.item, piece.site) for piece in delivery.pieces}
    numbers = (
        number
        for item in specification.items
        for place in item.places
        if (item.id, place.site) in came
        for number in place.replaces
    )
    return tuple(dict.fromkeys(numbers))
