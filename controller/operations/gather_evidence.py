"""What is known of many devices, to judge them by the rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from controller.compliance.brought import Running
from controller.compliance.evidence import Evidence, KeptConfiguration, Past
from controller.compliance.keys import evidence_key, variables_digest
from controller.compliance.told import (
    Facts,
    clock_on_line,
    interfaces_on_line,
    joined,
    only,
    ports_by_snmp,
    said_by_snmp,
    said_on_line,
    users_on_line,
)
from controller.errors import InputError
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.inventory.shelves import asset_of
from controller.operations.context import Context
from controller.platforms.platform import HIDDEN
from controller.platforms.text_rules import TextRules
from controller.platforms.texts import text_rules
from controller.specs.models import model_called
from controller.store import device_history
from controller.store.device_health import DeviceHealth, read_health
from controller.store.device_history import Look
from controller.store.device_pasts import DevicePast, device_pasts

FRESH = timedelta(days=7)
"""What a device said longer ago than this is not known to be so any more."""
_SHORTEST_SECRET = 6


@dataclass(frozen=True)
class Gathering:
    """What is known of some devices at one moment; the texts are read one by one, when asked for.

    Iterating gives the evidence of every device, in the order they were named.
    """

    context: Context
    drafts: Mapping[str, Evidence]
    running: Mapping[str, Running]
    variables: Mapping[str, str]

    def __iter__(self) -> Iterator[Evidence]:
        return (self.evidence(name) for name in self.drafts)

    def __len__(self) -> int:
        return len(self.drafts)

    def key(self, device: str, *, by_time: bool = True) -> str:
        """See `compliance.keys.evidence_key`: cheap, no configuration is read."""
        running = self.running.get(device)
        print_ = running.fingerprint if running else ""
        draft = self.drafts[device]
        return evidence_key(draft, print_, self.variables[device], by_time=by_time)

    def evidence(self, device: str) -> Evidence:
        """All that is known of the device, its configuration with every secret hidden.

        Errors: `NotFound` when a text that was kept is gone, `StoreError`.
        """
        draft, running = self.drafts[device], self.running.get(device)
        rules = _rules(draft.device)
        if running is None or rules is None:
            return draft
        text = rules.mask(self.context.backups.read(running.blob))
        for value in self._secrets:
            # A rule has to see the makers' own words.
            if value not in rules.well_known:
                text = text.replace(value, HIDDEN)
        kept = KeptConfiguration(text, running.fingerprint, running.seen)
        return replace(draft, configuration=kept)

    @cached_property
    def _secrets(self) -> tuple[str, ...]:
        """Values the workspace names, which must not be seen wherever they stand."""
        try:
            values = self.context.secrets().values()
        except InputError:
            # Whoever audits need not hold the secrets; the patterns of the platform hide them.
            return ()
        # What is shorter stands in other words too.
        return tuple(value for value in values if len(value) >= _SHORTEST_SECRET)


def _rules(device: Device) -> TextRules | None:
    """What is secret in the device's texts; None where nobody knows, and no text may be read."""
    try:
        return text_rules(device.platform)
    except KeyError:
        return None


def gather_evidence(
    context: Context, devices: Collection[Device], sections: Collection[str] | None = None
) -> Gathering:
    """What is known of these devices now, in a handful of questions to the database.

    `sections`: only these parts of the facts (`compliance.facts_used`); all when None.
    """
    now, inventory, models = context.clock(), context.inventory(), context.models()
    names = [device.name for device in devices]
    wanted = None if sections is None else frozenset(sections)
    with context.store.read() as conn:
        pasts = device_pasts(conn, names)
        health = read_health(conn, names, ports=wanted is None or "ports" in wanted)
        looks = device_history.last_looks(conn, names)
    drafts: dict[str, Evidence] = {}
    for device in devices:
        name = device.name
        facts, said = _facts(health.get(name), looks.get(name), now)
        asset = asset_of(inventory, device.asset) if device.asset else None
        called = (device.model, asset.model if asset else None, _model_told(facts))
        drafts[name] = Evidence(
            device=device,
            site=inventory.site_of(device),
            variables=inventory.variables(device),
            now=now,
            today=context.today(),
            facts=only(facts, wanted),
            facts_at=said,
            asset=asset,
            model=model_called(models, *called),
            past=_past(pasts[name]),
        )
    running = {name: past.running for name, past in pasts.items() if past.running}
    return Gathering(context, drafts, running, _variables(inventory, drafts))


def _facts(
    health: DeviceHealth | None, look: Look | None, now: datetime
) -> tuple[Facts, datetime | None]:
    """What the device said by SNMP and on the line, as far as it is fresh, and when last."""
    by_snmp: Facts = {}
    on_line: Facts = {}
    times: list[datetime] = []
    if health is not None and health.answered and now - health.answered <= FRESH:
        by_snmp = said_by_snmp(health.identity, health.status, health.measured)
        ports = health.ports
        states = {name: getattr(ports, name) for name in ("admin", "oper", "speed", "duplex")}
        found = ports_by_snmp(states, {"name": ports.names, "alias": ports.aliases})
        by_snmp |= {"ports": found} if found else {}
        times.append(health.answered)
    elif health is not None and now - health.at <= FRESH:
        by_snmp = {"health": {"status": health.status}}
        times.append(health.at)
    if look is not None and now - look.at <= FRESH:
        on_line = _on_line(look, now)
        times.append(look.at)
    return joined(by_snmp, on_line), max(times, default=None)


def _model_told(facts: Facts) -> str | None:
    told: str | None = facts.get("identity", {}).get("model")
    return told


def _on_line(look: Look, now: datetime) -> Facts:
    found = said_on_line(look.facts)
    if look.ntp is not None:
        found["ntp"] = clock_on_line(look.ntp)
    if look.users is not None:
        found["users"] = users_on_line(look.users)
    if look.interfaces and now - (look.interfaces_at or look.at) <= FRESH:
        found["interfaces"] = interfaces_on_line(look.interfaces)
    return found


def _past(past: DevicePast) -> Past:
    running = past.running
    return Past(
        backed_up=running.seen if running else None,
        changed=running.since if running else None,
        changed_by_case=past.case,
        oldest_unacknowledged=past.unnoted,
    )


def _variables(inventory: Inventory, drafts: Mapping[str, Evidence]) -> Mapping[str, str]:
    """Device -> digest of its variables, made once for each value of the inventory."""
    known: dict[str, str] = inventory.kept("variables digests", dict)
    sites: dict[str, str] = inventory.kept("site digests", dict)
    for name, draft in drafts.items():
        if name not in known:
            known[name] = variables_digest(draft.variables, sites)
    return known
