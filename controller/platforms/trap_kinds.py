"""What a trap means, by the table in `traps.yaml`. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from controller.errors import Text
from controller.facts.answers import as_text
from controller.facts.trap import Trap

OTHER = "other"
_OTHER_TITLE = Text(th="การแจ้งอื่นจากอุปกรณ์", en="something else")


@dataclass(frozen=True)
class TrapKind:
    """One row of the table; `port` and `name` are columns, empty when it is about no port."""

    kind: str
    title: Text
    port: str = ""
    name: str = ""


@dataclass(frozen=True)
class Meaning:
    """What happened: its kind, and the port (ifIndex, and its name when told)."""

    kind: str
    port: str = ""
    port_name: str = ""


def meaning(trap: Trap) -> Meaning:
    """What a trap tells; kind `other` for one that no table knows."""
    row = _table().get(trap.oid)
    if row is None:
        return Meaning(OTHER)
    return Meaning(row.kind, _below(trap, row.port), _below(trap, row.name))


def kind_title(kind: str) -> Text:
    """What people call a kind of trap."""
    return next((row.title for row in _table().values() if row.kind == kind), _OTHER_TITLE)


def kinds() -> tuple[str, ...]:
    """Every kind there is, in the table's order."""
    return (*dict.fromkeys(row.kind for row in _table().values()), OTHER)


def _below(trap: Trap, column: str) -> str:
    if not column:
        return ""
    found = (v for oid, v in trap.values.items() if oid == column or oid.startswith(f"{column}."))
    return as_text(next(found, None))


@cache
def _table() -> dict[str, TrapKind]:
    text = (files("controller.platforms") / "traps.yaml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    return {
        str(row["oid"]): TrapKind(
            row["kind"], _title(**row["title"]), str(row.get("port", "")), str(row.get("name", ""))
        )
        for row in rows
    }


def _title(th: str, en: str) -> Text:
    return Text(th=th, en=en)
