"""Servers on this machine that take what is sent to them: one for e-mail, one for webhooks."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Mailbox:
    """What an SMTP server took: who it was for, and the message.

    `refusing` turns all away, `deaf_to` one address.
    """

    port: int = 0
    refusing: bool = False
    deaf_to: str = ""
    taken: list[tuple[list[str], EmailMessage]] = field(default_factory=list)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from greeting to QUIT."""
        receivers: list[str] = []

        async def say(line: str) -> None:
            writer.write(line.encode() + b"\r\n")
            await writer.drain()

        await say("220 test")
        while line := (await reader.readline()).decode().strip():
            word = line[:4].upper()
            if word == "RCPT":
                receivers.append(line.split("<")[1].split(">")[0])
            if word == "RCPT" and (self.refusing or receivers[-1] == self.deaf_to):
                receivers.pop()
                await say("550 no such box")
            elif word == "DATA":
                await say("354 go on")
                content = await reader.readuntil(b"\r\n.\r\n")
                message = message_from_bytes(content[:-3], policy=policy.default)
                self.taken.append((receivers, message))
                receivers = []
                await say("250 taken")
            else:
                await say("221 bye" if word == "QUIT" else "250 ok")
            if word == "QUIT":
                break
        writer.close()
        await writer.wait_closed()


@contextmanager
def smtp_server(port: int = 0) -> Iterator[Mailbox]:
    """An SMTP server on 127.0.0.1 for as long as the `with` lasts."""
    loop = asyncio.new_event_loop()
    mailbox = Mailbox()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        starting = asyncio.start_server(mailbox.talk, "127.0.0.1", port)
        server = asyncio.run_coroutine_threadsafe(starting, loop).result(10)
        mailbox.port = server.sockets[0].getsockname()[1]
        try:
            yield mailbox
        finally:
            asyncio.run_coroutine_threadsafe(_close(server), loop).result(10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _close(server: asyncio.Server) -> None:
    server.close()
    await server.wait_closed()


@dataclass
class Hook:
    """What a webhook was given. It answers with `status`."""

    port: int = 0
    status: int = 200
    taken: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def webhook() -> Iterator[Hook]:
    """An HTTP server on 127.0.0.1 that takes JSON."""
    hook = Hook()

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            if hook.status < 300:
                hook.taken.append(json.loads(content))
            self.send_response(hook.status)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    hook.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
