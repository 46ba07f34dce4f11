"""The names a shell may complete: looked up without loading the program, or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from controller.errors import InputError
from controller.store.case_names import newest_cases
from controller.workspace.find import find_workspace

Kind = Literal["case", "device", "site"]
_DEVICES = re.compile(r"^devices:\n(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"^ *- (?:\{ ?)?name: *\"?([\w.-]+)", re.MULTILINE)


def complete_names(start: Path, kind: Kind) -> tuple[tuple[str, str], ...]:
    """Names of this kind in the workspace `start` lies in, each with a few words; maybe none.

    For whoever can read the files anyway, so nobody is asked to sign in. A file that is broken, or
    written in a way the office's own tools would not write it, is passed over. Cases are known from
    a SQLite file in the var folder only. Never raises.
    """
    try:
        root = find_workspace(start)
    except InputError:
        return ()
    if kind == "case":
        folder = Path(os.environ.get("KHAEN_DATA") or root / "var")
        return newest_cases(folder / "khaen.db")
    files = sorted((root / "inventory" / "sites").glob("*.yaml"))
    if kind == "site":
        return tuple((file.stem, "") for file in files)
    return tuple((name, file.stem) for file in files for name in _devices(file))


def _devices(file: Path) -> Iterator[str]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return
    for part in _DEVICES.findall(text):
        yield from _NAME.findall(part)
