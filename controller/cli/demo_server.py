"""The server the demo leaves running: started apart from this window, stopped by its own mark."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from controller.errors import Refused, Text

_MARK = "demo-server.json"
_LOG = "demo-server.log"
_ADDRESS = re.compile(r"https?://[\w.:\[\]-]+:\d+")
_MODULE = "controller.server"
_PATIENCE = 60.0


def start_server(root: Path, folder: Path, environment: Mapping[str, str]) -> str:
    """Serve the office in the background until `stop_server`; the address to open.

    It listens on this machine only, on the port of the settings or, when that is taken, on a free
    one. Nothing of it is tied to this window or to a pipe the demo writes into.
    Errors: `Refused` when it does not come up, with the end of what it said.
    """
    for port in ((), ("--port", "0")):
        log = folder / _LOG
        with log.open("w", encoding="utf-8") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", _MODULE, str(root), "--host", "127.0.0.1", *port],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                env={**environment, "PYTHONUNBUFFERED": "1"},
                start_new_session=True,
            )
        mark = {"pid": process.pid, "root": str(root)}
        (folder / _MARK).write_text(json.dumps(mark), encoding="utf-8")
        until = time.monotonic() + _PATIENCE
        while process.poll() is None and time.monotonic() < until:
            found = _ADDRESS.search(log.read_text(encoding="utf-8"))
            if found:
                process.returncode = 0  # it is to outlive us: nobody waits for it
                return found[0]
            time.sleep(0.1)
        stop_server(folder)
    end = " ".join(log.read_text(encoding="utf-8").split())[-300:]
    raise Refused(
        Text(th=f"เปิดเว็บของการสาธิตไม่ได้: {end}", en=f"the demo's server did not start: {end}"),
        hint=Text(th="ลองด้วยคำสั่ง khaen serve", en="try khaen serve"),
    )


def stop_server(folder: Path) -> bool:
    """Stop the server an earlier demo left in this folder; whether there was one.

    Only a process that still is what the mark says is touched: its number may long be another's.
    """
    mark = folder / _MARK
    try:
        told = json.loads(mark.read_text(encoding="utf-8"))
        pid, root = int(told["pid"]), str(told["root"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    running = _is_ours(pid, root)
    if running:
        os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + 15
        while _is_ours(pid, root) and time.monotonic() < until:
            time.sleep(0.1)
        if _is_ours(pid, root):
            os.kill(pid, signal.SIGKILL)
    mark.unlink()
    return running


def _is_ours(pid: int, root: str) -> bool:
    """Whether this process is a server over this workspace, as its command line says."""
    return f"-m {_MODULE} {root} " in _command(pid)


def _command(pid: int) -> str:
    """The command line of a process; empty when there is none, or nobody can say."""
    try:
        if Path("/proc/self/cmdline").exists():
            told = Path(f"/proc/{pid}/cmdline").read_bytes()
            return told.replace(b"\0", b" ").decode(errors="replace")
        asked = ["ps", "-ww", "-o", "args=", "-p", str(pid)]
        return subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""
