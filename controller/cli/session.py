"""The signed-in person of the command line: the session file, and asking for passwords."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from controller.accounts.actor import Actor
from controller.cli import output
from controller.errors import InputError, Text

if TYPE_CHECKING:
    from controller.operations.context import Context


@contextmanager
def opened() -> Iterator[Context]:
    """The wired program for the workspace of this call, closed at the end."""
    from controller.app import open_app

    with open_app(output.folder()) as context:
        output.configure(context.settings.language)
        yield context


@contextmanager
def signed_in() -> Iterator[tuple[Context, Actor]]:
    """The wired program and who asks.

    Errors: `NotAllowed` when nobody is signed in.
    """
    from controller.operations.log_in import who_am_i

    with opened() as context:
        yield context, who_am_i(context, read_token(context))


def session_file(context: Context) -> Path:
    """Where the token is kept: KHAEN_SESSION, or `session` in the var folder."""
    named = os.environ.get("KHAEN_SESSION")
    return Path(named) if named else context.folder / "session"


def read_token(context: Context) -> str | None:
    """The token of the session file, or None."""
    try:
        return session_file(context).read_text(encoding="ascii").strip() or None
    except (FileNotFoundError, UnicodeDecodeError):
        return None


def write_token(context: Context, token: str) -> None:
    """Keep the token in a file only its owner can read (mode 0600), even if it was there before."""
    file = session_file(context)
    fresh = file.with_name(file.name + ".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(token + "\n")
    fresh.replace(file)


def ask_password(prompt: Text, *, from_stdin: bool) -> str:
    """A password: from the terminal without echo, or the first line of standard input.

    Errors: `InputError` when there is no terminal and `--password-stdin` was not given.
    """
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise InputError(
            Text(
                th="ต้องใส่รหัสผ่าน แต่ไม่มีหน้าจอให้ถาม", en="a password is needed and there is no terminal"
            ),
            hint=Text(
                th="ส่งทางมาตรฐานเข้าด้วย --password-stdin", en="pipe it in with --password-stdin"
            ),
        )
    return getpass.getpass(output.words(prompt.th, prompt.en) + ": ")
