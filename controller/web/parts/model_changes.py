"""What would change in specs/models, drawn."""

from __future__ import annotations

from collections import Counter
from datetime import date

from markupsafe import Markup

from controller.inventory.asset import KIND_NAMES
from controller.operations.import_models import ModelsPreview
from controller.specs.attribute import attributes
from controller.specs.model import Fact
from controller.specs.model_answers import shown_fact
from controller.specs.model_changes import FACT_KINDS, MODEL_KINDS, FactChange
from controller.web.drawing import draw
from controller.web.visit import Visit

_SHOWN = 200
# The fields of a model as pages call them.
FIELD_NAMES: dict[str, tuple[str, str]] = {
    "maker": ("ผู้ผลิต", "maker"),
    "part_number": ("รหัสสั่งซื้อ", "part number"),
    "kind": ("ประเภท", "kind"),
    "ports": ("ช่องต่อเครือข่าย", "ports"),
    "port_mbps": ("ความเร็วของช่องส่วนใหญ่ (Mbit/s)", "speed of most ports (Mbit/s)"),
    "uplink_mbps": ("ความเร็วของ uplink (Mbit/s)", "speed of uplinks (Mbit/s)"),
    "poe_ports": ("ช่องที่จ่ายไฟ PoE", "ports that give PoE"),
    "poe_watts": ("กำลังไฟ PoE รวม (W)", "PoE budget (W)"),
    "wifi": ("รุ่น Wi-Fi", "Wi-Fi generation"),
    "warranty_years": ("ประกัน (ปี)", "warranty (years)"),
    "end_of_support": ("สนับสนุนถึง", "supported until"),
    "source": ("ที่มา", "source"),
}


def drawn_changes(visit: Visit, preview: ModelsPreview) -> Markup:
    """The models that would be new or others, the faults, and what the files do not tell."""
    changed = [seen for seen in preview.models if seen.change.kind != "same" or seen.change.facts]
    notes = Counter(visit.w(note) for seen in preview.models for note in seen.notes)

    def shown(fact: FactChange, value: Fact | date | None) -> str:
        return told(visit, fact.name, value)

    def named(fact: FactChange) -> str:
        return name_of(visit, fact.name)

    return draw(
        visit,
        "parts/model_changes.html",
        preview=preview,
        rows=changed[:_SHOWN],
        more=len(changed) - _SHOWN,
        faults=preview.faults[:_SHOWN],
        notes=notes.most_common(),
        kinds=MODEL_KINDS,
        fact_kinds=FACT_KINDS,
        register_kinds=KIND_NAMES,
        shown=shown,
        named=named,
    )


def name_of(visit: Visit, name: str) -> str:
    """What a field or an attribute is called."""
    if name in FIELD_NAMES:
        return visit.t(*FIELD_NAMES[name])
    attribute = attributes().get(name)
    return visit.w(attribute.title) if attribute else name


def told(visit: Visit, name: str, value: Fact | date | None) -> str:
    """A fact as a page shows it."""
    if value is None:
        return "–"
    if isinstance(value, date):
        return visit.day(value)
    if name == "kind":
        return visit.w(KIND_NAMES[str(value)]) if value in KIND_NAMES else str(value)
    attribute = attributes().get(name)
    if attribute is not None and name not in FIELD_NAMES:
        return visit.w(shown_fact(attribute, value))
    return str(value)
