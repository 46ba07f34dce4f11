"""The accounts of the office's people, for who administers them."""

from __future__ import annotations

from nicegui import ui

from controller.accounts.actor import ROLES, Actor
from controller.errors import NotFound, Text
from controller.operations.end_sessions import list_sessions
from controller.operations.manage_accounts import list_accounts, manage_accounts
from controller.operations.set_up_second_step import remove_second_step
from controller.operations.unlock_account import unlock_account
from controller.web.drawing import put
from controller.web.page import page
from controller.web.pages.account import AGAIN, NEW, same
from controller.web.parts.asking import Answers, Asked, ask_in_dialog
from controller.web.visit import Visit


@page("/accounts", Text(th="บัญชีผู้ใช้", en="Accounts"))
async def build(visit: Visit, actor: Actor) -> None:
    """Everybody of the office file, and those who have an account but are not in it any more."""
    known = {one.username: one for one in await visit.ask(list_accounts)}
    office = visit.context.office()
    listed = {person.username for person in office.people}
    put(
        visit,
        "account/everybody.html",
        people=[(person, known.get(person.username)) for person in office.people],
        gone=[one for name, one in known.items() if name not in listed],
        roles=ROLES,
        now=visit.context.clock(),
    )


@page("/accounts/{username}", Text(th="บัญชีผู้ใช้", en="Account"))
async def build_one(visit: Visit, actor: Actor) -> None:
    """One account: give it, a new password, unlock it, reset its second step, end its sessions."""
    username = visit.path["username"]
    known = {one.username: one for one in await visit.ask(list_accounts)}
    person = visit.context.office().person(username)
    account = known.get(username)
    if person is None and account is None:
        raise NotFound(Text(th=f"ไม่มี {username} ในสำนักงาน", en=f"the office has no {username}"))
    put(
        visit,
        "account/one.html",
        username=username,
        person=person,
        account=account,
        roles=ROLES,
        now=visit.context.clock(),
    )
    with ui.element("div").classes("filters"):
        if person is not None:
            _give(visit, username, new=account is None)
        if account is not None and account.failures:
            _unlock(visit, username)
        if account is not None and account.second_factor and username != actor.username:
            _reset(visit, username)
    if account is not None:
        put(
            visit,
            "account/sessions.html",
            sessions=await visit.ask(list_sessions, username),
            here="",
            username=username,
            back=f"/accounts/{username}",
        )


def _give(visit: Visit, username: str, *, new: bool) -> None:
    async def done(answers: Answers) -> None:
        await visit.ask(manage_accounts, username, same(answers))
        ui.navigate.to(f"/accounts/{username}")

    name = (
        Text(th="สร้างบัญชี", en="Give an account")
        if new
        else Text(th="ตั้งรหัสผ่านใหม่", en="Set a new password")
    )

    async def press() -> None:
        ask_in_dialog(visit, Asked(name, Text(th="บันทึก", en="Save"), (NEW, AGAIN)), done)

    ui.button(visit.w(name), on_click=press).props("color=primary" if new else "outline")


def _unlock(visit: Visit, username: str) -> None:
    async def press() -> None:
        await visit.ask(unlock_account, username)
        ui.navigate.to(f"/accounts/{username}")

    ui.button(visit.t("ปลดล็อก", "Unlock"), on_click=visit.pressed(press)).props("outline")


def _reset(visit: Visit, username: str) -> None:
    async def done(answers: Answers) -> None:
        await visit.ask(remove_second_step, username)
        ui.navigate.to(f"/accounts/{username}")

    async def press() -> None:
        title = Text(th="ยกเลิกการยืนยันสองขั้น", en="Reset the second step")
        ask_in_dialog(visit, Asked(title, Text(th="ยกเลิก", en="Reset"), grave=True), done)

    ui.button(visit.t("ยกเลิกการยืนยันสองขั้น", "Reset the second step"), on_click=press).props(
        "outline"
    )
