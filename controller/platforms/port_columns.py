"""The interfaces and the uptime: from answers to columns, passed on as they came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from controller.facts.answers import Answers, Request, Value, as_text
from controller.facts.measured import Ports
from controller.platforms.metric_files import Tier, ToldPorts

# A 32-bit count of hundredths of a second starts again after 497 days.
_ROUND = 2**32 / 100
_UNKNOWN_SPEED = 2**32 - 1


@dataclass(frozen=True, slots=True)
class PortColumns:
    """What is asked of the interfaces, and how it is read."""

    told: ToldPorts

    def request(self, tier: Tier, narrow: bool | None) -> Request:
        """What this tier asks. `narrow`: the device has no 64-bit octets; None: nobody knows."""
        t = self.told
        if tier == "cycle":
            which = 1 if narrow else 0
            octets = (t.in_octets[which], t.out_octets[which])
            return Request((t.uptime, t.engine_time), (t.oper, *octets, t.in_errors))
        if tier == "quarter":
            return Request((), (t.out_errors, t.in_discards, t.out_discards))
        both = (*t.in_octets, *t.out_octets)
        states = (t.admin, t.megabits, t.speed, t.duplex)
        return Request((), (*both, *states, *t.name, t.alias))

    def narrow(self, answers: Answers) -> bool:
        """Whether only the 32-bit octets were told."""
        wide = any(answers.column(o) for o in (self.told.in_octets[0], self.told.out_octets[0]))
        return not wide and bool(answers.column(self.told.in_octets[1]))

    def read(self, answers: Answers) -> Ports:
        """The columns that were told."""
        t, columns = self.told, answers.columns
        which = 1 if self.narrow(answers) else 0
        counters = {
            "in_octets": columns.get(t.in_octets[which]),
            "out_octets": columns.get(t.out_octets[which]),
            "in_errors": columns.get(t.in_errors),
            "out_errors": columns.get(t.out_errors),
            "in_discards": columns.get(t.in_discards),
            "out_discards": columns.get(t.out_discards),
        }
        states = {
            "oper": columns.get(t.oper),
            "admin": columns.get(t.admin),
            "duplex": columns.get(t.duplex),
            "speed": self._speed(answers),
        }
        names = {
            "name": _words(columns.get(t.name[0]), columns.get(t.name[1])),
            "alias": _words(columns.get(t.alias), None),
        }
        return Ports(
            counters={k: _integers(v) for k, v in counters.items() if v},
            states={k: _integers(v) for k, v in states.items() if v},
            names={k: v for k, v in names.items() if v},
            octet_bits=32 if which else 64,
        )

    def uptime(self, answers: Answers) -> float | None:
        """Seconds of uptime.

        The agent's own count starts again after 497 days; where the engine's time (RFC 3411) is the
        same but for whole rounds, that is the truth.
        """
        ticks, engine = answers.number(self.told.uptime), answers.number(self.told.engine_time)
        if ticks is None or ticks < 0:
            return None
        seconds = ticks / 100
        if engine is not None and engine > _ROUND - 120:
            off = (engine - seconds) % _ROUND
            if min(off, _ROUND - off) < 60:
                return engine
        return seconds

    def _speed(self, answers: Answers) -> dict[str, Value]:
        """In bit/s: ifHighSpeed where it says something, else ifSpeed."""
        slow = answers.column(self.told.speed)
        found: dict[str, Value] = {
            index: value
            for index, value in slow.items()
            if isinstance(value, int) and 0 < value < _UNKNOWN_SPEED
        }
        for index, value in answers.column(self.told.megabits).items():
            if isinstance(value, int) and value > 0:
                found[index] = value * 1_000_000
        return found


def _integers(column: Mapping[str, Value]) -> Mapping[str, int]:
    # Nearly always all are: then the device's own mapping is passed on and nothing copied.
    if set(map(type, column.values())) == {int}:
        return column  # type: ignore[return-value]
    return {index: value for index, value in column.items() if isinstance(value, int)}


def _words(first: Mapping[str, Value] | None, second: Mapping[str, Value] | None) -> dict[str, str]:
    found = {index: as_text(value) for index, value in (second or {}).items()}
    for index, value in (first or {}).items():
        if text := as_text(value):
            found[index] = text
    return {index: text for index, text in found.items() if text}
