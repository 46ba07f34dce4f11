"""What stands before every request."""

from __future__ import annotations

import re

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


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/cases", "no-store"),
        ("/static/style.css", "no-cache"),
        ("/api/v1/openapi.json", "no-store"),
    ],
)
def test_what_a_browser_may_keep(served: Served, path: str, kept: str) -> None:
    """Nothing that is somebody's; the style sheet is asked for anew at each visit."""
    with served.browser("engineer1") as browser:
        assert browser.get(path).headers["cache-control"] == kept


def test_scripts_whose_address_holds_their_version_are_kept_for_good(served: Served) -> None:
    """A second page asks for none of them again."""
    with served.browser("engineer1") as browser:
        script = re.search(r"/_nicegui/[^\"]+/vue[^\"]+\.js", browser.get("/").text)
        assert script is not None
        assert browser.get(script[0]).headers["cache-control"].endswith("immutable")


@pytest.mark.parametrize(
    ("language", "words"), [("th", "ไม่มีหน้านี้"), ("en", "there is no such page")]
)
def test_where_there_is_nothing(served: Served, language: str, words: str) -> None:
    """A page of ours in the reader's language, not NiceGUI's in English."""
    answer = httpx.get(f"{served.address}/nowhere", cookies={"khaen_language": language})
    assert answer.status_code == 404
    assert words in answer.text
