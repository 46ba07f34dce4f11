"""Accounts over HTTP: the second step, ending sessions, the pages of who administers them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pyotp
import pytest

from controller.app import open_app
from controller.operations.log_in import actor_of
from controller.operations.set_up_second_step import confirm_second_step, set_up_second_step
from tests.server.served import Served, make_office, password_of, serving


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    """A server, and the secret of engineer1's authenticator."""
    people = ("admin", "engineer1", "school1", "school2")
    root = make_office(tmp_path_factory.mktemp("accounts") / "office", people)
    secret = enrol(root)
    with serving(root) as running:
        yield running, secret


def enrol(root: Path) -> str:
    """Set the second step up a few minutes ago, so that every code of now is a later one."""
    with open_app(root, apart=True) as context:
        me = actor_of(context.office(), "engineer1", context.clock())
        made = set_up_second_step(context, me, password_of("engineer1"))
        earlier = datetime.now(UTC) - timedelta(seconds=30)
        confirm_second_step(context, me, pyotp.TOTP(made.secret).at(earlier))
    return made.secret


def half(served: Served, client: httpx.Client) -> None:
    told = {"username": "engineer1", "password": password_of("engineer1"), "next": "/cases"}
    answer = client.post("/sign-in", data=told)
    assert answer.headers["location"] == "/sign-in/code?next=/cases"


def test_the_second_step_leads_to_where_one_wanted_to_go(office: tuple[Served, str]) -> None:
    served, secret = office
    with served.browser() as client:
        half(served, client)
        assert client.get("/cases").status_code == 303  # half is not in
        page = client.get("/sign-in/code?next=/cases")
        assert 'autocomplete="one-time-code"' in page.text
        wrong = client.post("/sign-in/code", data={"code": "000000", "next": "/cases"})
        assert wrong.status_code == 403
        code = pyotp.TOTP(secret).now()
        answer = client.post("/sign-in/code", data={"code": code, "next": "/cases"})
        assert answer.headers["location"] == "/cases"
        assert client.get("/cases").status_code == 200
        assert "khaen_half" not in client.cookies
        client.cookies.clear()
        half(served, client)  # the same code once more
        assert client.post("/sign-in/code", data={"code": code}).status_code == 403


def test_the_second_step_cannot_be_begun_in_the_middle(office: tuple[Served, str]) -> None:
    served, secret = office
    with served.browser() as client:
        assert client.get("/sign-in/code").headers["location"] == "/sign-in"
        told = {"code": pyotp.TOTP(secret).now()}
        assert client.post("/sign-in/code", data=told).headers["location"] == "/sign-in"
        client.cookies.set("khaen_half", "engineer1.made.up")
        assert client.post("/sign-in/code", data=told).headers["location"] == "/sign-in"


def test_signing_in_again_ends_the_session_before(office: tuple[Served, str]) -> None:
    """A token somebody planted in the browser is worth nothing afterwards."""
    served, _ = office
    with served.browser("school1") as client:
        planted = client.cookies["khaen_session"]
        told = {"username": "school1", "password": password_of("school1")}
        client.post("/sign-in", data=told)
        assert client.cookies["khaen_session"] != planted
        client.cookies.set("khaen_session", planted)
        assert client.get("/account").status_code == 303


def test_one_signs_out_elsewhere(office: tuple[Served, str]) -> None:
    served, _ = office
    with served.browser("school2") as here, served.browser("school2") as there:
        assert "โทเค็น" not in here.get("/account").text  # a school makes none
        ended = here.post("/account/sessions", data={})
        assert ended.status_code == 303
        assert here.get("/account").status_code == there.get("/account").status_code == 303


def test_nobody_ends_the_sessions_of_others(office: tuple[Served, str]) -> None:
    served, _ = office
    with served.browser("school1") as mine, served.browser("admin") as admin:
        told = {"username": "admin", "session": ""}
        assert mine.post("/account/sessions", data=told).status_code == 403
        assert admin.get("/account").status_code == 200
        assert mine.post("/account/sessions", data={"session": "0" * 16}).status_code == 404
        told = {"username": "school1", "back": "//elsewhere.example"}
        assert admin.post("/account/sessions", data=told).headers["location"] == "/"
        assert mine.get("/account").status_code == 303


def test_accounts_are_shown_to_who_administers_them(office: tuple[Served, str]) -> None:
    served, _ = office
    with served.browser("admin") as admin, served.browser("school1") as school:
        assert "school2" in admin.get("/accounts").text
        assert admin.get("/accounts/engineer1").status_code == 200
        assert admin.get("/accounts/nobody").status_code == 404
        for path in ("/accounts", "/accounts/engineer1"):
            assert school.get(path).status_code == 403
