"""Price criteria: what stands today by kind, one class, and the catalogue of attributes."""

from __future__ import annotations

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.inventory.asset import KIND_NAMES
from controller.operations.list_attributes import list_attributes
from controller.operations.list_baselines import BaselineSeen, list_baselines
from controller.operations.list_editions import list_editions
from controller.operations.show_baseline import show_baseline
from controller.specs.units import UNITS
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.spec_look import LOOK
from controller.web.visit import Visit

ATTRIBUTE_KINDS = {
    "amount": Text(th="จำนวน", en="amount"),
    "level": Text(th="ระดับ จากน้อยไปมาก", en="level, from the least to the best"),
    "set": Text(th="ชุดของค่า", en="set of values"),
    "yes-no": Text(th="มีหรือไม่มี", en="yes or no"),
    "words": Text(th="ข้อความ", en="words"),
}
_LONGEST = 100


@page("/specs", Text(th="เกณฑ์ราคาและคุณลักษณะพื้นฐาน", en="Price criteria"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?q=`, `?kind=`, `?edition=`; `?all=1` also what a later edition has replaced."""
    words = visit.query.get("q", "").strip()[:_LONGEST]
    kind = visit.query.get("kind", "")
    kind = kind if kind in KIND_NAMES else ""
    known = await visit.ask(list_editions)
    edition = visit.query.get("edition", "")
    edition = edition if edition in {one.edition.id for one in known} else ""
    every = bool(edition) or visit.query.get("all") == "1"
    found = await visit.ask(
        list_baselines, edition=edition, kind=kind, words=words, current=not every
    )
    groups: dict[str, list[BaselineSeen]] = {}
    for one in found:
        groups.setdefault(one.baseline.kind, []).append(one)
    put(
        visit,
        "specs/list.html",
        groups={name: groups[name] for name in KIND_NAMES if name in groups},
        count=len(found),
        editions=known,
        words=words,
        kind=kind,
        edition=edition,
        every=every,
        may_import=may(actor, "import_edition"),
        **LOOK,
    )


@page("/specs/baselines/{edition}/{name}", Text(th="เกณฑ์พื้นฐาน", en="Baseline"))
async def one_baseline(visit: Visit, actor: Actor) -> None:
    """One class of an edition: price, criteria, and its price in other editions."""
    found = await visit.ask(show_baseline, f"{visit.path['edition']}/{visit.path['name']}")
    put(
        visit,
        "specs/baseline.html",
        one=found.shown,
        others=[o for o in found.editions if o.baseline.ref != found.shown.baseline.ref],
        **LOOK,
    )


@page("/specs/attributes", Text(th="คุณสมบัติที่กำหนดได้", en="Attributes"))
async def catalogue(visit: Visit, actor: Actor) -> None:
    """What a criterion can ask; `?kind=` only of such equipment."""
    kind = visit.query.get("kind", "")
    kind = kind if kind in KIND_NAMES else ""
    put(
        visit,
        "specs/attributes.html",
        found=await visit.ask(list_attributes, kind),
        kind=kind,
        units=UNITS,
        attribute_kinds=ATTRIBUTE_KINDS,
        **LOOK,
    )
