"""The parent's side of a run: starts the child, hears it, stops it, and tells how it ended."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from controller.connections.ansible.ending import Ending
from controller.connections.ansible.private import PrivateFolders
from controller.connections.ansible.processes import MARK, end_marked
from controller.connections.ansible.work import AnsibleEnd, AnsibleWork
from controller.playbooks.result import TaskResult

STOP_SECONDS = 1.5
"""How long the child may take to end everything below it before we do it ourselves."""
_ASK_SECONDS = 0.2
_BEAT_SECONDS = 2.0
_STDERR = 4000
_KEPT = ("LANG", "LC_ALL", "TZ", "PATH", "TMPDIR")


class Driving:
    """One run, from the start of the child to its end."""

    def __init__(self, work: AnsibleWork, folders: PrivateFolders, job: Mapping[str, Any]) -> None:
        self._work = work
        self._folders = folders
        self._job = job
        self._beaten = 0.0
        self._ending = Ending(work, Path(job["project"]))

    def drive(
        self, on_result: Callable[[TaskResult], None], stop: Callable[[], bool]
    ) -> AnsibleEnd:
        """Run to the end; see `run_playbook`."""
        with TemporaryFile(dir=self._folders.memory) as said:
            child = self._start(said)
            try:
                self._hear(child, on_result, stop)
            finally:
                self._end(child)
                said.seek(max(0, said.seek(0, os.SEEK_END) - _STDERR))
                self._ending.stderr = said.read().decode(errors="replace")
        return self._ending.end()

    def _start(self, said: IO[bytes]) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).resolve().parents[3])
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment |= {
            "LC_ALL": environment.get("LC_ALL", "C.UTF-8"),
            "HOME": str(self._folders.memory),
            "PYTHONPATH": root,
            MARK: self._folders.token,
        }
        return subprocess.Popen(
            [sys.executable, "-m", "controller.connections.ansible.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            cwd=self._folders.memory,
            env=environment,
            # Ctrl-C at a terminal is for us to hear; it reaches the child as `stop`.
            start_new_session=True,
        )

    def _hear(
        self,
        child: subprocess.Popen[bytes],
        on_result: Callable[[TaskResult], None],
        stop: Callable[[], bool],
    ) -> None:
        deadline = time.monotonic() + self._work.timeout
        _say(child, json.dumps(self._job))
        for line in _lines(child, lambda: self._asked(child, stop, deadline)):
            self._pass_on(line, on_result)
        if self._ending.ended_by is not None:
            _say(child, "stop")
            last = time.monotonic() + STOP_SECONDS
            for line in _lines(child, lambda: time.monotonic() > last):
                self._pass_on(line, on_result)

    def _pass_on(self, line: bytes, on_result: Callable[[TaskResult], None]) -> None:
        result = self._ending.hear(json.loads(line))
        if result is not None:
            on_result(result)

    def _asked(
        self, child: subprocess.Popen[bytes], stop: Callable[[], bool], deadline: float
    ) -> bool:
        """Whether to stop now, and then why. The child hears that we are there."""
        if time.monotonic() - self._beaten > _BEAT_SECONDS:
            self._beaten = time.monotonic()
            _say(child, "beat")
        if time.monotonic() > deadline:
            self._ending.ended_by = "timed-out"
        elif stop():
            self._ending.ended_by = "stopped"
        return self._ending.ended_by is not None

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        """Leave nothing running, however we got here."""
        _say(child, "stop")
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
        # Whatever the child could not end, because it was killed itself.
        end_marked(self._folders.token)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                _close(pipe)


def _say(child: subprocess.Popen[bytes], line: str) -> None:
    try:
        if child.stdin is not None:
            child.stdin.write(line.encode() + b"\n")
            child.stdin.flush()
    except (BrokenPipeError, ValueError):
        # It has ended by itself; what it said last tells why.
        return


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return


def _lines(child: subprocess.Popen[bytes], asked: Callable[[], bool]) -> Iterator[bytes]:
    """Whole lines of the child as they come, until it has ended or `asked` says to."""
    if child.stdout is None:
        return
    pieces: list[bytes] = []
    descriptor = child.stdout.fileno()
    while not asked():
        # What the child started holds the pipe open, also when the child itself was killed.
        gone = child.poll() is not None
        if not select.select([descriptor], [], [], 0 if gone else _ASK_SECONDS)[0]:
            if gone:
                return
            continue
        piece = os.read(descriptor, 1 << 20)
        if not piece:
            return
        *whole, rest = piece.split(b"\n")
        for line in whole:
            yield b"".join(pieces) + line
            pieces.clear()
        pieces.append(rest)
