"""Everything that can be read, read by several people, in the hostile office."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

from tests.server.security.hostile import PAYLOAD, PLAYBOOK_RUN, Hostile
from tests.server.security.routes import Route, routes
from tests.server.served import Served, password_of

READERS = ("engineer1", "director", "school1", "admin")
# What goes into the braces of an address: by name, and for some by what the address is about.
OTHERS = "kkn-school-b"
UNKNOWN = "nobody-said-what-goes-here"


def values(hostile: Hostile, route: Route) -> dict[str, str]:
    """What stands in the braces: records that hold the payload, of school B where of a school.

    A name that is not here yet stands for nothing; a test says so.
    """
    words = set(route.path.split("/"))
    forms = {"forms", "requests", "form", "request", "photos"} & words
    number = hostile.form if forms else hostile.case
    known = {
        "number": hostile.history.case if "documents" in words or "flow" in words else number,
        "case": hostile.case,
        "plan_id": hostile.history.plan.id,
        "plan": hostile.history.plan.id,
        "id": hostile.survey if "surveys" in words else hostile.history.plan.id,
        "survey": hostile.survey,
        "run": hostile.history.run,
        "run_id": hostile.history.run,
        "device": "kkn-b-sw01",
        "site": OTHERS,
        "name": f"{PAYLOAD.replace('/', '')}.html" if "cases" in words else "kkn-b-sw01",
        "version": hostile.version,
        "paper": "evidence" if {"documents", "papers"} & words else hostile.form,
        "document": "sheet",
        "token": "nothing-like-this" if "s" in words else hostile.token,
        "link": "0" * 16,
        "suffix": "pdf",
        "key": "nothing-like-this",
        "rest": "nothing-like-this",
        "process": "2.4",
        "slug": "repair_request",
        "form": hostile.form,
        "username": "school2",
        "session": "0" * 16,
        "sha256": "0" * 64,
        "which": hostile.form,
        "wanted": "pdf",
        "delivery": "1",
        "metric": "cpu",
        "rule": "hostile",
        "offer": "0" * 16,
    }
    if "specification" in words:
        known |= {"number": hostile.case, "paper": "sheet"}
    if {"baselines", "editions"} & words:
        known |= {
            "edition": "mdes-2568-12",
            "name": "router",
            "before": "mdes-2568-12",
            "after": "mdes-2569-05",
            "suffix": "yaml",
        }
    if "schedule" in words:
        known["name"] = "weekly-packing"
    if "playbooks" in words:
        known["name"] = "hostile"
    if "playbook-runs" in words:
        known["run"] = PLAYBOOK_RUN
    if "sites" in words:
        known["name"] = OTHERS
    return {part: known.get(part, UNKNOWN) for part in route.parts}


@dataclass
class Crawled:
    """Every answer to every reader; `tokens` are those of the sessions."""

    answers: list[tuple[str, str, Route, httpx.Response]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)

    def pages(self) -> Iterator[tuple[str, httpx.Response]]:
        """What is HTML, with a name for it."""
        for reader, address, _, answer in self.answers:
            if answer.headers.get("content-type", "").startswith("text/html"):
                yield f"{address} for {reader}", answer


def crawl(served: Served, hostile: Hostile) -> Crawled:
    """Read every GET route as every reader, pages in both languages by turns."""
    crawled = Crawled()
    for turn, reader in enumerate(READERS):
        with served.browser(reader) as browser, caller(served, reader) as program:
            browser.headers["User-Agent"] = f"{PAYLOAD} {reader}"
            browser.headers["Connection"] = "close"  # after a page that broke it is closed anyway
            if turn % 2:
                browser.cookies.set("khaen_language", "en")
            crawled.tokens.append(program.headers["authorization"].removeprefix("Bearer "))
            crawled.tokens.append(browser.cookies["khaen_session"].partition(".")[0])
            for route in routes("api", "page", "plain"):
                if route.method != "GET" or route.path == "/metrics":
                    continue
                address = httpx.URL(served.address).copy_with(path=route.at(values(hostile, route)))
                client = program if route.kind == "api" else browser
                crawled.answers.append((reader, address.path, route, client.get(address)))
    return crawled


@contextmanager
def caller(served: Served, person: str) -> Iterator[httpx.Client]:
    """A program with the token of a session of this person."""
    told = {"username": person, "password": password_of(person)}
    with httpx.Client(base_url=served.address, timeout=60) as client:
        token = client.post("/api/v1/sessions", json=told).json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client
