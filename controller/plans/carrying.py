"""Secrets of a stored configuration on their way back: named by where they are kept, never told.

`⟦secret:backup/BLOB/N⟧` is the N-th secret of the text kept under that name, counted from 1. A plan
holds these names only; the values are read from the repository of backups at the push.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from controller.errors import InputError, Text
from controller.platforms.text_rules import PARTED, TextRules

KEPT = re.compile(r"⟦secret:(backup/([0-9a-f]{40})/\d+)⟧")
_NAMED = re.compile(r"⟦secret:([^⟦⟧\n]*)⟧")
SHORTEST = 4
"""A shorter value of the workspace stands in ordinary words too."""


@dataclass(frozen=True)
class Carried:
    """A stored configuration with references for its secrets, and the values by their names."""

    text: str
    values: Mapping[str, str]


def carry(rules: TextRules, stored: str, blob: str, named: Mapping[str, str]) -> Carried:
    """The text kept under `blob`; what the workspace names (`named`) is called by that name.

    Errors: `InputError` for a text that holds a reference already: whoever wrote it on the device
    would be told one of our secrets.
    """
    if "⟦secret:" in stored:
        raise InputError(
            Text(
                th="การตั้งค่าที่เก็บไว้มีข้อความในรูปของการอ้างถึงค่าลับ จึงนำกลับไปใช้ไม่ได้",
                en="the stored configuration holds what reads like a reference to a secret",
            ),
            hint=Text(
                th="ลบข้อความ ⟦secret:…⟧ ออกจากอุปกรณ์ แล้วสำรองใหม่",
                en="take ⟦secret:…⟧ off the device and back it up again",
            ),
        )
    text, found = rules.parted(stored)
    names = {value: name for name, value in named.items() if len(value) >= SHORTEST}
    values: dict[str, str] = {}
    numbers: dict[str, str] = {}

    def called(mark: re.Match[str]) -> str:
        value = found[mark[0]]
        name = numbers.setdefault(mark[0], f"backup/{blob}/{len(numbers) + 1}")
        if value in names:
            return f"⟦secret:{names[value]}⟧"
        values[name] = value
        return f"⟦secret:{name}⟧"

    text = PARTED.sub(called, text)
    for value, name in sorted(names.items(), key=lambda pair: -len(pair[0])):
        if value not in rules.well_known:
            text = _outside(text, value, f"⟦secret:{name}⟧")
    return Carried(text, values)


def kept_values(
    rules: TextRules, candidate: str, named: Mapping[str, str], read: Callable[[str], str]
) -> dict[str, str]:
    """The values behind a candidate's references to stored texts, which `read` gives by name.

    Each line is held against the stored text: with the values in, it must stand there as it is, or
    the program tells secrets from other words in another way than when the plan was made.
    Errors: `InputError` for that; those of `read`.
    """
    values: dict[str, str] = {}
    for blob in sorted({blob for _, blob in KEPT.findall(candidate)}):
        stored = read(blob)
        found = carry(rules, stored, blob, {}).values
        for line in _lines_of(candidate, blob):
            if f"\n{_filled(line, {**named, **found})}\n" not in f"\n{stored}\n":
                raise InputError(
                    Text(
                        th=f"ค่าลับในข้อมูลสำรอง {blob[:12]} ไม่ตรงกับตอนจัดทำแผน ต้องจัดทำแผนใหม่",
                        en=f"the secrets of backup {blob[:12]} are not where the plan says",
                    ),
                    hint=Text(th="ใช้ khaen restore อีกครั้ง", en="use khaen restore again"),
                )
        values |= found
    return values


def _lines_of(candidate: str, blob: str) -> Iterator[str]:
    return (line for line in candidate.split("\n") if f"⟦secret:backup/{blob}/" in line)


def _filled(line: str, values: Mapping[str, str]) -> str:
    return _NAMED.sub(lambda match: values.get(match[1], match[0]), line)


def _outside(text: str, value: str, mark: str) -> str:
    """The text with `mark` for a value, except inside of references."""
    if value not in text:
        return text
    parts = re.split(r"(⟦[^⟦⟧\n]*⟧)", text)
    return "".join(p if p.startswith("⟦") else p.replace(value, mark) for p in parts)
