"""The file bidders fill in: made of the approved specification, and of no other."""

from __future__ import annotations

from typing import Literal

from controller.accounts.actor import Actor, require
from controller.documents.compose.offer_template import offer_csv, offer_template, offer_yaml
from controller.operations.context import Context
from controller.operations.procurement_papers import approved_specification
from controller.store import cases

Format = Literal["xlsx", "csv", "yaml"]
FORMATS: tuple[Format, ...] = ("xlsx", "csv", "yaml")


def export_offer_template(
    context: Context, actor: Actor, number: str, form: Format = "xlsx"
) -> bytes:
    """The template of the case as XLSX, CSV or YAML; each names the specification by its hash.

    Errors: `NotFound`; `NotApproved` with every reason; `StoreError`.
    """
    require(actor, "read_history")
    with context.store.read() as conn:
        case = cases.load_case(conn, number)
        specification = approved_specification(context, conn, case)
    if form == "csv":
        return offer_csv(specification)
    if form == "yaml":
        return offer_yaml(specification)
    # Excel's library is loaded by who writes, not by everybody who names this module.
    from controller.documents.entry_workbook import render_entry

    return render_entry(offer_template(specification, number))
