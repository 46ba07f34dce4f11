"""How compliance looks on pages: tones, signs of a heat map, a score's way through the days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from controller.compliance.finding import VERDICT_NAMES, DetailKind, Verdict
from controller.compliance.heat import Heat, heat
from controller.compliance.scores import Tally
from controller.errors import Text
from controller.health.rules import SEVERITIES

# A sign beside every colour: nobody has to tell them apart by it.
VERDICT_TONES: dict[Verdict, str] = {
    "fail": "bad",
    "unknown": "warn",
    "waived": "going",
    "pass": "good",
    "not_applicable": "",
}
VERDICT_SIGNS: dict[Verdict, str] = {
    "fail": "✗",
    "unknown": "?",
    "waived": "~",
    "pass": "✓",
    "not_applicable": "-",
}
RULE_TONES = {"critical": "bad", "warning": "warn", "notice": ""}
_SIGNS: dict[Heat, str] = {"none": "-", "clean": "✓", "unknown": "?"}
# What each step of the heat map is called below it.
HEATS: tuple[tuple[Heat, str, Text], ...] = (
    ("clean", "✓", Text(th="ผ่านหรือผ่อนผัน", en="passes or is waived")),
    ("some", "", Text(th="ไม่ผ่านไม่ถึง 1 ใน 3", en="less than a third fails")),
    ("many", "", Text(th="ไม่ผ่าน 1 ใน 3 ขึ้นไป", en="a third or more fails")),
    ("most", "", Text(th="ไม่ผ่าน 2 ใน 3 ขึ้นไป", en="two thirds or more fail")),
    ("unknown", "?", Text(th="ไม่ทราบ", en="unknown")),
    ("none", "-", Text(th="ไม่เกี่ยวข้อง", en="not applicable")),
)
_DETAILS: dict[DetailKind, Text] = {
    "missing": Text(th="ขาด", en="missing"),
    "extra": Text(th="ไม่ควรมี", en="should not be there"),
    "order": Text(th="ลำดับไม่ถูกต้อง", en="in the wrong place"),
    "value": Text(th="ค่าไม่ตรงเกณฑ์", en="not as wanted"),
    "unknown": Text(th="ไม่ทราบ", en="unknown"),
}
_GOOD, _FAIR = 90, 70
_WIDTH, _HEIGHT = 600.0, 100.0
# The foot of the picture stands at a multiple of this.
_STEP = 20


def score_tone(score: int | None) -> str:
    """`good` from 90 on, `warn` from 70 on, else `bad`; none without a score."""
    if score is None:
        return ""
    return "good" if score >= _GOOD else "warn" if score >= _FAIR else "bad"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the heat map: the name of its step, what is written in it, of how many."""

    kind: Heat
    sign: str
    failed: int
    applies: int


def cell(tally: Tally | None) -> Cell:
    """The cell for what was found."""
    kind = heat(tally)
    failed, applies = (tally.failed, tally.applies) if tally else (0, 0)
    return Cell(kind, _SIGNS.get(kind, str(failed)), failed, applies)


@dataclass(frozen=True)
class Trend:
    """A score by day as lines of a picture 600 by 100, from `low` at its foot to 100."""

    stretches: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    first: date
    last: date
    begins: int
    ends: int
    lowest: int
    low: int


def trend_picture(days: Sequence[tuple[date, Tally]]) -> Trend | None:
    """The picture; None until there are two days to draw a line between."""
    known = [(day, t.score) for day, t in days if t.score is not None]
    if len(known) < 2:
        return None
    first, last = known[0][0], known[-1][0]
    span = max((last - first).days, 1)
    lowest = min(score for _, score in known)
    low = min(lowest // _STEP * _STEP, 100 - _STEP)

    def place(day: date, score: int) -> tuple[float, float]:
        return round((day - first).days * _WIDTH / span, 1), round(
            (100 - score) * _HEIGHT / (100 - low), 1
        )

    runs: list[list[tuple[float, float]]] = [[]]
    for day, tally in days:
        if tally.score is None:
            runs.append([])
        elif first <= day <= last:
            runs[-1].append(place(day, tally.score))
    return Trend(
        stretches=tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1),
        dots=tuple(run[0] for run in runs if len(run) == 1),
        first=first,
        last=last,
        begins=known[0][1],
        ends=known[-1][1],
        lowest=lowest,
        low=low,
    )


def placed(lines: Sequence[str], path: Sequence[str]) -> int | None:
    """The number, from 1, of the line that opens the section with this path; None without one."""
    at = 0
    for name in path:
        wanted = name.strip()
        found = next((n for n in range(at, len(lines)) if lines[n].strip() == wanted), None)
        if found is None:
            return None
        at = found + 1
    return at or None


def marks(
    marked: Mapping[int, Sequence[str]], places: Mapping[int, Sequence[str]]
) -> dict[int, str]:
    """Line number -> its mark: `bad` for a line that is wrong, `gap` where one is missing."""
    found = dict.fromkeys(places, "gap")
    found.update(dict.fromkeys(marked, "bad"))
    return found


# What every template of compliance is given.
LOOK: dict[str, object] = {
    "tone": score_tone,
    "tones": VERDICT_TONES,
    "signs": VERDICT_SIGNS,
    "verdicts": VERDICT_NAMES,
    "severities": SEVERITIES,
    "rule_tones": RULE_TONES,
    "detail_names": _DETAILS,
}
