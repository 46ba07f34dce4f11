"""How price criteria look on pages: prices, states of editions, what a criterion asks."""

from __future__ import annotations

from decimal import Decimal

from controller.errors import Text
from controller.inventory.asset import KIND_NAMES
from controller.procurement.edition_columns import OPERATOR_NAMES, STATUS_NAMES
from controller.specs.attribute import attributes
from controller.specs.criterion import Criterion
from controller.specs.edition_diff import CHANGE_KINDS
from controller.specs.units import UNITS
from controller.thai import money

STATUS_TONES = {"reference": "warn", "checked": "good"}
CHANGE_TONES = {"added": "good", "removed": "bad", "changed": "warn", "same": ""}
FIELD_NAMES = {
    "number": Text(th="ลำดับที่", en="number"),
    "kind": Text(th="ประเภท", en="kind"),
    "th": Text(th="ชื่อ", en="name in Thai"),
    "en": Text(th="ชื่อภาษาอังกฤษ", en="name in English"),
    "unit": Text(th="หน่วยนับ", en="counted in"),
    "note": Text(th="หมายเหตุ", en="note"),
}


def baht(price: Decimal | None) -> str:
    """A price in figures; whole baht without satang, nothing for none."""
    return "" if price is None else money(price).removesuffix(".00")


def asked_of(criterion: Criterion) -> Text:
    """What a criterion asks as data, in words: “ports at least 24 port”."""
    operator = OPERATOR_NAMES[criterion.operator]
    if criterion.operator == "judged":
        return operator
    attribute = attributes().get(criterion.attribute)
    title = attribute.title if attribute else Text(th=criterion.attribute, en=criterion.attribute)
    unit = UNITS[criterion.unit].title if criterion.unit in UNITS else Text(th="", en="")
    value = _value(criterion)
    if criterion.operator == "is":
        return Text(th=f"{title.th}: {value.th}", en=f"{title.en}: {value.en}")
    return Text(
        th=f"{title.th} {operator.th} {value.th} {unit.th}".strip(),
        en=f"{title.en} {operator.en} {value.en} {unit.en}".strip(),
    )


def _value(criterion: Criterion) -> Text:
    value = criterion.value
    if isinstance(value, bool):
        return Text(th="ต้องมี", en="yes") if value else Text(th="ต้องไม่มี", en="no")
    if isinstance(value, tuple):
        return Text(th=", ".join(value), en=", ".join(value))
    told = f"{value:,}" if isinstance(value, int | Decimal) else str(value)
    return Text(th=told, en=told)


LOOK = {
    "kinds": KIND_NAMES,
    "statuses": STATUS_NAMES,
    "status_tones": STATUS_TONES,
    "changes_named": CHANGE_KINDS,
    "change_tones": CHANGE_TONES,
    "fields_named": FIELD_NAMES,
    "baht": baht,
    "asked_of": asked_of,
}
