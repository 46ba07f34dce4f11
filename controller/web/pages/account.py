"""My account: who I am here, my password, my second step, where I am signed in, my tokens."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup
from nicegui import ui

from controller.accounts.actor import PERMISSIONS, READ, ROLES, Actor, may
from controller.documents.qr import qr_data
from controller.errors import InputError, Text
from controller.operations.change_password import change_password
from controller.operations.end_sessions import list_sessions
from controller.operations.log_in import current_session
from controller.operations.manage_tokens import list_tokens, manage_tokens
from controller.operations.set_up_second_step import (
    Enrolment,
    confirm_second_step,
    recovery_codes_left,
    remove_second_step,
    set_up_second_step,
)
from controller.web.drawing import draw, put
from controller.web.page import page
from controller.web.parts.asking import Answers, Asked, Question, ask_in_dialog
from controller.web.visit import Visit

OLD = Question("old", Text(th="รหัสผ่านปัจจุบัน", en="Present password"), "password")
NEW = Question(
    "new",
    Text(th="รหัสผ่านใหม่", en="New password"),
    "password",
    hint=Text(
        th="อย่างน้อย 10 ตัวอักษร ใช้วลีที่จำได้คนเดียว",
        en="at least 10 characters; a phrase only you remember",
    ),
)
AGAIN = Question("again", Text(th="รหัสผ่านใหม่อีกครั้ง", en="New password once more"), "password")
PASSWORD = Question("password", Text(th="รหัสผ่าน", en="Password"), "password")
CODE = Question("code", Text(th="รหัส 6 หลักจากแอป", en="Six digits of the app"))


@page("/account", Text(th="บัญชีของฉัน", en="My account"))
async def build(visit: Visit, actor: Actor) -> None:
    """What one sees and does with one's own account."""
    today = visit.context.today()
    office = visit.context.office()
    left = await visit.ask(recovery_codes_left)
    put(
        visit,
        "account/mine.html",
        actor=actor,
        roles=[ROLES[role] for role in sorted(actor.roles)],
        orders=[
            order
            for order in office.acting
            if order.username == actor.username and order.until >= today
        ],
        today=today,
        address=visit.address,
        left=left,
    )
    with ui.element("div").classes("filters"):
        _button(visit, Text(th="เปลี่ยนรหัสผ่าน", en="Change my password"), lambda: _password(visit))
        if left is None:
            name = Text(th="เปิดการยืนยันสองขั้น", en="Turn the second step on")
            _button(visit, name, lambda: _begin(visit))
        else:
            name = Text(th="ปิดการยืนยันสองขั้น", en="Turn the second step off")
            _button(visit, name, lambda: _remove(visit, actor))
    here = current_session(visit.context, visit.token)
    put(
        visit,
        "account/sessions.html",
        sessions=await visit.ask(list_sessions, actor.username),
        here=here.id if here else "",
        username="",
        back="/account",
    )
    if may(actor, "manage_tokens"):
        put(
            visit,
            "account/tokens.html",
            tokens=await visit.ask(list_tokens),
            now=visit.context.clock(),
        )
        with ui.element("div").classes("filters"):
            _button(visit, Text(th="สร้างโทเค็น", en="Make a token"), lambda: _token(visit, actor))


def _button(visit: Visit, name: Text, opens: Callable[[], None]) -> None:
    ui.button(visit.w(name), on_click=opens).props("outline")


def same(answers: Answers) -> str:
    """The new password when it was typed twice alike. Errors: `InputError`."""
    if answers["new"] != answers["again"]:
        raise InputError(
            Text(th="รหัสผ่านใหม่สองครั้งไม่ตรงกัน", en="the new password was typed in two ways")
        )
    return str(answers["new"])


def _password(visit: Visit) -> None:
    async def done(answers: Answers) -> None:
        new = same(answers)
        ended = await visit.ask(change_password, answers["old"], new, keep=visit.token)
        visit.tell(
            f"เปลี่ยนรหัสผ่านแล้ว ออกจากระบบที่อื่น {ended} แห่ง",
            f"Password changed; sessions elsewhere that ended: {ended}",
        )

    title = Text(th="เปลี่ยนรหัสผ่าน", en="Change my password")
    ask_in_dialog(visit, Asked(title, Text(th="เปลี่ยน", en="Change"), (OLD, NEW, AGAIN)), done)


def _begin(visit: Visit) -> None:
    async def done(answers: Answers) -> None:
        _confirm(visit, await visit.ask(set_up_second_step, answers["password"]))

    title = Text(th="เปิดการยืนยันสองขั้น", en="Turn the second step on")
    intro = draw(visit, "account/second_step.html", made=None, picture="")
    asked = Asked(title, Text(th="ต่อไป", en="Go on"), (PASSWORD,), intro=intro)
    ask_in_dialog(visit, asked, done)


def _confirm(visit: Visit, made: Enrolment) -> None:
    async def done(answers: Answers) -> None:
        codes = await visit.ask(confirm_second_step, answers["code"])
        _show_once(visit, draw(visit, "account/codes.html", codes=codes))

    title = Text(th="สแกนด้วยแอปยืนยันตัวตน", en="Scan this with your authenticator")
    intro = draw(visit, "account/second_step.html", made=made, picture=qr_data(made.address))
    asked = Asked(title, Text(th="ยืนยัน", en="Confirm"), (CODE,), intro=intro)
    with ui.context.client.content:  # the dialog that led here goes away, with all that is in it
        ask_in_dialog(visit, asked, done)


def _remove(visit: Visit, actor: Actor) -> None:
    async def done(answers: Answers) -> None:
        await visit.ask(remove_second_step, actor.username, answers["password"])
        ui.navigate.to("/account")

    title = Text(th="ปิดการยืนยันสองขั้น", en="Turn the second step off")
    asked = Asked(title, Text(th="ปิด", en="Turn off"), (PASSWORD,), grave=True)
    ask_in_dialog(visit, asked, done)


def _token(visit: Visit, actor: Actor) -> None:
    scopes = {READ: visit.t("อ่านอย่างเดียว", "reading only")}
    scopes |= {name: name for name in sorted(PERMISSIONS) if may(actor, name)}

    async def done(answers: Answers) -> None:
        if answers["days"] is None:
            raise InputError(Text(th="ต้องระบุจำนวนวัน", en="say for how many days"))
        made = await visit.ask(
            manage_tokens, answers["name"], answers["scopes"], int(answers["days"])
        )
        _show_once(visit, draw(visit, "account/token_made.html", made=made))

    questions = (
        Question("name", Text(th="ใช้ทำอะไร", en="What it is for")),
        Question("scopes", Text(th="ขอบเขต", en="Scopes"), "choices", [READ], options=scopes),
        Question("days", Text(th="ใช้ได้กี่วัน", en="Days it is good for"), "number", 90),
    )
    title = Text(th="สร้างโทเค็น", en="Make a token")
    ask_in_dialog(visit, Asked(title, Text(th="สร้าง", en="Make"), questions), done)


def _show_once(visit: Visit, drawn: Markup) -> None:
    """What is shown this once, until it is closed; then the page again."""
    with (
        ui.context.client.content,
        ui.dialog().props("persistent") as dialog,
        ui.card().classes("asking"),
    ):
        ui.html(drawn, sanitize=False)
        with ui.element("div").classes("ending"):
            ui.button(
                visit.t("เก็บไว้แล้ว", "I have kept it"), on_click=lambda: ui.navigate.to("/account")
            )
    dialog.open()
