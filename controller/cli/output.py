"""What a command prints: tables for people, JSON for programs, plain lines in a pipe."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from controller.errors import InputError, Text
from controller.language import Language, pick

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs")]


@dataclass
class _Choices:
    folder: Path = Path()
    language: Language | None = None
    configured: Language = "th"


_choices = _Choices()


def begin(folder: str, language: str | None) -> None:
    """Remember the folder and the language of this call.

    Errors: `InputError` for a language that is neither th nor en.
    """
    chosen = language or os.environ.get("KHAEN_LANG") or None
    if chosen not in (None, "th", "en"):
        raise InputError(
            Text(
                th=f"ไม่รู้จักภาษา {chosen} (ใช้ th หรือ en)", en=f"unknown language {chosen} (th or en)"
            )
        )
    _choices.folder = Path(folder)
    _choices.language = "th" if chosen == "th" else "en" if chosen == "en" else None


def folder() -> Path:
    """The folder the command works in."""
    return _choices.folder


def configure(language: Language) -> None:
    """Take the workspace's language where the person chose none."""
    _choices.configured = language


def language() -> Language:
    """The language of this call: --lang, KHAEN_LANG, khaen.toml, Thai."""
    return _choices.language or _choices.configured


def say(th: str, en: str) -> None:
    """Print one line in the person's language."""
    sys.stdout.write(pick(Text(th=th, en=en), language()) + "\n")
    sys.stdout.flush()


def words(th: str, en: str) -> str:
    """The words in the person's language."""
    return pick(Text(th=th, en=en), language())


def emit_json(content: Any) -> None:
    """Print JSON, one document, UTF-8."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table: drawn on a terminal, tab-separated without a heading in a pipe."""
    if not sys.stdout.isatty():
        for row in rows:
            sys.stdout.write("\t".join(row) + "\n")
        return
    from rich import box
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text as RichText

    # Thai has no spaces: what does not fit is folded, never cut off.
    headed = [Column(name, overflow="fold") for name in columns]
    drawn = Table(*headed, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        drawn.add_row(*(RichText(cell, overflow="fold") for cell in row))
    Console().print(drawn)


def show_diff(diff: str, indent: str = "    ") -> None:
    """Print a difference, coloured on a terminal."""
    colours = {"+": "\x1b[32m", "-": "\x1b[31m"} if sys.stdout.isatty() else {}
    for line in diff.splitlines():
        colour = colours.get(line.lstrip()[:1], "")
        reset = "\x1b[0m" if colour else ""
        sys.stdout.write(f"{indent}{colour}{line}{reset}\n")


def write_file(file: Path, content: bytes, *, told: bool = True) -> None:
    """Write a file a person asked for, and its folder if need be; `told` says so. `InputError`."""
    make_folder(file.parent)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise _unwritable(file, error) from None
    if told:
        note(f"เขียน {file} แล้ว", f"wrote {file}")


def make_folder(folder: Path) -> None:
    """Make a folder a person asked for, if it is not there. Errors: `InputError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from None


def _unwritable(path: Path, error: OSError) -> InputError:
    why = error.strerror or type(error).__name__
    return InputError(
        Text(th=f"เขียน {path} ไม่ได้: {why}", en=f"cannot write {path}: {why}"),
        hint=Text(th="ระบุที่อื่นด้วย -o", en="name another place with -o"),
    )


def note(th: str, en: str) -> None:
    """Print one line on standard error, beside whatever standard output carries."""
    sys.stderr.write(words(th, en) + "\n")
    sys.stderr.flush()
