"""Pages kept open as browsers keep them: fetched, then listening on NiceGUI's socket.

Each client does what the page's own script does: it opens a websocket with the id the page came
with, takes the handshake, and from then on only answers the server's pings.
"""

from __future__ import annotations

import ast
import asyncio
import re
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import aiohttp

PATHS = ("/", "/cases", "/cases?state=open")
_QUERY = re.compile(r"query: (\{.*?\}),?\n")


@contextmanager
def open_clients(address: str, cookies: list[dict[str, str]], number: int) -> Iterator[int]:
    """`number` open pages, spread over the sessions of `cookies`, until the end of the block."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    session = asyncio.run_coroutine_threadsafe(_session(), loop).result()
    try:
        for place in range(number):
            cookie = as_header(cookies[place % len(cookies)])
            opened = _open(session, address, PATHS[place % len(PATHS)], cookie)
            asyncio.run_coroutine_threadsafe(opened, loop).result(timeout=60)
        yield number
    finally:
        asyncio.run_coroutine_threadsafe(session.close(), loop).result(timeout=60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def as_header(cookies: dict[str, str]) -> str:
    """Cookies as a request carries them."""
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


async def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))


async def _open(session: aiohttp.ClientSession, address: str, path: str, cookie: str) -> None:
    headers = {"Cookie": cookie, "Origin": address}
    async with session.get(address + path, headers=headers) as answer:
        text = await answer.text()
    found = _QUERY.search(text)
    assert found, f"{path} is no page of NiceGUI: {text[:200]}"
    query = ast.literal_eval(found[1])  # NiceGUI writes a dict of Python here
    query |= {"document_id": uuid.uuid4(), "tab_id": uuid.uuid4(), "implicit_handshake": "true"}
    asked = urlencode({"EIO": 4, "transport": "websocket", **query})
    where = f"{address.replace('http', 'ws', 1)}/_nicegui_ws/socket.io/?{asked}"
    socket = await session.ws_connect(where, headers=headers)
    assert (await socket.receive_str()).startswith("0"), "no greeting"
    await socket.send_str("40")
    taken = await socket.receive_str()
    assert taken.startswith("40"), f"the handshake was refused: {taken}"
    asyncio.get_running_loop().create_task(_listen(socket))


async def _listen(socket: aiohttp.ClientWebSocketResponse) -> None:
    async for message in socket:
        if message.data == "2":
            await socket.send_str("3")
