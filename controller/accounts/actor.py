"""The person on whose behalf an operation runs."""

from __future__ import annotations

from dataclasses import dataclass

from controller.errors import NotAllowed, Text


@dataclass(frozen=True)
class Actor:
    """A signed-in person. `title` is the position, as documents print it.

    `site` is the school of somebody whose only role is `school`: they see and change nothing of
    another one. It is None for everybody else.
    """

    username: str
    title: str
    roles: frozenset[str]
    site: str | None = None

    @property
    def of_school(self) -> bool:
        """Whether school staff is all this person is, so that only their own school is theirs."""
        return self.roles == {"school"}


# What people call the roles of the office file.
ROLES: dict[str, Text] = {
    "director": Text(th="ผู้อำนวยการ", en="director"),
    "officer": Text(th="เจ้าหน้าที่", en="officer"),
    "engineer": Text(th="ผู้ดูแลเครือข่าย", en="engineer"),
    "school": Text(th="บุคลากรสถานศึกษา", en="school staff"),
    "auditor": Text(th="ผู้ตรวจสอบ", en="auditor"),
    "admin": Text(th="ผู้ดูแลบัญชีผู้ใช้", en="administrator of accounts"),
}

# A permission has the name of the operation it opens. Deciding is not a right of any role alone:
# `processes.deciding` says, from the office file alone, who may decide on which case.
PERMISSIONS: dict[str, frozenset[str]] = {
    "back_up_devices": frozenset({"engineer"}),
    "plan_change": frozenset({"engineer"}),
    "open_case": frozenset({"engineer", "officer"}),
    "appoint_group": frozenset({"engineer", "officer", "director"}),
    "study_case": frozenset({"engineer", "officer"}),
    "submit_case": frozenset({"engineer", "officer"}),
    "revise_case": frozenset({"engineer", "officer"}),
    "withdraw_case": frozenset({"engineer", "officer"}),
    "detach_paper": frozenset({"engineer", "officer"}),
    "print_document": frozenset({"engineer", "officer", "director"}),
    "decide_case": frozenset({"director", "officer", "engineer", "admin"}),
    "notify_case": frozenset({"engineer", "officer"}),
    "send_notices": frozenset({"engineer", "officer"}),
    "remind_cases": frozenset({"engineer", "officer"}),
    "fill_form": frozenset({"engineer", "officer", "director", "school"}),
    "show_form": frozenset({"engineer", "officer", "director", "school", "auditor", "admin"}),
    "attach_form": frozenset({"engineer", "officer"}),
    "attach_file": frozenset({"engineer", "officer"}),
    "open_survey": frozenset({"engineer", "officer"}),
    "answer_survey": frozenset({"engineer", "officer", "director", "school"}),
    "close_survey": frozenset({"engineer", "officer"}),
    "apply_plan": frozenset({"engineer"}),
    "roll_back_case": frozenset({"engineer"}),
    "forget_key": frozenset({"engineer"}),
    "verify_devices": frozenset({"engineer"}),
    "record_case": frozenset({"engineer", "officer"}),
    "evaluate_case": frozenset({"engineer", "officer"}),
    "manage_accounts": frozenset({"admin"}),
    "read_history": frozenset({"engineer", "officer", "director", "auditor", "admin"}),
    "verify_audit_log": frozenset({"engineer", "officer", "director", "auditor", "admin"}),
}


def require(actor: Actor, permission: str) -> None:
    """Pass when one of the actor's roles has `permission`.

    Errors: `NotAllowed`, naming the roles that may; `KeyError` for a permission there is not.
    """
    allowed = PERMISSIONS[permission]
    if actor.roles & allowed:
        return
    titles = [text for role, text in ROLES.items() if role in allowed]
    raise NotAllowed(
        Text(
            th=f"{actor.username} ไม่มีสิทธิ์ทำรายการนี้ ({permission})",
            en=f"{actor.username} may not do this ({permission})",
        ),
        hint=Text(
            th="ผู้มีสิทธิ์: " + ", ".join(text.th for text in titles),
            en="roles that may: " + ", ".join(text.en for text in titles),
        ),
    )
