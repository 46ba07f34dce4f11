"""Draft a specification: from baselines and quantities, or from the needs somebody found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Text
from controller.operations.context import Context
from controller.procurement.drafting import Wanted, draft
from controller.procurement.need_paper import NeedPaper, read_need
from controller.specs.specification import Specification
from controller.workspace.specification_file import read_specification_file
from controller.workspace.specification_text import specification_text


def draft_specification(
    context: Context,
    actor: Actor,
    wanted: Sequence[Wanted],
    *,
    need: str = "",
    title: str = "",
    fund: str = "",
    budget: Decimal | None = None,
) -> Specification:
    """A draft by the baselines in force today; it is kept nowhere until it is written.

    Errors: `InputError` as `procurement.drafting.draft`.
    """
    require(actor, "write_specification")
    return draft(
        wanted,
        context.baselines(),
        context.today(),
        need=need,
        title=title,
        fund=fund,
        budget=budget,
    )


def wanted_of(
    paper: NeedPaper, chosen: Mapping[str, str], prices: Mapping[str, Decimal]
) -> tuple[Wanted, ...]:
    """What a need asks to be drafted. `chosen` says which baseline a kind is bought by, where a
    kind has several; `prices` what one of a kind costs, where its baseline has no ceiling.

    Errors: `InputError` for a kind the need does not ask for.
    """
    kinds = {item.kind for item in paper.items}
    strange = [kind for kind in (*chosen, *prices) if kind not in kinds]
    if strange:
        listed = ", ".join(sorted(kinds))
        raise InputError(
            Text(th=f"ความต้องการนี้ไม่มีชนิด {strange[0]}", en=f"the need asks for no {strange[0]}"),
            hint=Text(th=f"มี: {listed}", en=f"it asks for: {listed}"),
        )
    return tuple(
        Wanted(
            what=chosen.get(item.kind, item.kind),
            quantity=item.quantity,
            places=item.places,
            price=prices.get(item.kind),
        )
        for item in paper.items
    )


def read_needs(name: str, content: bytes) -> NeedPaper:
    """The needs of a file, as `khaen spec need --json` wrote them. Errors: `InputError`."""
    try:
        return read_need(content)
    except ValueError:
        raise InputError(
            Text(th=f"{name} ไม่ใช่ไฟล์ความต้องการ", en=f"{name} is no file of needs"),
            hint=Text(
                th="สร้างด้วย `khaen spec need --json > need.json`",
                en="make one with `khaen spec need --json > need.json`",
            ),
        ) from None


def read_draft(context: Context, actor: Actor, name: str, content: bytes) -> Specification:
    """The specification of a file somebody edited. Errors: `InputError` with every problem."""
    require(actor, "write_specification")
    return read_specification_file(name, content, context.baselines())


def draft_text(context: Context, actor: Actor, specification: Specification) -> str:
    """The specification as the file a person edits; `read_draft` gives the same value back."""
    require(actor, "write_specification")
    return specification_text(specification, context.baselines())
