"""Reads what is known of managed devices beside the register: health, findings, ports in use."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from controller.compliance.check import HardwareCheck
from controller.compliance.rule import Rule
from controller.compliance.rulebook import RuleBook
from controller.errors import Text
from controller.health.observed import PortTable
from controller.inventory.device import Device
from controller.operations.list_alerts import rule_title
from controller.procurement.causes import Judged, Watched
from controller.procurement.growth import PortUse
from controller.procurement.need import CauseName
from controller.specs.models import Models, model_called
from controller.store import device_health, findings, health_spans
from controller.store.alert_times import AlertTimes, own_alert_times
from controller.store.engine import Connection
from controller.store.health_spans import Span
from controller.thai import bangkok_date

# Alerts that are about the device itself, not about its links, its load or who uses it.
_DOWN, _BROKEN = "down", "hardware"
_OWN = (
    _DOWN,
    _BROKEN,
    "device_flapping",
    "high_temperature",
    "high_memory",
    "high_cpu",
    "ups_charge",
)
_UP = 1
_ABSENT = 6  # ifOperStatus notPresent
# Interfaces nothing can be plugged into, by how platforms name them, and the management port.
_NO_PORT = re.compile(
    r"(?:vlan|vl|lo|loopback|null|nu|po|port-channel|tunnel|tu|bridge|br|bond|lag|ae|cpu|stack|"
    r"mgmt|management|ma|bvi|bdi|irb|vxlan|vx|sys)[-_ ]?[\d./:-]*",
    re.IGNORECASE,
)
_CAPABILITIES = (
    "ports_at_least",
    "port_mbps_at_least",
    "uplink_mbps_at_least",
    "poe_watts_at_least",
    "wifi_at_least",
)


def equipment_known(
    conn: Connection, devices: Sequence[Device], since: datetime, until: datetime
) -> dict[str, Watched]:
    """device -> how it was in the period; who was never asked how it is is left out."""
    names = [device.name for device in devices]
    measured: dict[str, timedelta] = {}
    for span in health_spans.spans(conn, since, until, names):
        length = _within(span, since, until) if span.status in ("up", "down") else timedelta()
        measured[span.device] = measured.get(span.device, timedelta()) + length
    by_device: dict[str, list[AlertTimes]] = defaultdict(list)
    for alert in own_alert_times(conn, since, until, _OWN):
        by_device[alert.device].append(alert)
    return {
        name: _watched(measured[name], by_device.get(name, ()), since, until)
        for name in names
        if name in measured
    }


def judged_equipment(
    conn: Connection, devices: Sequence[Device], book: RuleBook
) -> dict[str, tuple[Judged, ...]]:
    """judged device -> the rules on equipment that it fails or nobody could judge."""
    names = [device.name for device in devices]
    found: dict[str, list[Judged]] = {name: [] for name in findings.judged_at(conn, names)}
    rules = {rule.id: (rule, cause) for rule in book.rules if (cause := _cause(rule)) is not None}
    if not rules:
        return dict.fromkeys(found, ())
    for one in findings.standing(conn, rules=rules, verdicts=("fail", "unknown")):
        if one.device not in found:
            continue
        rule, cause = rules[one.rule]
        details = [d.words for d in one.finding.details if d.words is not None]
        words = Text(th="; ".join(w.th for w in details), en="; ".join(w.en for w in details))
        failed = one.verdict == "fail"
        judged = Judged(cause, rule.title.text, failed, words, bangkok_date(one.since))
        found[one.device].append(judged)
    return {name: tuple(rows) for name, rows in found.items()}


def ports_in_use(conn: Connection, devices: Iterable[Device], models: Models) -> dict[str, PortUse]:
    """switch -> its ports with a link as it last told, of those its model has (or it names).

    Who never told its ports, or tells more with a link than its model has, is left out.
    """
    switches = {d.name: d for d in devices if d.role in ("access", "distribution", "core")}
    found: dict[str, PortUse] = {}
    for name, health in device_health.read_health(conn, switches).items():
        if health.answered is None or not health.ports.oper:
            continue
        model = model_called(models, switches[name].model, health.identity.model)
        used, named = _counted(health.ports)
        total = model.ports if model is not None and model.ports else named
        if 0 < total >= used:
            found[name] = PortUse(used, total, bangkok_date(health.answered))
    return found


def _within(span: Span, since: datetime, until: datetime) -> timedelta:
    return min(span.until, until) - max(span.since, since)


def _watched(
    measured: timedelta, alerts: Sequence[AlertTimes], since: datetime, until: datetime
) -> Watched:
    down = timedelta()
    broken = None
    for one in alerts:
        if one.rule == _DOWN:
            down += min(one.cleared or until, until) - max(one.opened, since)
        if one.rule == _BROKEN and one.cleared is None:
            broken = bangkok_date(one.opened)
    titles = Counter(one.rule for one in alerts)
    return Watched(
        measured=measured,
        period=until - since,
        down=down,
        titles=tuple((rule_title(rule), count) for rule, count in titles.most_common()),
        last=bangkok_date(alerts[-1].opened) if alerts else None,
        broken=broken,
    )


def _cause(rule: Rule) -> CauseName | None:
    """What a rule on equipment asks; None for a rule on anything else."""
    checks = [check.hardware for check in rule.checks if check.hardware is not None]
    if not checks:
        return None
    if any(_asks(check, _CAPABILITIES) for check in checks):
        return "compliance"
    asked: Mapping[str, CauseName] = {
        "age_at_most_years": "age",
        "supported": "support",
        "in_warranty": "warranty",
    }
    return next((c for name, c in asked.items() if any(_asks(k, (name,)) for k in checks)), None)


def _asks(check: HardwareCheck, names: Iterable[str]) -> bool:
    return any(getattr(check, name) is not None for name in names)


def _counted(ports: PortTable) -> tuple[int, int]:
    """Ports with a link, and ports at all."""
    states = [
        state
        for index, state in ports.oper.items()
        if state != _ABSENT and not _NO_PORT.fullmatch(ports.name(index))
    ]
    return sum(state == _UP for state in states), len(states)
