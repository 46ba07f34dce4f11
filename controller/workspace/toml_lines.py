"""TOML into plain values, and where each key stood, as far as a message needs it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from controller.errors import Problem, Text
from controller.workspace.yaml_lines import Place

_TABLE = re.compile(r"\s*\[\s*([^\]]+?)\s*\]")
_KEY = re.compile(
    r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=\s*"""
)
_INLINE = re.compile(r"""[{,]\s*([\w-]+|"[^"]*"|'[^']*')\s*=\s*""")
_AT = re.compile(r"(.*) \(at line (\d+), column (\d+)\)$")
_AT_END = re.compile(r"(.*) \(at end of document\)$")


@dataclass(frozen=True)
class _Spot:
    line: int
    key: int
    value: int
    found_key: str
    found_value: str


@dataclass(frozen=True)
class TomlDocument:
    """One TOML file: its plain content and its lines."""

    path: str
    value: dict[str, Any]
    spots: dict[Place, _Spot]
    problems: tuple[Problem, ...] = ()

    def problem(
        self,
        place: Place,
        message: Text,
        *,
        key: bool = False,
        allowed: tuple[str, ...] = (),
        suggestion: str = "",
    ) -> Problem:
        """A problem at `place`, or at the nearest place around it that is written out."""
        for length in range(len(place), 0, -1):
            spot = self.spots.get(place[:length])
            if spot is not None:
                column, found = (
                    (spot.key, spot.found_key) if key else (spot.value, spot.found_value)
                )
                return Problem(self.path, spot.line, column, message, found, allowed, suggestion)
        return Problem(self.path, 1, 1, message, "", allowed, suggestion)


def read_toml(path: str, text: str) -> TomlDocument:
    """Parse one file; what is wrong with its TOML stands in `problems`."""
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return TomlDocument(path, {}, {}, (_syntax_problem(path, text, str(error)),))
    return TomlDocument(path, value, dict(_spots(text)))


def _spots(text: str) -> Iterator[tuple[Place, _Spot]]:
    table: Place = ()
    for number, line in enumerate(text.split("\n"), start=1):
        header = _TABLE.match(line)
        if header:
            table = _names(header[1])
            column = header.start(1) + 1
            yield table, _Spot(number, column, column, header[1], header[1])
            continue
        match = _KEY.match(line)
        if match is None:
            continue
        place = (*table, *_names(match[1]))
        yield place, _spot(number, line, match)
        if line[match.end() :].startswith("{"):
            for inner in _INLINE.finditer(line, match.end()):
                yield (*place, *_names(inner[1])), _spot(number, line, inner)


def _spot(number: int, line: str, match: re.Match[str]) -> _Spot:
    rest = line[match.end() :]
    value = re.match(r"""\s*("[^"]*"|'[^']*'|[^#,}]*)""", rest)
    found = value[1].strip().strip("\"'") if value else rest
    return _Spot(number, match.start(1) + 1, match.end() + 1, match[1].strip("\"'"), found)


def _names(dotted: str) -> Place:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _syntax_problem(path: str, text: str, reason: str) -> Problem:
    match = _AT.match(reason)
    lines = text.rstrip("\n").split("\n")
    line, column = (int(match[2]), int(match[3])) if match else (len(lines), len(lines[-1]) + 1)
    end = _AT_END.match(reason)
    short = match[1] if match else end[1] if end else reason
    # Only the key: what follows it may be a secret.
    word = re.match(r"\s*([\w.\[\]-]*)", lines[line - 1] if line <= len(lines) else "")
    found = word[1] if word else ""
    message = Text(th=f"เขียน TOML ไม่ถูกต้อง: {_IN_THAI.get(short, short)}", en=f"not TOML: {short}")
    return Problem(path, line, column, message, found)


_IN_THAI = {
    "Invalid value": "ค่าไม่ถูกต้อง ถ้าเป็นข้อความให้ใส่เครื่องหมายคำพูด",
    "Cannot overwrite a value": "หัวข้อนี้เขียนไว้แล้วข้างต้น",
    "Expected '=' after a key in a key/value pair": "ขาดเครื่องหมาย = หลังชื่อหัวข้อ",
    "Illegal character '\\n'": "เครื่องหมายคำพูดเปิดแล้วไม่ได้ปิด",
}
