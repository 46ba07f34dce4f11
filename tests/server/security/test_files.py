"""Ways out of the folders that are served, and files that are not what they say."""

from __future__ import annotations

import socket

import httpx
import pytest

from tests.server.security.crawl import caller, values
from tests.server.security.hostile import Hostile
from tests.server.security.routes import routes
from tests.server.served import Served

WAYS = (
    "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd",
    "....//....//etc/passwd", "..%5c..%5cetc%5cpasswd", "%2fetc%2fpasswd",
    "..%c0%af..%c0%afetc/passwd",
    "khaen.toml%00.css", "../khaen.toml", "%252e%252e%252fkhaen.toml",
)  # fmt: skip
FOLDERS = ("/static", "/fonts", "/_nicegui/3.18.0/static", "/_nicegui/3.18.0/components")
KEPT = ("root:", "[credentials]", "PRIVATE KEY", "SQLite format")


def raw(served: Served, path: str, token: str = "") -> bytes:
    """The answer to exactly this path: a client library would tidy it up."""
    port = int(served.address.rpartition(":")[2])
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close"]
    if token:
        lines.append(f"Authorization: {token}")
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall("\r\n".join((*lines, "", "")).encode())
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_outside_a_folder_is_served(open_to_all: Served, folder: str) -> None:
    for way in WAYS:
        answer = raw(open_to_all, f"{folder}/{way}").decode("latin1")
        assert not any(kept in answer for kept in KEPT), way
        assert not answer.startswith("HTTP/1.1 5"), way


def test_no_part_of_an_address_leads_out(hostile: Hostile, open_to_all: Served) -> None:
    """At every route with names in it, as somebody who may read everything."""
    with caller(open_to_all, "engineer1") as client:
        token = client.headers["authorization"]
    for route in routes("api", "plain"):
        if route.method != "GET" or not route.parts:
            continue
        for way in WAYS[:2]:
            parts = {**values(hostile, route), route.parts[-1]: "WAY"}
            path = httpx.URL(open_to_all.address).copy_with(path=route.at(parts))
            answer = raw(open_to_all, path.raw_path.decode().replace("WAY", way), token)
            text = answer.decode("latin1")
            assert not any(kept in text for kept in KEPT), (str(route), way)
            assert not text.startswith(("HTTP/1.1 5", "HTTP/1.1 2")), (str(route), way, text[:300])


def test_a_file_keeps_only_the_end_of_its_name(hostile: Hostile, open_to_all: Served) -> None:
    """Whoever sends it; and it cannot be mistaken for a page when it is fetched."""
    address = f"/api/v1/cases/{hostile.case}/files"
    with caller(open_to_all, "engineer1") as client:
        for name in ("../../../khaen.toml", "..\\..\\evil.html", "/etc/passwd"):
            answer = client.post(address, files={"file": (name, b"<script>alert(1)</script>")})
            assert answer.status_code in {200, 201, 409, 422}, answer.text
            end = name.replace("\\", "/").rpartition("/")[2]
            if answer.is_success:
                fetched = client.get(f"{address}/{end}")
                assert fetched.headers["content-disposition"].startswith("attachment")
                assert fetched.headers["x-content-type-options"] == "nosniff"
    assert "[credentials]" in (open_to_all.root / "khaen.toml").read_text()
