"""A specification as somebody is typing it: texts until it reads as the value, nothing lost before.

Whether a criterion is the baseline's, raised or added is found by comparing, so that nobody has to
say it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from controller.errors import Text
from controller.specs.attribute import attributes
from controller.specs.baseline import Baseline, Baselines
from controller.specs.criterion import Criterion
from controller.specs.specification import Item, Specification, Terms
from controller.thai import arabic_digits

_SAME = ("text", "attribute", "operator", "value", "unit")
_LISTED = frozenset({"one-of", "includes"})
_YES = frozenset({"yes", "true", "มี", "ใช่"})
_NO = frozenset({"no", "false", "ไม่มี", "ไม่ใช่"})


@dataclass(frozen=True)
class Fault:
    """What cannot be read yet. `about` is an item, `item/criterion`, a field, or empty."""

    about: str
    text: Text


class TypedCriterion(BaseModel):
    """A criterion as it is typed."""

    id: str
    text: str = ""
    attribute: str = ""
    operator: str = "judged"
    value: str = ""
    unit: str = ""
    mandatory: bool = True
    weight: str = ""
    reason: str = ""


class TypedItem(BaseModel):
    """An item as it is typed; `places` one a line: site, quantity, register numbers replaced."""

    id: str
    th: str = ""
    kind: str = ""
    unit: str = "เครื่อง"
    quantity: str = ""
    price: str = ""
    price_source: str = ""
    baseline: str = ""
    places: str = ""
    criteria: list[TypedCriterion] = Field(default_factory=list)


class TypedSpecification(BaseModel):
    """A specification as it is typed; `terms` by the names of their fields, lists one a line."""

    title: str = ""
    fund: str = ""
    budget: str = ""
    need: str = ""
    rule: str = "price"
    price_weight: str = ""
    brand: str = ""
    brand_reason: str = ""
    items: list[TypedItem] = Field(default_factory=list)
    accepted: dict[str, str] = Field(default_factory=dict)
    terms: dict[str, str] = Field(default_factory=dict)


def as_typed(specification: Specification) -> TypedSpecification:
    """The specification as somebody would have typed it."""
    award, exemption = specification.award, specification.exemption
    return TypedSpecification(
        title=specification.title,
        fund=specification.fund,
        budget=_shown(specification.budget),
        need=specification.need,
        rule=award.rule,
        price_weight=_shown(award.price_weight),
        brand=exemption.brand if exemption else "",
        brand_reason=exemption.reason if exemption else "",
        items=[typed_item(item) for item in specification.items],
        accepted=dict(specification.accepted),
        terms=typed_terms(specification.terms),
    )


def typed_terms(terms: Terms) -> dict[str, str]:
    """Terms as somebody would have typed them."""
    return {name: _shown(value) for name, value in terms}


def typed_item(item: Item) -> TypedItem:
    """An item as somebody would have typed it."""
    lines = (" ".join([p.site, str(p.quantity), *p.replaces]) for p in item.places)
    return TypedItem(
        id=item.id,
        th=item.th,
        kind=item.kind,
        unit=item.unit,
        quantity=str(item.quantity),
        price=_shown(item.price),
        price_source=item.price_source,
        baseline=item.baseline,
        places="\n".join(lines),
        criteria=[typed_criterion(criterion) for criterion in item.criteria],
    )


def typed_criterion(criterion: Criterion) -> TypedCriterion:
    """A criterion as somebody would have typed it."""
    value = criterion.value
    return TypedCriterion(
        id=criterion.id,
        text=criterion.text,
        attribute=criterion.attribute,
        operator=criterion.operator,
        value=", ".join(value) if isinstance(value, tuple) else _shown(value),
        unit=criterion.unit,
        mandatory=criterion.mandatory,
        weight=_shown(criterion.weight),
        reason=criterion.reason,
    )


def read_typed(
    typed: TypedSpecification, baselines: Baselines
) -> tuple[Specification | None, tuple[Fault, ...]]:
    """The specification, or everything that keeps what was typed from being one."""
    reading = _Reading(baselines, [])
    items = [reading.item(item) for item in typed.items]
    values = {
        "title": reading.line("title", typed.title, TITLES["title"]),
        "fund": typed.fund.strip(),
        "budget": reading.number("budget", typed.budget, TITLES["budget"]),
        "need": reading.line("need", typed.need, TITLES["need"]),
        "award": {
            "rule": typed.rule,
            "price_weight": reading.number(
                "award", typed.price_weight, TITLES["weight"], must=False
            ),
        },
        "exemption": reading.exemption(typed),
        "accepted": {key: why.strip() for key, why in typed.accepted.items() if why.strip()},
        "terms": reading.terms(typed.terms),
        "items": items,
    }
    if not items:
        reading.add("items", Text(th="ยังไม่มีรายการ", en="there is no item yet"))
    if reading.faults:
        return None, tuple(reading.faults)
    try:
        return Specification.model_validate(values), ()
    except ValidationError as error:
        return None, tuple(_whole(error))


@dataclass
class _Reading:
    baselines: Baselines
    faults: list[Fault]

    def add(self, about: str, text: Text) -> None:
        self.faults.append(Fault(about, text))

    def line(self, about: str, text: str, title: Text) -> str:
        if not text.strip():
            self.add(about, _needed(title))
        return text.strip()

    def number(
        self, about: str, text: str, title: Text, *, must: bool = True, whole: bool = False
    ) -> Decimal | None:
        plain = arabic_digits(text.strip()).replace(",", "")
        if not plain:
            if must:
                self.add(about, _needed(title))
            return None
        try:
            number = Decimal(plain)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            self.add(
                about,
                Text(
                    th=f"{title.th}: “{text.strip()}” ไม่ใช่ตัวเลข",
                    en=f"{title.en}: “{text.strip()}” is no number",
                ),
            )
            return None
        if number <= 0 or number != round(number, 0 if whole else 2):
            self.add(
                about,
                Text(
                    th=f"{title.th} ต้องเป็นจำนวน{'เต็ม' if whole else 'ไม่เกิน 2 ตำแหน่ง'} มากกว่า 0",
                    en=f"{title.en} is a {'whole number' if whole else 'sum'} of more than 0",
                ),
            )
            return None
        return number

    def exemption(self, typed: TypedSpecification) -> dict[str, str] | None:
        brand, reason = typed.brand.strip(), typed.brand_reason.strip()
        if bool(brand) != bool(reason):
            self.add("exemption", _BOTH)
        return {"brand": brand, "reason": reason} if brand and reason else None

    def terms(self, typed: dict[str, str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, default in Terms():
            text = typed.get(name, _shown(default))
            if isinstance(default, tuple):
                values[name] = [line.strip() for line in text.splitlines() if line.strip()]
            elif isinstance(default, str):
                values[name] = text.strip()
            else:
                values[name] = self.number(f"terms.{name}", text, Text(th=name, en=name))
        return values

    def item(self, typed: TypedItem) -> dict[str, Any]:
        about, name = typed.id, Text(th=typed.th or typed.id, en=typed.id)
        baseline = self.baselines.baseline(typed.baseline) if typed.baseline else None
        if not typed.criteria:
            self.add(about, Text(th=f"{name.th}: ยังไม่มีข้อกำหนด", en=f"{name.en} asks for nothing"))
        placed = [*self.places(typed)]
        quantity = self.number(about, typed.quantity, TITLES["quantity"], whole=True)
        total = sum(place["quantity"] for place in placed)
        if placed and quantity is not None and total != quantity:
            self.add(
                about,
                Text(
                    th=f"{name.th}: หน่วยงานรวม {total} ไม่เท่ากับจำนวน {quantity}",
                    en=f"{name.en}: the places add up to {total}, not to {quantity}",
                ),
            )
        return {
            "id": typed.id,
            "th": self.line(about, typed.th, TITLES["th"]),
            "kind": self.line(about, typed.kind, TITLES["kind"]),
            "unit": self.line(about, typed.unit, TITLES["unit"]),
            "quantity": quantity,
            "price": self.number(about, typed.price, TITLES["price"]),
            "price_source": typed.price_source.strip(),
            "baseline": typed.baseline,
            "criteria": [self.criterion(typed, one, baseline) for one in typed.criteria],
            "places": placed,
        }

    def places(self, typed: TypedItem) -> Iterator[dict[str, Any]]:
        for line in typed.places.splitlines():
            words = arabic_digits(line).split()
            if not words:
                continue
            if len(words) < 2 or not words[1].isascii() or not words[1].isdecimal():
                self.add(
                    typed.id,
                    Text(
                        th=f"หน่วยงาน “{line.strip()}”: เขียนเป็น หน่วยงาน จำนวน เลขครุภัณฑ์ที่ทดแทน",
                        en=f"place “{line.strip()}”: write site, quantity, register numbers",
                    ),
                )
                continue
            yield {"site": words[0], "quantity": int(words[1]), "replaces": words[2:]}

    def criterion(
        self, item: TypedItem, typed: TypedCriterion, baseline: Baseline | None
    ) -> dict[str, Any]:
        about = f"{item.id}/{typed.id}"
        judged = typed.operator == "judged"
        values: dict[str, Any] = {
            "id": typed.id,
            "text": self.line(about, typed.text, TITLES["text"]),
            "attribute": typed.attribute,
            "operator": typed.operator,
            "value": None if judged and not typed.value.strip() else _value(typed),
            "unit": typed.unit,
            "mandatory": typed.mandatory,
            "weight": self.number(about, typed.weight, TITLES["points"], must=False),
            "reason": typed.reason.strip(),
        }
        beneath = baseline.criterion(typed.id) if baseline else None
        values["origin"] = _origin(values, beneath, leans=baseline is not None)
        if not values["text"]:
            return values  # told already
        if not judged and (not typed.attribute or not typed.value.strip()):
            self.add(about, _VALUE)
        elif not typed.mandatory and not typed.weight.strip():
            self.add(about, _POINTS)
        elif values["origin"] != "baseline" and not values["reason"]:
            self.add(about, _REASON)
        return values


def _origin(values: dict[str, Any], beneath: Criterion | None, *, leans: bool) -> str:
    if beneath is None:
        return "added" if leans else "baseline"
    try:
        mine = Criterion.model_validate({**values, "mandatory": True, "weight": None})
    except ValidationError:
        return "raised"
    same = all(getattr(mine, name) == getattr(beneath, name) for name in _SAME)
    return "baseline" if same and values["mandatory"] >= beneath.mandatory else "raised"


def _value(typed: TypedCriterion) -> object:
    """What was typed, as the attribute is asked: a number, yes or no, a list, or words."""
    text, attribute = typed.value.strip(), attributes().get(typed.attribute)
    kind = attribute.kind if attribute else ""
    if kind == "yes-no":
        word = text.casefold()
        return True if word in _YES else False if word in _NO else text
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if kind == "amount":
        if typed.operator == "one-of":
            return [arabic_digits(part) for part in parts]
        plain = arabic_digits(text).replace(",", "")
        return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 20 else plain
    return parts if typed.operator in _LISTED or kind == "set" else text


def _whole(error: ValidationError) -> Iterator[Fault]:
    for told in error.errors(include_url=False, include_context=False)[:20]:
        where = ".".join(str(part) for part in told["loc"])
        message = told["msg"]
        yield Fault(where, Text(th=f"ค่าใช้ไม่ได้ ({where}): {message}", en=f"{where}: {message}"))


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "\n".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _needed(title: Text) -> Text:
    return Text(th=f"ยังไม่ได้กรอก{title.th}", en=f"{title.en} is missing")


TITLES = {
    "title": Text(th="ชื่อเรื่อง", en="Title"),
    "fund": Text(th="แหล่งเงิน", en="Source of money"),
    "budget": Text(th="วงเงิน (บาท)", en="Budget (baht)"),
    "need": Text(th="เหตุผลความจำเป็น", en="Why it is needed"),
    "weight": Text(th="น้ำหนักราคา (ใน 100)", en="Weight of the price (of 100)"),
    "th": Text(th="ชื่อรายการ", en="Name of the item"),
    "kind": Text(th="ชนิดครุภัณฑ์", en="Kind"),
    "unit": Text(th="หน่วยนับ", en="Unit"),
    "quantity": Text(th="จำนวน", en="Quantity"),
    "price": Text(th="ราคากลางต่อหน่วย (บาท)", en="Reference price of one (baht)"),
    "text": Text(th="ข้อความที่พิมพ์", en="Words as printed"),
    "points": Text(th="คะแนน (ใน 100)", en="Points (of 100)"),
}
"""What the fields are called."""
_BOTH = Text(
    th="ข้อยกเว้นมาตรา 9 ต้องมีทั้งยี่ห้อและเหตุผล",
    en="the exception of section 9 needs both the brand and the reason",
)
_VALUE = Text(
    th="ข้อที่ระบบเทียบได้ต้องมีคุณสมบัติและค่า หรือเลือกให้คณะกรรมการพิจารณา",
    en="what is compared needs an attribute and a value; else let people judge it",
)
_POINTS = Text(th="ข้อที่ไม่บังคับต้องมีคะแนน", en="a criterion that is not mandatory has points")
_REASON = Text(
    th="ข้อที่เพิ่มหรือต่างจากเกณฑ์พื้นฐานต้องมีเหตุผล",
    en="what is added, or differs from the baseline, needs a reason",
)
