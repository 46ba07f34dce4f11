"""What is needed, from evidence: by site and kind, with the list behind every number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from controller.accounts.actor import Actor, require
from controller.documents.compose.procurement.need_report import need_report
from controller.documents.compose.procurement.need_sheets import need_sheets
from controller.documents.docx import render_docx
from controller.documents.pdf import render_pdf
from controller.documents.xlsx import render_xlsx
from controller.errors import InputError, Text
from controller.inventory.asset import KINDS
from controller.inventory.inventory import Inventory
from controller.language import require_known
from controller.operations.compose_paper import garuda_of, look_of
from controller.operations.context import Context
from controller.operations.equipment_known import equipment_known, judged_equipment, ports_in_use
from controller.operations.show_site import visible_site
from controller.procurement.asks import read_ask, require_there
from controller.procurement.causes import Asking, Judged, Known, Watched
from controller.procurement.growth import PortUse
from controller.procurement.need import CAUSES, USUAL, Needs
from controller.procurement.need_paper import NeedPaper, need_paper
from controller.procurement.needs import Wanted, find_needs
from controller.procurement.service_life import LONGEST, service_lives
from controller.procurement.stock import stock_of

Format = Literal["pdf", "docx", "xlsx"]
FORMATS: tuple[Format, ...] = ("pdf", "docx", "xlsx")
LONGEST_DAYS = 400
MOST_ASKS = 200


@dataclass(frozen=True, kw_only=True)
class NeedQuery:
    """Which causes count, and of what; empty words leave all in, no causes mean the usual ones.

    `days` is how far back health is looked at. `asks` are what people ask for: `SITE:KIND:N=REASON`
    or `REGISTER-NUMBER=REASON`. `years` of service go before those of the office and of editions.
    """

    causes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    site: str = ""
    district: str = ""
    days: int = 90
    asks: tuple[str, ...] = ()
    years: int | None = None


EVERYTHING = NeedQuery()


def list_needs(context: Context, actor: Actor, asked: NeedQuery = EVERYTHING) -> Needs:
    """What is needed by what is known today. What nobody knows is told beside it, never counted.

    Errors: `InputError` for an unknown cause, kind or district, a period or years that are none,
    something asked for that cannot be read; `NotFound` for a site there is not.
    """
    require(actor, "list_needs")
    inventory = context.inventory()
    wanted = _wanted(inventory, actor, asked)
    stock = inventory.kept("stock", lambda: stock_of(inventory.assets, inventory.devices))
    numbers = {unit.number for unit in stock.units if unit.number} if wanted.asks else ()
    require_there(wanted.asks, [site.site for site in inventory.sites], numbers)
    known, ports = _known(context, inventory, wanted)
    lives = service_lives(
        wanted.kinds or KINDS,
        context.today(),
        baselines=context.baselines(),
        office=dict(context.office().service_years.items()),
        asked=asked.years,
    )
    return find_needs(stock, Asking(context.today(), lives, known), wanted, ports)


def print_needs(
    context: Context, actor: Actor, wanted: Format, asked: NeedQuery = EVERYTHING
) -> bytes:
    """The report as a file: PDF for the record, DOCX to edit, XLSX with every row.

    Errors: as `list_needs`.
    """
    return drawn(context, actor, list_needs(context, actor, asked), wanted)


def drawn(context: Context, actor: Actor, needs: Needs, wanted: Format) -> bytes:
    """The file of needs that were found already."""
    require(actor, "list_needs")
    sites, look = _site_names(context), look_of(context)
    if wanted == "xlsx":
        return render_xlsx(need_sheets(needs, sites), thai_digits=look.thai_digits)
    render = render_pdf if wanted == "pdf" else render_docx
    document = need_report(needs, context.office(), look, sites, reporter=actor.title)
    return render(document, garuda=garuda_of(context))


def file_name(wanted: str) -> str:
    """What the report's file is called: `needs.pdf`."""
    return f"needs.{wanted}"


def needs_to_draft(context: Context, actor: Actor, asked: NeedQuery = EVERYTHING) -> NeedPaper:
    """What is needed, as a specification is drafted from it.

    Errors: as `list_needs`; `InputError` where nothing is needed.
    """
    found = paper_of(context, list_needs(context, actor, asked))
    if found is None:
        raise InputError(
            Text(th="ไม่มีรายการที่ต้องการ", en="nothing is needed"),
            hint=Text(
                th="เลือกสาเหตุหรือประเภทอื่น หรือระบุสิ่งที่มีผู้ขอ",
                en="choose other causes or kinds, or say what is asked for",
            ),
        )
    return found


def paper_of(context: Context, needs: Needs) -> NeedPaper | None:
    """Needs that were found already, as a specification is drafted from them; None for none."""
    return need_paper(needs, _site_names(context))


def _site_names(context: Context) -> dict[str, str]:
    return {site.site: site.name_th for site in context.inventory().sites}


def _wanted(inventory: Inventory, actor: Actor, asked: NeedQuery) -> Wanted:
    for cause in asked.causes:
        require_known(cause, CAUSES, Text(th="สาเหตุ", en="cause"))
    for kind in asked.kinds:
        require_known(kind, KINDS, Text(th="ประเภท", en="kind"))
    districts = tuple(sorted({site.district for site in inventory.sites}))
    require_known(asked.district, districts, Text(th="อำเภอ", en="district"))
    _require_numbers(asked)
    sites: frozenset[str] | None = None
    if asked.district:
        sites = frozenset(s.site for s in inventory.sites if s.district == asked.district)
    if asked.site:
        own = frozenset({visible_site(inventory, actor, asked.site).site})
        sites = own if sites is None else sites & own
    causes = tuple(cause for cause in CAUSES if cause in asked.causes) or USUAL
    return Wanted(
        causes=causes,
        kinds=frozenset(kind for kind in asked.kinds if kind),
        sites=sites,
        asks=tuple(read_ask(text) for text in asked.asks),
        days=asked.days,
    )


def _require_numbers(asked: NeedQuery) -> None:
    if not 1 <= asked.days <= LONGEST_DAYS:
        raise InputError(
            Text(
                th=f"จำนวนวันย้อนหลังต้องเป็น 1 ถึง {LONGEST_DAYS}",
                en=f"days to look back are from 1 to {LONGEST_DAYS}",
            )
        )
    if asked.years is not None and not 1 <= asked.years <= LONGEST:
        raise InputError(
            Text(
                th=f"อายุการใช้งานต้องเป็น 1 ถึง {LONGEST} ปี",
                en=f"years of service are from 1 to {LONGEST}",
            )
        )
    if len(asked.asks) > MOST_ASKS:
        raise InputError(
            Text(
                th=f"ระบุสิ่งที่ขอได้ไม่เกิน {MOST_ASKS} รายการ",
                en=f"at most {MOST_ASKS} things are asked for at once",
            )
        )


def _known(
    context: Context, inventory: Inventory, wanted: Wanted
) -> tuple[Known, Mapping[str, PortUse]]:
    """What the wanted causes need to know; the rest is not read."""
    models, now = context.models(), context.clock()
    devices = [d for d in inventory.devices if wanted.sites is None or d.site in wanted.sites]
    watched: dict[str, Watched] = {}
    judged: dict[str, tuple[Judged, ...]] = {}
    ports: dict[str, PortUse] = {}
    with context.store.read() as conn:
        if "health" in wanted.causes:
            watched = equipment_known(conn, devices, now - timedelta(days=wanted.days), now)
        if {"age", "warranty", "support", "compliance"} & {*wanted.causes}:
            judged = judged_equipment(conn, devices, context.rulebook())
        if "growth" in wanted.causes:
            ports = ports_in_use(conn, devices, models)
    return Known(models, watched, judged), ports
