"""Who this process is among the processes that carry out runs, and whether another one is alive."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

# Start times are read with a resolution of a hundredth (Linux) or a whole second (elsewhere), and
# the boot time they count from moves a little when the clock is set.
_SAME_START = timedelta(seconds=3)


def new_executor_id() -> str:
    """A name no other process has or ever had: host, process number and chance."""
    return f"{host()}-{os.getpid()}-{secrets.token_hex(4)}"


def host() -> str:
    """The name of this machine."""
    return socket.gethostname().partition(".")[0] or "localhost"


def process_started(pid: int) -> datetime | None:
    """When the process of this machine started; None when that cannot be told.

    Errors: `ProcessLookupError` when there is none, or only its remains.
    """
    with contextlib.suppress(PermissionError):
        os.kill(pid, 0)
    return _from_proc(pid) if sys.platform == "linux" else _from_ps(pid)


def is_gone(pid: int, started: datetime) -> bool:
    """Whether the process that had this number and start time on this machine has surely ended.

    A number that was given to a younger process counts as gone.
    """
    try:
        now = process_started(pid)
    except ProcessLookupError:
        return True
    return now is not None and abs(now - started) > _SAME_START


def _from_proc(pid: int) -> datetime | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return None
    state, ticks = fields[0], int(fields[19])
    if state in {"Z", "X"}:
        raise ProcessLookupError(pid)
    boot = next(
        int(line.split()[1])
        for line in Path("/proc/stat").read_text().splitlines()
        if line.startswith("btime ")
    )
    return datetime.fromtimestamp(boot + ticks / os.sysconf("SC_CLK_TCK"), UTC)


def _from_ps(pid: int) -> datetime | None:
    answer = subprocess.run(
        ["ps", "-o", "stat=,lstart=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
        env={"LC_ALL": "C", "PATH": os.environ.get("PATH", "/bin:/usr/bin")},
    ).stdout.strip()
    state, _, started = answer.partition(" ")
    if state.startswith("Z"):
        raise ProcessLookupError(pid)
    if not started:
        return None
    # `ps` gives local time; astimezone takes a naive time as local.
    return datetime.strptime(started.strip(), "%a %b %d %H:%M:%S %Y").astimezone(UTC)
