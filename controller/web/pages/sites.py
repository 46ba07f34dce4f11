"""The sites of the office, and one of them with all that stands there."""

from __future__ import annotations

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.inventory.asset import KIND_NAMES, STATE_NAMES
from controller.inventory.device import ROLE_NAMES
from controller.inventory.search import folded
from controller.operations.show_site import SiteSummary, list_sites, show_site
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit

SIZES = {
    "small": Text(th="ขนาดเล็ก", en="small"),
    "medium": Text(th="ขนาดกลาง", en="medium"),
    "large": Text(th="ขนาดใหญ่", en="large"),
    "extra-large": Text(th="ขนาดใหญ่พิเศษ", en="extra large"),
}


@page("/sites", Text(th="หน่วยงาน", en="Sites"))
async def build_list(visit: Visit, actor: Actor) -> None:
    """Every site; `?q=` only those with the words, `?district=` only of one district."""
    found = await visit.ask(list_sites)
    words, district = visit.query.get("q", "")[:200], visit.query.get("district", "")
    names = {s.site.district: _district(visit, s.site.district) for s in found}
    shown = [
        s
        for s in found
        if _has(s, words, names[s.site.district]) and district in ("", s.site.district)
    ]
    put(
        visit,
        "sites.html",
        sites=shown,
        total=len(found),
        words=words,
        district=district,
        districts=dict(sorted(names.items(), key=lambda pair: pair[1])),
        sizes=SIZES,
        devices=sum(s.devices for s in shown),
        assets=sum(s.assets for s in shown),
    )


@page("/sites/{site}", Text(th="หน่วยงาน", en="Site"))
async def build(visit: Visit, actor: Actor) -> None:
    """One site: whom to call, networks, devices, its register summed up."""
    found = await visit.ask(show_site, visit.path["site"])
    put(
        visit,
        "site.html",
        found=found,
        site=found.site,
        district=_district(visit, found.site.district),
        size=SIZES.get(found.site.size or ""),
        kinds=[(kind, KIND_NAMES[kind], n) for kind, n in found.by_kind.items()],
        states=[(state, STATE_NAMES[state], n) for state, n in found.by_state.items()],
        most=max(found.by_kind.values(), default=1),
        roles=ROLE_NAMES,
        may_import=may(actor, "import_assets"),
        may_plan=may(actor, "plan_change"),
        may_read=may(actor, "read_history"),
    )


def _district(visit: Visit, district: str) -> str:
    return visit.w(visit.context.office().district_name(district))


def _has(found: SiteSummary, words: str, district: str) -> bool:
    site = found.site
    told = folded(f"{site.site} {site.name_th} {site.name_en} {site.district}")
    # Of a district's name only the beginning counts: โรงเรียนตัวอย่าง ข is not at เมืองขอนแก่น.
    near = folded(district)
    return all(
        word in told or (len(word) > 1 and near.startswith(word)) for word in folded(words).split()
    )
