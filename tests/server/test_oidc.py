"""Signing in at the office's own provider, honest and not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.server.provider import CLIENT, SECRET, Provider, providing
from tests.server.served import Served, make_office, serving


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Provider]]:
    """A server that trusts a provider."""
    root = make_office(tmp_path_factory.mktemp("oidc") / "office", ("admin", "engineer1"))
    (root / "var/oidc").write_text(SECRET)
    with providing() as provider:
        with (root / "khaen.toml").open("a", encoding="utf-8") as file:
            file.write(f'\n[oidc]\nissuer = "{provider.address}"\nclient_id = "{CLIENT}"\n')
            file.write('client_secret = "file/var/oidc"\nbutton_en = "Sign in with the province"\n')
        with serving(root) as running:
            yield running, provider


@pytest.fixture
def provider(both: tuple[Served, Provider]) -> Iterator[Provider]:
    """The provider, honest again after each test."""
    yield both[1]
    both[1].person, both[1].claims, both[1].lie = "engineer1", {}, ""


def walk(served: Served, client: httpx.Client, following: str = "/cases") -> httpx.Response:
    """From the button to what Khaen makes of the provider's answer."""
    leaving = client.get("/sign-in/elsewhere", params={"next": following})
    assert leaving.status_code == 303, leaving.text
    back = httpx.get(leaving.headers["location"]).headers["location"]
    assert back.startswith(f"{served.address}/sign-in/elsewhere/back?")
    return client.get(back)


def test_a_person_of_the_office_comes_in(both: tuple[Served, Provider]) -> None:
    served, _ = both
    with served.browser() as client:
        client.cookies.set("khaen_language", "en")
        assert "Sign in with the province" in client.get("/sign-in").text
        answer = walk(served, client)
        assert answer.headers["location"] == "/cases"
        assert client.get("/cases").status_code == 200
        assert "khaen_elsewhere" not in client.cookies


def test_what_is_asked_for(both: tuple[Served, Provider]) -> None:
    """A code, with PKCE, state and nonce that are new each time; the secret is not in it."""
    served, _ = both
    seen: list[dict[str, list[str]]] = []
    with served.browser() as client:
        for _ in range(2):
            leaving = client.get("/sign-in/elsewhere")
            seen.append(parse_qs(urlsplit(leaving.headers["location"]).query))
            assert SECRET not in str(leaving.headers)
            (cookie,) = leaving.headers.get_list("set-cookie")
            assert "HttpOnly" in cookie
            assert "Max-Age=600" in cookie
    assert seen[0]["response_type"] == ["code"]
    assert seen[0]["code_challenge_method"] == ["S256"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(seen[0][name][0]) >= 32
        assert seen[0][name] != seen[1][name]


def test_somebody_without_an_account_gets_one_without_a_password(
    both: tuple[Served, Provider], provider: Provider
) -> None:
    served, _ = both
    provider.person = "officer1"
    with served.browser() as client:
        assert walk(served, client).status_code == 303
    with served.browser() as client:
        for password in ("", "nobody", "officer1-password"):
            told = {"username": "officer1", "password": password}
            assert client.post("/sign-in", data=told).status_code in {403, 422}


@pytest.mark.parametrize("person", ["stranger", "", "director@elsewhere.example", "engineer1 x"])
def test_nobody_is_added_to_the_office(
    both: tuple[Served, Provider], provider: Provider, person: str
) -> None:
    served, _ = both
    provider.person = person
    with served.browser() as client:
        assert walk(served, client).status_code == 403
        assert client.get("/cases").status_code == 303


NOW = int(time.time())
WRONG: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "somebody-else"},
    "two audiences": {"aud": [CLIENT, "somebody-else"]},
    "no audience": {"aud": None},
    "another issuer": {"iss": "https://elsewhere.example"},
    "expired": {"exp": NOW - 3600},
    "never expires": {"exp": None},
    "of tomorrow": {"iat": NOW + 86400},
    "no name": {"preferred_username": None},
    "a name that is no text": {"preferred_username": ["admin"]},
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_token_is_refused(
    both: tuple[Served, Provider], provider: Provider, what: str
) -> None:
    served, _ = both
    provider.claims = WRONG[what]
    with served.browser() as client:
        answer = walk(served, client)
        assert answer.status_code == 403
        assert "เชื่อถือไม่ได้" in answer.text
        assert "khaen_session" not in client.cookies


@pytest.mark.parametrize("lie", ["signature", "none", "hmac"])
def test_a_token_somebody_else_signed_is_refused(
    both: tuple[Served, Provider], provider: Provider, lie: str
) -> None:
    served, _ = both
    provider.lie = lie
    with served.browser() as client:
        assert walk(served, client).status_code == 403
        assert "khaen_session" not in client.cookies


def test_an_answer_nobody_here_asked_for_is_refused(both: tuple[Served, Provider]) -> None:
    """Another browser's, an altered state, and the same answer once more."""
    served, _ = both
    with served.browser() as mine, served.browser() as other:
        leaving = other.get("/sign-in/elsewhere").headers["location"]
        back = httpx.get(leaving).headers["location"]
        assert mine.get(back).status_code == 403
        mine.get("/sign-in/elsewhere")
        assert mine.get(back).status_code == 403
        assert other.get(back.replace("state=", "state=x")).status_code == 403
        other.cookies.clear()
        assert other.get("/sign-in/elsewhere/back").status_code == 403
        assert other.get("/sign-in/elsewhere/back?error=access_denied").status_code == 403


def test_without_a_provider_there_is_nothing(served: Served) -> None:
    with served.browser() as client:
        assert "/sign-in/elsewhere" not in client.get("/sign-in").text
        assert client.get("/sign-in/elsewhere").status_code == 404
