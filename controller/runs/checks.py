"""The checks after a push, by the names a plan gives them. A check nobody knows does not pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from controller.connections.session import DeviceSession
from controller.errors import Text
from controller.health.comparing import Vitals, worse
from controller.health.rules import Rules, rules_of
from controller.inventory.watching import Watching
from controller.plans.plan import SNMP_HEALTH
from controller.runs.applied import closes, paths, stands_in
from controller.runs.errand import Errand


@dataclass(frozen=True)
class Watch:
    """The device's health over SNMP: `before` the push, None when it did not say; `ask` for now.

    `demanded`: the platform's own checks want it, so that not knowing is not passing.
    """

    before: Vitals | None = None
    ask: Callable[[], Vitals | None] = lambda: None
    rules: Callable[[], Rules] = lambda: rules_of(Watching())
    demanded: bool = False


@dataclass(frozen=True)
class Sight:
    """What the checks look at, on a connection made after the push.

    `up` holds the interfaces that were up before, None when that is not known. `sure` when the
    device has acknowledged the commit; without that a quick look is not enough.
    """

    errand: Errand
    session: DeviceSession
    running: str
    fingerprint: str
    up: frozenset[str] | None
    sure: bool
    watch: Watch = field(default_factory=Watch)


@dataclass(frozen=True)
class Checked:
    """What a check found."""

    check: str
    passed: bool
    words: Text

    def told(self) -> dict[str, object]:
        """For the evidence."""
        return {
            "check": self.check,
            "passed": self.passed,
            "th": self.words.th,
            "en": self.words.en,
        }


_FINE = Text(th="ผ่าน", en="passed")


def run_checks(sight: Sight) -> tuple[Checked, ...]:
    """Every check of the errand, in its order; the fingerprint to arrive at, where there is one.

    Errors: `DeviceError` when the device stops answering meanwhile.
    """
    found = [Checked(name, *_CHECKS.get(name, _not_known)(sight)) for name in sight.errand.checks]
    if sight.errand.goal is not None:
        found.append(Checked("exact", *_exact(sight)))
    return tuple(found)


def _reachable(_: Sight) -> tuple[bool, Text]:
    return True, Text(th="ติดต่อได้ด้วยการเชื่อมต่อใหม่", en="reached on a new connection")


def _interfaces_up(sight: Sight) -> tuple[bool, Text]:
    if sight.up is None:
        return False, Text(
            th="ไม่ทราบว่าก่อนหน้านี้พอร์ตใดใช้งานได้",
            en="it is not known which interfaces were up before",
        )
    down = sight.up - closes(sight.errand.candidate) - sight.session.interfaces_up()
    if sight.errand.goal is not None:
        # A subinterface that the earlier configuration does not have goes with what made it.
        there = {path[0] for path in paths(sight.errand.candidate)}
        gone = {name for name in down if "." in name and f"interface {name}" not in there}
        down -= gone
    if down:
        names = ", ".join(sorted(down))
        return False, Text(th=f"พอร์ตดับ: {names}", en=f"interfaces went down: {names}")
    return True, _FINE


def _applied(sight: Sight) -> tuple[bool, Text]:
    errand = sight.errand
    if sight.sure and errand.operation == "merge" and stands_in(errand.candidate, sight.running):
        return True, _FINE
    left = sight.session.load(errand.candidate, errand.operation)
    sight.session.discard()
    if left:
        lines = len(left.splitlines())
        return False, Text(
            th=f"ค่าที่อนุมัติยังไม่เข้าครบ (ผลต่างเหลือ {lines} บรรทัด)",
            en=f"the approved change is not whole on the device ({lines} lines still differ)",
        )
    return True, _FINE


def _snmp_health(sight: Sight) -> tuple[bool, Text]:
    watch = sight.watch
    if watch.before is None:
        return not watch.demanded, Text(
            th="ก่อนส่งอุปกรณ์ไม่ตอบ SNMP จึงเทียบไม่ได้",
            en="it did not answer SNMP before the push, so there is nothing to compare with",
        )
    after = watch.ask()
    if after is None:
        return False, Text(
            th="ก่อนส่งตอบ SNMP แต่ตอนนี้ไม่ตอบ", en="it answered SNMP before, and not now"
        )
    found = worse(watch.before, after, watch.rules(), closes(sight.errand.candidate))
    if found is None:
        return True, _FINE
    return False, Text(th=f"แย่กว่าก่อนส่ง: {found.th}", en=f"worse than before: {found.en}")


def _exact(sight: Sight) -> tuple[bool, Text]:
    if sight.fingerprint == sight.errand.goal:
        return True, _FINE
    return False, Text(
        th="ค่าบนอุปกรณ์ไม่ตรงกับค่าเดิมที่เก็บไว้",
        en="the configuration is not exactly the earlier one",
    )


def _not_known(_: Sight) -> tuple[bool, Text]:
    return False, Text(th="ไม่รู้จักการตรวจนี้", en="nobody knows this check")


_CHECKS: dict[str, Callable[[Sight], tuple[bool, Text]]] = {
    "reachable": _reachable,
    "interfaces_up": _interfaces_up,
    "applied": _applied,
    SNMP_HEALTH: _snmp_health,
}
