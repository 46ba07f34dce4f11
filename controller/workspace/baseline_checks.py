"""What must hold in a file of baselines beyond its shape: attributes, operators, values, units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, get_args

from controller.errors import Problem, Text
from controller.inventory.asset import KINDS
from controller.language import nearest, shown
from controller.specs.attribute import Attribute, attributes
from controller.specs.criterion import Operator
from controller.specs.meeting import FITTING, member_of, rank_of
from controller.specs.units import UNITS, alike, unit_spelled
from controller.workspace.explain import Located
from controller.workspace.yaml_lines import Place

_OPERATORS = get_args(Operator)


def listed(value: Any, *place: str | int) -> Iterator[tuple[Place, dict[str, Any]]]:
    """The mappings of the list at a place of plain content, each with its own place."""
    for step in place:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step]
        else:
            return
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            yield (*place, index), item


def check_baselines(file: Located) -> Iterator[Problem]:
    """Problems of every baseline of a file, whatever is in it."""
    numbers: dict[int, str] = {}
    for place, told in listed(file.value, "baselines"):
        kind, number, ceiling = told.get("kind"), told.get("number"), told.get("ceiling")
        if isinstance(kind, str) and kind and kind not in KINDS:
            near = nearest(kind.lower(), KINDS)
            yield file.problem((*place, "kind"), _NO_KIND, allowed=KINDS, suggestion=near)
        if isinstance(number, int):
            name = str(told.get("id"))
            if numbers.setdefault(number, name) != name:
                yield file.problem((*place, "number"), _number_twice(numbers[number]))
        if isinstance(ceiling, float | Decimal) and (_exponent(ceiling) or 0) < -2:
            yield file.problem((*place, "ceiling"), _SATANG)
        if "edition" in told:
            yield file.problem((*place, "edition"), _FILLED_IN, key=True)
        yield from _criteria(file, place, str(kind or ""))


def _criteria(file: Located, place: Place, kind: str) -> Iterator[Problem]:
    seen: set[str] = set()
    weights = Decimal(0)
    for there, told in listed(file.value, *place, "criteria"):
        name = told.get("id")
        if isinstance(name, str) and name in seen:
            yield file.problem((*there, "id"), _CRITERION_TWICE)
        seen.add(str(name))
        weight = told.get("weight")
        if isinstance(weight, int | float | Decimal) and 0 < weight <= 100:
            weights += Decimal(str(weight))
        yield from check_criterion(file, there, told, kind)
    if weights > 100:
        yield file.problem((*place, "criteria"), _weights(weights), key=True)


def check_criterion(
    file: Located, place: Place, told: Mapping[str, Any], kind: str
) -> Iterator[Problem]:
    """Problems of one criterion of equipment of a kind (empty: of any)."""
    if "origin" in told:
        yield file.problem((*place, "origin"), _FILLED_IN, key=True)
    if told.get("mandatory") is False and told.get("weight") is None:
        yield file.problem(place, _NEEDS_WEIGHT)
    operator, name = told.get("operator", "judged"), told.get("attribute", "")
    if operator not in _OPERATORS or not isinstance(name, str):
        return
    if operator != "judged" and (not name or told.get("value") is None):
        yield file.problem(place, _NEEDS_VALUE)
    known = attributes()
    attribute = known.get(name)
    if name and attribute is None:
        near = nearest(name.lower().replace("-", "_"), known)
        allowed = shown(name, known)
        yield file.problem(
            (*place, "attribute"), _NO_ATTRIBUTE, allowed=allowed, suggestion=near
        )  # fmt: skip
    if attribute is None:
        return
    if kind in KINDS and attribute.kinds and kind not in attribute.kinds:
        yield file.problem((*place, "attribute"), _not_asked(attribute, kind))
        return
    if operator == "judged":
        return
    fitting = FITTING[attribute.kind]
    if operator not in fitting:
        yield file.problem((*place, "operator"), _unfit(attribute), allowed=(*fitting, "judged"))
        return
    yield from _value(file, (*place, "value"), told.get("value"), operator, attribute)
    yield from _unit(file, place, told.get("unit", ""), attribute)


def _value(
    file: Located, place: Place, value: object, operator: str, attribute: Attribute
) -> Iterator[Problem]:
    if value is None:
        return
    if attribute.kind == "yes-no":
        if not isinstance(value, bool):
            yield file.problem(place, _YES_NO)
        return
    if not isinstance(value, str | int | float | Decimal | list) or isinstance(value, bool):
        yield file.problem(place, _wrong(attribute))
        return
    if operator in {"at-least", "at-most"} and isinstance(value, list):
        yield file.problem(place, _ONE_VALUE)
        return
    for where, word in _words(place, value):
        if not isinstance(word, str | int | float | Decimal) or isinstance(word, bool):
            yield file.problem(where, _wrong(attribute))
        else:
            yield from _word(file, where, str(word), attribute)


def _word(file: Located, place: Place, word: str, attribute: Attribute) -> Iterator[Problem]:
    if attribute.kind == "amount":
        if not _is_number(word):
            yield file.problem(place, _NUMBER)
    elif attribute.kind == "level" and rank_of(attribute, word) is None:
        yield _not_among(file, place, word, attribute, [s[0] for s in attribute.levels])
    elif attribute.kind == "set" and member_of(attribute, word) is None:
        yield _not_among(file, place, word, attribute, list(attribute.members))


def _unit(file: Located, place: Place, unit: object, attribute: Attribute) -> Iterator[Problem]:
    if not isinstance(unit, str):
        return
    if attribute.kind != "amount":
        if unit:
            yield file.problem((*place, "unit"), _no_unit(attribute), key=True)
    elif not unit:
        yield file.problem(place, _needs_unit(attribute), suggestion=f"unit: {attribute.unit}")
    elif unit not in UNITS:
        near = unit_spelled(unit) or nearest(unit, UNITS)
        yield file.problem(
            (*place, "unit"), _UNKNOWN_UNIT, allowed=shown(unit, UNITS), suggestion=near
        )
    elif not alike(unit, attribute.unit):
        yield file.problem((*place, "unit"), _unlike(attribute), suggestion=attribute.unit)


def _words(place: Place, value: object) -> Iterator[tuple[Place, object]]:
    if isinstance(value, list):
        yield from (((*place, index), word) for index, word in enumerate(value))
    else:
        yield place, value


def _is_number(word: str) -> bool:
    try:
        return Decimal(word).is_finite()
    except ArithmeticError:
        return False


def _exponent(number: float | Decimal) -> int | None:
    exponent = Decimal(str(number)).normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else None


def _not_among(
    file: Located, place: Place, word: str, attribute: Attribute, words: list[str]
) -> Problem:
    message = Text(th=f"{attribute.th} ไม่มีค่านี้", en=f"{attribute.en} has no such value")
    # Spellings differ in case alone often enough.
    folded = {one.casefold(): one for one in words}
    near = folded.get(nearest(word.casefold(), folded), "")
    return file.problem(place, message, allowed=tuple(words), suggestion=near)


def _number_twice(name: str) -> Text:
    return Text(th=f"เลขที่รายการนี้เป็นของ {name} แล้ว", en=f"{name} has this number already")


def _not_asked(attribute: Attribute, kind: str) -> Text:
    listed_kinds = ", ".join(attribute.kinds)
    return Text(
        th=f"{attribute.th} ใช้กับ {listed_kinds} ไม่ใช่ {kind}",
        en=f"{attribute.en} is asked of {listed_kinds}, not of {kind}",
    )


def _unfit(attribute: Attribute) -> Text:
    return Text(
        th=f"ตัวดำเนินการนี้ใช้กับ {attribute.th} ไม่ได้",
        en=f"this operator does not go with {attribute.en}",
    )


def _wrong(attribute: Attribute) -> Text:
    return Text(
        th=f"ค่าของ {attribute.th} เป็นชนิดนี้ไม่ได้", en=f"{attribute.en} takes no value of this kind"
    )


def _no_unit(attribute: Attribute) -> Text:
    return Text(th=f"{attribute.th} ไม่มีหน่วย", en=f"{attribute.en} has no unit")


def _needs_unit(attribute: Attribute) -> Text:
    return Text(
        th=f"ขาดหน่วยของ {attribute.th} (unit)", en=f"the unit of {attribute.en} is missing (unit)"
    )


def _unlike(attribute: Attribute) -> Text:
    return Text(
        th=f"{attribute.th} วัดเป็น {attribute.unit} เทียบกับหน่วยนี้ไม่ได้",
        en=f"{attribute.en} is measured in {attribute.unit}, which cannot be compared with this",
    )


def _weights(total: Decimal) -> Text:
    return Text(th=f"น้ำหนักรวม {total} เกิน 100", en=f"the weights total {total}, more than 100")


_NO_KIND = Text(th="ไม่รู้จักประเภทครุภัณฑ์นี้", en="unknown kind of equipment")
_SATANG = Text(th="ราคามีทศนิยมได้ไม่เกินสองตำแหน่ง", en="a price has at most two decimals")
_FILLED_IN = Text(
    th="ไม่ต้องเขียนหัวข้อนี้ โปรแกรมเติมให้เอง", en="this is not written here; the program fills it in"
)
_CRITERION_TWICE = Text(
    th="ชื่อข้อกำหนดนี้ใช้แล้วในรายการเดียวกัน", en="another criterion of this baseline has the id"
)
_NEEDS_WEIGHT = Text(
    th="ข้อที่ไม่บังคับ (mandatory: false) ต้องมีน้ำหนักคะแนน (weight)",
    en="a criterion that is not mandatory needs a weight",
)
_NEEDS_VALUE = Text(
    th="ขาด attribute หรือ value (ยกเว้น operator: judged ที่ให้คนพิจารณา)",
    en="attribute and value are needed, except for operator: judged",
)
_NO_ATTRIBUTE = Text(
    th="ไม่มีคุณสมบัตินี้ในบัญชี",
    en="the catalogue has no such attribute",
)
_YES_NO = Text(th="ต้องเป็น true หรือ false", en="must be true or false")
_ONE_VALUE = Text(th="ต้องเป็นค่าเดียว", en="must be one value")
_NUMBER = Text(th="ต้องเป็นตัวเลข ส่วนหน่วยเขียนที่ unit", en="must be a number; its unit stands in unit")
_UNKNOWN_UNIT = Text(th="ไม่รู้จักหน่วยนี้", en="unknown unit")
