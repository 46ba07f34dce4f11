"""Each route, as the application itself lists them: who is refused, and how."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.rules.tree import told
from tests.server.security.bodies import body_of
from tests.server.security.crawl import UNKNOWN, caller, values
from tests.server.security.hostile import Hostile
from tests.server.security.routes import Route, routes
from tests.server.served import Served

# What answers strangers, and why.
PUBLIC = {
    "POST /api/v1/sessions": "signing in",
    "GET /api/v1/openapi.json": "how the API is asked: words, no records",
    "GET /healthz": "one word",
    "GET /metrics": "programs on this machine; test_listening.py",
    "GET /sign-in": "signing in",
    "POST /sign-in": "signing in",
    "GET /sign-in/code": "the second step; without the first it leads back",
    "POST /sign-in/code": "the second step",
    "GET /sign-in/elsewhere": "leads to the office's own provider",
    "GET /sign-in/elsewhere/back": "comes back from there, with proof",
    "POST /sign-out": "signing out",
    "POST /language": "a cookie with the language",
    "GET /s/{token}": "a survey by its link",
    "POST /s/{token}": "a survey by its link",
    "GET /s/{token}/thanks": "a survey by its link",
}
# What somebody who may only read can do all the same, with their own account.
ONES_OWN = {
    "DELETE /api/v1/sessions/current", "POST /api/v1/tokens", "DELETE /api/v1/tokens/{token}",
}  # fmt: skip
# What is sent there is read, and nothing is kept.
ONLY_READS = {
    "POST /api/v1/audit-log/checks", "POST /api/v1/plans/checks", "POST /api/v1/rules/trials",
    "POST /api/v1/cases/{number}/documents/{paper}",
}  # fmt: skip
CATCH_ALL = "/api/{rest:path}"


@pytest.fixture(scope="module")
def stranger(open_to_all: Served) -> Iterator[httpx.Client]:
    """A browser nobody has signed in with."""
    origin = {"Origin": open_to_all.address}
    with httpx.Client(base_url=open_to_all.address, headers=origin, timeout=60) as client:
        yield client


def test_every_name_in_an_address_has_something_to_stand_for_it(hostile: Hostile) -> None:
    """`values` in crawl.py; without it the route would be read, but nothing on it."""
    faults = [
        str(route)
        for route in routes("api", "page", "plain")
        if UNKNOWN in values(hostile, route).values()
    ]
    assert not faults, told(faults)


def test_what_is_public_is_so_on_purpose(hostile: Hostile, stranger: httpx.Client) -> None:
    """Everything else refuses a stranger: the API with 401, a page by the way to sign in."""
    faults = []
    for route in routes("api", "page", "plain"):
        if str(route) in PUBLIC or route.path == CATCH_ALL:
            continue
        address = httpx.URL(stranger.base_url).copy_with(path=route.at(values(hostile, route)))
        answer = stranger.request(route.method, address, **body_of(route))
        sent_away = (
            answer.status_code == 401
            if route.kind == "api"
            else answer.status_code == 401
            or (
                answer.status_code == 303
                and answer.headers["location"].startswith("/sign-in?next=/")
            )
        )
        if not sent_away:
            faults.append(f"{route}: {answer.status_code} {answer.text[:80]}")
    assert not faults, told(faults)


@pytest.mark.parametrize("shown", ["Bearer nothing", "Bearer", "Basic YTpi", "Bearer khaen_x"])
def test_a_wrong_token_opens_nothing(hostile: Hostile, open_to_all: Served, shown: str) -> None:
    with httpx.Client(base_url=open_to_all.address, headers={"Authorization": shown}) as client:
        for route in routes("api")[:: 7 if shown != "Bearer nothing" else 1]:
            if str(route) in PUBLIC or route.path == CATCH_ALL:
                continue
            address = httpx.URL(client.base_url).copy_with(path=route.at(values(hostile, route)))
            answer = client.request(route.method, address, **body_of(route))
            assert answer.status_code == 401, route


def test_a_cookie_opens_nothing_of_the_api(hostile: Hostile, open_to_all: Served) -> None:
    """So no page of another site can have it opened."""
    with open_to_all.browser("engineer1") as client:
        for route in routes("api"):
            if str(route) in PUBLIC or route.path == CATCH_ALL:
                continue
            address = httpx.URL(client.base_url).copy_with(path=route.at(values(hostile, route)))
            answer = client.request(route.method, address, **body_of(route))
            assert answer.status_code == 401, route


def test_a_method_a_route_does_not_have_does_nothing(hostile: Hostile, open_to_all: Served) -> None:
    """405, or 404 where even the address is not told."""
    known: dict[str, set[str]] = {}
    example: dict[str, Route] = {}
    for route in routes("api", "page", "plain"):
        known.setdefault(route.path, set()).add(route.method)
        example[route.path] = route
    with open_to_all.browser("engineer1") as client:
        for path, methods in known.items():
            route = example[path]
            address = httpx.URL(client.base_url).copy_with(path=route.at(values(hostile, route)))
            for method in {"POST", "PUT", "DELETE", "PATCH", "TRACE"} - methods:
                answer = client.request(method, address)
                assert answer.status_code in {401, 403, 404, 405}, (method, path)


def test_who_may_only_read_changes_nothing(hostile: Hostile, open_to_all: Served) -> None:
    """An auditor at every route of the API that changes something: 403 before all else."""
    faults = []
    with caller(open_to_all, "auditor1") as client:
        for route in routes("api"):
            if route.method == "GET" or str(route) in PUBLIC or route.path == CATCH_ALL:
                continue
            if str(route) in ONES_OWN | ONLY_READS:
                continue
            address = httpx.URL(client.base_url).copy_with(path=route.at(values(hostile, route)))
            answer = client.request(route.method, address, **body_of(route))
            if answer.status_code not in {403, 404}:
                faults.append(f"{route}: {answer.status_code} {answer.text[:300]}")
    assert not faults, told(faults)


def test_an_error_names_no_folder_of_the_server(hostile: Hostile, open_to_all: Served) -> None:
    """Of what was sent, and of what is not there; and it is no mistake of ours."""
    with caller(open_to_all, "engineer1") as client:
        client.headers["Connection"] = "close"
        for route in routes("api"):
            if route.method == "DELETE" or str(route) in PUBLIC or "sessions" in route.path:
                continue
            if str(route) == "POST /api/v1/cases":
                continue  # the history was written past the register, so its next number is taken
            address = httpx.URL(client.base_url).copy_with(
                path=route.at(dict.fromkeys(route.parts, "nothing-like-this"))
            )
            answer = client.request(route.method, address, **body_of(route))
            told = answer.text
            # 502: a device that does not answer.
            assert answer.status_code in {*range(200, 500), 502}, (str(route), told)
            assert str(open_to_all.root) not in told, route
            assert "/tmp/" not in told, route


def test_a_school_sees_nothing_of_another(hostile: Hostile, open_to_all: Served) -> None:
    """Every address with something of school B in it, asked by school A: 403, or as if it were
    not there; and nothing of B in the answer."""
    faults = []
    with caller(open_to_all, "school1") as program, open_to_all.browser("school1") as browser:
        for route in routes("api", "page", "plain"):
            if not route.parts or route.method != "GET" or route.path == CATCH_ALL:
                continue
            if {"process", "slug", "key", "rule", "edition", "before"} & set(route.parts):
                continue  # the manual, the rules and the price criteria are everybody's
            if route.path == "/compliance/report.{wanted}":
                continue  # without a site named it is the school's own
            client = program if route.kind == "api" else browser
            address = httpx.URL(client.base_url).copy_with(path=route.at(values(hostile, route)))
            answer = client.get(address)
            if str(route) in PUBLIC or "surveys" in route.path:
                continue  # whoever has the link; a survey is everybody's
            # 422: a query is missing, so nobody looked for the record.
            if answer.status_code not in {403, 404, 422} or "7440-009-0016" in answer.text:
                faults.append(f"{route}: {answer.status_code} {answer.text[:80]}")
    assert not faults, told(faults)


@pytest.mark.parametrize("person", ["school1", "auditor1", "admin", "director", "engineer1"])
def test_a_page_is_shown_or_refused_plainly(
    hostile: Hostile, open_to_all: Served, person: str
) -> None:
    """Nobody meets a page that breaks in their role."""
    faults = []
    with open_to_all.browser(person) as client:
        client.headers["Connection"] = "close"  # after a page that broke it is closed anyway
        for route in routes("page"):
            address = httpx.URL(client.base_url).copy_with(path=route.at(values(hostile, route)))
            answer = client.get(address)
            # 409: what it shows waits for an approval, and it says so.
            if answer.status_code not in {200, 303, 403, 404, 409}:
                faults.append(f"{route}: {answer.status_code} {answer.text[:80]}")
    assert not faults, told(faults)
