"""Secrets on their way: references become values before a push, values become references after.

`⟦secret:NAME⟧` stands in a candidate; the value lives only in the text sent to the device.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from controller.errors import InputError, Text
from controller.language import nearest
from controller.platforms.platform import Platform

REFERENCE = re.compile(r"⟦secret:([^⟧\n]*)⟧")
REDACTED = "⟦redacted⟧"
SHORTEST = 4
"""A shorter value would be found inside ordinary words, so it could not be hidden."""
TAIL = 3
"""A line cut in the middle of a secret may end with this many of its letters or more."""


class Hiding:
    """Fills in and hides the secrets of one session.

    `passwords` are what the session logs in with: they are hidden and never filled in.
    """

    def __init__(
        self, platform: Platform, secrets: Mapping[str, str], passwords: tuple[str, ...] = ()
    ) -> None:
        self._platform = platform
        self._secrets = secrets
        shown = [(value, REDACTED) for value in passwords if value]
        shown += [
            (value, f"⟦secret:{name}⟧")
            for name, value in secrets.items()
            if value and (not _is_kept(name) or self._is_told_apart(value))
        ]
        self._shown = sorted(_spellings(shown), key=lambda pair: -len(pair[0]))

    def fill(self, candidate: str) -> str:
        """The candidate with the values; `InputError` for a name or value that cannot be used."""
        return REFERENCE.sub(lambda match: self._value(match[1]), candidate)

    def hide(self, text: str) -> str:
        """The text without any secret: known values as references, the platform's as redacted."""
        for value, mark in self._shown:
            if value in text:
                text = text.replace(value, mark)
        return self._platform.redact(self._hide_tail(text))

    def _hide_tail(self, text: str) -> str:
        for value, mark in self._shown:
            for length in range(len(value) - 1, TAIL - 1, -1):
                if text.endswith(value[:length]):
                    return text[:-length] + mark
        return text

    def _is_told_apart(self, value: str) -> bool:
        return len(value) >= SHORTEST and value not in self._platform.texts.well_known

    def _value(self, name: str) -> str:
        value = self._secrets.get(name)
        if value is None:
            near = nearest(name, self._secrets)
            raise InputError(
                Text(
                    th=f"แม่แบบอ้างถึงค่าลับ {name!r} ซึ่งไม่ได้กำหนดไว้ใน [secrets]",
                    en=f"the template refers to the secret {name!r}, which [secrets] does not name",
                ),
                hint=Text(th=f"หมายถึง {near!r} หรือไม่", en=f"did you mean {near!r}?")
                if near
                else None,
            )
        # What a device gave us it takes as it is: the platform's patterns hide it.
        if not _is_kept(name) and (len(value) < SHORTEST or not value.isprintable()):
            raise InputError(
                Text(
                    th=f"ค่าลับ {name!r} ต้องมีอย่างน้อย {SHORTEST} ตัวอักษรในบรรทัดเดียว มิฉะนั้นจะซ่อนไม่ได้",
                    en=f"the secret {name!r} needs at least {SHORTEST} characters on one line; "
                    "otherwise it cannot be hidden",
                )
            )
        return value


def _is_kept(name: str) -> bool:
    """Whether a reference names a secret in a stored configuration, not one of the workspace."""
    return name.startswith("backup/")


def _spellings(shown: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """Each value also as error messages of libraries quote it."""
    quoted = [(json.dumps(value)[1:-1], mark) for value, mark in shown]
    quoted += [(repr(value)[1:-1], mark) for value, mark in shown]
    return {*shown, *quoted}
