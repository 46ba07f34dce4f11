"""What can be done about findings: have devices judged now, mend what fails."""

from __future__ import annotations

from nicegui import ui

from controller.accounts.actor import Actor, may
from controller.compliance.scores import Tally
from controller.operations.audit_devices import audit_devices
from controller.web.visit import Visit


def mends(actor: Actor, tally: Tally) -> bool:
    """Whether to offer a plan that mends what fails."""
    return tally.failed > 0 and may(actor, "remediate_devices")


def offer_audit(visit: Visit, actor: Actor, selector: str) -> None:
    """Put the button on the page, for who may; afterwards the page is shown anew."""
    if not may(actor, "audit_devices"):
        return

    async def judge() -> None:
        button.props("loading")
        try:
            await visit.ask(audit_devices, selector)
        finally:
            button.props(remove="loading")
        ui.navigate.reload()

    button = ui.button(visit.t("ตรวจตามเกณฑ์เดี๋ยวนี้", "Audit now"), on_click=visit.pressed(judge))
    button.props("outline color=primary").classes("audit-now")
