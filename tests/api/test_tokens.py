"""API tokens: less than their owner may do, for a time, and never a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from controller.accounts.actor import NEVER_BY_TOKEN, PERMISSIONS, READ, Actor, require
from controller.errors import NotAllowed, NotSignedIn
from controller.operations.change_password import change_password
from controller.operations.end_sessions import end_sessions
from controller.operations.log_in import who_am_i
from controller.operations.manage_accounts import manage_accounts
from controller.operations.set_up_second_step import (
    confirm_second_step,
    remove_second_step,
    set_up_second_step,
)
from controller.store import api_tokens
from tests.api.callers import Callers
from tests.api.test_cases import submitted
from tests.server.served import password_of
from tests.store.databases import kept_in


def made(callers: Callers, person: str, *scopes: str, days: int = 30) -> dict[str, Any]:
    """A new token of a person, as it is shown once."""
    wanted = {"name": "งานกลางคืน", "scopes": scopes, "days": days}
    answer = callers.person(person).post("/api/v1/tokens", json=wanted)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def program(callers: Callers, person: str, *scopes: str) -> httpx.Client:
    """A program with a token of a person."""
    return callers.bearer(made(callers, person, *scopes)["token"])


def test_a_token_does_what_its_scopes_name_and_no_more(callers: Callers) -> None:
    """Reading opens no case; opening cases opens no reading."""
    reading = program(callers, "engineer1", "read")
    opening = program(callers, "engineer1", "open_case")
    case = {"process": "2.5", "title": "จากโปรแกรม"}
    assert reading.get("/api/v1/cases").status_code == 200
    assert reading.post("/api/v1/cases", json=case).status_code == 403
    assert opening.post("/api/v1/cases", json=case).status_code == 201
    refused = opening.get("/api/v1/cases", headers={"accept-language": "en"})
    assert refused.status_code == 403
    assert "POST /api/v1/tokens" in refused.json()["hint"]


def test_no_token_ever_decides(callers: Callers) -> None:
    """Not with the right password, not with every scope, not when the scope is forged."""
    scopes = sorted(
        name
        for name, roles in PERMISSIONS.items()
        if "director" in roles and name not in NEVER_BY_TOKEN
    )
    deciding = program(callers, "director", *scopes)
    place = submitted(callers)
    verdict = {"kind": "approve", "password": password_of("director")}
    refused = deciding.post(f"{place}/decisions", json=verdict)
    assert refused.status_code == 403
    assert "decide_case" in refused.json()["title"]
    assert deciding.get(place).json()["decisions"] == []
    asked = {"name": "x", "scopes": ["decide_case"]}
    assert callers.person("director").post("/api/v1/tokens", json=asked).status_code == 422
    forged = Actor("director", "ผอ.", frozenset({"director"}), scopes=frozenset(PERMISSIONS))
    for permission in NEVER_BY_TOKEN:
        with pytest.raises(NotAllowed):
            require(replace(forged, roles=frozenset({"director", "admin"})), permission)


def test_a_token_makes_no_token_and_touches_no_account(callers: Callers) -> None:
    """What somebody does with their own account asks for the person."""
    own = program(callers, "engineer1", "read", "open_case")
    for method, path, given in (
        ("POST", "/api/v1/tokens", {"name": "x", "scopes": ["read"]}),
        ("GET", "/api/v1/tokens", None),
        ("GET", "/api/v1/accounts", None),
    ):
        assert own.request(method, path, json=given).status_code in {403, 404}
    context = callers.context
    actor = replace(callers.desk.person("engineer1"), scopes=frozenset({READ}))
    password = password_of("engineer1")
    for work in (
        lambda: change_password(context, actor, password, "a-new-password-of-mine"),
        lambda: end_sessions(context, actor, "engineer1"),
        lambda: set_up_second_step(context, actor, password),
        lambda: confirm_second_step(context, actor, "000000"),
        lambda: remove_second_step(context, actor, "engineer1", password),
    ):
        with pytest.raises(NotAllowed, match="token"):
            work()


def test_a_token_never_opens_more_than_its_owner_may(callers: Callers) -> None:
    """A scope of another role is no scope, a right that is gone is gone."""
    wanted = {"name": "x", "scopes": ["apply_plan"]}
    refused = callers.person("officer1").post("/api/v1/tokens", json=wanted)
    assert refused.status_code == 422
    actor = replace(callers.desk.person("auditor1"), scopes=frozenset({"apply_plan"}))
    with pytest.raises(NotAllowed):
        require(actor, "apply_plan")


def test_a_revoked_token_and_one_past_its_day_open_nothing(callers: Callers) -> None:
    """From the same moment on."""
    first, second = made(callers, "officer1", "read"), made(callers, "officer1", "read", days=1)
    officer, used = callers.person("officer1"), callers.bearer(first["token"])
    assert used.get("/api/v1/cases").status_code == 200
    assert officer.delete(f"/api/v1/tokens/{first['id']}").status_code == 204
    assert used.get("/api/v1/cases").status_code == 401
    assert officer.delete(f"/api/v1/tokens/{first['id']}").status_code == 404
    tomorrow = replace(
        callers.context, clock=lambda: datetime.now(UTC) + timedelta(days=1, seconds=1)
    )
    with pytest.raises(NotSignedIn):
        who_am_i(tomorrow, second["token"])


def test_a_new_password_ends_the_tokens_of_the_account(callers: Callers) -> None:
    """Whoever had it may have made one."""
    mine = program(callers, "deputy", "read")
    manage_accounts(callers.context, callers.desk.person("admin"), "deputy", password_of("deputy"))
    assert mine.get("/api/v1/cases").status_code == 401


def test_of_a_token_only_the_hash_is_kept_and_its_making_is_on_record(callers: Callers) -> None:
    """Shown once; the list and the audit log name it by its id."""
    told = made(callers, "engineer2", "read")
    engineer = callers.person("engineer2")
    listed = engineer.get("/api/v1/tokens").json()["items"]
    assert [one["id"] for one in listed] == [told["id"]]
    assert told["token"] not in engineer.get("/api/v1/tokens").text
    assert told["token"].encode() not in kept_in(callers.context.folder)
    engineer.delete(f"/api/v1/tokens/{told['id']}")
    actions = ("make_token", "revoke_token")
    entries = [entry for action in actions for entry in callers.desk.entries(action)]
    own = [(e.action, e.actor) for e in entries if e.subject == told["id"]]
    assert own == [("make_token", "engineer2"), ("revoke_token", "engineer2")]


def test_somebody_elses_token_is_not_theirs_to_revoke(callers: Callers) -> None:
    """But an administrator's, who also sees everybody's."""
    told = made(callers, "engineer1", "read")
    path = f"/api/v1/tokens/{told['id']}"
    assert callers.person("officer1").delete(path).status_code == 404
    assert callers.person("officer1").get("/api/v1/tokens?all=true").status_code == 403
    admin = callers.person("admin")
    assert told["id"] in admin.get("/api/v1/tokens?all=true&limit=200").text
    assert admin.delete(path).status_code == 204


def test_signing_out_with_a_token_is_no_way_to_end_it(callers: Callers) -> None:
    """It has no session to end."""
    own = program(callers, "engineer1", "read")
    assert own.delete("/api/v1/sessions/current").status_code == 403
    assert own.get("/api/v1/sessions/current").json()["scopes"] == ["read"]


def test_a_school_makes_no_tokens(callers: Callers) -> None:
    """Its people use the pages."""
    answer = callers.person("school1").post(
        "/api/v1/tokens", json={"name": "x", "scopes": ["show_form"]}
    )
    assert answer.status_code == 403


def test_how_often_a_token_is_used_is_known_to_the_hour(callers: Callers) -> None:
    """A write for every read would be dear."""
    told = made(callers, "engineer1", "read")
    used = callers.bearer(told["token"])
    moments = set()
    for _ in range(3):
        used.get("/api/v1/cases?limit=1")
        with callers.context.store.read() as conn:
            known = api_tokens.list_tokens(conn, "engineer1")
        moments |= {one.used for one in known if one.id == told["id"]}
    assert len(moments) == 1


def test_a_token_dies_with_its_owners_place_in_the_office(callers: Callers) -> None:
    """Who is in the office file no more, or has no role today, has no program either."""
    told = made(callers, "officer1", "read")
    office = callers.context.office()
    others = tuple(one for one in office.people if one.username != "officer1")
    without = office.model_copy(update={"people": others})
    with pytest.raises(NotAllowed, match="officer1"):
        who_am_i(replace(callers.context, office=lambda: without), told["token"])
