"""`khaen evidence` and `khaen models`: what rules stand on."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from controller.cli import output, session
from controller.cli.moments import written
from controller.cli.output import Json

if TYPE_CHECKING:
    from controller.compliance.evidence import Past
    from controller.operations.list_models import ModelRow
    from controller.operations.show_evidence import EvidenceView

MOST_VALUES = 6
MODEL_HEADS = (
    "รุ่น / model", "อุปกรณ์ / devices", "ทะเบียน / register", "พอร์ต / ports", "Mbit/s", "PoE W",
    "Wi-Fi", "ประกัน ปี / warranty", "สนับสนุนถึง / supported until",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.command("evidence")(evidence)
    app.command("models")(models)


def evidence(device: str, as_json: Json = False) -> None:
    """Show what an audit would know of a device: facts by name, equipment, what is on record."""
    from controller.operations.show_evidence import show_evidence

    with session.signed_in() as (context, actor):
        found = show_evidence(context, actor, device)
    if as_json:
        return output.emit_json(_evidence_json(found))
    output.say(
        f"{found.device.name} บอกเมื่อ {written(found.facts_at)}",
        f"{found.device.name} told this at {written(found.facts_at)}",
    )
    output.table(
        ("ชื่อ / fact", "ค่า / values", "ความหมาย / meaning"),
        [
            (row.known.name, _values(row.values), output.words(*row.known.words.both))
            for row in found.rows
            if row.values
        ],
    )
    output.table(("อุปกรณ์และประวัติ / equipment and record", ""), _known(found))
    return None


def models(as_json: Json = False) -> None:
    """List the models of equipment: what specs/models tells of each, and of which nothing."""
    from controller.operations.list_models import list_models

    with session.signed_in() as (context, actor):
        found = list_models(context, actor)
    if as_json:
        return output.emit_json([model_json(row) for row in found])
    return output.table(MODEL_HEADS, [model_cells(row) for row in found])


def _values(values: tuple[tuple[Any, int], ...]) -> str:
    told = [_plain(value) + (f" ×{count}" if count > 1 else "") for value, count in values]
    more = len(told) - MOST_VALUES
    return ", ".join(told[:MOST_VALUES]) + (f" … +{more}" if more > 0 else "")


def _plain(value: Any) -> str:
    """As a rule writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value) or '""'


def _known(found: EvidenceView) -> list[tuple[str, str]]:
    equipment, past = found.equipment, found.past
    model, age = equipment.model, equipment.age_years
    told: tuple[tuple[str, str, object], ...] = (
        ("รุ่น", "model", model and model.model),
        ("ได้มาเมื่อ", "acquired", equipment.acquired),
        ("อายุ (ปี)", "age in years", None if age is None else f"{age:.1f}"),
        ("ประกันถึง", "warranty until", equipment.warranty_until),
        ("ผู้ผลิตสนับสนุนถึง", "supported until", equipment.supported_until),
        ("พอร์ต", "ports", model and model.ports),
        ("Wi-Fi", "Wi-Fi", model and model.wifi),
        ("สำรองข้อมูลล่าสุด", "backed up", past.backed_up and written(past.backed_up)),
        ("ค่าที่ใช้อยู่เริ่มเมื่อ", "runs this since", past.changed and written(past.changed)),
        ("มาจากเรื่อง", "brought by case", _brought(past)),
        (
            "การแจ้งเตือนที่ยังไม่รับทราบ", "oldest alert not noted",
            written(past.oldest_unacknowledged),
        ),
    )  # fmt: skip
    unknown = output.words("ไม่ทราบ", "unknown")
    return [(output.words(th, en), unknown if v is None else str(v)) for th, en, v in told]


def _brought(past: Past) -> str | None:
    if past.changed_by_case == "":
        return output.words("ไม่มี: มีผู้ตั้งค่าเอง", "none: somebody changed it")
    return past.changed_by_case


def _evidence_json(found: EvidenceView) -> dict[str, Any]:
    equipment = asdict(found.equipment)
    model = found.equipment.model
    return {
        "device": found.device.name,
        "facts": found.facts,
        "facts_at": found.facts_at,
        "equipment": equipment | {"model": model.model_dump(mode="json") if model else None},
        "past": asdict(found.past),
        "fingerprint": found.fingerprint or None,
    }


def model_json(row: ModelRow) -> dict[str, Any]:
    """A model for programs; `known` is null when nothing is told of it."""
    known = row.known.model_dump(mode="json") if row.known else None
    return {"model": row.name, "devices": row.devices, "assets": row.assets, "known": known}


def model_cells(row: ModelRow) -> tuple[str, ...]:
    """A model as a row under `MODEL_HEADS`."""
    counts = (row.name, str(row.devices), str(row.assets))
    if row.known is None:
        return (*counts, output.words("ไม่มีข้อมูล", "nothing is told"), *[""] * 5)
    known = row.known
    cells = (
        known.ports, known.port_mbps, known.poe_watts, known.wifi, known.warranty_years,
        known.end_of_support,
    )  # fmt: skip
    return (*counts, *(_cell(cell) for cell in cells))


def _cell(value: float | date | None) -> str:
    if value is None:
        return "?"
    return f"{value:g}" if isinstance(value, float) else str(value)
