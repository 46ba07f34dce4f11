"""Write the hardware register to a file for Excel."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Literal

from controller.accounts.actor import Actor, require
from controller.documents.sheet import Sheet, SheetColumn
from controller.documents.xlsx import render_xlsx
from controller.inventory.asset import KIND_NAMES, STATE_NAMES, Asset
from controller.inventory.register import COLUMN_NAMES, written_price
from controller.inventory.search import Wanted
from controller.language import Language, pick
from controller.operations.context import Context
from controller.operations.list_assets import list_assets

Format = Literal["xlsx", "csv"]
FORMATS: tuple[Format, ...] = ("xlsx", "csv")
_WIDTHS = {
    "number": 22, "kind": 16, "brand": 14, "model": 22, "serial": 18, "acquired": 18, "price": 14,
    "room": 24, "state": 12, "site": 18, "note": 30,
}  # fmt: skip
_KINDS: dict[str, Literal["date", "money"]] = {"acquired": "date", "price": "money"}


def export_assets(
    context: Context,
    actor: Actor,
    wanted: Wanted | None = None,
    *,
    form: Format = "xlsx",
    language: Language = "th",
) -> bytes:
    """Every row that is found, as `list_assets` finds them, as XLSX or CSV.

    XLSX has headings and words in the language, days and prices as Excel counts them. CSV has the
    names and words of the files themselves (UTF-8 with a byte order mark). Neither holds a formula,
    whatever the register says; the import takes back both. Errors: as `list_assets`.
    """
    require(actor, "show_inventory")
    asked = wanted or Wanted()
    every = Wanted(asked.words, asked.choices, asked.order)
    rows = list_assets(context, actor, every).rows
    if form == "csv":
        return _csv(rows)
    return render_xlsx([_sheet(rows, language)], thai_digits=False)


def _sheet(rows: tuple[Asset, ...], language: Language) -> Sheet:
    columns = tuple(
        SheetColumn(pick(COLUMN_NAMES[name], language), _KINDS.get(name, "text"), width)
        for name, width in _WIDTHS.items()
    )
    return Sheet(
        title="ทะเบียนครุภัณฑ์" if language == "th" else "Register",
        columns=columns,
        rows=tuple(
            (
                a.number, pick(KIND_NAMES[a.kind], language), a.brand, a.model, a.serial,
                a.acquired, Decimal(a.price) / 100, a.room,
                pick(STATE_NAMES[a.state], language), a.site, a.note,
            )
            for a in rows
        ),
    )  # fmt: skip


def _csv(rows: tuple[Asset, ...]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(_WIDTHS)
    for a in rows:
        cells = (
            a.number, a.kind, a.brand, a.model, a.serial, a.acquired.isoformat(),
            written_price(a.price), a.room,
            a.state, a.site, a.note,
        )  # fmt: skip
        writer.writerow([_inert(cell) for cell in cells])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _inert(cell: str) -> str:
    """The cell with an apostrophe before what Excel would take for a formula."""
    return (
        f"'{cell}"
        if cell.lstrip()[:1] in {"=", "+", "-", "@"} or cell[:1] in {"\t", "\r"}
        else cell
    )
