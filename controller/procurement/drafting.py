"""A draft of a specification: what the group begins with, from baselines, quantities and need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

import yaml

from controller.errors import InputError, Text
from controller.language import nearest
from controller.specs.baseline import Baseline, Baselines
from controller.specs.specification import Item, Place, Specification, Terms

_LONGEST_TITLE = 200


@dataclass(frozen=True)
class Wanted:
    """One line to draft.

    `what` is a baseline (`edition/id`), a class in the edition in force, or a kind of the register
    that has one class only. `price` is the reference price of one in baht; without it the ceiling
    is taken.
    """

    what: str
    quantity: int
    places: tuple[Place, ...] = ()
    price: Decimal | None = None
    price_source: str = ""


def draft(
    wanted: Sequence[Wanted],
    baselines: Baselines,
    day: date,
    *,
    need: str,
    title: str = "",
    fund: str = "",
    budget: Decimal | None = None,
) -> Specification:
    """The draft, with every criterion of the baselines in force on `day`.

    Without a budget it is the reference price; without a title the names of what is bought.
    Errors: `InputError` for what is no baseline or could be several, for a baseline without a
    ceiling and no price, and for nothing wanted or no need.
    """
    if not wanted:
        raise InputError(
            Text(th="ยังไม่ได้ระบุรายการ", en="nothing is asked for"), hint=_see(baselines, day)
        )
    if not need.strip():
        raise InputError(Text(th="ยังไม่ได้ระบุเหตุผลความจำเป็น", en="the need is missing"))
    items: list[Item] = []
    for line in wanted:
        items.append(_item(line, baselines, day, {item.id for item in items}))
    total = sum((item.amount for item in items), Decimal(0))
    return Specification(
        title=(title.strip() or _title(items))[:_LONGEST_TITLE],
        fund=fund.strip(),
        budget=budget if budget is not None else total,
        need=need.strip(),
        items=tuple(items),
        terms=usual_terms(),
    )


def baseline_wanted(what: str, baselines: Baselines, day: date) -> Baseline:
    """The baseline somebody means. Errors: `InputError` with the nearest, or with the choices."""
    if "/" in what:
        found = baselines.baseline(what)
        if found is None:
            raise _no_baseline(what, [baseline.ref for baseline in baselines.baselines])
        return found
    newest = baselines.newest(what, day)
    if newest is not None:
        return newest
    in_force = in_force_on(baselines, day)
    of_kind = [baseline for baseline in in_force if baseline.kind == what]
    if len(of_kind) == 1:
        return of_kind[0]
    if of_kind:
        listed = ", ".join(baseline.id for baseline in of_kind)
        raise InputError(
            Text(
                th=f"“{what}” มีเกณฑ์พื้นฐานหลายแบบ", en=f"there are several baselines of kind {what}"
            ),
            hint=Text(th=f"เลือกหนึ่งแบบ: {listed}", en=f"choose one of: {listed}"),
        )
    raise _no_baseline(what, [*(b.id for b in in_force), *{b.kind for b in in_force}])


def in_force_on(baselines: Baselines, day: date) -> tuple[Baseline, ...]:
    """Every class once, in the edition in force on `day`, in the order of the files."""
    ids = dict.fromkeys(baseline.id for baseline in baselines.baselines)
    newest = (baselines.newest(id_, day) for id_ in ids)
    return tuple(baseline for baseline in newest if baseline is not None)


def item_of(
    baseline: Baseline,
    quantity: int,
    price: Decimal,
    *,
    price_source: str = "",
    places: tuple[Place, ...] = (),
    taken: Iterable[str] = (),
) -> Item:
    """An item that asks for what the baseline asks for; its id is none of `taken`."""
    return Item(
        id=free_id(baseline.id, taken),
        th=baseline.th,
        kind=baseline.kind,
        unit=baseline.unit,
        quantity=quantity,
        price=price,
        price_source=price_source,
        baseline=baseline.ref,
        criteria=baseline.criteria,
        places=places,
    )


def free_id(id_: str, taken: Iterable[str]) -> str:
    """The id, or the id with the next free number behind it."""
    used = {*taken}
    number = 1
    name = id_
    while name in used:
        number += 1
        name = f"{id_}-{number}"
    return name


@cache
def usual_terms() -> Terms:
    """What a TOR begins with beside its items."""
    text = (files(__package__) / "terms.yaml").read_text(encoding="utf-8")
    return Terms.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))


def _item(line: Wanted, baselines: Baselines, day: date, taken: set[str]) -> Item:
    baseline = baseline_wanted(line.what, baselines, day)
    price = line.price if line.price is not None else baseline.ceiling
    if line.quantity < 1:
        raise InputError(
            Text(th=f"{line.what}: จำนวนต้องไม่น้อยกว่า 1", en=f"{line.what}: at least one is needed")
        )
    if price is None or price <= 0:
        raise InputError(
            Text(
                th=f"{baseline.ref} ไม่มีราคาตามเกณฑ์ ต้องระบุราคาต่อหน่วย",
                en=f"{baseline.ref} has no price ceiling: give the price of one",
            ),
            hint=Text(
                th=f"เช่น {line.what}={line.quantity}@18000 และบอกที่มาของราคาในภายหลัง",
                en=f"for example {line.what}={line.quantity}@18000; say later where it comes from",
            ),
        )
    return item_of(
        baseline,
        line.quantity,
        price,
        price_source=line.price_source,
        places=line.places,
        taken=taken,
    )


def _title(items: Sequence[Item]) -> str:
    return "จัดซื้อ" + " ".join(f"{item.th} จำนวน {item.quantity} {item.unit}" for item in items)


def _no_baseline(what: str, allowed: Iterable[str]) -> InputError:
    near = nearest(what, allowed)
    return InputError(
        Text(th=f"ไม่มีเกณฑ์พื้นฐาน “{what}”", en=f"there is no baseline “{what}”"),
        hint=Text(th=f"หมายถึง {near} หรือไม่", en=f"did you mean {near}?")
        if near
        else Text(th="ดูรายการด้วย `khaen spec baseline list`", en="see `khaen spec baseline list`"),
    )


def _see(baselines: Baselines, day: date) -> Text:
    listed = ", ".join(baseline.id for baseline in in_force_on(baselines, day)[:8])
    return Text(th=f"เช่น {listed}", en=f"for example {listed}") if listed else _NO_BASELINES


_NO_BASELINES = Text(
    th="ยังไม่มีเกณฑ์พื้นฐานใน specs/baselines", en="there are no baselines in specs/baselines"
)
