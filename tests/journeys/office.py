"""A person at the command line of one office: types commands, reads what they print."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PEOPLE = ("admin", "engineer1", "engineer2", "officer1", "director", "deputy", "auditor1")
CASE = re.compile(r"\b25\d\d-\d\.\d-\d{4}\b")


@dataclass(frozen=True)
class Answer:
    """What a command printed and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


@dataclass
class Office:
    """One workspace with its own var folder; `said` keeps everything any command printed."""

    root: Path
    said: list[str] = field(default_factory=list)

    def init(self) -> None:
        """Make the workspace as a newcomer would."""
        self.root.parent.mkdir(parents=True, exist_ok=True)
        answer = self._run([sys.executable, "-m", "controller.cli", "init", str(self.root)], "")
        assert answer.code == 0, answer

    def khaen(self, *words: str, signs: str | None = None, expect: int | None = 0) -> Answer:
        """Type one command; `signs` is who types their password. `expect` None takes any code."""
        command = [sys.executable, "-m", "controller.cli", "-C", str(self.root), *words]
        if signs is not None:
            command.append("--password-stdin")
        answer = self._run(command, password_of(signs) if signs else "")
        assert expect is None or answer.code == expect, (words, answer)
        assert "Traceback" not in answer.out + answer.err
        return answer

    def _run(self, command: list[str], typed: str) -> Answer:
        done = subprocess.run(
            command,
            input=typed + "\n",
            capture_output=True,
            text=True,
            check=False,
            cwd=self.root.parent,
            env=self.environment(),
        )
        self.said += [done.stdout, done.stderr]
        return Answer(done.returncode, done.stdout, done.stderr)

    def environment(self) -> dict[str, str]:
        """The environment of a person in another time zone who set nothing of ours but English."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KHAEN_")}
        return {**kept, "KHAEN_LANG": "en"}

    def login(self, name: str) -> None:
        """Sign in."""
        self.khaen("login", name, signs=name)

    def plan(self, selector: str) -> str:
        """Plan as engineer1; the plan id."""
        self.login("engineer1")
        return str(self.khaen("plan", "-s", selector, "--json").json["id"])

    def proposed(self, plan: str) -> str:
        """A case of 2.3 for a plan, with its group, put to the director; its number."""
        opened = self.khaen("case", "open", "2.3", "--plan", plan, "--title", "ทดสอบ", "--json")
        number = str(opened.json["number"])
        order = ["--order", "๑๑๒/๒๕๖๙", "--dated", "2026-10-05"]
        people = ["--chair", "officer1", "--member", "engineer1", "--secretary", "engineer2"]
        self.khaen("case", "appoint", number, *order, *people)
        self.khaen("case", "submit", number)
        return number

    def approved(self, plan: str) -> str:
        """The same, approved by the director and notified; engineer1 is signed in after it."""
        number = self.proposed(plan)
        self.login("director")
        self.khaen("case", "approve", number, signs="director")
        self.login("engineer1")
        self.khaen("case", "notify", number, "--to", "โรงเรียน", "--how", "หนังสือ", "-m", "ทราบ")
        return number

    def running(self, device: str) -> str:
        """What a device runs, as the device holds it."""
        return self.khaen("lab", "show", device).out

    @property
    def var(self) -> Path:
        """The folder with the history."""
        return self.root / "var"


def password_of(name: str) -> str:
    """The password of a person of the tests."""
    return f"correct-horse-{name}"
