"""Everything that goes wrong ends as problem+json, with a hint that helps a caller of the API."""

from __future__ import annotations

import pytest

from tests.api.callers import Callers

PROBLEM = "application/problem+json"


def test_no_token_and_a_wrong_token_are_told_apart(callers: Callers) -> None:
    """401 with a challenge, and how to get a token."""
    none = callers.stranger.get("/api/v1/cases")
    wrong = callers.bearer("nonsense").get("/api/v1/cases")
    assert [none.status_code, wrong.status_code] == [401, 401]
    assert none.headers["www-authenticate"] == 'Bearer realm="khaen"'
    assert wrong.headers["www-authenticate"] == 'Bearer realm="khaen", error="invalid_token"'
    assert "/api/v1/sessions" in none.json()["hint"]
    assert none.headers["content-type"] == PROBLEM


def test_a_wrong_password_is_forbidden_not_unknown(callers: Callers) -> None:
    """And the answer is the same for a person there is not."""
    answers = [
        callers.stranger.post("/api/v1/sessions", json={"username": name, "password": "x"})
        for name in ("school1", "nobody")
    ]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert answers[0].json() == answers[1].json()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v2/cases", 404),
        ("GET", "/api/v1/cases/", 404),
        ("DELETE", "/api/v1/cases", 405),
        ("PATCH", "/api/v1/sessions/current", 405),
        ("GET", "/api/v1/cases/2569-9.9-0001", 404),
        ("GET", "/api/v1/cases?limit=201", 422),
        ("GET", "/api/v1/cases?cursor=bm9uc2Vuc2U=", 422),
        ("GET", "/api/v1/cases/%00", 422),
    ],
)
def test_what_an_address_does_not_take(
    callers: Callers, method: str, path: str, status: int
) -> None:
    """Whatever is asked, in both languages and with something to do next."""
    answer = callers.person("engineer1").request(method, path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == PROBLEM
    told = answer.json()
    assert told["status"] == status
    assert set(told["messages"]["hint"]) == {"th", "en"}


def test_a_wrong_method_names_those_that_are_right(callers: Callers) -> None:
    """As HTTP asks."""
    answer = callers.person("engineer1").delete("/api/v1/cases")
    assert answer.headers["allow"] == "GET, POST"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"process=2.5", "application/x-www-form-urlencoded", 415),
        (b'{"process": "2.5"}', "text/plain", 415),
        (b'{"process": "2.5", "titel": "x"}', "application/json", 422),
        (b'{"process": "2.5", "title": "\\ud800"}', "application/json", 422),
        (b'{"process": "2.5", "title": "a\\u0000b"}', "application/json", 422),
        (b"{", "application/json", 422),
        (b'{"title": "' + b"x" * 1_000_000 + b'"}', "application/json", 413),
    ],
)
def test_a_body_that_is_not_taken(callers: Callers, body: bytes, kind: str, status: int) -> None:
    """Neither stored nor guessed at."""
    engineer = callers.person("engineer1")
    before = len(callers.desk.cases())
    answer = engineer.post("/api/v1/cases", content=body, headers={"content-type": kind})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == PROBLEM
    assert len(callers.desk.cases()) == before


def test_the_language_of_the_title_is_the_callers(callers: Callers) -> None:
    """Thai unless English is asked for; both stand beside it."""
    path = "/api/v1/cases/none"
    engineer = callers.person("engineer1")
    thai = engineer.get(path).json()
    english = engineer.get(path, headers={"accept-language": "en-GB"}).json()
    assert thai["title"] == english["messages"]["title"]["th"]
    assert english["title"] == "there is no case none"
    assert english["hint"] == "see khaen case list (API: GET /api/v1/cases)"
