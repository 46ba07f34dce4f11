"""Writes the export of an installation: one moment of the database, the folders, then proof."""

from __future__ import annotations

import fcntl
import io
import os
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO

import controller
from controller.errors import Refused, StoreError, Text
from controller.store.audit_entry import Verdict
from controller.store.audit_keeper import ANCHORS as ANCHOR_FILE
from controller.store.audit_keeper import AuditKeeper
from controller.store.audit_log import head
from controller.store.canonical import canonical, time_text
from controller.store.engine import Connection, Store
from controller.store.export import rows
from controller.store.export.shape import (
    ANCHORS,
    FOLDERS,
    FORMAT,
    HEAD,
    HEADER,
    KEY_NAMES,
    KEYS,
    MANIFEST,
    SAMPLES,
    SIGNATURE,
    TABLES,
    Hashing,
    Manifest,
    Member,
    TableShape,
    Told,
    signed_bytes,
)

# Who changes what is in these folders holds their lock meanwhile; so do we.
_LOCKS = {"backups": "khaen-pack.lock", "archive": "lock"}
_PATIENCE_SECONDS = 60
_FOLDER_TOLD_EACH = 1000


@dataclass(frozen=True)
class Wanted:
    """What an export is to hold: the private keys too, and the samples of the polls."""

    keys: bool = False
    samples: bool = True


@dataclass
class _Output:
    tar: tarfile.TarFile
    made: int
    members: dict[str, Member] = field(default_factory=dict)

    def add(self, name: str, size: int, file: IO[bytes]) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, self.made, 0o600
        hashing = Hashing(file)
        self.tar.addfile(info, hashing)
        self.members[name] = hashing.member

    def add_bytes(self, name: str, content: bytes) -> None:
        self.add(name, len(content), io.BytesIO(content))


def write_export(
    store: Store,
    keeper: AuditKeeper,
    folder: Path,
    target: Path,
    wanted: Wanted,
    *,
    at: datetime,
    told: Told,
) -> tuple[Manifest, Verdict]:
    """Write the whole installation to `target`, replacing it whole, mode 0600.

    What goes on meanwhile does not show. The verdict is that on the audit log; one that is not ok
    leaves the head of the log unsigned. Errors: `StoreError`; `Refused` while a folder is packed.
    """
    verdict = keeper.verify(store)
    new = target.with_name(f".{target.name}.new")
    try:
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=5) as tar:
                output = _Output(tar, int(at.timestamp()))
                manifest = _write(output, store, keeper, folder, verdict, wanted, at, told)
            file.flush()
            os.fsync(handle)
        new.replace(target)
    except OSError as error:
        raise _trouble(target, error) from error
    finally:
        new.unlink(missing_ok=True)
    return manifest, verdict


def _write(
    output: _Output,
    store: Store,
    keeper: AuditKeeper,
    folder: Path,
    verdict: Verdict,
    wanted: Wanted,
    at: datetime,
    told: Told,
) -> Manifest:
    header = {"format": FORMAT, "public_key": keeper.public_key, "exported": time_text(at)}
    output.add_bytes(HEADER, _line(header))
    with store.read() as conn:
        last, fingerprint = head(conn)
        output.add_bytes(HEAD, _line(_head(keeper, verdict, last, fingerprint, at)))
        anchors = folder / ANCHOR_FILE
        output.add_bytes(ANCHORS, anchors.read_bytes() if anchors.exists() else b"")
        tables = tuple(_table(output, conn, shape, folder, told) for shape in rows.shapes(conn))
        revision = rows.revision(conn)
    for name in FOLDERS:
        if wanted.samples or name != SAMPLES:
            _folder(output, folder, name, told)
    for key in KEY_NAMES if wanted.keys else ():
        file = folder / KEYS / key
        if file.exists():
            output.add_bytes(f"{KEYS}/{key}", file.read_bytes())
    manifest = Manifest(
        program=controller.__version__,
        revision=revision,
        database=store.dialect,
        exported=time_text(at),
        public_key=keeper.public_key,
        last=last,
        tables=tables,
        members=dict(output.members),
    )
    content = _line(manifest.as_json())
    output.add_bytes(MANIFEST, content)
    output.add_bytes(SIGNATURE, keeper.signature(signed_bytes(content)).encode())
    return manifest


def _head(
    keeper: AuditKeeper, verdict: Verdict, last: int, fingerprint: str, at: datetime
) -> dict[str, object]:
    if verdict.ok is not True:
        return {"problems": [{"th": p.message.th, "en": p.message.en} for p in verdict.problems]}
    signed = keeper.sign(last, fingerprint, time_text(at))
    return {
        "seq": signed.seq,
        "hash": signed.hash,
        "at": signed.at,
        "signature": signed.signature,
    }


def _table(
    output: _Output, conn: Connection, shape: TableShape, folder: Path, told: Told
) -> TableShape:
    # A member of a tar says its length first, so the rows lie on the disk for a moment.
    with tempfile.TemporaryFile(dir=folder) as passing:
        count = rows.dump(conn, shape, passing, told)
        size = passing.tell()
        passing.seek(0)
        output.add(f"{TABLES}{shape.name}.jsonl", size, passing)
    return replace(shape, rows=count)


def _folder(output: _Output, folder: Path, name: str, told: Told) -> None:
    place = folder / name
    if not place.is_dir():
        return
    count = 0
    with _quiet(place, _LOCKS.get(name)):
        for path in kept_files(place):
            try:
                with path.open("rb") as file:
                    size = os.fstat(file.fileno()).st_size
                    output.add(path.relative_to(folder).as_posix(), size, file)
            except FileNotFoundError:
                continue  # it went since we looked, as old notices do
            count += 1
            if count % _FOLDER_TOLD_EACH == 0:
                told(name, count)
    told(name, count)


def kept_files(place: Path) -> Iterator[Path]:
    """The files of a folder that are history, sorted; no locks, nothing that is being written."""
    for path in sorted(place.rglob("*")):
        parts = path.relative_to(place).parts
        passing = any(part.startswith(".") or part == "passing" for part in parts)
        lock = path.name == "lock" or path.suffix == ".lock"
        if not passing and not lock and path.is_file() and not path.is_symlink():
            yield path


@contextmanager
def _quiet(place: Path, lock: str | None) -> Iterator[None]:
    """Nobody packs or merges this folder meanwhile. Errors: `Refused` when somebody does."""
    if lock is None:
        yield
        return
    deadline = time.monotonic() + _PATIENCE_SECONDS
    with (place / lock).open("ab") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise _busy(place) from None
                time.sleep(0.2)
            else:
                break
        yield


def _line(content: object) -> bytes:
    return canonical(content).encode() + b"\n"


def _busy(place: Path) -> Refused:
    return Refused(
        Text(
            th=f"โปรแกรมอีกตัวหนึ่งกำลังจัดเก็บโฟลเดอร์ {place} อยู่",
            en=f"another process is packing the folder {place}",
        ),
        hint=Text(th="รอสักครู่แล้วทำใหม่", en="wait a moment, then repeat"),
    )


def _trouble(target: Path, error: OSError) -> StoreError:
    why = error.strerror or str(error)
    return StoreError(
        Text(th=f"ส่งออกลง {target} ไม่ได้: {why}", en=f"cannot export to {target}: {why}"),
        hint=Text(
            th="ตรวจสิทธิ์ของโฟลเดอร์ และพื้นที่ว่างของดิสก์ทั้งที่ปลายทางและที่โฟลเดอร์ข้อมูล",
            en="check the permissions, and the free space of the disk there and of the data folder",
        ),
    )
