"""Thousands of SNMP agents in one process: the farm beside this checkout, compiled when needed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.rules.tree import ROOT

SOURCE = Path("shared", "tools", "snmpfarm", "farm.c")
COMMUNITY = "public"
USER, AUTHENTICATION, PRIVACY = "bench", "authpass1234", "privpass1234"


class NoFarmError(Exception):
    """There is no farm here; the text says what is missing."""


@dataclass(frozen=True)
class Farm:
    """A running farm: answers for 127.1.*, keeps silent for 127.2.*."""

    port: int
    pid: int

    def cpu(self) -> float:
        """Seconds of processor it has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def address(number: int, *, dead: bool = False) -> str:
    """The address of one of 65,000 switches."""
    return f"127.{2 if dead else 1}.{number // 250}.{number % 250 + 1}"


@contextmanager
def farm() -> Iterator[Farm]:
    """A farm of 48-port switches on a free port. Errors: `NoFarmError`."""
    source = ROOT.parent / SOURCE
    compiler = shutil.which("cc")
    if not source.exists() or compiler is None:
        raise NoFarmError(
            "no C compiler" if source.exists() else "the farm is not beside this checkout"
        )
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "farm")
        built = subprocess.run(
            [compiler, "-O2", "-w", "-o", program, source, "-lcrypto", "-lpthread"],
            capture_output=True,
            text=True,
            check=False,
        )
        if built.returncode:
            raise NoFarmError("the farm does not compile (are OpenSSL's headers there?)")
        port = _free_port()
        process = subprocess.Popen([program, "-p", str(port)], stderr=subprocess.DEVNULL)
        try:
            time.sleep(0.5)
            yield Farm(port, process.pid)
        finally:
            process.terminate()
            process.wait()


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
