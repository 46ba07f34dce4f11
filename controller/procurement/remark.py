"""A remark (ข้อสังเกต) on a specification: what is wrong or must be explained, and by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from controller.errors import Text

Severity = Literal["error", "warning", "notice"]
SEVERITIES: dict[Severity, Text] = {
    "error": Text(th="ต้องแก้ไข", en="must be mended"),
    "warning": Text(th="ต้องให้เหตุผล", en="needs a reason"),
    "notice": Text(th="ควรทราบ", en="to know"),
}
_RANKS: dict[Severity, int] = {"error": 0, "warning": 1, "notice": 2}


@dataclass(frozen=True)
class Remark:
    """One remark. `about` is an item, `item/criterion`, a field such as `budget`, or empty.

    `hint` says what to do and which law, regulation or edition asks for it. An error keeps the case
    from being put to the director, a warning does while no reason is written for it.
    """

    code: str
    severity: Severity
    about: str
    text: Text
    hint: Text

    @property
    def key(self) -> str:
        """Names it where its reason is written (`Specification.accepted`): `code:about`."""
        return f"{self.code}:{self.about}" if self.about else self.code


def ordered(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Errors first, then warnings; within one severity as they were found. None comes twice."""
    once = {(remark.key, remark.text): remark for remark in remarks}
    return tuple(sorted(once.values(), key=lambda remark: _RANKS[remark.severity]))


def standing_against(remarks: Iterable[Remark], accepted: Mapping[str, str]) -> tuple[Remark, ...]:
    """The remarks that keep a specification from the director: errors, and unexplained warnings."""
    return tuple(
        remark
        for remark in remarks
        if remark.severity == "error"
        or (remark.severity == "warning" and not accepted.get(remark.key, "").strip())
    )
