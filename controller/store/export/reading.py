"""Brings a proved export into an empty installation, all of it or nothing.

The files are unpacked beside their places first. Then everything happens inside one transaction of
the database, at whose end the folders are put into place; so whatever stops an import half-way, it
can be done again from the start.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO

from controller.errors import InputError, Refused, StoreError, Text
from controller.store import audit_log
from controller.store.audit_keeper import ANCHORS as ANCHOR_FILE
from controller.store.audit_keeper import AuditKeeper
from controller.store.engine import Connection, Store
from controller.store.export import rows
from controller.store.export.checking import Export, is_safe, opened
from controller.store.export.shape import (
    ANCHORS,
    CHUNK,
    FOLDERS,
    KEYS,
    LOG,
    TABLES,
    Told,
)
from controller.store.export.writing import kept_files
from controller.store.migrations.upgrade import HEAD as NEWEST
from controller.store.migrations.upgrade import remake, upgrade

STAGING = "importing"
OLD_ANCHORS = "audit-head-imported.jsonl"
BY = "import"
"""The actor of the audit line: nobody can be signed in where there are no accounts yet."""
_GIT_FOLDERS = ("objects/info", "objects/pack", "refs/heads", "refs/tags")


def read_export(
    store: Store, keeper: AuditKeeper, folder: Path, export: Export, *, at: datetime, told: Told
) -> None:
    """Fill the empty installation of `store` and `folder` with the export.

    With its keys the log goes on as the same log. Without them every entry is sealed anew and the
    head is signed by this installation, which is only done for a log that proved whole. The log
    gets one entry, by `import`. Errors: `Refused` when there is history already, or for a log that
    is not whole; `InputError` for an export of a newer program; `StoreError`.
    """
    _require_whole(export)
    with store.read() as conn:
        _require_empty(conn, folder)
    staging = folder / STAGING
    try:
        _clear(folder)
        _unpack(export, staging, told)
        _keys(staging, folder)
        with store.begin() as conn:
            _require_empty(conn, folder)
            _fill(conn, keeper, export, staging, told)
            _settle(staging, folder, same_keys=bool(export.manifest.keys))
            audit_log.append(
                conn,
                actor=BY,
                action="import_history",
                subject=export.manifest.public_key,
                content=_said(export),
                at=at,
            )
        shutil.rmtree(staging)
    except OSError as error:
        raise _trouble(folder, error) from error


def _said(export: Export) -> dict[str, object]:
    manifest = export.manifest
    return {
        "sha256": export.sha256,
        "exported": manifest.exported,
        "program": manifest.program,
        "revision": manifest.revision,
        "entries": manifest.last,
        "keys": bool(manifest.keys),
    }


def _require_whole(export: Export) -> None:
    if export.log_problems and not export.manifest.keys:
        first = export.log_problems[0]
        raise Refused(
            Text(
                th=f"บันทึกตรวจสอบในแฟ้มนี้พิสูจน์ไม่ได้ว่าครบถ้วน: {first.th}",
                en=f"the audit log in this file cannot be proved whole: {first.en}",
            ),
            hint=Text(
                th="ใช้แฟ้มที่ส่งออกก่อนหน้านั้น หรือแฟ้มที่ส่งออกด้วย --with-keys ซึ่งคงสภาพเดิมไว้ให้ตรวจ",
                en="use an earlier export, or one made --with-keys, which keeps it as it is",
            ),
        )


def _require_empty(conn: Connection, folder: Path) -> None:
    filled = rows.filled_table(conn)
    if filled is not None:
        raise _not_empty(Text(th=f"ตาราง {filled}", en=f"the table {filled}"))
    if (folder / STAGING).exists():
        return  # an import that was stopped left it, and maybe folders: they are its own
    for name in FOLDERS:
        if (folder / name).is_dir() and next(kept_files(folder / name), None):
            raise _not_empty(Text(th=f"โฟลเดอร์ {name}", en=f"the folder {name}"))
    anchors = folder / ANCHOR_FILE
    if anchors.exists() and anchors.stat().st_size:
        raise _not_empty(Text(th=f"แฟ้ม {ANCHOR_FILE}", en=f"the file {ANCHOR_FILE}"))


def _clear(folder: Path) -> None:
    """Take away what an import that was stopped left: history there is none here."""
    shutil.rmtree(folder / STAGING, ignore_errors=True)
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in (ANCHOR_FILE, OLD_ANCHORS):
        (folder / name).unlink(missing_ok=True)


def _unpack(export: Export, staging: Path, told: Told) -> None:
    staging.mkdir(mode=0o700, parents=True)
    needed = sum(member.size for member in export.manifest.members.values())
    if shutil.disk_usage(staging).free < 2 * needed:
        raise _no_space(staging, needed)
    counts: dict[str, int] = {}
    with opened(export.file) as tar:
        for info in tar:
            content = tar.extractfile(info) if info.isreg() and is_safe(info.name) else None
            if content is None:
                continue
            _write(staging / info.name, content)
            top = info.name.split("/")[0]
            counts[top] = counts.get(top, 0) + 1
    for name in FOLDERS:
        if name in counts:
            told(name, counts[name])


def _write(place: Path, content: IO[bytes]) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.touch(mode=0o600)
    with place.open("wb") as out:
        shutil.copyfileobj(content, out, CHUNK)


def _keys(staging: Path, folder: Path) -> None:
    """Put the keys in place; ones that are there already must be the same. Errors: `Refused`."""
    for file in sorted((staging / KEYS).glob("*")):
        place = folder / KEYS / file.name
        place.parent.mkdir(mode=0o700, exist_ok=True)
        if not place.exists():
            shutil.copy2(file, place)
            place.chmod(0o600)
        elif place.read_bytes() != file.read_bytes():
            raise _other_key(place)


def _fill(conn: Connection, keeper: AuditKeeper, export: Export, staging: Path, told: Told) -> None:
    manifest = export.manifest
    if manifest.revision > NEWEST:
        raise _newer(manifest.program, manifest.revision)
    older = manifest.revision != NEWEST
    if older:
        remake(conn, manifest.revision)
    there = {shape.name for shape in rows.shapes(conn)}
    for shape in manifest.tables:
        if shape.name not in there:
            raise _newer(manifest.program, manifest.revision)
        name = f"{TABLES}{shape.name}.jsonl"
        seal = _sealed_by(keeper) if name == LOG and not manifest.keys else None
        with (staging / name).open("rb") as lines:
            rows.load(conn, shape, lines, told, seal)
    if older:
        upgrade(conn)


def _sealed_by(keeper: AuditKeeper) -> Callable[[rows.Row], None]:
    def seal(row: rows.Row) -> None:
        row["seal"] = keeper.seal_of(row["hash"])

    return seal


def _settle(staging: Path, folder: Path, *, same_keys: bool) -> None:
    for name in FOLDERS:
        if (staging / name).is_dir():
            (staging / name).replace(folder / name)
    if (folder / "backups").is_dir():
        # A tar of ours holds files only, and git wants these even when they are empty.
        for inner in _GIT_FOLDERS:
            (folder / "backups" / inner).mkdir(parents=True, exist_ok=True)
    # Anchors signed with a key that is not here would prove nothing; they stay to be looked at.
    anchors = folder / (ANCHOR_FILE if same_keys else OLD_ANCHORS)
    (staging / ANCHORS).replace(anchors)


def _not_empty(what: Text) -> Refused:
    return Refused(
        Text(
            th=f"ที่นี่มีประวัติอยู่แล้ว ({what.th}) จึงไม่นำเข้าทับ",
            en=f"there is history here already ({what.en}), so nothing is imported over it",
        ),
        hint=Text(
            th="ตั้ง KHAEN_DATA และ KHAEN_DATABASE_URL ให้เป็นโฟลเดอร์และฐานข้อมูลที่ว่าง",
            en="let KHAEN_DATA and KHAEN_DATABASE_URL name an empty folder and database",
        ),
    )


def _newer(program: str, revision: str) -> InputError:
    return InputError(
        Text(
            th=f"แฟ้มนี้ส่งออกจากโปรแกรมรุ่นใหม่กว่า ({program}, ฐานข้อมูลรุ่น {revision})",
            en=f"the file is of a newer program ({program}, database revision {revision})",
        ),
        hint=Text(th="ปรับรุ่นโปรแกรมที่เครื่องนี้ก่อน", en="upgrade the program here first"),
    )


def _other_key(place: Path) -> Refused:
    return Refused(
        Text(
            th=f"ที่นี่มีกุญแจ {place} อยู่แล้ว และไม่ใช่กุญแจในแฟ้ม",
            en=f"there is another key here already: {place}",
        ),
        hint=Text(
            th="ที่นี่ยังไม่มีประวัติ จึงย้ายกุญแจเดิมออกไปก่อน แล้วทำใหม่",
            en="as there is no history here, move that key away, then repeat",
        ),
    )


def _no_space(folder: Path, needed: int) -> StoreError:
    megabytes = 2 * needed // 1_000_000 + 1
    return StoreError(
        Text(
            th=f"พื้นที่ว่างของดิสก์ที่ {folder.parent} ไม่พอ ต้องมีอย่างน้อย {megabytes} MB",
            en=f"the disk of {folder.parent} has too little room: {megabytes} MB are needed",
        ),
        hint=Text(th="เพิ่มพื้นที่ว่าง แล้วทำใหม่", en="make room, then repeat"),
    )


def _trouble(folder: Path, error: OSError) -> StoreError:
    why = error.strerror or str(error)
    return StoreError(
        Text(
            th=f"นำเข้าไปยัง {folder} ไม่สำเร็จ: {why}",
            en=f"cannot import into {folder}: {why}",
        ),
        hint=Text(
            th="ตรวจสิทธิ์ของโฟลเดอร์และพื้นที่ว่างของดิสก์ แล้วทำใหม่ได้เลย",
            en="check the permissions and the free space of the disk, then simply repeat",
        ),
    )


__all__ = ["BY", "OLD_ANCHORS", "read_export"]
