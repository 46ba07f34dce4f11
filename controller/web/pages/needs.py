"""What is needed: chosen in the address, summed up by site and kind, down to every line of why."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.inventory.asset import KIND_NAMES, STATE_NAMES
from controller.operations.list_needs import FORMATS, NeedQuery, list_needs
from controller.operations.show_site import list_sites
from controller.procurement.asks import read_ask
from controller.procurement.need import CAUSE_NAMES, USUAL, Line, Needs, kind_name
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit

# So many rows are drawn of a list; the sheets have all of them.
_ROWS = 300
_LONGEST = 200
_MOST = 50


@dataclass(frozen=True)
class Listed:
    """The lines of one site that are drawn, and how many rows are not."""

    site: str
    quantity: int
    lines: tuple[Line, ...]


@page("/needs", Text(th="ความต้องการครุภัณฑ์", en="Needs"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?cause=`, `?kind=`, `?ask=` (each may be said again), `?site=`, `?district=`, `?days=`."""
    query = query_of(visit.address)
    found = await visit.ask(list_needs, query)
    sites = {one.site.site: one.site for one in await visit.ask(list_sites)}
    office = visit.context.office()
    named = {one.district for one in sites.values()}
    districts = {name: visit.w(office.district_name(name)) for name in named}
    put(
        visit,
        "needs.html",
        found=found,
        asked=query,
        causes=CAUSE_NAMES,
        counts=query.causes or USUAL,
        asks=[(text, read_ask(text)) for text in query.asks],
        kinds=KIND_NAMES,
        states=STATE_NAMES,
        kind_name=kind_name,
        sites=sites,
        districts=dict(sorted(districts.items(), key=lambda pair: pair[1])),
        listed=_listed(found) if query.site else (),
        most=_ROWS,
        written=address_of,
        formats=FORMATS,
        may_draft=may(actor, "write_specification"),
    )


def query_of(address: str) -> NeedQuery:
    """What an address asks for; numbers that are none are the usual ones."""
    given = parse_qs(address.partition("?")[2])
    one = {name: values[-1].strip()[:_LONGEST] for name, values in given.items()}
    return NeedQuery(
        causes=_several(given, "cause"),
        kinds=_several(given, "kind"),
        site=one.get("site", ""),
        district=one.get("district", ""),
        days=_whole(one.get("days", "")) or NeedQuery.days,
        asks=(*_several(given, "ask"), *_typed_ask(one)),
        years=_whole(one.get("years", "")) or None,
    )


def address_of(asked: NeedQuery, path: str = "/needs", **changes: object) -> str:
    """The address that asks for this, with something changed."""
    values: dict[str, object] = {
        "cause": asked.causes,
        "kind": asked.kinds,
        "site": asked.site,
        "district": asked.district,
        "days": asked.days if asked.days != NeedQuery.days else "",
        "years": asked.years or "",
        "ask": asked.asks,
    } | changes
    told = urlencode({name: value for name, value in values.items() if value}, doseq=True)
    return f"{path}?{told}" if told else path


def _typed_ask(one: dict[str, str]) -> tuple[str, ...]:
    """What was typed into the fields of one thing more, as it is written elsewhere."""
    parts = [one.get(f"ask_{name}", "") for name in ("site", "kind", "quantity", "reason")]
    return ("{}:{}:{}={}".format(*parts),) if any(parts) else ()


def _several(given: dict[str, list[str]], name: str) -> tuple[str, ...]:
    return tuple(text for one in given.get(name, ())[:_MOST] if (text := one.strip()[:_LONGEST]))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0


def _listed(found: Needs) -> tuple[Listed, ...]:
    by_site: dict[str, list[Line]] = {}
    for line in found.lines:
        by_site.setdefault(line.site, []).append(line)
    return tuple(
        Listed(site, sum(line.quantity for line in lines), tuple(lines))
        for site, lines in by_site.items()
    )
