"""A request that arrives again is answered as it was, and does nothing twice."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi.routing import iter_route_contexts
from sqlalchemy import select

from controller.errors import Refused
from controller.operations.answer_once import answer_once
from controller.store.tables import answered_requests
from tests.api.callers import Callers
from tests.api.test_cases import submitted
from tests.server.served import password_of

CASE = {"process": "2.5", "title": "ครั้งเดียว"}


def key() -> dict[str, str]:
    """The header with a key nobody used."""
    return {"Idempotency-Key": str(uuid4())}


def kept(callers: Callers) -> list[Any]:
    """Every answer that is kept."""
    with callers.context.store.read() as conn:
        return list(conn.execute(select(answered_requests)))


def test_the_same_request_again_opens_no_second_case(callers: Callers) -> None:
    """It is answered byte for byte, and says that it was."""
    engineer, headers = callers.person("engineer1"), key()
    first = engineer.post("/api/v1/cases", json=CASE, headers=headers)
    before = len(callers.desk.cases())
    again = engineer.post("/api/v1/cases", json=CASE, headers=headers)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    for name in ("location", "etag", "content-type"):
        assert again.headers[name] == first.headers[name]
    assert again.headers["idempotency-replayed"] == "true"
    assert len(callers.desk.cases()) == before


def test_a_key_of_another_request_is_refused(callers: Callers) -> None:
    """Whatever differs: the body, the address, the query."""
    engineer, headers = callers.person("engineer1"), key()
    place = engineer.post("/api/v1/cases", json=CASE, headers=headers).headers["location"]
    others = [
        engineer.post("/api/v1/cases", json={**CASE, "title": "อื่น"}, headers=headers),
        engineer.post("/api/v1/cases?x=1", json=CASE, headers=headers),
        engineer.post(f"{place}/withdrawal", json={"reason": "x"}, headers=headers),
    ]
    assert [answer.status_code for answer in others] == [422] * 3


def test_keys_are_a_persons_own(callers: Callers) -> None:
    """Somebody else's same key is another one."""
    headers = key()
    numbers = {
        callers.person(name).post("/api/v1/cases", json=CASE, headers=headers).json()["number"]
        for name in ("engineer1", "engineer2")
    }
    assert len(numbers) == 2


def test_what_was_refused_may_be_asked_again_with_the_key(callers: Callers) -> None:
    """Nothing was done, so nothing is kept."""
    engineer, headers = callers.person("engineer1"), key()
    refused = engineer.post("/api/v1/cases", json={"process": "9.9"}, headers=headers)
    assert refused.status_code == 404
    assert engineer.post("/api/v1/cases", json=CASE, headers=headers).status_code == 201


def test_of_two_at_once_one_is_done(callers: Callers) -> None:
    """The other is told to wait, or gets the same answer."""
    engineer, headers = callers.person("engineer1"), key()
    before = len(callers.desk.cases())
    answers: list[Any] = []

    def ask() -> None:
        answers.append(engineer.post("/api/v1/cases", json=CASE, headers=headers))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(callers.desk.cases()) == before + 1
    assert {answer.status_code for answer in answers} <= {201, 409}


def test_a_request_that_is_still_being_done_is_not_begun_again(callers: Callers) -> None:
    """Also not one that was cut off: nobody knows how far it came."""
    context, actor = callers.context, callers.desk.person("engineer1")
    assert answer_once(context, actor, "cut-off", "1" * 64) is None
    with pytest.raises(Refused):
        answer_once(context, actor, "cut-off", "1" * 64)


def test_after_a_day_a_key_is_a_new_one(callers: Callers) -> None:
    """What was answered is forgotten."""
    engineer, headers = callers.person("engineer1"), key()
    engineer.post("/api/v1/cases", json=CASE, headers=headers)
    later = replace(callers.context, clock=lambda: datetime.now(UTC) + timedelta(days=1, hours=1))
    name = headers["Idempotency-Key"]
    assert answer_once(later, callers.desk.person("engineer1"), name, "2" * 64) is None
    assert [row.request for row in kept(callers)] == ["2" * 64]


def test_a_file_sent_again_is_the_same_request(callers: Callers) -> None:
    """Though a form is put together anew, with another boundary."""
    engineer, headers = callers.person("engineer1"), key()
    place = engineer.post("/api/v1/cases", json=CASE).headers["location"]
    sent = {"file": ("a.txt", b"one")}
    first, again = (engineer.post(f"{place}/files", files=sent, headers=headers) for _ in "12")
    assert first.json() == again.json()
    assert len(callers.desk.now(callers.desk.cases()[-1]).papers) == 1


def test_no_secret_is_kept(callers: Callers) -> None:
    """Neither a token that is shown once, nor anything a password could be guessed from."""
    before = len(kept(callers))
    person = {"username": "engineer1", "password": password_of("engineer1")}
    opened = callers.stranger.post("/api/v1/sessions", json=person, headers=key())
    engineer = callers.bearer(opened.json()["token"])
    asked, headers = {"name": "x", "scopes": ["read"]}, key()
    tokens = {
        engineer.post("/api/v1/tokens", json=asked, headers=headers).json()["token"]
        for _ in range(2)
    }
    assert len(tokens) == 2
    assert len(kept(callers)) == before
    place, headers = submitted(callers), key()
    verdict = {"kind": "approve", "password": password_of("director")}
    director = callers.person("director")
    assert director.post(f"{place}/decisions", json=verdict, headers=headers).status_code == 200
    other = {**verdict, "password": "another"}
    again = director.post(f"{place}/decisions", json=other, headers=headers)
    assert again.headers["idempotency-replayed"] == "true"


def test_a_narrower_token_does_not_hear_what_a_wider_one_was_told(callers: Callers) -> None:
    """The scopes are part of what was asked."""
    engineer, headers = callers.person("engineer1"), key()
    asked = {"name": "x", "scopes": ["verify_audit_log"]}
    narrow = callers.bearer(engineer.post("/api/v1/tokens", json=asked).json()["token"])
    assert engineer.post("/api/v1/cases", json=CASE, headers=headers).status_code == 201
    assert narrow.post("/api/v1/cases", json=CASE, headers=headers).status_code == 422


def test_every_address_that_shows_a_secret_keeps_nothing(callers: Callers) -> None:
    """What says that it is shown this once; and the document does not offer a key there."""
    document = callers.app.openapi()
    schemas = document["components"]["schemas"]
    shown_once = {name for name, told in schemas.items() if "this once" in str(told)}
    assert shown_once == {"Session", "TokenMade", "LinkMade"}
    keeping = {
        (route.path, method)
        for route in iter_route_contexts(callers.app.routes)
        if getattr(route.original_route, "keeps", False)
        for method in route.methods or ()
    }
    for path, methods in document["paths"].items():
        told = methods.get("post")
        if told is None or not path.startswith("/api/"):
            continue
        names = {one["name"] for one in told.get("parameters", ())}
        # Beside what is shown this once: a configuration with every secret in it.
        shows = path.endswith("/revealed") or any(
            f"/{name}'" in str(told["responses"]) for name in shown_once
        )
        assert ("Idempotency-Key" in names) is not shows, path
        assert ((path, "POST") in keeping) is not shows, path
