"""The person on whose behalf an operation runs."""

from __future__ import annotations

from dataclasses import dataclass

from controller.errors import NotAllowed, Text


@dataclass(frozen=True)
class Actor:
    """A signed-in person. `title` is the position, as documents print it."""

    username: str
    title: str
    roles: frozenset[str]


# A permission has the name of the operation it opens. Deciding is not a right of any role alone:
# `processes.approval` says who may decide on which case.
PERMISSIONS: dict[str, frozenset[str]] = {
    "back_up_devices": frozenset({"engineer"}),
    "plan_change": frozenset({"engineer"}),
    "open_case": frozenset({"engineer", "officer"}),
    "appoint_group": frozenset({"engineer", "officer", "director"}),
    "submit_case": frozenset({"engineer", "officer"}),
    "decide_case": frozenset({"director", "officer", "engineer", "admin"}),
    "notify_case": frozenset({"engineer", "officer"}),
    "apply_plan": frozenset({"engineer"}),
    "roll_back_case": frozenset({"engineer"}),
    "verify_devices": frozenset({"engineer"}),
    "close_case": frozenset({"engineer", "officer"}),
    "manage_accounts": frozenset({"admin"}),
    "read_history": frozenset({"engineer", "officer", "director", "auditor", "admin"}),
    "verify_audit_log": frozenset({"engineer", "officer", "director", "auditor", "admin"}),
}


def require(actor: Actor, permission: str) -> None:
    """Pass when one of the actor's roles has `permission`.

    Errors: `NotAllowed`, naming the roles that may.
    """
    allowed = PERMISSIONS[permission]
    if actor.roles & allowed:
        return
    names = ", ".join(sorted(allowed))
    raise NotAllowed(
        Text(
            th=f"{actor.username} ไม่มีสิทธิ์ทำรายการนี้ ({permission})",
            en=f"{actor.username} may not do this ({permission})",
        ),
        hint=Text(th=f"ผู้มีสิทธิ์: {names}", en=f"roles that may: {names}"),
    )
