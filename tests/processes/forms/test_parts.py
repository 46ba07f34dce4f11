"""Nobody speaks for an officer or an approver on a form."""

from __future__ import annotations

import pytest

from controller.errors import NotAllowed
from controller.processes.forms.catalogue import form, slugs
from controller.processes.forms.parts import require_part
from controller.processes.forms.template import example_values

LOAN = form("loan_request")
ASKED = example_values(LOAN, {"requester"})
CHECKED = example_values(LOAN, {"requester", "officer"})
DECIDED = example_values(LOAN)
OTHER = {**ASKED, "reason": "ใช้ในงานอื่น"}

# before, after, roles, whether it is their own form, and what is not theirs to say.
CASES = {
    "a school asks": ({}, ASKED, {"school"}, True, None),
    "an engineer asks and checks": ({}, CHECKED, {"engineer"}, True, None),
    "a school checks for the officer": ({}, CHECKED, {"school"}, True, "ส่วนของเจ้าหน้าที่"),
    "a school approves its own": (ASKED, DECIDED, {"school"}, True, "ส่วนของเจ้าหน้าที่"),
    "an engineer approves": (CHECKED, DECIDED, {"engineer"}, False, "ส่วนของผู้อนุมัติ"),
    "an officer approves": (CHECKED, DECIDED, {"officer"}, False, None),
    "the director approves": (CHECKED, DECIDED, {"director"}, False, None),
    "an officer approves their own": (CHECKED, DECIDED, {"officer"}, True, "ส่วนของผู้อนุมัติ"),
    "the director's own new form": ({}, DECIDED, {"director"}, True, "ส่วนของผู้อนุมัติ"),
    "asked otherwise under an approval": (
        DECIDED,
        {**DECIDED, "reason": "ใช้ในงานอื่น"},
        {"engineer"},
        True,
        "ส่วนของผู้อนุมัติ",
    ),
    "asked otherwise, the approval emptied": (DECIDED, OTHER, {"school"}, True, None),
    "the same again": (DECIDED, DECIDED, {"school"}, True, None),
}


@pytest.mark.parametrize("name", CASES)
def test_a_part_is_for_whose_it_is(name: str) -> None:
    """Who may turn which form into which."""
    before, after, roles, author, told = CASES[name]
    if told is None:
        require_part(LOAN, before, after, roles=frozenset(roles), author=author)
        return
    with pytest.raises(NotAllowed) as refused:
        require_part(LOAN, before, after, roles=frozenset(roles), author=author)
    assert told in refused.value.message.th


def test_a_name_under_a_line_is_nobody_s_statement() -> None:
    """A clerk may type the name of who will sign."""
    names = [f.name for f in LOAN.fields if f.type == "person" and f.by == "approver"]
    assert names, "the example has lost its point"
    typed = {**ASKED, names[0]: "ผู้อำนวยการกลุ่ม"}
    require_part(LOAN, ASKED, typed, roles=frozenset({"school"}), author=True)


@pytest.mark.parametrize("slug", slugs())
def test_a_whole_form_needs_an_approver_where_it_has_one(slug: str) -> None:
    """No form lets a school say what an approver says."""
    definition = form(slug)
    whole, own = example_values(definition), example_values(definition, {"requester", "officer"})
    if whole == own:
        return
    with pytest.raises(NotAllowed):
        require_part(definition, own, whole, roles=frozenset({"school", "engineer"}), author=False)
