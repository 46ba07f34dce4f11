"""What a command costs: wall time, CPU time with all its children, peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile


class CommandError(Exception):
    """A measured command ended badly; the text is the end of what it said."""


@dataclass(frozen=True)
class Cost:
    """What one command cost.

    `wall` and `cpu` in seconds, `cpu` with all its children; `peak_mb` of the largest process;
    `beside` the CPU seconds another process spent meanwhile, 0 where that cannot be seen.
    """

    wall: float
    cpu: float
    peak_mb: float
    beside: float
    printed: str


def run(
    command: Sequence[str | Path],
    *,
    typed: str = "",
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    beside: Path | None = None,
) -> Cost:
    """Run a command to its end, with `typed` on its standard input, and measure it.

    `beside` is the pid file of a process to watch meanwhile. Errors: `CommandError` when the
    command does not end with 0.
    """
    with TemporaryFile("w+") as output, TemporaryFile("w+") as stdin:
        stdin.write(typed)
        stdin.seek(0)
        before = _cpu_of(beside)
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command],
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**os.environ, **(environment or {})},
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        printed = output.read()
    if process.returncode:
        words = " ".join(str(word) for word in command)
        raise CommandError(f"{words}: exit {process.returncode}\n{printed[-3000:]}")
    return Cost(
        wall=wall,
        cpu=used.ru_utime + used.ru_stime,
        peak_mb=used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10),
        beside=_cpu_of(beside) - before,
        printed=printed,
    )


def _cpu_of(pid_file: Path | None) -> float:
    """CPU seconds of the process whose pid file this is."""
    try:
        pid = int(pid_file.read_text().split()[0]) if pid_file else 0
    except (OSError, ValueError, IndexError):
        return 0.0
    return cpu_of(pid)


def cpu_of(pid: int) -> float:
    """CPU seconds a process has used, 0 where the system does not show it in /proc."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
