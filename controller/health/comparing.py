"""A device before and after something was done to it: is it worse by the rules of health?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from controller.errors import Text
from controller.facts.measured import Measured
from controller.health.judging import find_port
from controller.health.observed import PortTable
from controller.health.rules import Rules, figure


@dataclass(frozen=True, slots=True)
class Vitals:
    """What is compared: busiest processor and fullest memory in percent, ports, errors counted.

    `at` in seconds since the epoch; `up` the names of the ports that are up, `errors` name -> how
    many errors the port has counted. What was not told is None or absent.
    """

    at: float
    cpu: float | None = None
    memory: float | None = None
    up: tuple[str, ...] = ()
    errors: Mapping[str, int] = field(default_factory=dict)

    def written(self) -> dict[str, Any]:
        """As the evidence of a run keeps it."""
        return {
            "at": self.at,
            "cpu": self.cpu,
            "memory": self.memory,
            "up": list(self.up),
            "errors": dict(self.errors),
        }


def read_vitals(kept: Mapping[str, Any]) -> Vitals:
    """What `Vitals.written` wrote."""
    return Vitals(kept["at"], kept["cpu"], kept["memory"], tuple(kept["up"]), dict(kept["errors"]))


def vitals_of(measured: Measured, at: float) -> Vitals:
    """The vitals in what was measured."""
    ports = measured.ports
    names = ports.names.get("name", {})
    errors: dict[str, int] = {}
    for column in ("in_errors", "out_errors"):
        for index, count in ports.counters.get(column, {}).items():
            name = names.get(index, index)
            errors[name] = errors.get(name, 0) + count
    oper = ports.states.get("oper", {})
    return Vitals(
        at=at,
        cpu=max((p.percent for p in measured.processors), default=None),
        memory=max((m.percent for m in measured.memories), default=None),
        up=tuple(sorted(names.get(i, i) for i, state in oper.items() if state == 1)),
        errors={name: count for name, count in sorted(errors.items()) if count},
    )


def worse(before: Vitals, after: Vitals, rules: Rules, closed: Iterable[str] = ()) -> Text | None:
    """What is worse than before, with the figures; None when nothing is.

    A figure counts when it is over its rule's threshold now and was not before. Ports that the
    change closes on purpose may go down.
    """
    found = [
        *_over("high_cpu", Text(th="ซีพียู", en="CPU"), before.cpu, after.cpu, rules),
        *_over(
            "high_memory", Text(th="หน่วยความจำ", en="memory"), before.memory, after.memory, rules
        ),
    ]
    table = PortTable(names={name: name for name in before.up})
    meant = {find_port(name, table) for name in closed}
    lost = [name for name in before.up if name not in after.up and name not in meant]
    if lost and after.up:
        names = ", ".join(lost)
        found.append(Text(th=f"พอร์ตดับ {names}", en=f"ports went down: {names}"))
    found += _erring(before, after, rules)
    if not found:
        return None
    return Text(th="; ".join(t.th for t in found), en="; ".join(t.en for t in found))


def _over(
    rule: str, what: Text, before: float | None, after: float | None, rules: Rules
) -> Iterable[Text]:
    known = rules.rule(rule)
    if known is None or after is None or after < known.threshold:
        return
    if before is not None and before >= known.threshold:
        return
    was = "-" if before is None else figure(before)
    yield Text(
        th=f"{what.th} {was} → {figure(after)} % (เกณฑ์ {figure(known.threshold)} %)",
        en=f"{what.en} {was} → {figure(after)} % (limit {figure(known.threshold)} %)",
    )


def _erring(before: Vitals, after: Vitals, rules: Rules) -> Iterable[Text]:
    known, seconds = rules.rule("port_errors"), after.at - before.at
    if known is None or seconds <= 0:
        return
    for name, count in after.errors.items():
        rate = (count - before.errors.get(name, 0)) / seconds
        if rate >= known.threshold:
            yield Text(
                th=f"พอร์ต {name} มีเฟรมเสีย {figure(rate)} เฟรม/วินาที",
                en=f"port {name}: {figure(rate)} errors a second",
            )
