"""Processes of a run of Ansible: all that belong to it are found and ended, whatever they became.

Ansible's workers and its `ansible-connection` helpers start sessions of their own, so no process
group holds them all. On Linux everything below a child that is a *subreaper* stays below it, and
everything carries the mark of its run in its environment. Elsewhere only the process group is
ended.
"""

from __future__ import annotations

import ctypes
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

MARK = "PLAYBOOK_RUN_OF_KHAEN"
"""The variable in the environment of every process of a run; its value is the run's own."""
PARENT_DIED = signal.SIGUSR1
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_PROC = Path("/proc")


def hold_descendants() -> None:
    """Become the parent of every descendant whose own parent ends; be told when ours dies."""
    with suppress(OSError, AttributeError):
        prctl = ctypes.CDLL(None, use_errno=True).prctl
        prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        prctl(_PR_SET_PDEATHSIG, int(PARENT_DIED), 0, 0, 0)


def end_descendants(settle: float = 0.3) -> None:
    """Kill everything below this process, until for `settle` seconds nothing new has shown."""
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < settle:
        if _kill(_descendants(os.getpid())):
            quiet_since = time.monotonic()
        time.sleep(0.02)


def end_marked(token: str) -> None:
    """Kill every process, but this one, that carries the mark of the run `token`."""
    _until_none(lambda: marked(token))


def _until_none(found: Callable[[], Iterable[int]]) -> None:
    # A process that is being killed may just have forked: look again until there is none.
    for _ in range(100):
        if not _kill(found()):
            return
        time.sleep(0.02)


def _kill(pids: Iterable[int]) -> bool:
    any_alive = False
    for pid in pids:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
            any_alive = True
    return any_alive


def marked(token: str) -> Iterator[int]:
    """The living processes, but this one, that carry the mark of the run `token`."""
    wanted = f"{MARK}={token}".encode()
    for pid in _pids():
        if pid != os.getpid() and _is_alive(pid) and wanted in _environment(pid):
            yield pid


def _environment(pid: int) -> list[bytes]:
    try:
        return (_PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return []


def _descendants(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for pid in _pids():
        fields = _stat(pid)
        if fields and fields[0] != "Z":
            children.setdefault(int(fields[1]), []).append(pid)
    found, waiting = [], [root]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def _is_alive(pid: int) -> bool:
    fields = _stat(pid)
    return bool(fields) and fields[0] != "Z"


def _stat(pid: int) -> list[str]:
    """State, parent and so on: what stands after the name, which may hold anything."""
    try:
        return (_PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _pids() -> list[int]:
    try:
        return [int(each.name) for each in _PROC.iterdir() if each.name.isdigit()]
    except OSError:
        return []
