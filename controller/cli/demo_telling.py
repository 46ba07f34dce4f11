"""What every demo does: type commands as a person would, show them, remember what was proved."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import typer

from controller.cli import output
from controller.errors import Text

MARK = "demo-accounts.txt"
WIDTH = 78


@dataclass
class Telling:
    """A demo in the workspace `root`, with its history in `folder`; each command is a process."""

    root: Path
    folder: Path
    passwords: dict[str, str] = field(default_factory=dict)
    proved: list[Text] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)

    def write_accounts(self, people: Sequence[str]) -> None:
        """Make the folder of the history, with the passwords of the demo's people in it."""
        self.folder.mkdir(mode=0o700)
        self.passwords = {name: secrets.token_urlsafe(9) for name in people}
        handle = os.open(self.folder / MARK, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.writelines(f"{name} {password}\n" for name, password in self.passwords.items())

    def add_accounts(self) -> None:
        """Give everybody an account, the administrator first."""
        first, *others = self.passwords
        self.khaen("account", "add", first, signs=first)
        self.login(first)
        for name in others:
            self.khaen("account", "add", name, signs=name, show=False)

    def login(self, name: str) -> None:
        """Sign in as somebody."""
        self.khaen("login", name, signs=name)

    def khaen(
        self, *words: str, signs: str | None = None, expect: int = 0, show: bool = True
    ) -> str:
        """Run one command as a person would, show it with its output; what it printed.

        Errors: the demo ends with the command's own exit code when it is not the one expected.
        """
        shown = [*words, "--password-stdin"] if signs else list(words)
        typer.echo(f"\n$ khaen {' '.join(_quoted(w) for w in shown)}")
        told = self.call(shown, typed=self.passwords.get(signs or "", ""), quiet=not show)
        if told[0] != expect:
            if not show:
                typer.echo(told[1])
            output.note(
                f"คำสั่งจบด้วยรหัส {told[0]} แต่คาดว่า {expect}",
                f"the command ended with code {told[0]}, expected {expect}",
            )
            raise typer.Exit(told[0] or 1)
        return told[1]

    def call(self, words: list[str], typed: str = "", *, quiet: bool) -> tuple[int, str]:
        """Run one command; its exit code, and everything it printed."""
        with subprocess.Popen(
            [sys.executable, "-m", "controller.cli", "-C", str(self.root), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=self.environment(),
        ) as process:
            assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018
            process.stdin.write(typed + "\n")
            process.stdin.close()
            lines = []
            for line in process.stdout:
                lines.append(line)
                if not quiet:
                    typer.echo(f"  {line}", nl=False)
        return process.returncode, "".join(lines)

    def environment(self) -> dict[str, str]:
        """That of this shell, but nothing of Khaen's: the demo keeps a history of its own."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KHAEN_")}
        return kept | {"KHAEN_LANG": output.language(), "KHAEN_DATA": str(self.folder)}

    def head(self, th: str, en: str) -> None:
        """A heading between the parts."""
        title = output.words(th, en)
        typer.echo(f"\n{'═' * WIDTH}\n  {title}\n{'═' * WIDTH}")

    def commit_all(self) -> None:
        """Commit the office's files, so that what the program writes has something to follow."""
        git = shutil.which("git")
        if git is None:
            return
        who = ["-c", "user.name=demo", "-c", "user.email=demo@localhost"]
        for words in (["add", "-A"], [*who, "commit", "--quiet", "-m", "The office"]):
            subprocess.run([git, "-C", str(self.root), *words], check=True, capture_output=True)

    def proved_all(self) -> None:
        """The list of what was shown, under a heading with the time it took."""
        took = time.monotonic() - self.begun
        self.head(f"จบใน {took:.0f} วินาที สิ่งที่ได้พิสูจน์", f"done in {took:.0f} s; what was proved")
        for text in self.proved:
            typer.echo(f"  ✓ {output.words(text.th, text.en)}")

    def proves(self, th: str, en: str) -> None:
        """Remember what was shown."""
        self.proved.append(Text(th=th, en=en))
        typer.echo(f"  ✓ {output.words(th, en)}")


def first(pattern: re.Pattern[str], text: str) -> str:
    """The first match in what a command printed; the demo ends where there is none."""
    found = pattern.search(text)
    if found is None:
        raise typer.Exit(1)
    return found.group(0)


def _quoted(word: str) -> str:
    return f"'{word}'" if " " in word else word
