"""One site's register file: read it, and write it again with as little changed as can be."""

from __future__ import annotations

import csv
import fcntl
import hashlib
import io
import os
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from controller.errors import StalePlan, StoreError, Text
from controller.inventory.asset import Asset
from controller.inventory.register import written_price
from controller.inventory.register_changes import RowChange
from controller.workspace.files import ASSETS, text_of
from controller.workspace.inputs import wrong_input
from controller.workspace.register import COLUMNS, Register

_BOM = "\ufeff"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")


@dataclass(frozen=True)
class RegisterFile:
    """The file as it was read: its path in the workspace, bytes (None without one), and rows."""

    path: str
    site: str
    content: bytes | None
    assets: tuple[Asset, ...]

    @property
    def digest(self) -> str:
        """SHA-256 (hexadecimal) of the bytes; empty when there is no file."""
        return "" if self.content is None else hashlib.sha256(self.content).hexdigest()


def read_register_file(root: Path, site: str, sites: Sequence[str]) -> RegisterFile:
    """The register of a site, read now.

    Errors: `InputError` with every problem when what is there cannot be read.
    """
    path = f"{ASSETS}{site}.csv"
    try:
        content = (root / path).read_bytes()
    except FileNotFoundError:
        return RegisterFile(path, site, None, ())
    except OSError as error:
        raise _failed(path, error) from error
    text = text_of(path, content)
    if not isinstance(text, str):
        raise wrong_input(path, (text,))
    register = Register(tuple(sites))
    register.read(path, site, text)
    if register.problems:
        raise wrong_input(path, tuple(register.problems))
    return RegisterFile(path, site, content, tuple(register.assets))


def rewritten(file: RegisterFile, changes: Sequence[RowChange]) -> bytes:
    """The file's bytes after the changes.

    Rows keep their order, and those that stay are kept letter by letter; new ones come last.
    """
    text = "" if file.content is None else file.content.decode("utf-8")
    mark = _BOM if text.startswith(_BOM) else ""
    end = "\r\n" if "\r\n" in text else "\n"
    by_number = {change.number: change for change in changes}
    names: list[str] = list(COLUMNS)
    kept: list[str] = []
    for at, (cells, raw) in enumerate(_rows(text.removeprefix(_BOM))):
        if at == 0:
            names = [cell.strip() for cell in cells]
            kept.append(raw)
            continue
        number = cells[names.index("number")].strip() if len(cells) == len(names) else ""
        change = by_number.get(number)
        if change is None or change.kind in {"same", "missing"}:
            kept.append(raw)
        elif change.kind == "changed":
            kept.append(_line(_with_changes(names, cells, change), end))
    if not kept:
        kept.append(_line(names, end))
    if not kept[-1].endswith(("\n", "\r")):
        kept[-1] += end
    for change in changes:
        if change.kind == "added" and change.after is not None:
            values = _values(change.after)
            kept.append(_line([values.get(name, "") for name in names], end))
    return (mark + "".join(kept)).encode()


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Nobody else writes a register meanwhile; `lock` is a file outside the workspace."""
    lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with lock.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def write_register(root: Path, path: str, content: bytes, expected: str) -> None:
    """Put the bytes at the path, whole or not at all, if the file still has the digest `expected`.

    Call it inside `alone`. Errors: `StalePlan` when it has another one, `StoreError`.
    """
    place = root / path
    try:
        now = hashlib.sha256(place.read_bytes()).hexdigest() if place.exists() else ""
        if now != expected:
            raise StalePlan(
                Text(
                    th=f"{path} ถูกแก้ไขหลังจากที่ดูตัวอย่าง จึงไม่เขียนทับ",
                    en=f"{path} has changed since the preview and is not written over",
                ),
                hint=Text(th="ดูตัวอย่างใหม่อีกครั้ง", en="look at the preview again"),
            )
        place.parent.mkdir(parents=True, exist_ok=True)
        _replace(place, content)
    except OSError as error:
        raise _failed(path, error) from error


def _replace(place: Path, content: bytes) -> None:
    fresh = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    mode = place.stat().st_mode & 0o777 if place.exists() else 0o644
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(place)
    finally:
        fresh.unlink(missing_ok=True)


def _rows(text: str) -> Iterator[tuple[list[str], str]]:
    """The cells of each row, and the row as it is written, its line end included."""
    lines = _LINE.findall(text)
    reader = csv.reader(lines, strict=True)
    start = 0
    for cells in reader:
        raw = "".join(lines[start : reader.line_num])
        start = reader.line_num
        yield cells, raw


def _with_changes(names: list[str], cells: list[str], change: RowChange) -> list[str]:
    assert change.after is not None  # noqa: S101  a changed row has what it becomes
    values = _values(change.after)
    new = {c.column: values[c.column] for c in change.changes}
    return [new.get(name, cell) for name, cell in zip(names, cells, strict=True)]


def _values(asset: Asset) -> Mapping[str, str]:
    texts = ("number", "site", "kind", "brand", "model", "serial", "room", "state", "note")
    return {
        **{name: str(getattr(asset, name)) for name in texts},
        "acquired": asset.acquired.isoformat(),
        "price": written_price(asset.price),
    }


def _line(cells: Sequence[str], end: str) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator=end).writerow(cells)
    return written.getvalue()


def _failed(path: str, error: OSError) -> StoreError:
    why = error.strerror or type(error).__name__
    return StoreError(
        Text(th=f"อ่านหรือเขียน {path} ไม่ได้: {why}", en=f"cannot read or write {path}: {why}"),
        hint=Text(th="ตรวจสิทธิ์ของโฟลเดอร์", en="check the folder's permissions"),
    )
