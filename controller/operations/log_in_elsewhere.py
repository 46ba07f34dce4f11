"""Sign in somebody whose identity the office's own provider proved."""

from __future__ import annotations

from controller.errors import NotAllowed, Text
from controller.inventory.office import Office
from controller.operations.context import Context
from controller.operations.log_in import Origin, SignIn, actor_of, go_on
from controller.store import accounts, audit_log


def log_in_elsewhere(context: Context, claimed: str, origin: Origin) -> SignIn:
    """Open a session for the person of `office.yaml` whom the provider calls `claimed`.

    That is their user name, or their e-mail address as the office file has it. Somebody without an
    account gets one without a password. Errors: `NotAllowed` for whoever the office does not list
    (nobody is added), `CodeNeeded` when the account has a second step here.
    """
    username = _person_of(context.office(), claimed)
    actor = actor_of(context.office(), username, context.clock())
    now = context.clock()
    with context.store.begin() as conn:
        if username not in {known.username for known in accounts.list_accounts(conn)}:
            accounts.add_account(conn, username, None, now)
            audit_log.append(
                conn,
                actor=username,
                action="add_account",
                subject=username,
                content={"first": False},
                at=now,
            )
    return go_on(context, actor, origin)


def _person_of(office: Office, claimed: str) -> str:
    plain = claimed.strip().casefold()
    for person in office.people:
        if plain == person.username or (person.email and plain == person.email.casefold()):
            return person.username
    raise NotAllowed(
        Text(
            th="บัญชีนี้ไม่มีรายชื่อในสำนักงาน จึงเข้าสู่ระบบไม่ได้",
            en="this account is nobody the office lists, so it cannot sign in",
        ),
        hint=Text(
            th="ให้ผู้ดูแลเพิ่มชื่อใน people ของ inventory/office.yaml",
            en="have the person added to `people` in inventory/office.yaml",
        ),
    )
