"""Whose part of a form is whose: nobody fills in an officer's or an approver's part for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from controller.errors import NotAllowed, Text
from controller.processes.forms.definition import Filler, FormDefinition, FormField

_PARTS: dict[Filler, Text] = {
    "officer": Text(th="ส่วนของเจ้าหน้าที่", en="the officer's part"),
    "approver": Text(th="ส่วนของผู้อนุมัติ", en="the approver's part"),
}
# Roles of the office that may fill a part in. A requester's part is anybody's.
_MAY: dict[Filler, frozenset[str]] = {
    "officer": frozenset({"officer", "engineer", "director"}),
    "approver": frozenset({"officer", "director"}),
}


def may_fill(part: Filler, *, roles: frozenset[str], author: bool) -> bool:
    """Whether somebody with these roles may fill the part in; `author`: the form is their own."""
    return part not in _MAY or bool(roles & _MAY[part] and not (part == "approver" and author))


def require_part(
    definition: FormDefinition,
    before: Mapping[str, object],
    after: Mapping[str, object],
    *,
    roles: frozenset[str],
    author: bool,
) -> None:
    """Pass when somebody with these roles may turn `before` (empty for a new form) into `after`.

    Names to be printed under a line are no statement of anybody's and may be filled in by all.
    `author` says that the form is this person's own: then the approver's part is not for them,
    whatever their role. To keep what an approver said under a request that says something else is
    to say it for them; to empty it is not. Errors: `NotAllowed`, naming what is not theirs to say.
    """
    spoken = [field for field in definition.fields if field.type != "person"]
    changed = {f.name for f in spoken if before.get(f.name) != after.get(f.name)}
    for part in _MAY:
        theirs = [field for field in spoken if field.by == part]
        said = [field for field in theirs if field.name in after]
        wrong = [field for field in said if field.name in changed]
        if part == "approver" and changed - {field.name for field in theirs}:
            wrong = said
        if wrong and not may_fill(part, roles=roles, author=author):
            raise _not_theirs(part, wrong)


def _not_theirs(part: Filler, fields: Sequence[FormField]) -> NotAllowed:
    return NotAllowed(
        Text(
            th=f"กรอก{_PARTS[part].th}เองไม่ได้: " + ", ".join(f.th for f in fields),
            en=f"{_PARTS[part].en} is not for you to fill in: " + ", ".join(f.en for f in fields),
        ),
        hint=Text(
            th="เว้นส่วนนั้นไว้ ให้ผู้มีหน้าที่กรอกด้วย khaen form fill … --revises เลขที่แบบฟอร์ม",
            en="leave it empty; whose part it is fills it in with "
            "khaen form fill … --revises NUMBER",
        ),
    )
