"""Pages of other sites: they change nothing here, listen to nothing, and nobody is led to them."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from controller.web.signin import local
from tests.server.security.bodies import body_of
from tests.server.security.hostile import Hostile
from tests.server.security.routes import routes
from tests.server.served import Served, password_of

FOREIGN: tuple[dict[str, str], ...] = (
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {},
)
AWAY = (
    "https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere",
    "///elsewhere.example", "javascript:alert(1)", "/\t/elsewhere.example", "/\n/elsewhere.example",
    " //elsewhere.example", "elsewhere.example", "http:elsewhere.example",
    "/%0d%0aSet-Cookie: a=b\r\nX: y",
    "data:text/html,x", "https:/elsewhere.example", "/\x00/elsewhere", "@elsewhere.example", "",
    "/\\/elsewhere.example", "/.//elsewhere.example/..//",
)  # fmt: skip


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_site_changes_nothing(
    hostile: Hostile, open_to_all: Served, headers: dict[str, str]
) -> None:
    """With the cookie of somebody signed in, at every route that changes something."""
    with open_to_all.browser("engineer1") as client:
        del client.headers["Origin"]
        for route in routes("page", "plain", "framework"):
            if route.method == "GET":
                continue
            parts = dict.fromkeys(route.parts, "x")
            answer = client.request(
                route.method, route.at(parts), headers=headers, **body_of(route)
            )
            assert answer.status_code == 403, route
        for address in ("/_nicegui/client/x/upload/1", "/_nicegui_ws/socket.io/?EIO=4", "/x"):
            assert client.post(address, headers=headers).status_code == 403, address
        assert client.get("/cases").status_code == 200  # nobody was signed out


def test_the_page_of_this_site_may_listen_and_no_other(open_to_all: Served) -> None:
    """The socket of the pages, asked by a real client."""
    host = open_to_all.address.removeprefix("http://")
    address = f"ws://{host}/_nicegui_ws/socket.io/?EIO=4&transport=websocket"

    async def opened(origin: str | None) -> str:
        async with connect(address, origin=origin) as socket:  # type: ignore[arg-type]
            return str(await socket.recv())

    assert asyncio.run(opened(open_to_all.address)).startswith("0{")
    for origin in ("https://elsewhere.example", "null", None, f"https://{host}.elsewhere.example"):
        with pytest.raises(InvalidStatus) as refused:
            asyncio.run(opened(origin))
        assert refused.value.response.status_code == 403


@pytest.mark.parametrize("address", AWAY)
def test_nobody_is_led_away(open_to_all: Served, address: str) -> None:
    """Neither after signing in, nor by the language."""
    origin = {"Origin": open_to_all.address}
    with httpx.Client(base_url=open_to_all.address, headers=origin) as client:
        changed = client.post("/language", data={"to": "en", "next": address})
        assert _stays(changed.headers["location"])
        page = client.get("/sign-in", params={"next": address})
        assert 'name="next" value="/' in page.text
        assert "elsewhere.example" not in page.text or "/.//elsewhere" in page.text


def test_signing_in_leads_nowhere_else(open_to_all: Served) -> None:
    told = {"username": "engineer1", "password": password_of("engineer1")}
    for address in ("//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example"):
        with open_to_all.browser() as client:
            answer = client.post("/sign-in", data={**told, "next": address})
            assert answer.headers["location"] == "/"


def _stays(location: str) -> bool:
    """As a browser reads it: control signs fall away, a backslash is a slash."""
    read = "".join(sign for sign in location.strip() if sign >= " ").replace("\\", "/")
    return read.startswith("/") and not read.startswith("//")


def test_an_address_of_ours_is_kept() -> None:
    for address in ("/", "/cases?state=open", "/cases/2569-2.3-0001#events", "/ค้น?q=สวิตช์"):
        assert local(address) == address


def test_a_page_asked_for_from_elsewhere_comes_back_to_itself(open_to_all: Served) -> None:
    for path in ("//elsewhere.example/cases", "/cases?next=//elsewhere.example", "/%5celsewhere"):
        answer = httpx.get(f"{open_to_all.address}{path}")
        if answer.status_code in {302, 303, 307, 308}:
            assert _stays(answer.headers["location"])
