"""The form แบบการกำหนดคุณสมบัติ filled in from a specification, so that nothing is typed twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from controller.specs.baseline import Baselines, Edition
from controller.specs.specification import Item, Specification

FORM = "spec_definition"
NO_FUND = "ยังไม่ระบุแหล่งเงิน"
_SEE = " … (รายละเอียดตามคุณลักษณะเฉพาะที่แนบ)"
_LONGEST = {"need": 600, "fund": 120, "edition": 120, "note": 300, "exception": 300}
_PEOPLE = ("chair", "member", "secretary")
_SURVEYED = "สืบราคา"


@dataclass(frozen=True)
class Signing:
    """The order that appointed the group, and the positions of those who sign."""

    order: str
    dated: str
    chair: str
    member: str
    secretary: str


def definition_values(
    specification: Specification,
    baselines: Baselines,
    signing: Signing,
    earlier: Mapping[str, object],
) -> dict[str, Any]:
    """What the form holds, by the names of its fields.

    `earlier` are the values of the form this takes the place of: the persons who sign stay as
    somebody wrote them there.
    """
    return {
        "project": specification.title,
        "fund": _short(specification.fund.strip() or NO_FUND, "fund"),
        "budget": str(specification.budget),
        "order": signing.order,
        "order_date": signing.dated,
        "need": _short(specification.need, "need"),
        "items": [_row(item) for item in specification.items],
        **_price_source(specification, baselines),
        **_certificate(specification),
        **{role: str(earlier.get(role) or getattr(signing, role)) for role in _PEOPLE},
    }


def _row(item: Item) -> dict[str, object]:
    lines = [f"{number}. {c.text}" for number, c in enumerate(item.criteria, 1)]
    return {
        "item": item.th,
        "specification": " ".join(" ".join(line.split()) for line in lines),
        "unit": item.unit,
        "quantity": item.quantity,
        "price": str(item.price),
    }


def _price_source(specification: Specification, baselines: Baselines) -> dict[str, str]:
    """By the price criteria when every item has a ceiling of one; else what the items say."""
    editions: dict[str, Edition] = {}
    told: list[str] = []
    for item in specification.items:
        baseline = baselines.baseline(item.baseline) if item.baseline else None
        edition = baselines.edition(baseline.edition) if baseline else None
        if baseline is not None and edition is not None and baseline.ceiling is not None:
            editions[edition.id] = edition
        else:
            told.append(f"{item.th}: {item.price_source.strip() or '-'}")
    names = ", ".join(edition.th for edition in editions.values())
    if editions and not told:
        announced = max(edition.announced for edition in editions.values())
        return {
            "price_source": "mdes",
            "criteria_edition": _short(names, "edition"),
            "criteria_date": announced.isoformat(),
        }
    note = "; ".join([*([f"เกณฑ์ราคากลาง {names}"] if names else []), *told])
    surveyed = not editions and all(_SURVEYED in line for line in told)
    return {"price_source": "market" if surveyed else "other", "price_note": _short(note, "note")}


def _certificate(specification: Specification) -> dict[str, str]:
    exemption = specification.exemption
    if exemption is None:
        return {"certificate": "certified"}
    told = f"{exemption.brand}: {exemption.reason}"
    return {"certificate": "exception", "exception": _short(told, "exception")}


def _short(text: str, field: str) -> str:
    """At most as long as the form has room for; what is cut is said to be elsewhere."""
    longest = _LONGEST[field]
    return text if len(text) <= longest else text[: longest - len(_SEE)].rstrip() + _SEE
