"""What a command costs: wall time, CPU time with all its children, peak memory."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile


class CommandError(Exception):
    """A measured command ended badly; the text is the end of what it said."""


@dataclass(frozen=True)
class Cost:
    """`wall` and `cpu` in seconds; `peak_mb` of the largest single process; what it printed."""

    wall: float
    cpu: float
    peak_mb: float
    printed: str


def run(
    command: Sequence[str | Path],
    *,
    typed: str = "",
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    allowed: tuple[int, ...] = (0,),
) -> Cost:
    """Run a command to its end, with `typed` on its standard input, and measure it.

    Errors: `CommandError` for an exit code that is not allowed.
    """
    with TemporaryFile("w+") as output, TemporaryFile("w+") as stdin:
        stdin.write(typed)
        stdin.seek(0)
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
    if process.returncode not in allowed:
        words = " ".join(str(word) for word in command)
        raise CommandError(f"{words}: exit {process.returncode}\n{printed[-3000:]}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, printed)
