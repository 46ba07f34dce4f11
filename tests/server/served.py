"""A real server over an office of its own: a copy of the sample, accounts, a free port."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from controller.app import open_app
from controller.operations.init_workspace import init_workspace
from controller.operations.manage_accounts import manage_accounts

PEOPLE = (
    "admin", "engineer1", "engineer2", "officer1", "director", "deputy", "auditor1", "school1",
    "school2",
)  # fmt: skip


def password_of(person: str) -> str:
    """The password a person of the tests has."""
    return f"{person}-password"


@dataclass(frozen=True)
class Served:
    """A running server: its address, and the workspace it serves."""

    address: str
    root: Path

    @contextmanager
    def browser(self, person: str | None = None) -> Iterator[httpx.Client]:
        """A client with a cookie jar that says where it comes from, signed in as the person."""
        origin = {"Origin": self.address}
        with httpx.Client(base_url=self.address, headers=origin, timeout=30) as client:
            if person is not None:
                told = {"username": person, "password": password_of(person)}
                assert client.post("/sign-in", data=told).status_code == 303
            yield client


def seen(answer: httpx.Response) -> str:
    """The HTML a browser makes of a page: NiceGUI sends it inside a script, escaped once more."""
    return html.unescape(answer.text).replace('\\"', '"').replace("\\n", "\n")


def make_office(root: Path, people: Sequence[str] = PEOPLE) -> Path:
    """A workspace with these people's accounts."""
    init_workspace(root)
    with open_app(root, apart=True) as context:
        for person in people:
            actor = None
            if person != "admin":
                from controller.operations.log_in import actor_of

                actor = actor_of(context.office(), "admin", context.clock())
            manage_accounts(context, actor, person, password_of(person))
    return root


@contextmanager
def serving(root: Path, program: Sequence[str] = ("-m", "controller.server")) -> Iterator[Served]:
    """`khaen serve` on a free port, until the end of the block."""
    command = [sys.executable, *program, str(root), "--port", "0"]
    log = (root / "server.log").open("wb")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process:
        try:
            assert process.stdout is not None
            told = process.stdout.readline()
            found = re.search(r"https?://[\d.]+:\d+", told)
            assert found, told + (root / "server.log").read_text(encoding="utf-8")
            yield Served(found[0], root)
        finally:
            process.terminate()
            process.wait(timeout=30)
            log.close()
