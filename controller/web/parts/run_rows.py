"""A run's devices as the page shows them: problems first, then batch by batch; what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from controller.errors import Text
from controller.plans.outcome import BAD, FINAL, STATE_WORDS, RunDevice, State, reason_words

MOST_SECTIONS = 24
"""So many sections stand on a page; of more batches, several share one."""

PROBLEMS = "problems"
_COLOURS: dict[State, str] = {
    "waiting": "",
    "intended": "going",
    "pushed": "going",
    "verified": "going",
    "confirmed": "good",
    "drifted": "warn",
    "refused": "warn",
    "failed": "bad",
    "rolled_back": "bad",
    "unknown": "bad",
}


@dataclass(frozen=True)
class Row:
    """One device; `colour` is the class of its state, `problem` whether somebody must look."""

    device: str
    state: Text
    colour: str
    reason: Text
    problem: bool


@dataclass(frozen=True)
class Section:
    """Devices shown together. Two equal sections look the same."""

    key: str
    title: Text
    rows: tuple[Row, ...]
    done: int

    @property
    def ended(self) -> bool:
        """Whether every device of it has reached a final state."""
        return self.done == len(self.rows)


@dataclass(frozen=True)
class Share:
    """How many devices are in one state, and their percentage of all, for a bar."""

    words: Text
    colour: str
    number: int
    percent: float


def sections(devices: Sequence[RunDevice]) -> tuple[Section, ...]:
    """Problems first (also when there are none), then the batches in their order."""
    rows = [(device, _row(device)) for device in devices]
    troubled = tuple(row for _, row in rows if row.problem)
    batches = [
        (batch, list(found)) for batch, found in groupby(rows, key=lambda pair: pair[0].batch)
    ]
    size = -(-len(batches) // MOST_SECTIONS) or 1
    parts = [batches[at : at + size] for at in range(0, len(batches), size)]
    title = Text(th="ต้องดู", en="To look at")
    return (Section(PROBLEMS, title, troubled, len(troubled)), *(_section(part) for part in parts))


def changed(before: Mapping[str, Section], now: Sequence[Section]) -> tuple[Section, ...]:
    """The sections that look different from what was shown before: only they are sent."""
    return tuple(section for section in now if before.get(section.key) != section)


def shares(counts: Mapping[str, int]) -> tuple[Share, ...]:
    """Devices by state for a bar: what has ended first, then what is in work, then what waits."""
    total = sum(counts.values()) or 1
    order = sorted(STATE_WORDS, key=lambda state: (state not in FINAL, state == "waiting"))
    return tuple(
        Share(STATE_WORDS[state], _COLOURS[state], number, round(100 * number / total, 2))
        for state in order
        if (number := counts.get(state))
    )


def counted(devices: Sequence[RunDevice]) -> dict[str, int]:
    """state -> devices in it."""
    return dict(Counter(device.state for device in devices))


def colour(state: State) -> str:
    """The class of a state's colour."""
    return _COLOURS[state]


def _row(device: RunDevice) -> Row:
    return Row(
        device=device.device,
        state=STATE_WORDS[device.state],
        colour=_COLOURS[device.state],
        reason=reason_words(device.reason),
        problem=device.state in BAD or device.state == "drifted",
    )


def _section(part: list[tuple[int, list[tuple[RunDevice, Row]]]]) -> Section:
    first, last = part[0][0], part[-1][0]
    pairs = [pair for _, found in part for pair in found]
    return Section(
        key=f"batch-{first}",
        title=_title(first, last),
        rows=tuple(row for _, row in pairs),
        done=sum(device.state in FINAL for device, _ in pairs),
    )


def _title(first: int, last: int) -> Text:
    if first == last == 0:
        return Text(th="เครื่องนำร่อง", en="Canary")
    if first == last:
        return Text(th=f"ชุดที่ {first}", en=f"Batch {first}")
    if first == 0:
        return Text(th=f"เครื่องนำร่องถึงชุดที่ {last}", en=f"Canary to batch {last}")
    return Text(th=f"ชุดที่ {first}–{last}", en=f"Batches {first}–{last}")
