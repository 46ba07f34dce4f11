"""A specification written as the YAML file a person edits: short where it leans on its baselines.

What is written reads back as the same value: an item that cannot be told by its baseline and
changes to it is written out whole.
"""

from __future__ import annotations

import textwrap
from decimal import Decimal
from typing import Any

import yaml

from controller.specs.baseline import Baseline, Baselines
from controller.specs.criterion import Criterion
from controller.specs.specification import Item, Specification

_HEAD = """\
# คุณลักษณะเฉพาะ: แก้แล้วตรวจด้วย khaen spec lint ไฟล์นี้ (docs/procurement.md)
# Items lean on their baseline; write what is raised, added or dropped. Money is baht, VAT included.
"""
_WIDTH = 100
_EXACT_DIGITS = 15
_ORIGINS = {"raised", "added"}


def specification_text(specification: Specification, baselines: Baselines) -> str:
    """The file of this specification; what its baselines ask stands in it as comments."""
    whole = specification.model_dump(exclude_defaults=True, exclude={"items"})
    head = _of(whole, "title", "fund", "budget", "need")
    tail = _of(whole, "award", "exemption", "accepted", "terms")
    items = "".join(_item(item, baselines.baseline(item.baseline)) for item in specification.items)
    return _HEAD + _dumped(head) + "items:\n" + items + (_dumped(tail) if tail else "")


def _of(whole: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: whole[key] for key in keys if key in whole}


def _item(item: Item, baseline: Baseline | None) -> str:
    short = _short(item, baseline) if baseline else None
    told = _whole(item) if short is None else short
    text = _dumped(told)
    if baseline is not None and short is not None:
        text += "".join(f"# {line}\n" for line in _taken_over(item, baseline))
    return "  - " + textwrap.indent(text, "    ").lstrip()


def _taken_over(item: Item, baseline: Baseline) -> list[str]:
    lines = [
        f"{criterion.id}: {' '.join(criterion.text.split())}"
        for criterion in item.criteria
        if baseline.criterion(criterion.id) and criterion.origin not in _ORIGINS
    ]
    return ["ข้อกำหนดที่มาจากเกณฑ์พื้นฐาน:", *lines] if lines else []


def _short(item: Item, baseline: Baseline) -> dict[str, Any] | None:
    """The item by its baseline and what is changed; None when that would not say it whole."""
    ours = {criterion.id: criterion for criterion in item.criteria}
    dropped = [c.id for c in baseline.criteria if c.id not in ours]
    raised, points = [], {}
    expected: list[Criterion] = []
    for theirs in baseline.criteria:
        mine = ours.get(theirs.id)
        if mine is None:
            continue
        if mine.origin == "raised":
            raised.append(_changes(mine, theirs))
            mine_again = Criterion.model_validate(
                {**theirs.model_dump(), **raised[-1], "origin": "raised"}
            )
            expected.append(mine_again)
        else:
            if mine.weight is not None and mine.weight != theirs.weight:
                points[mine.id] = mine.weight
            update = {"weight": points[mine.id]} if mine.id in points else {}
            expected.append(theirs.model_copy(update=update))
    known = {criterion.id for criterion in baseline.criteria}
    added = [c for c in item.criteria if c.id not in known]
    if (*expected, *added) != item.criteria or any(c.origin != "added" for c in added):
        return None
    told = _head(item, baseline)
    changes = {
        "dropped": dropped,
        "raised": raised,
        "added": [_criterion(c, origin=False) for c in added],
        "points": points,
    }
    return {**told, **{key: value for key, value in changes.items() if value}, **_places(item)}


def _changes(mine: Criterion, theirs: Criterion) -> dict[str, Any]:
    own, old = mine.model_dump(), theirs.model_dump()
    keys = ("text", "operator", "value", "unit", "mandatory", "weight", "reason")
    return {"id": mine.id} | {k: own[k] for k in keys if own[k] != old[k] or k == "reason"}


def _head(item: Item, baseline: Baseline | None) -> dict[str, Any]:
    """Everything but the criteria, without what the baseline tells as well."""
    told: dict[str, Any] = {}
    if item.baseline:
        told["baseline"] = item.baseline
    for key in ("id", "th", "kind", "unit"):
        value = getattr(item, key)
        if baseline is None or value != getattr(baseline, key):
            told[key] = value
    told["quantity"] = item.quantity
    told["price"] = item.price
    if item.price_source:
        told["price_source"] = item.price_source
    return told


def _whole(item: Item) -> dict[str, Any]:
    criteria = [_criterion(criterion, origin=True) for criterion in item.criteria]
    return {**_head(item, None), "criteria": criteria, **_places(item)}


def _criterion(criterion: Criterion, *, origin: bool) -> dict[str, Any]:
    leave = set() if origin else {"origin"}
    told = criterion.model_dump(exclude_defaults=True, exclude=leave)
    order = (*("id", "text", "attribute", "operator", "value", "unit"), *told)
    return {key: told[key] for key in dict.fromkeys(order) if key in told}


def _places(item: Item) -> dict[str, Any]:
    places = [place.model_dump(exclude_defaults=True) for place in item.places]
    return {"places": places} if places else {}


class _Writer(yaml.SafeDumper):
    """Writes lists under their key, long texts as blocks, decimals as numbers."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)


def _text(writer: yaml.SafeDumper, text: str) -> yaml.Node:
    lines = text.split("\n")
    plain = text == text.strip() and all(
        line == line.rstrip() and line.isprintable() for line in lines
    )
    style = "|" if len(lines) > 1 and plain else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _number(writer: yaml.SafeDumper, number: Decimal) -> yaml.Node:
    text = f"{number:f}"
    if len(number.as_tuple().digits) > _EXACT_DIGITS:
        return writer.represent_scalar("tag:yaml.org,2002:str", text, style="'")
    kind = "float" if "." in text else "int"
    return writer.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


def _list(writer: yaml.SafeDumper, value: tuple[Any, ...]) -> yaml.Node:
    return writer.represent_sequence("tag:yaml.org,2002:seq", value)


_Writer.add_representer(str, _text)
_Writer.add_representer(Decimal, _number)
_Writer.add_representer(tuple, _list)


def _dumped(value: dict[str, Any]) -> str:
    return yaml.dump(value, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=_WIDTH)
