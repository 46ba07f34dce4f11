"""An offer as a YAML file: read with every problem by its line and column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from controller.errors import Problem, Text
from controller.inventory.register_cells import WrongCellError
from controller.language import nearest
from controller.procurement.offer import ItemOffer, Offer, Stated
from controller.procurement.offer_cells import (
    LONGEST_ANSWER,
    LONGEST_NAME,
    LONGEST_PAGE,
    baht_in,
    words_in,
)
from controller.specs.answers import is_unstated
from controller.specs.specification import Item, Specification
from controller.workspace.files import text_of
from controller.workspace.yaml_lines import Document, Place, read_yaml

_TOP = ("specification", "bidder", "note", "items")
_ITEM = ("brand", "model", "price", "answers")
_ANSWER = ("text", "page")
Value = TypeVar("Value")


def offer_document(path: str, content: bytes) -> Document:
    """The file as YAML; what is wrong with it stands in its problems."""
    text = text_of(path, content)
    if isinstance(text, Problem):
        return Document(path, None, None, (text,))
    return read_yaml(path, text)


def stated_in(document: Document) -> frozenset[str]:
    """The hash of the specification the file says it answers; none where it says nothing."""
    told = document.text("specification")
    return frozenset({told}) if told else frozenset()


def read_offer_document(
    document: Document, specification: Specification
) -> tuple[Offer | None, tuple[Problem, ...]]:
    """The offer of the file, or every problem of it. The hash is the caller's to check."""
    if document.root is None or document.problems:
        return None, document.problems
    reading = _Reading(document)
    top = reading.mapping((), _TOP)
    bidder = reading.words(("bidder",), LONGEST_NAME)
    if is_unstated(bidder):
        reading.add(("bidder",), _NO_BIDDER)
    note = reading.words(("note",), LONGEST_ANSWER)
    told = top.get("items")
    named = {item.id: item for item in specification.items}
    items: list[ItemOffer] = []
    if isinstance(told, dict):
        items = [
            _item(reading, named[id_])
            for id_ in told
            if reading.known(("items", id_), id_, [*named], _NO_ITEM)
        ]
    elif told is not None:
        reading.add(("items",), _NO_MAPPING)
    if reading.problems:
        return None, tuple(reading.problems)
    order = {id_: at for at, id_ in enumerate(named)}
    items.sort(key=lambda item: order[item.item])
    return Offer(
        bidder=bidder, specification=specification.sha256, items=tuple(items), note=note
    ), ()


def _item(reading: _Reading, item: Item) -> ItemOffer:
    place: Place = ("items", item.id)
    told = reading.mapping(place, _ITEM)
    answers = told.get("answers")
    stated: dict[str, Stated] = {}
    criteria = [criterion.id for criterion in item.criteria]
    if isinstance(answers, dict):
        for id_ in answers:
            there = (*place, "answers", id_)
            if reading.known(there, id_, criteria, _NO_CRITERION):
                stated[id_] = _stated(reading, there, id_, answers[id_])
    elif answers is not None:
        reading.add((*place, "answers"), _NO_MAPPING)
    return ItemOffer(
        item=item.id,
        brand=reading.words((*place, "brand"), LONGEST_NAME),
        model=reading.words((*place, "model"), LONGEST_NAME),
        price=reading.price((*place, "price")),
        answers=tuple(
            stated[id_]
            for id_ in criteria
            if id_ in stated and (stated[id_].text or stated[id_].page)
        ),
    )


def _stated(reading: _Reading, place: Place, id_: str, told: Any) -> Stated:
    if not isinstance(told, dict):
        return Stated(criterion=id_, text=reading.words(place, LONGEST_ANSWER))
    reading.mapping(place, _ANSWER)
    return Stated(
        criterion=id_,
        text=reading.words((*place, "text"), LONGEST_ANSWER),
        page=reading.words((*place, "page"), LONGEST_PAGE),
    )


@dataclass
class _Reading:
    document: Document
    problems: list[Problem] = field(default_factory=list)

    def add(self, place: Place, message: Text, **more: Any) -> None:
        self.problems.append(self.document.problem(place, message, **more))

    def mapping(self, place: Place, allowed: tuple[str, ...]) -> dict[str, Any]:
        """The mapping at a place, its unknown keys told; empty where there is none."""
        told = self._at(place)
        if not isinstance(told, dict):
            if told is not None:
                self.add(place, _NO_MAPPING)
            return {}
        for key in told:
            if key not in allowed:
                near = nearest(key, allowed)
                self.add((*place, key), _NO_KEY, key=True, allowed=allowed, suggestion=near)
        return told

    def known(self, place: Place, id_: str, allowed: list[str], message: Text) -> bool:
        """Whether the key at the place is allowed; told where it is not."""
        if id_ in allowed:
            return True
        self.add(place, message, key=True, suggestion=nearest(id_, allowed))
        return False

    def words(self, place: Place, longest: int) -> str:
        """The words at a place as they are written, also where YAML would read a number."""
        return self._read(place, lambda told: words_in(told, longest), "")

    def price(self, place: Place) -> Decimal | None:
        """The price in baht at a place."""
        return self._read(place, baht_in, None)

    def _read(self, place: Place, read: Callable[[str], Value], otherwise: Value) -> Value:
        told = self._at(place)
        if told is None:
            return otherwise
        if isinstance(told, dict | list):
            self.add(place, _NO_WORDS)
            return otherwise
        try:
            # The text of the file: 24.50 is no 24.5.
            return read(self.document.position(place)[2])
        except WrongCellError as wrong:
            self.add(place, wrong.message, suggestion=wrong.suggestion)
            return otherwise

    def _at(self, place: Place) -> Any:
        value = self.document.value
        for step in place:
            value = value.get(step) if isinstance(value, dict) else None
        return value


_NO_BIDDER = Text(th="ไม่มีชื่อผู้เสนอราคา", en="the bidder is not named")
_NO_ITEM = Text(th="ไม่มีรายการรหัสนี้ในคุณลักษณะเฉพาะ", en="the specification has no item of this code")
_NO_CRITERION = Text(th="รายการนี้ไม่มีข้อกำหนดรหัสนี้", en="the item has no criterion of this code")
_NO_KEY = Text(th="ไม่รู้จักหัวข้อนี้", en="unknown key")
_NO_MAPPING = Text(th="ต้องเป็นหัวข้อย่อย (รหัส: ค่า)", en="a mapping is needed (code: value)")
_NO_WORDS = Text(th="ต้องเป็นข้อความบรรทัดเดียว", en="words are needed here")
