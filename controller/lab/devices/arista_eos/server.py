"""eAPI in front of an EOS switch: JSON-RPC over HTTPS."""

import asyncio
import base64
import json
import socket
import ssl
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from controller.lab.device import Access, LineCutError
from controller.lab.devices.arista_eos.commands import configuration, files, network
from controller.lab.devices.arista_eos.device import CommandError, EosDevice
from controller.lab.devices.arista_eos.request import Request

TOPICS = (configuration, files, network)
"""Importing these modules fills the table of commands."""
COMMAND_FAILED = 1002
INVALID_REQUEST = -32600
NOISE = b"\xfe~}\x7f\x91#%\xff"
LARGEST_REQUEST = 4 * 1024 * 1024


class EosServer:
    """The HTTPS server of one switch, and the connections it has."""

    def __init__(self, device: EosDevice, context: ssl.SSLContext) -> None:
        self.device = device
        self._context = context
        self._web = web.Server(self._answer, access_log=None)
        login = f"{device.around.username}:{device.around.password}"
        self._authorization = "Basic " + base64.b64encode(login.encode()).decode()

    async def listen(self, listener: socket.socket) -> Any:
        """Serve on a bound socket; the answer has ``close()``."""
        loop = asyncio.get_running_loop()
        return await loop.create_server(self._web, sock=listener, ssl=self._context)

    def cut(self) -> None:
        """Drop every connection at once, as when a cable is pulled."""
        for connection in tuple(self._web.connections):
            if connection.transport is not None:
                connection.transport.abort()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        device = self.device
        faults = device.faults
        await asyncio.sleep(device.around.latency_seconds + faults.number("slow-prompt", 2))
        while faults.is_on("freeze"):
            await asyncio.sleep(0.2)
        right = request.headers.get("Authorization") == self._authorization
        if not right or faults.strikes("refused-login"):
            return _unauthorized()
        if request.path != "/command-api" or request.method != "POST":
            return web.Response(status=404)
        body = await request.read()
        if len(body) > LARGEST_REQUEST:
            return web.Response(status=413)
        try:
            reply = self._run(json.loads(body))
        except (ValueError, KeyError, TypeError, AttributeError):
            reply = _failure(None, INVALID_REQUEST, "Invalid Request", [])
        except LineCutError:
            return await self._dropped(request, b"")
        if device.access() is not Access.OPEN:
            # The commands have cut the way on which the answer would go.
            return await self._dropped(request, b"")
        return await self._sent(
            request, body.decode("utf-8", "replace"), json.dumps(reply).encode()
        )

    def _run(self, call: Mapping[str, Any]) -> Mapping[str, Any]:
        parameters = call["params"]
        commands = parameters["cmds"]
        style = parameters.get("format") or "json"
        request = Request(self.device, self.device.around.username)
        results: list[Mapping[str, Any]] = []
        for index, item in enumerate(commands, start=1):
            command = item if isinstance(item, str) else item["cmd"]
            text = "" if isinstance(item, str) else item.get("input", "")
            try:
                results.append(request.run(command, text, style))
            except CommandError as error:
                message = (
                    f"CLI command {index} of {len(commands)} '{command}' failed: {error.reason}"
                )
                errors = [*results, {"errors": [error.shown]}]
                return _failure(call.get("id"), COMMAND_FAILED, message, errors)
        request.finish()
        return {"jsonrpc": "2.0", "id": call.get("id"), "result": results}

    async def _sent(self, request: web.BaseRequest, asked: str, reply: bytes) -> web.StreamResponse:
        faults = self.device.faults
        if faults.strikes("garbage", asked):
            reply = reply[: len(reply) // 2] + NOISE + reply[len(reply) // 2 :]
        if faults.strikes("cut-line", asked):
            return await self._dropped(request, reply)
        return web.Response(body=reply, content_type="application/json")

    async def _dropped(self, request: web.BaseRequest, reply: bytes) -> web.StreamResponse:
        """Send half of a reply (or nothing) and drop the connection."""
        response = web.StreamResponse(headers={"Content-Length": str(len(reply))})
        if reply:
            await response.prepare(request)
            await response.write(reply[: len(reply) // 2])
            # The half must be on its way before the connection goes.
            await asyncio.sleep(0.05)
        if request.transport is not None:
            request.transport.abort()
        return response


def _unauthorized() -> web.Response:
    return web.Response(
        status=401,
        text="Unable to authenticate user: Bad username/password combination",
        headers={"WWW-Authenticate": 'Basic realm="COMMAND_API_AUTH"'},
    )


def _failure(
    call_id: object, code: int, message: str, results: list[Mapping[str, Any]]
) -> Mapping[str, Any]:
    error = {"code": code, "message": message, "data": results}
    return {"jsonrpc": "2.0", "id": call_id, "error": error}
