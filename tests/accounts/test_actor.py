"""What each role may do."""

from __future__ import annotations

from typing import get_args

import pytest

from controller.accounts.actor import PERMISSIONS, ROLES, Actor, require
from controller.errors import NotAllowed
from controller.inventory.office import OfficeRole

CHANGES_DEVICES = ("apply_plan", "roll_back_case", "plan_change")


def actor(*roles: str) -> Actor:
    return Actor("somebody", "ตำแหน่งหนึ่ง", frozenset(roles))


def test_every_role_of_the_office_file_has_a_title() -> None:
    assert set(ROLES) == set(get_args(OfficeRole))


def test_no_permission_names_a_role_there_is_not() -> None:
    assert {role for roles in PERMISSIONS.values() for role in roles} <= set(ROLES)
    assert all(PERMISSIONS.values())


@pytest.mark.parametrize("permission", CHANGES_DEVICES)
@pytest.mark.parametrize("role", sorted(set(ROLES) - {"engineer"}))
def test_only_engineers_change_devices(permission: str, role: str) -> None:
    with pytest.raises(NotAllowed):
        require(actor(role), permission)
    require(actor("engineer"), permission)


def test_a_superuser_manages_accounts_and_walks_no_case() -> None:
    require(actor("admin"), "manage_accounts")
    for permission in ("open_case", "submit_case", "notify_case", "evaluate_case", "apply_plan"):
        with pytest.raises(NotAllowed):
            require(actor("admin"), permission)


def test_one_role_of_several_is_enough() -> None:
    require(actor("school", "engineer"), "apply_plan")


def test_somebody_without_a_role_may_do_nothing() -> None:
    for permission in PERMISSIONS:
        with pytest.raises(NotAllowed):
            require(actor(), permission)


def test_the_refusal_names_who_may_in_both_languages() -> None:
    with pytest.raises(NotAllowed) as refused:
        require(actor("school"), "open_case")
    assert refused.value.hint is not None
    assert "เจ้าหน้าที่" in refused.value.hint.th
    assert "officer, engineer" in refused.value.hint.en
    assert "somebody" in refused.value.message.th
    assert refused.value.exit_code == 3


def test_an_unknown_permission_is_our_mistake_and_never_a_yes() -> None:
    with pytest.raises(KeyError):
        require(actor("engineer"), "no_such_permission")
