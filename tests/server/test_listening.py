"""Encryption, limits of a request, whom the server believes, what it writes down."""

from __future__ import annotations

import re
import socket
import ssl
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from starlette.types import Receive, Scope, Send

from controller.errors import InputError
from controller.server.listening import configure
from tests.operations.office import Desk, opened_desk
from tests.server.served import Served, make_office, password_of, serving

MB = 1024 * 1024


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with a certificate, that believes a proxy on this machine."""
    root = make_office(tmp_path_factory.mktemp("secure") / "office", ("admin", "engineer1"))
    write_certificate(root)
    with (root / "khaen.toml").open("a") as file:
        file.write('\n[web]\ntls_certificate = "tls/web.crt"\ntls_key = "file/tls/web.key"\n')
        file.write("behind_proxy = true\n")
    with serving(root) as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An office nobody serves."""
    with opened_desk(tmp_path / "office") as opened:
        yield opened


def write_certificate(root: Path) -> None:
    """A certificate for 127.0.0.1 that this machine signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (root / "tls").mkdir()
    (root / "tls/web.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (root / "tls/web.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def trusting(served: Served) -> httpx.Client:
    context = ssl.create_default_context(cafile=str(served.root / "tls/web.crt"))
    context.check_hostname = False
    return httpx.Client(
        base_url=served.address, verify=context, headers={"Origin": served.address}, timeout=30
    )


def logged(served: Served, wanted: str) -> str:
    """The log, once it has what is wanted: the line comes after the answer."""
    for _ in range(100):
        log = (served.root / "server.log").read_text()
        if wanted in log:
            break
        time.sleep(0.02)
    return log


def test_it_serves_https(secure: Served) -> None:
    """The cookie then travels nowhere else, under a name no plain page can set."""
    assert secure.address.startswith("https://")
    with trusting(secure) as client:
        told = {"username": "engineer1", "password": password_of("engineer1")}
        answer = client.post("/sign-in", data=told)
        assert answer.status_code == 303
        cookie = next(
            value
            for value in answer.headers.get_list("set-cookie")
            if value.startswith("__Host-khaen_session=") and "Max-Age=0" not in value
        )
        assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
        assert client.get("/cases").status_code == 200
        assert "max-age" in client.get("/cases").headers["strict-transport-security"]


def test_a_plain_cookie_over_http_has_the_plain_name(served: Served) -> None:
    with served.browser("engineer1") as client:
        assert set(client.cookies) == {"khaen_session"}


BROKEN = {
    'tls_certificate = "nowhere.crt"\ntls_key = "file/nowhere.key"': "nowhere.crt",
    'tls_certificate = "khaen.toml"': "web.tls_key",
    'tls_certificate = "khaen.toml"\ntls_key = "env/KEY"': "file/PATH",
    'tls_certificate = "khaen.toml"\ntls_key = "file/khaen.toml"': "cannot be used",
}


def test_a_broken_certificate_is_told(desk: Desk) -> None:
    """Which file, or that the two do not fit; in both languages."""
    for lines, named in BROKEN.items():
        web = desk.context.settings.web.model_validate(tomllib.loads(lines))
        settings = desk.context.settings.model_copy(update={"web": web})
        with pytest.raises(InputError, match=re.escape(named)) as told:
            configure(nobody, replace(desk.context, settings=settings), None, None)
        assert re.search(r"[\u0e00-\u0e7f]", told.value.message.th)


async def nobody(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that is never asked."""


def test_a_server_that_cannot_start_says_why_and_ends(tmp_path: Path) -> None:
    root = make_office(tmp_path / "office", ())
    with (root / "khaen.toml").open("a") as file:
        file.write('\n[web]\ntls_certificate = "nowhere.crt"\ntls_key = "file/nowhere.key"\n')
    ended = subprocess.run(
        [sys.executable, "-m", "controller.server", str(root), "--port", "0"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 2
    assert "nowhere.crt" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_whom_a_proxy_names_counts_only_behind_a_proxy(served: Served, secure: Served) -> None:
    """Elsewhere whoever sent the header could be whoever they like."""
    headers = {"X-Forwarded-For": "203.0.113.7"}
    httpx.get(f"{served.address}/healthz?where=plain", headers=headers)
    with trusting(secure) as client:
        client.get("/healthz?where=proxied", headers=headers)
    assert "GET /healthz" in logged(secure, "client=203.0.113.7")
    assert "203.0.113.7" not in (served.root / "server.log").read_text()


def test_an_answer_and_its_line_in_the_log_have_one_number(served: Served) -> None:
    """The line has no query: what somebody searched for, or a code, is not kept."""
    answer = httpx.get(f"{served.address}/healthz?code=secret-in-a-query")
    number = answer.headers["x-request-id"]
    log = logged(served, number)
    (line,) = [one for one in log.splitlines() if number in one]
    assert "GET /healthz" in line
    assert "secret-in-a-query" not in log


def test_a_line_of_the_log_cannot_be_forged(served: Served) -> None:
    httpx.get(f"{served.address}/x%0a2026-01-01%20forged")
    lines = (served.root / "server.log").read_text().splitlines()
    assert not any(line.startswith("2026-01-01 forged") for line in lines)


@pytest.mark.parametrize("path", ["/sign-in", "/api/v1/cases/x", "/_nicegui/client/x/upload/1"])
def test_an_announced_body_above_the_limit_is_refused(served: Served, path: str) -> None:
    """Before it is sent."""
    answer = _announce(served, path, f"Content-Length: {25 * MB + 1}")
    assert answer.startswith("HTTP/1.1 413")


def test_a_body_is_counted_whatever_was_announced(served: Served) -> None:
    """A file without end, in pieces."""

    def endless() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
        for _ in range(60):
            yield b"a" * MB

    with httpx.Client(base_url=served.address, headers={"Origin": served.address}) as client:
        try:
            answer = client.post(
                "/sign-in",
                content=endless(),
                headers={"Content-Type": "multipart/form-data; boundary=x"},
            )
        except (httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
            return  # told before everything was sent, and hung up
    assert answer.status_code == 413


def test_headers_without_end_are_refused(served: Served) -> None:
    answer = _announce(served, "/sign-in", "X-Long: " + "a" * 200_000)
    assert answer == "" or answer.startswith(("HTTP/1.1 400", "HTTP/1.1 431"))


def _announce(served: Served, path: str, header: str) -> str:
    port = int(served.address.rpartition(":")[2])
    head = (f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Origin: {served.address}", header)
    request = "\r\n".join((*head, "", ""))
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        try:
            connection.sendall(request.encode())
            return connection.recv(4096).decode()
        except ConnectionError:
            return ""


def test_figures_are_for_this_machine(served: Served) -> None:
    answer = httpx.get(f"{served.address}/metrics")
    assert answer.status_code == 200
    assert re.search(r'khaen_cases\{state="open"\} \d+\.0', answer.text)
    assert "khaen_devices_without_backup" in answer.text
    assert 'route="/metrics"' in httpx.get(f"{served.address}/metrics").text


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_figures_are_not_for_whoever_comes_through_a_proxy(served: Served, header: str) -> None:
    answer = httpx.get(f"{served.address}/metrics", headers={header: "203.0.113.7"})
    assert answer.status_code == 401
    assert "khaen_" not in answer.text


def test_figures_are_for_tokens_that_may(served: Served) -> None:
    from controller.app import open_app
    from controller.operations.log_in import log_in

    for person, status in (("engineer1", 200), ("school1", 403)):
        with open_app(served.root, apart=True) as context:
            token = log_in(context, person, password_of(person)).token
        headers = {"Via": "1.1 proxy", "Authorization": f"Bearer {token}"}
        assert httpx.get(f"{served.address}/metrics", headers=headers).status_code == status


def test_alive_tells_nothing_else(served: Served) -> None:
    answer = httpx.get(f"{served.address}/healthz", headers={"X-Forwarded-For": "203.0.113.7"})
    assert answer.json() == {"state": "ok"}
    assert "server" not in answer.headers
