"""JSON Schemas of the files people edit, from the very models that read them."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from controller.compliance.rule import RuleFile, WaiverFile
from controller.inventory.inventory import Groups
from controller.inventory.office import Office
from controller.inventory.site import Site
from controller.inventory.watching import Watching
from controller.playbooks.meta import Meta
from controller.schedules.schedule import ScheduleFile
from controller.settings import Settings
from controller.workspace.baselines import BaselineFile, EditionFile
from controller.workspace.models import ModelFile

FOLDER = ".khaen/schemas"
"""Where schemas lie in a workspace; the first line of each file points there."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MODELS: dict[str, tuple[type[BaseModel], str]] = {
    "khaen.json": (Settings, "khaen.toml"),
    "office.json": (Office, "inventory/office.yaml"),
    "site.json": (Site, "inventory/sites/*.yaml"),
    "groups.json": (Groups, "inventory/groups.yaml"),
    "health.json": (Watching, "inventory/health.yaml"),
    "rules.json": (RuleFile, "compliance/rules/*.yaml"),
    "waivers.json": (WaiverFile, "compliance/waivers.yaml"),
    "models.json": (ModelFile, "specs/models/*.yaml"),
    "editions.json": (EditionFile, "specs/editions.yaml"),
    "baselines.json": (BaselineFile, "specs/baselines/*.yaml"),
    "playbook.json": (Meta, "playbooks/*.meta.yaml"),
    "schedule.json": (ScheduleFile, "schedules.yaml"),
}


def json_schemas() -> dict[str, dict[str, Any]]:
    """The schemas by file name."""
    return {name: _schema(model, path) for name, (model, path) in _MODELS.items()}


def schema_text(schema: dict[str, Any]) -> str:
    """A schema as it is written to a file: the same bytes everywhere."""
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _schema(model: type[BaseModel], path: str) -> dict[str, Any]:
    schema = model.model_json_schema()
    device = schema.get("$defs", {}).get("Device")
    if device is not None:
        # The model leaves it open, validation does not: without it no plan could be judged safe.
        device["required"] = sorted({*device["required"], "management_interface"})
    baseline = schema.get("$defs", {}).get("Baseline")
    if baseline is not None:
        # The file tells the edition once, for all of its baselines.
        del baseline["properties"]["edition"]
        baseline["required"].remove("edition")
    return {"$schema": _DIALECT, **schema, "title": path}
