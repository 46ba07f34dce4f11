"""Commands typed in this process: fast, and with everything a person would see."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from controller.cli.failures import run_and_exit
from controller.cli.main import app
from tests.journeys.office import Answer, password_of


@dataclass
class Keyboard:
    """A terminal at one office; `columns` wide, or a pipe for 0."""

    root: Path
    language: str = "en"
    columns: int = 0

    def khaen(
        self, *words: str, signs: str = "", typed: str = "", expect: int | None = 0
    ) -> Answer:
        """Type one command; `signs` types the password of that person, `typed` is piped in."""
        option = ["--password-stdin"] if signs else []
        answer = self._run([*words, *option], password_of(signs) + "\n" if signs else typed)
        assert expect is None or answer.code == expect, (words, answer)
        assert "Traceback" not in answer.out + answer.err
        return answer

    def login(self, name: str) -> None:
        """Sign in."""
        self.khaen("login", name, signs=name)

    def _run(self, words: list[str], typed: str) -> Answer:
        out, err = io.StringIO(), io.StringIO()
        given = io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8")
        argv = ["khaen", "-C", str(self.root), *words]
        with (
            patch.object(sys, "argv", argv),
            patch.object(sys, "stdin", given),
            _environment(self.language, self.columns),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                run_and_exit(app)
            except SystemExit as leaving:
                code = int(leaving.code or 0)
        return Answer(code, out.getvalue(), err.getvalue())


@contextlib.contextmanager
def _environment(language: str, columns: int) -> Iterator[None]:
    """Of a person who set nothing of ours but the language."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KHAEN_", "COLUMNS"))}
    kept["KHAEN_LANG"] = language
    if columns:
        kept["COLUMNS"] = str(columns)
    with patch.dict(os.environ, kept, clear=True):
        yield
