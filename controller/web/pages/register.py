"""The hardware register: 20,000 rows to look through, and the same as a file for Excel."""

from __future__ import annotations

from markupsafe import Markup

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.inventory.asset import KIND_NAMES, STATE_NAMES
from controller.operations.list_assets import count_assets, list_assets
from controller.thai import BUDDHIST_OFFSET
from controller.web.drawing import draw, put
from controller.web.page import page
from controller.web.pages.devices import site_names
from controller.web.parts.finder import OF_A_PAGE, Facet, Finder, Place
from controller.web.visit import Visit

STATE_LOOKS = {"in-use": "good", "repair": "warn", "lost": "bad"}


@page("/register", Text(th="ทะเบียนครุภัณฑ์", en="Hardware register"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?q=` words; `?site=`, `?kind=`, `?state=`, `?brand=`, `?year=` (Christian era); `?sort=`."""
    counts = await visit.ask(count_assets)
    names = await site_names(visit)
    put(visit, "register.html", may_import=may(actor, "import_assets"))

    async def show(place: Place) -> Markup:
        found = await visit.ask(list_assets, place.wanted)
        return draw(
            visit,
            "parts/asset_rows.html",
            found=found,
            place=place,
            names=names,
            kinds=KIND_NAMES,
            states=STATE_NAMES,
            looks=STATE_LOOKS,
            of_a_page=OF_A_PAGE,
        )

    await Finder(visit, "/register", _facets(visit, counts, names), show).build()


def _facets(
    visit: Visit, counts: dict[str, dict[str, int]], names: dict[str, str]
) -> tuple[Facet, ...]:
    kinds = {kind: visit.w(text) for kind, text in KIND_NAMES.items()}
    states = {state: visit.w(text) for state, text in STATE_NAMES.items()}
    later = BUDDHIST_OFFSET if visit.language == "th" else 0
    years = {year: str(int(year) + later) for year in counts["year"]}

    def counted(facet: str, words: dict[str, str]) -> dict[str, str]:
        shown = {v: f"{words.get(v, v)} ({n:,})" for v, n in counts[facet].items()}
        return dict(sorted(shown.items(), key=lambda pair: pair[1], reverse=facet == "year"))

    return (
        Facet("site", Text(th="หน่วยงาน", en="Site"), counted("site", names)),
        Facet("kind", Text(th="ประเภท", en="Kind"), counted("kind", kinds)),
        Facet("state", Text(th="สถานะ", en="State"), counted("state", states)),
        Facet("brand", Text(th="ยี่ห้อ", en="Brand"), counted("brand", {})),
        Facet("year", Text(th="ปีที่ได้มา", en="Year acquired"), counted("year", years)),
    )
