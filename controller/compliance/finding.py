"""What a rule found on a device: a verdict, and the very lines or values it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from controller.errors import Text

Verdict = Literal["pass", "fail", "waived", "not_applicable", "unknown"]
# Worst first, as lists of findings are sorted.
VERDICTS: tuple[Verdict, ...] = ("fail", "unknown", "waived", "pass", "not_applicable")
VERDICT_NAMES: dict[str, Text] = {
    "pass": Text(th="ผ่าน", en="pass"),
    "fail": Text(th="ไม่ผ่าน", en="fail"),
    "waived": Text(th="ผ่อนผัน", en="waived"),
    "not_applicable": Text(th="ไม่เกี่ยวข้อง", en="not applicable"),
    "unknown": Text(th="ไม่ทราบ", en="unknown"),
}
DetailKind = Literal["missing", "extra", "order", "value", "unknown"]


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing a verdict rests on; secrets are hidden in it.

    `missing`: a line that should be there; `extra`: one that should not; `order`: one in the wrong
    place; `value`: a fact that is not as wanted; `unknown`: what could not be learnt. `path` is the
    sections around the line, outermost first, `number` its place in the configuration from 1 where
    it stands there. `words` say it in a sentence where there is no line to show.
    """

    kind: DetailKind
    path: tuple[str, ...] = ()
    line: str = ""
    number: int | None = None
    words: Text | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict of one rule on one device.

    `due`: the rule's grace ends then; until it does, what the device fails is only announced and
    the verdict is `pass`. `waiver` is the id of the waiver that made a failure `waived`; with
    `expired` the one that would, had it not run out.
    """

    rule: str
    device: str
    verdict: Verdict
    details: tuple[Detail, ...] = ()
    due: date | None = None
    waiver: str = ""
    expired: str = ""
