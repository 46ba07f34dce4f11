"""The control socket of a lab: one JSON object per line, asked and answered.

Requests name a ``command`` (status, fault, reboot, type, typed, show, stop); answers carry ``ok``
and either the result or ``error`` with a Thai and an English sentence.
"""

import asyncio
import contextlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from controller.lab.complaints import LabError
from controller.lab.configuration.rendering import render
from controller.lab.delivered import DeliveredDefinition
from controller.lab.device import Device
from controller.lab.laboratory import Laboratory

Request = Mapping[str, Any]
LONGEST_LINE = 4 * 1024 * 1024


class ControlServer:
    """Answers requests about a running lab."""

    def __init__(self, laboratory: Laboratory, path: Path) -> None:
        self._laboratory = laboratory
        self._path = path
        self._commands: dict[str, Callable[[Request], Any]] = {
            "status": self._status,
            "fault": self._fault,
            "reboot": self._reboot,
            "type": self._type,
            "typed": self._typed,
            "show": self._show,
            "stop": self._stop,
        }

    async def start(self) -> asyncio.Server:
        """Listen on the socket; only the same user may use it."""
        self._path.unlink(missing_ok=True)
        server = await asyncio.start_unix_server(self._talk, str(self._path), limit=LONGEST_LINE)
        self._path.chmod(0o600)
        return server

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while line := await reader.readline():
                answer = self._answer(line)
                # Whoever was told that a device is open, or shut, finds it so.
                await self._laboratory.settle()
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
        writer.close()

    def _answer(self, line: bytes) -> Mapping[str, Any]:
        try:
            request = json.loads(line)
            command = self._commands.get(str(request.get("command")), _unknown)
            return {"ok": True, "result": command(request)}
        except LabError as error:
            return {"ok": False, "error": {"th": error.th, "en": error.en}}
        except (ValueError, AttributeError, KeyError, TypeError):
            return {"ok": False, "error": {"th": "คำขอไม่ถูกต้อง", "en": "malformed request"}}

    def _device(self, request: Request) -> Device:
        name = str(request["device"])
        device = self._laboratory.devices.get(name)
        if device is None:
            raise LabError(
                f"ไม่มีอุปกรณ์ชื่อ {name} ในห้องทดลองนี้", f"there is no device {name} in this lab"
            )
        return device

    def _status(self, _: Request) -> Mapping[str, Any]:
        rows: list[Mapping[str, Any]] = [
            {**device_status(door.device), "address": door.address, "port": door.port}
            for door in self._laboratory.doorways.values()
        ]
        rows += [_boxed_status(box) for box in self._laboratory.definition.delivered]
        return {"pid": os.getpid(), "devices": rows}

    def _fault(self, request: Request) -> Mapping[str, Any]:
        device = self._device(request)
        device.faults.switch(
            str(request["fault"]),
            on=bool(request.get("on", True)),
            value=request.get("value"),
            count=request.get("count"),
        )
        device.reachability_changed()
        return device_status(device)

    def _reboot(self, request: Request) -> Mapping[str, Any]:
        device = self._device(request)
        device.reboot()
        return device_status(device)

    def _type(self, request: Request) -> Mapping[str, Any]:
        """Lines typed on the console by a person: no fault strikes there."""
        device = self._device(request)
        lines = "\n".join(str(line) for line in request["lines"])
        merged = device.running.merge(lines)
        device.touch("console")
        return {
            "changed": len(merged.changes),
            "refused": [refusal.line for refusal in merged.refusals],
        }

    def _typed(self, request: Request) -> Mapping[str, Any]:
        """What clients typed in the configuration mode, refused lines and sessions included."""
        return {"lines": list(self._device(request).typed)}

    def _show(self, request: Request) -> Mapping[str, Any]:
        device = self._device(request)
        wanted = device.startup if request.get("startup") else device.running
        return {"config": render(wanted)}

    def _stop(self, _: Request) -> Mapping[str, Any]:
        self._laboratory.stopped.set()
        return {"pid": os.getpid()}


def _unknown(_: Request) -> Any:
    raise LabError("ไม่รู้จักคำสั่งนี้", "unknown command")


def device_status(device: Device) -> Mapping[str, Any]:
    """One device as the status command shows it."""
    timer = device.timer
    return {
        "name": device.definition.name,
        "platform": device.definition.platform,
        "role": device.definition.role,
        "access": device.access().value,
        "problem": device.problem(),
        "pending": None if timer is None else {"by": timer.user, "expires_at": timer.expires_at},
        "commits": device.commits,
        "unsaved": render(device.running) != render(device.startup),
        "faults": {
            name: {"value": fault.value, "count": fault.count}
            for name, fault in device.faults.active.items()
        },
    }


def _boxed_status(box: DeliveredDefinition) -> Mapping[str, Any]:
    """The row of a delivered device: nothing can happen to it."""
    return {
        "name": box.name,
        "platform": "snmp",
        "role": "delivered",
        "access": "open",
        "problem": None,
        "pending": None,
        "commits": 0,
        "unsaved": False,
        "faults": {},
        "address": box.address,
        "port": box.snmp_port,
    }
