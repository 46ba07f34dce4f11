"""What stands before every request."""

from __future__ import annotations

import httpx
import pytest

from tests.server.served import Served

STRANGER = {"username": "nobody", "password": "nothing-at-all"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_of_another_site_is_refused(served: Served, headers: dict[str, str]) -> None:
    """Also one that does not say where it comes from."""
    answer = httpx.post(f"{served.address}/sign-in", data=STRANGER, headers=headers)
    assert answer.status_code == 403


def test_a_form_of_this_site_is_taken(served: Served) -> None:
    """The same form with the site's own origin gets as far as the password."""
    answer = httpx.post(
        f"{served.address}/sign-in", data=STRANGER, headers={"Origin": served.address}
    )
    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in answer.text


def test_alive(served: Served) -> None:
    """`/healthz` answers without a session."""
    assert httpx.get(f"{served.address}/healthz").json() == {"state": "ok"}


def test_a_page_without_a_session_leads_to_signing_in(served: Served) -> None:
    """And back to the page afterwards."""
    answer = httpx.get(f"{served.address}/cases?state=open")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/cases%3Fstate%3Dopen"
    with served.browser("engineer1") as browser:
        assert browser.get("/cases").status_code == 200
