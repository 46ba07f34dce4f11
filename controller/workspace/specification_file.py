"""A specification as a YAML file a person edits, read into the value with everything wrong in it.

An item leans on its baseline: what is `raised`, `added` and `dropped` stands in the file, the rest
is taken over. Or it writes all of its `criteria` out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from controller.errors import InputError, Problem, Text
from controller.language import nearest, shown
from controller.specs.attribute import attributes
from controller.specs.baseline import Baseline, Baselines
from controller.specs.criterion import Criterion
from controller.specs.meeting import fault_of
from controller.specs.specification import Item, Specification
from controller.specs.units import UNITS
from controller.workspace.explain import read_model
from controller.workspace.files import text_of
from controller.workspace.inputs import input_bytes
from controller.workspace.specification_entries import (
    AddedEntry,
    ItemEntry,
    RaisedEntry,
    SpecificationFile,
)
from controller.workspace.yaml_lines import Document, Place, read_yaml

LARGEST = 2_000_000


def specification_bytes(file: Path) -> bytes:
    """The bytes of a specification file. Errors: `NotFound`, `InputError` when it is too large."""
    content = input_bytes(file, LARGEST)
    if len(content) > LARGEST:
        raise InputError(Text(th=f"{file.name} ใหญ่เกิน 2 MB", en=f"{file.name} is larger than 2 MB"))
    return content


def read_specification_file(name: str, content: bytes, baselines: Baselines) -> Specification:
    """The specification of these bytes; `name` is what problems call the file.

    Errors: `InputError` with every problem and its place.
    """
    text = text_of(name, content)
    if isinstance(text, Problem):
        raise _wrong(name, [text])
    document = read_yaml(name, text)
    problems = list(document.problems)
    if document.root is None:
        raise _wrong(name, problems)
    reading = _Reading(document, baselines)
    reading.look()
    entry, found = read_model(SpecificationFile, document)
    problems = _once([*problems, *reading.problems, *found])
    if entry is None or problems:
        raise _wrong(name, problems)
    items = [reading.item(("items", i), told) for i, told in enumerate(entry.items)]
    reading.ids_twice(items)
    if reading.problems:
        raise _wrong(name, reading.problems)
    whole = entry.model_dump(exclude={"items"})
    try:
        return Specification.model_validate({**whole, "items": [i for i in items if i]})
    except ValidationError as error:
        # What is left concerns the whole; places add up, for one, is told where it stands above.
        raise _wrong(name, [document.problem((), _whole(error))]) from None


@dataclass
class _Reading:
    """One pass over a file: what its words refer to, and the items they make."""

    document: Document
    baselines: Baselines
    problems: list[Problem] = field(default_factory=list)

    def look(self) -> None:
        """Add what is wrong with the words of the file, whatever its shape."""
        for place, item in self.document.mappings("items"):
            baseline = self._baseline(place, item)
            for key in ("added", "criteria"):
                for there, told in self._mappings((*place, key), item.get(key)):
                    self.problems += _criterion_words(self.document, there, told)
            for there, told in self._mappings((*place, "raised"), item.get("raised")):
                self._of_baseline(baseline, (*there, "id"), told.get("id"))
                beneath = baseline.criterion(str(told.get("id"))) if baseline else None
                if beneath is not None:
                    values = {**beneath.model_dump(), **told}
                    self.problems += _criterion_words(self.document, there, values, at="value")
            dropped = item.get("dropped")
            for index, id_ in enumerate(dropped if isinstance(dropped, list) else ()):
                self._of_baseline(baseline, (*place, "dropped", index), id_)
            self._placed(place, item)

    def item(self, place: Place, told: ItemEntry) -> Item | None:
        """The item of this entry, None when something is wrong with it."""
        before = len(self.problems)
        baseline = self.baselines.baseline(told.baseline) if told.baseline else None
        criteria = self._criteria(place, told, baseline)
        values: dict[str, Any] = {
            "id": told.id or (baseline.id if baseline else None),
            "th": told.th or (baseline.th if baseline else None),
            "kind": told.kind or (baseline.kind if baseline else None),
            "unit": told.unit or (baseline.unit if baseline else "เครื่อง"),
            "quantity": told.quantity or sum(p.quantity for p in told.places) or None,
            "price": told.price or (baseline.ceiling if baseline else None),
        }
        for key, value in values.items():
            if value is None:
                self._add(place, _MISSING[key])
        if not criteria:
            self._add(place, _NO_CRITERIA)
        if len(self.problems) > before:
            return None
        return Item(
            **values,
            price_source=told.price_source,
            baseline=told.baseline or "",
            criteria=criteria,
            places=told.places,
        )

    def ids_twice(self, items: list[Item | None]) -> None:
        """Items of one id."""
        seen: set[str] = set()
        for index, item in enumerate(items):
            if item is not None and item.id in seen:
                self._add(("items", index), _TWICE)
            seen |= {item.id} if item else set()

    def _criteria(
        self, place: Place, told: ItemEntry, baseline: Baseline | None
    ) -> tuple[Criterion, ...]:
        found: list[Criterion] = []
        if told.criteria is not None:
            for index, whole in enumerate(told.criteria):
                found += self._made((*place, "criteria", index), whole.model_dump())
        elif baseline is not None:
            raised = {entry.id: (i, entry) for i, entry in enumerate(told.raised)}
            for criterion in baseline.criteria:
                if criterion.id in raised:
                    index, entry = raised[criterion.id]
                    found += self._made((*place, "raised", index), raised_values(criterion, entry))
                elif criterion.id not in told.dropped:
                    found.append(criterion)
        for index, added in enumerate(told.added):
            found += self._made((*place, "added", index), _added_values(added))
        found = self._pointed(place, told, found)
        seen: set[str] = set()
        for criterion in found:
            if criterion.id in seen:
                self._add(self._place_of(place, criterion.id), _TWICE)
            seen.add(criterion.id)
        return tuple(found)

    def _pointed(self, place: Place, told: ItemEntry, found: list[Criterion]) -> list[Criterion]:
        """The criteria with the points given to them by id."""
        ids = [criterion.id for criterion in found]
        for id_ in told.points:
            if id_ not in ids:
                where = (*place, "points", id_)
                self.problems.append(_unknown(self.document, where, id_, ids, key=True))
        return [
            c.model_copy(update={"weight": told.points[c.id]}) if c.id in told.points else c
            for c in found
        ]

    def _made(self, place: Place, values: dict[str, Any]) -> list[Criterion]:
        try:
            return [Criterion.model_validate(values)]
        except ValidationError:
            self._add(place, _criterion_whole(values))
            return []

    def _baseline(self, place: Place, item: dict[str, Any]) -> Baseline | None:
        ref = item.get("baseline")
        if not isinstance(ref, str):
            if "criteria" not in item:
                self._add(place, _LEANS_ON_NOTHING)
            for key in ("raised", "dropped"):
                if key in item:
                    self._add((*place, key), _NEEDS_BASELINE, key=True)
            return None
        found = self.baselines.baseline(ref)
        if "criteria" in item:
            for key in ("raised", "dropped", "added"):
                if key in item:
                    self._add((*place, key), _ONE_OF_BOTH, key=True)
        elif found is None:
            refs = [baseline.ref for baseline in self.baselines.baselines]
            self.problems.append(_unknown(self.document, (*place, "baseline"), ref, refs))
        return found

    def _of_baseline(self, baseline: Baseline | None, place: Place, id_: object) -> None:
        ids = [criterion.id for criterion in baseline.criteria] if baseline else []
        if baseline is not None and isinstance(id_, str) and id_ not in ids:
            self.problems.append(_unknown(self.document, place, id_, ids))

    def _placed(self, place: Place, item: dict[str, Any]) -> None:
        told = [
            t.get("quantity") for _, t in self._mappings((*place, "places"), item.get("places"))
        ]
        quantity = item.get("quantity")
        counted = [one for one in told if isinstance(one, int)]
        whole = isinstance(quantity, int) and counted and len(counted) == len(told)
        if whole and sum(counted) != quantity:
            self._add((*place, "quantity"), _adds_up(sum(counted), quantity))

    def _mappings(self, place: Place, value: object) -> Iterator[tuple[Place, dict[str, Any]]]:
        for index, told in enumerate(value if isinstance(value, list) else ()):
            if isinstance(told, dict):
                yield (*place, index), told

    def _place_of(self, place: Place, id_: str) -> Place:
        """Where a criterion stands in the file; its item when it is the baseline's."""
        item: Any = self.document.value["items"][place[-1]]
        for key in ("added", "criteria"):
            for there, told in reversed([*self._mappings((*place, key), item.get(key))]):
                if told.get("id") == id_:
                    return (*there, "id")
        return place

    def _add(self, place: Place, message: Text, *, key: bool = False) -> None:
        self.problems.append(self.document.problem(place, message, key=key))


def raised_values(criterion: Criterion, entry: RaisedEntry) -> dict[str, Any]:
    """The baseline's criterion with what the entry says of it, marked as raised."""
    said = {k: v for k, v in entry.model_dump(exclude={"id"}).items() if v is not None}
    return {**criterion.model_dump(), **said, "origin": "raised"}


def _added_values(entry: AddedEntry) -> dict[str, Any]:
    return {**entry.model_dump(), "origin": "added"}


def _criterion_words(
    document: Document, place: Place, told: dict[str, Any], *, at: str = ""
) -> Iterator[Problem]:
    """What a criterion asks that nothing can answer; each at its own word, or all `at` one."""
    catalogue = attributes()
    name, unit = told.get("attribute") or "", told.get("unit") or ""
    if name and name not in catalogue:
        yield _unknown(document, (*place, at or "attribute"), str(name), catalogue)
        return
    if unit and unit not in UNITS:
        yield _unknown(document, (*place, at or "unit"), str(unit), UNITS)
        return
    try:
        criterion = Criterion.model_validate(
            {
                "id": "x",
                "text": "x",
                "attribute": name,
                "operator": told.get("operator") or "judged",
                "value": told.get("value"),
                "unit": unit,
            }
        )
    except ValidationError:
        return  # its shape is wrong, which is told as such
    fault = fault_of(criterion, catalogue.get(str(name)))
    if fault is not None:
        yield document.problem((*place, at or "value"), fault)


def _unknown(
    document: Document, place: Place, word: str, allowed: Any, *, key: bool = False
) -> Problem:
    return document.problem(
        place,
        Text(th=f"ไม่มี “{word}”", en=f"there is no “{word}”"),
        key=key,
        allowed=shown(word, allowed),
        suggestion=nearest(word, allowed),
    )


def _criterion_whole(values: dict[str, Any]) -> Text:
    if values["operator"] != "judged" and (not values["attribute"] or values["value"] is None):
        return _ATTRIBUTE_AND_VALUE
    if not values["mandatory"] and values["weight"] is None:
        return _NEEDS_WEIGHT
    return _NEEDS_REASON


def _whole(error: ValidationError) -> Text:
    message = error.errors()[0]["msg"]
    return Text(th=f"ค่าไม่ถูกต้อง: {message}", en=f"wrong value: {message}")


def _adds_up(placed: int, quantity: object) -> Text:
    return Text(
        th=f"places รวม {placed} ไม่เท่ากับ quantity {quantity}",
        en=f"the places add up to {placed}, not to {quantity}",
    )


def _once(problems: list[Problem]) -> list[Problem]:
    """A place is named once, by who says it best, in the order of the file."""
    named: dict[tuple[int, int], Problem] = {}
    for problem in problems:
        named.setdefault((problem.line, problem.column), problem)
    return sorted(named.values(), key=lambda problem: (problem.line, problem.column))


def _wrong(name: str, problems: list[Problem]) -> InputError:
    count = len(problems)
    return InputError(
        Text(
            th=f"คุณลักษณะใน {name} มีข้อผิดพลาด {count} แห่ง",
            en=f"the specification in {name} has {count} problems",
        ),
        problems=tuple(_once(problems)),
    )


def _no(th: str, en: str) -> Text:
    return Text(th=th, en=en)


_MISSING = {
    "id": _no("ขาดหัวข้อ id", "“id” is missing"),
    "th": _no("ขาดชื่อรายการ (th)", "the name of the item (th) is missing"),
    "kind": _no("ขาดหัวข้อ kind", "“kind” is missing"),
    "quantity": _no("ขาดจำนวน (quantity หรือ places)", "quantity, or places, is missing"),
    "price": _no("ไม่มีราคาตามเกณฑ์ ต้องระบุ price", "there is no price ceiling: give a price"),
}
_NO_CRITERIA = _no("ต้องมีข้อกำหนดอย่างน้อยหนึ่งข้อ", "at least one criterion is needed")
_LEANS_ON_NOTHING = _no("ต้องมี baseline หรือ criteria", "a baseline or criteria is needed")
_NEEDS_BASELINE = _no("หัวข้อนี้ใช้คู่กับ baseline", "this goes together with a baseline")
_ONE_OF_BOTH = _no(
    "มี criteria ครบทุกข้อแล้ว จึงไม่ใช้หัวข้อนี้", "with criteria written out this is not used"
)
_TWICE = _no("ชื่อนี้ใช้แล้ว", "this id is used already")
_ATTRIBUTE_AND_VALUE = _no(
    "ต้องมี attribute และ value เว้นแต่ operator: judged",
    "attribute and value are needed, except for operator: judged",
)
_NEEDS_WEIGHT = _no("ข้อที่ไม่บังคับต้องมี weight", "a criterion that is not mandatory has a weight")
_NEEDS_REASON = _no("ข้อที่เพิ่มหรือปรับต้องมี reason", "what is raised or added has a reason")
