"""A digest of everything the verdicts on a device depend on: the same key, the same findings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel

from controller.compliance.evidence import Evidence
from controller.inventory.site import Site


def evidence_key(
    evidence: Evidence, fingerprint: str, variables: str, *, by_time: bool = True
) -> str:
    """SHA-256 (hexadecimal) over the evidence, without its text, which is not read for it.

    `fingerprint` is that of the configuration, empty when none is kept; `variables` what
    `variables_digest` gave. With `by_time` also over the day, whole days since the last backup and
    since the facts were told, and whole hours since the oldest alert nobody noted: what rules about
    age, warranty, support, backup and alerts look at. Without such rules leave it out, and a quiet
    device keeps its key.
    """
    past, model = evidence.past, evidence.model
    parts: list[Any] = [
        fingerprint,
        variables,
        evidence.facts,
        None if evidence.asset is None else _row(evidence.asset),
        None if model is None else model.model_dump(mode="json"),
        past.backed_up is None,
        past.changed_by_case,
        past.oldest_unacknowledged is None,
    ]
    if by_time:
        parts += [
            evidence.today.isoformat(),
            _whole(evidence.now, past.backed_up, timedelta(days=1)),
            _whole(evidence.now, evidence.facts_at, timedelta(days=1)),
            _whole(evidence.now, past.oldest_unacknowledged, timedelta(hours=1)),
        ]
    return _digest(parts, str)


def variables_digest(variables: Mapping[str, Any], sites: dict[str, str]) -> str:
    """SHA-256 over what a template may name, the device and its site among it.

    `sites` remembers what each site came to; give the same one for every device.
    """

    def plain(value: object) -> Any:
        if isinstance(value, Site):
            if value.site not in sites:
                sites[value.site] = hashlib.sha256(value.model_dump_json().encode()).hexdigest()
            return sites[value.site]
        # Dates of a YAML file are themselves.
        return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)

    return _digest(variables, plain)


def _digest(value: Any, plain: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=plain)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _row(asset: Any) -> list[str]:
    return [str(getattr(asset, name)) for name in asset.__slots__]


def _whole(now: datetime, since: datetime | None, unit: timedelta) -> int | None:
    return None if since is None else (now - since) // unit
