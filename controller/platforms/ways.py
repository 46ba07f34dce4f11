"""Following the ways of a data file to a model, a version, a serial number, features."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from controller.facts.answers import Answers, Request, as_text
from controller.platforms.identity_file import Way
from controller.platforms.recognising import DESCRIPTION, OBJECT_ID, pattern

_ENTITY = "1.3.6.1.2.1.47.1.1.1.1."
CLASSES = _ENTITY + "5"
ENTITY_COLUMNS = {
    "description": "2", "name": "7", "hardware": "8", "firmware": "9", "software": "10",
    "serial": "11", "maker": "12", "model": "13",
}  # fmt: skip
# entPhysicalClass (ENTITY-MIB, RFC 6933): what a whole device is.
_WHOLE = (3, 11)
# Where agents put it that do not say which class a row is.
_LIKELY = ("1", "1001", "1000", "2", "149")
_UNTOLD = re.compile(r"(?i)^(?:n/?a|none|null|unknown|not (?:available|set|specified)|-+|\.+|0+)?$")


def followed(ways: Sequence[Way], answers: Answers) -> str:
    """What the first way that leads to something says; empty when none does."""
    for way in ways:
        for text in _found(way, answers):
            if value := _read(way, text):
                return value
    return ""


def asked_by(ways: Sequence[Way], answers: Answers) -> Request:
    """What must be asked before the ways can be followed."""
    scalars = [oid for way in ways if (oid := _scalar(way, answers))]
    columns = [way.below for way in ways if way.below]
    for word in dict.fromkeys(way.entity for way in ways if way.entity):
        scalars += [_entity(word, index) for index in _chassis(answers)]
    return Request(tuple(dict.fromkeys(scalars)), tuple(dict.fromkeys(columns)))


def _found(way: Way, answers: Answers) -> Iterator[str]:
    if oid := _scalar(way, answers):
        yield answers.text(oid)
    elif way.below:
        yield from (as_text(value) for value in answers.column(way.below).values())
    elif way.entity:
        yield from (answers.text(_entity(way.entity, index)) for index in _chassis(answers))
    elif way.object_id:
        arcs = answers.text(OBJECT_ID).lstrip(".").split(".")
        for count in range(len(arcs), 0, -1):
            yield way.object_id.get(".".join(arcs[:count]), "")
    else:
        yield answers.text(DESCRIPTION)


def _scalar(way: Way, answers: Answers) -> str:
    if way.own:
        return f"{answers.text(OBJECT_ID).lstrip('.')}.{way.own}"
    return way.oid or ""


def _read(way: Way, text: str) -> str:
    wanted = way.match or way.description
    if wanted or way.written:
        match = pattern(wanted or r"(?s)(.+)").search(text)
        if match is None:
            return ""
        text = match.expand(way.written) if way.written else match[1] or ""
    if way.names:
        text = way.names.get(text.strip(), "")
    # Some agents pad with NULs or with blanks in between; a value is one line.
    text = " ".join(text.replace("\0", " ").split()).strip("\"' ")
    return "" if _UNTOLD.match(text) or not text.isprintable() else text


def _entity(word: str, index: str) -> str:
    return f"{_ENTITY}{ENTITY_COLUMNS[word]}.{index}"


def _chassis(answers: Answers) -> list[str]:
    """The rows of ENTITY-MIB that may stand for the whole device, the likeliest first."""
    classes = answers.column(CLASSES)
    whole = [index for index, number in classes.items() if number in _WHOLE][:4]
    others = [index for index in _LIKELY if index not in whole]
    return whole + (others if len(whole) < 2 else others[:1])
