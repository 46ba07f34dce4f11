"""How the server listens: address, encryption, limits, whom it believes."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from controller.errors import InputError, Text
from controller.operations.context import Context

# Behind uvicorn's own sockets there are 1,024 files by default.
_CONNECTIONS = 900
_LOCAL = {"127.0.0.1", "::1", "localhost"}


def configure(app: ASGIApp, context: Context, host: str | None, port: int | None) -> uvicorn.Config:
    """uvicorn's settings for this installation, with the certificate loaded.

    Errors: `InputError` when a file of the encryption is missing or not what it should be.
    """
    web = context.settings.web
    return uvicorn.Config(
        app,
        host=host or web.host,
        port=web.port if port is None else port,
        log_config=None,  # its lines are written as ours are
        access_log=False,
        proxy_headers=web.behind_proxy,
        forwarded_allow_ips="127.0.0.1",
        http="h11",  # the quicker one takes headers without end
        server_header=False,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=15,
        limit_concurrency=_CONNECTIONS,
        ws_max_size=2 * 1024 * 1024,
        h11_max_incomplete_event_size=32 * 1024,
        **_encryption(context),
    )


def address(config: uvicorn.Config, port: int) -> str:
    """What to type into a browser on this machine."""
    scheme = "https" if config.is_ssl else "http"
    host = f"[{config.host}]" if ":" in config.host else config.host
    return f"{scheme}://{host}:{port}"


def is_exposed(config: uvicorn.Config, context: Context) -> bool:
    """Whether passwords would cross the network unencrypted."""
    return not config.is_ssl and not context.settings.web.behind_proxy and config.host not in _LOCAL


def _encryption(context: Context) -> dict[str, Any]:
    web = context.settings.web
    if web.tls_certificate is None and web.tls_key is None:
        return {}
    if web.tls_certificate is None or web.tls_key is None:
        raise InputError(
            Text(
                th="web.tls_certificate และ web.tls_key ต้องตั้งทั้งสองค่า",
                en="web.tls_certificate and web.tls_key are set together, or neither",
            )
        )
    kind, _, path = web.tls_key.partition("/")
    if kind != "file":
        raise InputError(
            Text(th="web.tls_key ต้องเป็น file/ที่อยู่ไฟล์", en="web.tls_key has to be file/PATH")
        )
    files = {"tls_certificate": web.tls_certificate, "tls_key": path}
    found = {name: _file(context.root / file, name) for name, file in files.items()}
    try:
        loaded = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        loaded.load_cert_chain(found["tls_certificate"], found["tls_key"], password="")
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        raise InputError(
            Text(
                th=f"ใช้ใบรับรองไม่ได้: {error}",
                en=f"the certificate cannot be used: {error}",
            ),
            hint=Text(
                th="ต้องเป็น PEM ใบรับรองกับกุญแจต้องคู่กัน และกุญแจต้องไม่มีรหัสผ่าน",
                en="both are PEM, belong together, and the key has no passphrase",
            ),
        ) from None
    return {"ssl_certfile": found["tls_certificate"], "ssl_keyfile": found["tls_key"]}


def _file(path: Path, setting: str) -> Path:
    if not path.is_file():
        raise InputError(
            Text(
                th=f"ไม่พบไฟล์ {path} ที่ web.{setting} อ้างถึง",
                en=f"web.{setting}: there is no file {path}",
            ),
            hint=Text(th="วางไฟล์ไว้ที่นั้น หรือแก้ khaen.toml", en="put it there, or mend khaen.toml"),
        )
    return path
