"""What rules stand on, over HTTP: the evidence of a device, and the models of equipment."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.routing import make_router
from controller.api.words import Both
from controller.compliance.equipment import Equipment
from controller.compliance.fact_names import FactRow
from controller.operations.list_models import ModelRow, list_models
from controller.operations.show_evidence import show_evidence
from controller.specs.model import Model

devices = make_router("/devices", "devices")
models = make_router("/models", "inventory")


class Told(BaseModel):
    """One value under a name, and how often."""

    value: Any
    count: int


class FactShown(BaseModel):
    """A name a rule may ask for, what it means, and what the device told under it."""

    name: str = Field(examples=["ports[].oper"])
    words: Both
    source: str
    values: list[Told]


class EquipmentShown(BaseModel):
    """From the register and specs/models; null is what nobody knows."""

    model: Model | None
    acquired: date | None
    age_years: float | None
    warranty_until: date | None
    in_warranty: bool | None
    supported_until: date | None
    supported: bool | None


class PastShown(BaseModel):
    """What is on record. `changed_by_case` is empty when no case brought what runs now."""

    backed_up: datetime | None
    changed: datetime | None
    changed_by_case: str | None
    oldest_unacknowledged: datetime | None


class EvidenceShown(BaseModel):
    """What an audit would know of a device now; what is not known is null or absent."""

    device: str
    facts: dict[str, Any]
    facts_at: datetime | None
    names: list[FactShown]
    equipment: EquipmentShown
    past: PastShown
    fingerprint: str | None


class ModelShown(BaseModel):
    """A model; `known` is null when specs/models tells nothing of it."""

    model: str
    devices: int
    assets: int
    known: Model | None


@devices.get("/{name}/evidence", operation_id="show_evidence")
def evidence(asked: Asked, name: str) -> EvidenceShown:
    """What a device would be judged by: facts by name, equipment, and what is on record."""
    found = asked.ask(show_evidence, name)
    past = found.past
    return EvidenceShown(
        device=found.device.name,
        facts=found.facts,
        facts_at=found.facts_at,
        names=[_fact(row) for row in found.rows],
        equipment=_equipment(found.equipment),
        past=PastShown(
            backed_up=past.backed_up,
            changed=past.changed,
            changed_by_case=past.changed_by_case,
            oldest_unacknowledged=past.oldest_unacknowledged,
        ),
        fingerprint=found.fingerprint or None,
    )


@models.get("", operation_id="list_models")
def listing(asked: Asked) -> list[ModelShown]:
    """Every model specs/models tells of, and first those of devices it tells nothing of."""
    return [_model(row) for row in asked.ask(list_models)]


def _fact(row: FactRow) -> FactShown:
    return FactShown(
        name=row.known.name,
        words=Both.of(row.known.words),
        source=row.known.source,
        values=[Told(value=value, count=count) for value, count in row.values],
    )


def _equipment(found: Equipment) -> EquipmentShown:
    return EquipmentShown(
        model=found.model,
        acquired=found.acquired,
        age_years=found.age_years,
        warranty_until=found.warranty_until,
        in_warranty=found.in_warranty,
        supported_until=found.supported_until,
        supported=found.supported,
    )


def _model(row: ModelRow) -> ModelShown:
    return ModelShown(model=row.name, devices=row.devices, assets=row.assets, known=row.known)
