"""The person on whose behalf an operation runs."""

from __future__ import annotations

from dataclasses import dataclass

from controller.errors import NotAllowed, Text


@dataclass(frozen=True)
class Actor:
    """A signed-in person. `title` is the position, as documents print it.

    `site` is the school of somebody whose only role is `school`: they see and change nothing of
    another one. It is None for everybody else. `scopes` narrows what a program may do in the
    person's name, by the token it shows; None when the person is here themself.
    """

    username: str
    title: str
    roles: frozenset[str]
    site: str | None = None
    scopes: frozenset[str] | None = None

    @property
    def of_school(self) -> bool:
        """Whether school staff is all this person is, so that only their own school is theirs."""
        return self.roles == {"school"}

    def sees(self, site: str) -> bool:
        """Whether what belongs to a site is this person's to see: for a school only its own."""
        return not self.of_school or site == self.site


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
    "run_playbook": frozenset({"engineer"}),
    "run_schedule": frozenset({"engineer"}),
    "pause_schedule": frozenset({"engineer"}),
    "show_schedule": frozenset({"engineer", "officer", "director", "auditor", "admin"}),
    "show_workers": frozenset({"engineer", "admin"}),
    "pack_backups": frozenset({"engineer", "admin"}),
    "index_configurations": frozenset({"engineer", "admin"}),
    "reveal_secrets": frozenset({"engineer"}),
    "search_configurations": frozenset({"engineer", "officer", "director", "auditor", "admin"}),
    "export_configurations": frozenset({"engineer", "officer", "director", "auditor", "admin"}),
    "show_playbooks": frozenset({"engineer", "officer", "director", "auditor", "admin"}),
    "plan_change": frozenset({"engineer"}),
    "plan_playbook": frozenset({"engineer"}),
    "remediate_devices": frozenset({"engineer"}),
    "restore_configuration": frozenset({"engineer"}),
    "open_case": frozenset({"engineer", "officer"}),
    "appoint_group": frozenset({"engineer", "officer", "director"}),
    "study_case": frozenset({"engineer", "officer"}),
    "write_specification": frozenset({"engineer", "officer"}),
    "submit_case": frozenset({"engineer", "officer"}),
    "revise_case": frozenset({"engineer", "officer"}),
    "withdraw_case": frozenset({"engineer", "officer"}),
    "open_offer": frozenset({"engineer", "officer"}),
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
    "share_survey": frozenset({"engineer", "officer"}),
    "apply_plan": frozenset({"engineer"}),
    "roll_back_case": frozenset({"engineer"}),
    "forget_key": frozenset({"engineer"}),
    "verify_devices": frozenset({"engineer"}),
    "compare_offers": frozenset({"engineer", "officer", "director", "auditor", "admin"}),
    "judge_criterion": frozenset({"engineer", "officer"}),
    "conclude_comparison": frozenset({"engineer", "officer"}),
    "reopen_comparison": frozenset({"engineer", "officer"}),
    "read_delivery": frozenset({"engineer", "officer"}),
    "check_delivery": frozenset({"engineer", "officer"}),
    "accept_delivery": frozenset({"engineer", "officer"}),
    "record_case": frozenset({"engineer", "officer"}),
    "evaluate_case": frozenset({"engineer", "officer"}),
    "manage_accounts": frozenset({"admin"}),
    "export_history": frozenset({"admin"}),
    "manage_tokens": frozenset({"engineer", "officer", "director", "auditor", "admin"}),
    "show_inventory": frozenset({"engineer", "officer", "director", "school", "auditor", "admin"}),
    "discover_devices": frozenset({"engineer"}),
    "show_topology": frozenset({"engineer", "officer", "director", "school", "auditor", "admin"}),
    "import_assets": frozenset({"engineer", "officer"}),
    "import_models": frozenset({"engineer", "officer"}),
    "look_at_device": frozenset({"engineer"}),
    "keep_archive": frozenset({"engineer", "admin"}),
    "list_alerts": frozenset({"engineer", "officer", "director", "school", "auditor", "admin"}),
    "list_traps": frozenset({"engineer", "officer", "director", "school", "auditor", "admin"}),
    "acknowledge_alert": frozenset({"engineer", "officer"}),
    "comment_alert": frozenset({"engineer", "officer", "director", "school"}),
    "close_alert": frozenset({"engineer", "officer"}),
    "repair_alert": frozenset({"engineer", "officer"}),
    "show_availability": frozenset(
        {"engineer", "officer", "director", "school", "auditor", "admin"}
    ),
    "plan_maintenance": frozenset({"engineer", "officer"}),
    "cancel_maintenance": frozenset({"engineer", "officer"}),
    "poll_devices": frozenset({"engineer", "officer"}),
    "show_health": frozenset({"engineer", "officer", "director", "school", "auditor", "admin"}),
    "audit_devices": frozenset({"engineer", "officer"}),
    "show_compliance": frozenset({"engineer", "officer", "director", "school", "auditor", "admin"}),
    "read_figures": frozenset({"engineer", "auditor", "admin"}),
    "show_specs": frozenset({"engineer", "officer", "director", "school", "auditor", "admin"}),
    "import_edition": frozenset({"engineer", "officer"}),
    "report_compliance": frozenset(
        {"engineer", "officer", "director", "school", "auditor", "admin"}
    ),
    "show_drift": frozenset({"engineer", "officer", "director", "auditor", "admin"}),
    "report_evaluation": frozenset({"engineer", "officer", "director", "auditor", "admin"}),
    "list_needs": frozenset({"engineer", "officer", "director", "auditor", "admin"}),
    "read_history": frozenset({"engineer", "officer", "director", "auditor", "admin"}),
    "verify_audit_log": frozenset({"engineer", "officer", "director", "auditor", "admin"}),
}

# The scope of a token that only reads, and what it opens.
READ = "read"
READING = frozenset(
    {
        "compare_offers",
        "export_configurations",
        "list_alerts",
        "list_needs",
        "list_traps",
        "read_history",
        "report_compliance",
        "report_evaluation",
        "search_configurations",
        "show_availability",
        "show_compliance",
        "show_drift",
        "show_form",
        "show_health",
        "show_inventory",
        "show_playbooks",
        "show_schedule",
        "show_workers",
        "show_specs",
        "show_topology",
        "verify_audit_log",
    }
)
# What no program does in a person's name, whatever its token says.
NEVER_BY_TOKEN = frozenset(
    {"decide_case", "export_history", "manage_accounts", "manage_tokens", "reveal_secrets"}
)


# The program itself, when it works by the office's schedule or because a device told of a change.
# What it may do is what a token with these scopes could; nobody signs in with its name.
SCHEDULE = Actor(
    username="schedule",
    title="โปรแกรมตามกำหนดเวลา",
    roles=frozenset({"engineer"}),
    scopes=frozenset(
        {
            "audit_devices",
            "back_up_devices",
            "pack_backups",
            "poll_devices",
            "remind_cases",
            "report_compliance",
            "run_playbook",
            "run_schedule",
            "show_compliance",
        }
    ),
)


def require(actor: Actor, permission: str) -> None:
    """Pass when one of the actor's roles has `permission`, and a token's scopes do not exclude it.

    Errors: `NotAllowed`, naming the roles that may; `KeyError` for a permission there is not.
    """
    allowed = PERMISSIONS[permission]
    if not _in_scope(actor, permission):
        raise _out_of_scope(permission)
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


def may(actor: Actor, permission: str) -> bool:
    """Whether `require` would pass: to leave out of an answer what is not for this actor."""
    return _in_scope(actor, permission) and bool(actor.roles & PERMISSIONS[permission])


def require_present(actor: Actor) -> None:
    """Pass when the person is here themself, not a program with a token of theirs.

    For what somebody does with their own account, which no permission guards. Errors: `NotAllowed`.
    """
    if actor.scopes is not None:
        raise _out_of_scope("manage_accounts")


def _in_scope(actor: Actor, permission: str) -> bool:
    if actor.scopes is None:
        return True
    if permission in NEVER_BY_TOKEN:
        return False
    return permission in actor.scopes or (READ in actor.scopes and permission in READING)


def _out_of_scope(permission: str) -> NotAllowed:
    if permission in NEVER_BY_TOKEN:
        return NotAllowed(
            Text(
                th=f"โทเค็นทำรายการนี้แทนเจ้าของไม่ได้ ({permission})",
                en=f"no token can do this in its owner's place ({permission})",
            ),
            hint=Text(th="เข้าสู่ระบบด้วยตนเองก่อน", en="sign in yourself first"),
        )
    return NotAllowed(
        Text(
            th=f"โทเค็นนี้ไม่มีขอบเขต {permission}",
            en=f"this token does not have the scope {permission}",
        ),
        hint=Text(
            th=f"สร้างโทเค็นใหม่: khaen token make --scope {permission}",
            en=f"make another one: khaen token make --scope {permission}",
        ),
    )
