"""What is known of one device when it is judged: for whoever writes rules, or doubts a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from controller.accounts.actor import Actor, require
from controller.compliance.equipment import Equipment, equipment_of
from controller.compliance.evidence import Past
from controller.compliance.fact_names import FactRow, fact_rows
from controller.compliance.told import Facts
from controller.inventory.asset import Asset
from controller.inventory.device import Device
from controller.operations.context import Context
from controller.operations.gather_evidence import gather_evidence
from controller.operations.show_device import visible_device


@dataclass(frozen=True)
class EvidenceView:
    """`facts` as they are told, `rows` by every name a rule may ask for; what is not known is None.

    `fingerprint` is that of the configuration that would be judged, empty when none is kept.
    """

    device: Device
    facts: Facts
    facts_at: datetime | None
    rows: tuple[FactRow, ...]
    asset: Asset | None
    equipment: Equipment
    past: Past
    fingerprint: str


def show_evidence(context: Context, actor: Actor, name: str) -> EvidenceView:
    """What an audit would know of the device now. Errors: `NotFound`."""
    require(actor, "read_history")
    device = visible_device(context.inventory(), actor, name)
    gathered = gather_evidence(context, [device])
    found = gathered.drafts[device.name]
    running = gathered.running.get(device.name)
    return EvidenceView(
        device=device,
        facts=dict(found.facts),
        facts_at=found.facts_at,
        rows=fact_rows(found.facts),
        asset=found.asset,
        equipment=equipment_of(found),
        past=found.past,
        fingerprint=running.fingerprint if running else "",
    )
