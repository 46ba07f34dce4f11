"""A small OpenID Connect provider on this machine, that can be told to lie."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "khaen", "S3CRET-of-the-client"


@dataclass
class Provider:
    """Who is signed in there, and what is wrong with its tokens: `claims` replaces theirs.

    `lie`: `signature` by another key, `none` without one, `hmac` with the public key as a secret.
    """

    address: str = ""
    person: str = "engineer1"
    claims: dict[str, Any] = field(default_factory=dict)
    lie: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def token(self, nonce: str) -> str:
        """An ID token, right or wrong."""
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "sub": "4711", "iat": now, "exp": now + 300,
            "nonce": nonce, "preferred_username": self.person,
        } | self.claims  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        key: RSAKey | OctKey = self.key
        algorithm = "RS256"
        if self.lie == "signature":
            key = RSAKey.generate_key(2048, {"kid": "one"})
        if self.lie == "hmac":
            key, algorithm = OctKey.import_key(self.key.as_pem(private=False)), "HS256"
        if self.lie == "none":
            parts = ({"alg": "none", "kid": "one"}, claims)
            return ".".join(
                base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
                for part in parts
            ) + "."  # fmt: skip
        return jwt.encode({"alg": algorithm, "kid": "one"}, claims, key)


class _Quiet(BaseHTTPRequestHandler):
    """Answers JSON and writes no log."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass

    def say(self, status: int, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def providing() -> Iterator[Provider]:
    """The provider, answering on a free port."""
    provider = Provider()

    class Answer(_Quiet):
        def do_GET(self) -> None:
            path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
            if path == "/.well-known/openid-configuration":
                names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
                told = {name: f"{provider.address}/{name}" for name in names}
                self.say(200, {"issuer": provider.address, **told})
            elif path == "/jwks_uri":
                self.say(200, {"keys": [provider.key.as_dict(private=False)]})
            elif path == "/authorization_endpoint":
                asked = {name: values[0] for name, values in query.items()}
                code = f"code-{len(provider.codes)}"
                provider.codes[code] = asked
                back = f"{asked['redirect_uri']}?code={code}&state={asked['state']}"
                self.send_response(302)
                self.send_header("Location", back)
                self.end_headers()
            else:
                self.say(404, {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sent = {name: values[0] for name, values in parse_qs(body).items()}
            asked = provider.codes.pop(sent.get("code", ""), None)
            basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
            hashed = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
            challenge = base64.urlsafe_b64encode(hashed).decode().rstrip("=")
            if (
                asked is None
                or self.headers["Authorization"] != f"Basic {basic}"
                or asked["code_challenge"] != challenge
                or asked["code_challenge_method"] != "S256"
            ):
                self.say(400, {"error": "invalid_grant"})
                return
            token = provider.token(asked["nonce"])
            self.say(200, {"access_token": "a", "token_type": "Bearer", "id_token": token})

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
