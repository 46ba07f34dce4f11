"""Turns what a model refuses into problems that teach: place, text, what is allowed, nearest."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from controller.errors import Problem, Text
from controller.inventory.device import NAME
from controller.inventory.office import USERNAME
from controller.language import nearest
from controller.settings import SECRET_NAME, SECRET_REFERENCE, Settings
from controller.thai import arabic_digits
from controller.workspace.dates import why_no_date
from controller.workspace.shape import allowed_at
from controller.workspace.yaml_lines import Place

M = TypeVar("M", bound=BaseModel)


class Located(Protocol):
    """A file whose places can be pointed at."""

    @property
    def value(self) -> Any:
        """The plain content."""

    def problem(
        self,
        place: Place,
        message: Text,
        *,
        key: bool = False,
        allowed: tuple[str, ...] = (),
        suggestion: str = "",
    ) -> Problem:
        """A problem at a place of the file."""


def read_model(model: type[M], document: Located) -> tuple[M | None, list[Problem]]:
    """The document as a value of `model`, or every reason why it is none."""
    try:
        return model.model_validate(document.value), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        return None, [_explain(model, document, d) for d in details if not _follows(d, details)]


def _follows(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Whether a list is "too short" only because its items are wrong, which is told already."""
    if detail["type"] != "too_short":
        return False
    place = detail["loc"]
    return any(len(d["loc"]) > len(place) and d["loc"][: len(place)] == place for d in details)


def _explain(model: type[BaseModel], document: Located, error: ErrorDetails) -> Problem:
    kind = error["type"]
    named = error["loc"][-1:] == ("[key]",)
    place = error["loc"][:-1] if named else error["loc"]
    if kind == "extra_forbidden":
        return _unknown_key(model, document, place)
    if kind == "missing":
        return document.problem(place[:-1], _missing(str(place[-1])))
    if error["input"] is None:
        return document.problem(place, _NO_VALUE, allowed=allowed_at(model, place))
    if kind == "literal_error":
        allowed = allowed_at(model, place)
        near = nearest(str(error["input"]).lower(), allowed)
        return document.problem(place, _NOT_ALLOWED, allowed=allowed, suggestion=near)
    for family, explain in _FAMILIES:
        if kind.startswith(family):
            message, allowed, suggestion = explain(error)
            problem = document.problem(
                place, message, key=named, allowed=allowed, suggestion=suggestion
            )
            # What stands where a reference belongs may be the secret itself.
            secret = model is Settings and not named and _holds_secret(place)
            return replace(problem, found="", suggestion="") if secret else problem
    text = error["msg"]
    return document.problem(place, Text(th=f"ค่าไม่ถูกต้อง: {text}", en=f"wrong value: {text}"))


def _holds_secret(place: Place) -> bool:
    return place[0] == "secrets" or place[-1] in {"password", "enable_password"}


def _unknown_key(model: type[BaseModel], document: Located, place: Place) -> Problem:
    key = str(place[-1])
    allowed = allowed_at(model, place[:-1])
    message = Text(th=f"ไม่รู้จักหัวข้อ “{key}”", en=f"unknown key “{key}”")
    near = nearest(key.lower().replace("-", "_"), allowed)
    return document.problem(place, message, key=True, allowed=allowed, suggestion=near)


Explained = tuple[Text, tuple[str, ...], str]


def _pattern(error: ErrorDetails) -> Explained:
    pattern, text = error.get("ctx", {})["pattern"], str(error["input"])
    if pattern == SECRET_REFERENCE:
        return _REFERENCE, ("env/NAME", "file/PATH"), ""
    joint = "_" if pattern == SECRET_NAME else "-"
    if pattern in {NAME, USERNAME, SECRET_NAME} or pattern.startswith(_WORD):
        meant = re.sub(rf"[^a-z0-9{joint}]+", joint, text.lower()).strip(joint)
        return _name(joint), (), meant if re.fullmatch(pattern, meant) else ""
    return _NOT_ALLOWED, (pattern,), ""


_WORD = "^[a-z0-9][a-z0-9-]"


def _number(error: ErrorDetails) -> Explained:
    text = arabic_digits(str(error["input"]).strip())
    return _WHOLE_NUMBER, (), text if text.isascii() and text.isdigit() else ""


def _limit(error: ErrorDetails) -> Explained:
    limits = error.get("ctx", {})
    if "gt" in limits:
        return Text(th=f"ต้องมากกว่า {limits['gt']}", en=f"must be more than {limits['gt']}"), (), ""
    if "ge" in limits:
        return Text(th=f"ต้องไม่น้อยกว่า {limits['ge']}", en=f"must be at least {limits['ge']}"), (), ""
    return Text(th=f"ต้องไม่เกิน {limits['le']}", en=f"must be at most {limits['le']}"), (), ""


def _text(error: ErrorDetails) -> Explained:
    if isinstance(error["input"], dict | list):
        return Text(th="ต้องเป็นข้อความเดียว", en="must be one text"), (), ""
    if isinstance(error["input"], str):
        longest = error.get("ctx", {}).get("max_length")
        return (_too_long(longest) if longest else _EMPTY_TEXT), (), ""
    return _QUOTE, (), f'"{error["input"]}"'


def _date(error: ErrorDetails) -> Explained:
    message, meant = why_no_date(str(error["input"]))
    return message, (), meant


def _plain(message: Text) -> Callable[[ErrorDetails], Explained]:
    return lambda _error: (message, (), "")


def _name(joint: str) -> Text:
    return Text(
        th=f"ชื่อใช้ได้เฉพาะ a–z ตัวพิมพ์เล็ก ตัวเลข และ {joint} โดยห้ามขึ้นต้นด้วย {joint}",
        en=f"a name is made of lower case a–z, digits and {joint}; {joint} may not come first",
    )


def _missing(key: str) -> Text:
    return Text(th=f"ขาดหัวข้อ “{key}”", en=f"“{key}” is missing")


def _too_long(longest: int) -> Text:
    return Text(th=f"ยาวเกิน {longest} ตัวอักษร", en=f"longer than {longest} characters")


_EMPTY_TEXT = Text(th="ต้องไม่ว่าง", en="must not be empty")
_NO_VALUE = Text(
    th="หัวข้อนี้ไม่มีค่า ให้ใส่ค่าหรือลบหัวข้อออก", en="the key has no value; give one or remove the key"
)
_NOT_ALLOWED = Text(th="ค่านี้ใช้ไม่ได้", en="the value is not allowed")
_REFERENCE = Text(
    th="ห้ามใส่รหัสลับตรง ๆ ให้อ้างถึงที่เก็บเป็น env/ชื่อ หรือ file/เส้นทาง",
    en="never the secret itself; refer to it as env/NAME or file/PATH",
)
_WHOLE_NUMBER = Text(th="ต้องเป็นจำนวนเต็ม", en="must be a whole number")
_QUOTE = Text(th="ต้องเป็นข้อความ ให้ใส่เครื่องหมายคำพูดคร่อม", en="must be text; put it in quotes")
_MAPPING = Text(th="ต้องเป็นกลุ่มของ “หัวข้อ: ค่า”", en="must be a group of “key: value”")
_LIST = Text(th="ต้องเป็นรายการ ขึ้นต้นแต่ละข้อด้วย -", en="must be a list, each item after “-”")
_FAMILIES: tuple[tuple[str, Callable[[ErrorDetails], Explained]], ...] = (
    ("string_pattern", _pattern),
    ("string_", _text),
    ("int_", _number),
    ("decimal_", _plain(Text(th="ต้องเป็นตัวเลข", en="must be a number"))),
    ("float_", _plain(Text(th="ต้องเป็นตัวเลข", en="must be a number"))),
    ("decimal_", _plain(Text(th="ต้องเป็นตัวเลข", en="must be a number"))),
    ("bool_", _plain(Text(th="ต้องเป็น true หรือ false", en="must be true or false"))),
    ("greater_than", _limit),
    ("less_than", _limit),
    ("date_", _date),
    ("model_", _plain(_MAPPING)),
    ("dict_", _plain(_MAPPING)),
    ("tuple_", _plain(_LIST)),
    ("list_", _plain(_LIST)),
    ("too_short", _plain(Text(th="ต้องมีอย่างน้อยหนึ่งข้อ", en="must have at least one item"))),
)
