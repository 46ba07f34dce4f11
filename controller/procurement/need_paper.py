"""Needs as a file that a specification is drafted from: quantities, places and why, by kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from controller.procurement.need import CAUSE_NAMES, Needs, kind_name
from controller.specs.specification import Place
from controller.thai import short_date


class _Part(BaseModel):
    # What stands beside it in the file, the lists of evidence, is not for drafting.
    model_config = ConfigDict(frozen=True, extra="ignore")


class NeededItem(_Part):
    """So many of one kind, where they go, what they replace there, and why in Thai."""

    kind: str = Field(min_length=1, description="Kind of the register")
    quantity: int = Field(ge=1, le=100_000)
    places: tuple[Place, ...] = ()
    why: str = ""


class NeedPaper(_Part):
    """What a draft begins with, out of `khaen spec need --json`; `need` is the Thai text of it."""

    day: date
    need: str = Field(min_length=1, max_length=4000)
    items: tuple[NeededItem, ...] = Field(min_length=1)


def need_paper(needs: Needs, sites: Mapping[str, str]) -> NeedPaper | None:
    """The paper of these needs, `sites` as Thai texts name them; None for no need at all."""
    items = tuple(
        NeededItem(
            kind=kind,
            quantity=quantity,
            places=tuple(
                Place(site=line.site, quantity=line.quantity, replaces=line.replaces)
                for line in needs.lines
                if line.kind == kind
            ),
            why=_why(needs, kind),
        )
        for kind, quantity in needs.kinds.items()
    )
    if not items:
        return None
    return NeedPaper(day=needs.day, need=_need(needs, items, sites), items=items)


def read_need(content: bytes | str) -> NeedPaper:
    """The paper of a file. Errors: `ValueError` (pydantic's) for what is none."""
    return NeedPaper.model_validate_json(content)


def _why(needs: Needs, kind: str) -> str:
    told = (f"{CAUSE_NAMES[cause].th} {n:,}" for cause, n in needs.by_cause(kind).items())
    return ", ".join(told)


def _need(needs: Needs, items: tuple[NeededItem, ...], sites: Mapping[str, str]) -> str:
    told = "; ".join(
        f"{kind_name(item.kind).th} {item.quantity:,} เครื่อง ({item.why})" for item in items
    )
    names = [sites.get(site, site) for site in needs.sites]
    where = ", ".join(names) if len(names) <= _FEW else f"{len(names):,} แห่ง"
    return f"จากหลักฐาน ณ วันที่ {short_date(needs.day)} ต้องการ {told} สำหรับ {where}"[:_LONGEST]


_FEW = 4
_LONGEST = 4000
