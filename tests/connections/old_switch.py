"""A switch of 2008 for one login: an SSH server with nothing but the algorithms of its day."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import asyncssh

OLD = {
    "kex_algs": ["diffie-hellman-group14-sha1"],
    "encryption_algs": ["aes128-cbc"],
    "mac_algs": ["hmac-sha1"],
    "signature_algs": ["ssh-rsa"],
}
NAME = "sw-2008"


class _Login(asyncssh.SSHServer):
    def __init__(self, visits: list[Any]) -> None:
        self._visits = visits

    def connection_made(self, conn: Any) -> None:
        self._visits.append(conn)

    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("netadmin", "login-secret")


async def _shell(process: Any) -> None:
    """Answers just enough: an unprivileged prompt, `enable` with a password, one show command."""
    mark, asking = ">", False
    process.stdout.write(f"\r\nOnly authorised persons #\r\n\r\n{NAME}{mark}")
    async for line in process.stdin:
        word = line.strip()
        if asking:
            mark, asking = ("#" if word == "enable-secret" else mark), False
            process.stdout.write("\r\n" if mark == "#" else "\r\n% Access denied\r\n\r\n")
        elif word == "enable" and mark == ">":
            asking = True
            process.stdout.write("enable\r\nPassword: ")
            continue
        else:
            process.stdout.write(f"{word}\r\n")
        if word.startswith("configure "):
            process.stdout.write("            ^\r\n% Invalid input detected at '^' marker.\r\n")
        elif word == "show running-config":
            process.stdout.write(f"version 12.2\r\nhostname {NAME}\r\nend\r\n")
        process.stdout.write(f"\r\n{NAME}{mark}")


@contextmanager
def old_switch(**algorithms: Any) -> Iterator[int]:
    """The port of a running old switch on 127.0.0.1."""
    loop = asyncio.new_event_loop()
    visits: list[Any] = []

    async def serve() -> Any:
        return await asyncssh.create_server(
            lambda: _Login(visits),
            "127.0.0.1",
            0,
            server_host_keys=[asyncssh.generate_private_key("ssh-rsa", key_size=2048)],
            process_factory=_shell,
            line_editor=False,
            **algorithms,
        )

    try:
        server = loop.run_until_complete(serve())
    except BaseException:
        loop.close()
        raise
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:

        async def stop() -> None:
            server.close()
            for visit in visits:
                visit.abort()
                await visit.wait_closed()
            await server.wait_closed()
            for _ in range(10):  # what is closing closes in the loop's next turns
                await asyncio.sleep(0)

        asyncio.run_coroutine_threadsafe(stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
