"""What the database refuses, said as a `StoreError` in both languages, without any password."""

from __future__ import annotations

from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError

from controller.errors import KhaenError, StoreError, Text

_HINTS = (
    (
        ("locked", "busy"),
        Text(
            th="มีโปรแกรมอื่นถือฐานข้อมูลอยู่ รอสักครู่แล้วลองใหม่",
            en="another program holds the database; wait a moment and try again",
        ),
    ),
    (
        ("deadlock", "serialize"),
        Text(
            th="มีผู้อื่นแก้ไขข้อมูลเดียวกันพร้อมกัน ลองทำรายการอีกครั้ง",
            en="somebody changed the same rows at the same time; do it again",
        ),
    ),
    (
        ("no such table", "does not exist", "no such column", "undefined"),
        Text(
            th="ตารางยังไม่พร้อม เรียกคำสั่งของ khaen ใดก็ได้หนึ่งครั้งเพื่อปรับปรุงฐานข้อมูล",
            en="the tables are not ready; run any khaen command once to migrate the database",
        ),
    ),
    (
        ("readonly", "read-only", "unable to open", "permission denied"),
        Text(
            th="ตรวจสิทธิ์ของแฟ้มและโฟลเดอร์ข้อมูล",
            en="check the permissions of the data folder and its files",
        ),
    ),
    (
        ("disk", "full", "no space"),
        Text(th="ตรวจพื้นที่ว่างของดิสก์", en="check the free space of the disk"),
    ),
    (
        ("malformed", "not a database", "corrupt"),
        Text(
            th="แฟ้มฐานข้อมูลเสียหาย ให้กู้คืนจากสำเนาสำรอง",
            en="the database file is damaged; restore it from a backup",
        ),
    ),
)
_CONNECTION = Text(
    th="ตรวจว่าเซิร์ฟเวอร์ฐานข้อมูลทำงานอยู่ และค่า database_url ถูกต้อง",
    en="check that the database server runs and that database_url is right",
)


def translated(error: DBAPIError, where: str) -> KhaenError | None:
    """The `StoreError` for an error of the database at `where`, or None when it is our own bug.

    `where` is the address without its password.
    """
    if isinstance(error, IntegrityError) or not isinstance(error, DatabaseError | DBAPIError):
        return None
    said = _first_line(error)
    lowered = said.lower()
    hint = next((h for words, h in _HINTS if any(w in lowered for w in words)), _CONNECTION)
    return StoreError(
        Text(
            th=f"อ่านหรือเขียนฐานข้อมูล {where} ไม่ได้: {said}",
            en=f"cannot read or write the database {where}: {said}",
        ),
        hint=hint,
    )


def _first_line(error: DBAPIError) -> str:
    # Only the first line: the next ones of PostgreSQL may hold the values of the row.
    lines = str(error.orig).strip().splitlines()
    return lines[0] if lines else type(error.orig).__name__
