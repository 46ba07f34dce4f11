"""The history: the var folder, the database, the audit log, accounts, and who is at work."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from controller.errors import KhaenError, Text
from controller.operations.doctor.check import NOT_ASKED, Check, Installation, Need
from controller.operations.doctor.work import AT_WORK, work
from controller.settings import Settings
from controller.store import accounts, audit_log
from controller.store.audit_keeper import AuditKeeper
from controller.store.engine import Store, open_store
from controller.store.export.reading import STAGING
from controller.store.export.shape import KEYS
from controller.store.migrations.upgrade import HEAD, revision_of
from controller.store.sqlite import file_of, looks_whole

FOLDER = Need("history.folder", Text(th="โฟลเดอร์ข้อมูล", en="var folder"))
DATABASE = Need("history.database", Text(th="ฐานข้อมูล", en="database"))
TABLES = Need("history.tables", Text(th="รุ่นของฐานข้อมูล", en="revision of the database"))
LOG = Need("history.audit_log", Text(th="บันทึกตรวจสอบ", en="audit log"))
CLOCK = Need("history.clock", Text(th="นาฬิกาเทียบกับประวัติ", en="clock against the history"))
COPY = Need("history.copy", Text(th="สำเนาของประวัติ", en="copy of the history"))
ACCOUNTS = Need("history.accounts", Text(th="บัญชีผู้ใช้", en="accounts"))

_LARGE_WAL = 1_000_000_000
# Reading every page of a larger file would take longer than anybody waits.
_QUICKLY_READ = 2_000_000_000
_AHEAD = timedelta(minutes=5)
_OLD_COPY = timedelta(days=31)


def history(at: Installation, settings: Settings | None) -> Iterator[Check]:
    """Every check of the history; `settings` is None when they are broken."""
    yield _folder(at.folder)
    after = (TABLES, LOG, CLOCK, COPY, ACCOUNTS, *AT_WORK)
    if settings is None:
        yield from (need.unknown(NOT_ASKED) for need in (DATABASE, *after))
        return
    url = at.database_url()
    file = file_of(url)
    if file is not None and not file.exists():
        yield DATABASE.warn(
            Text(th="ยังไม่มีประวัติ", en="there is no history yet"),
            Text(
                th="สร้างบัญชีแรกด้วย khaen account add หรือนำเข้าด้วย khaen import-history",
                en="make the first account with khaen account add, or khaen import-history FILE",
            ),
        )
        yield from (need.unknown(NOT_ASKED) for need in after)
        return
    keeper = AuditKeeper(at.folder)
    try:
        store = open_store(url, keeper)
        with store.read() as conn:
            revision = revision_of(conn)
    except KhaenError as error:
        yield DATABASE.failed(error)
        yield from (need.unknown(NOT_ASKED) for need in after)
        return
    try:
        yield _database(store, file)
        yield _tables(revision)
        if revision == HEAD:
            yield _log(store, keeper, at.folder)
            yield _clock(store, at)
            yield _copy(store, at)
            yield _accounts(store)
            yield from work(store, at, settings)
        else:
            yield from (need.unknown(NOT_ASKED) for need in after[1:])
    finally:
        keeper.close()
        store.close()


def _folder(folder: Path) -> Check:
    if not folder.exists():
        return FOLDER.ok(f"{folder} ยังไม่มี จะสร้างเมื่อใช้", f"{folder} is made when it is needed")
    if (folder / STAGING).exists():
        return FOLDER.fail(
            Text(
                th=f"การนำเข้าประวัติถูกหยุดกลางคัน ({folder / STAGING})",
                en=f"an import of history was stopped half-way ({folder / STAGING})",
            ),
            Text(th="สั่ง khaen import-history อีกครั้ง", en="run khaen import-history again"),
        )
    places = (folder, folder / KEYS, *sorted((folder / KEYS).glob("*")))
    exposed = [p for p in places if p.exists() and stat.S_IMODE(p.stat().st_mode) & 0o077]
    if exposed:
        names = " ".join(str(path) for path in exposed)
        return FOLDER.fail(
            Text(th=f"ผู้อื่นเข้าถึงได้: {names}", en=f"others can get at: {names}"),
            Text(th=f"สั่ง chmod go= {names}", en=f"chmod go= {names}"),
        )
    return FOLDER.ok(f"{folder} เฉพาะเจ้าของ", f"{folder}, for its owner alone")


def _database(store: Store, file: Path | None) -> Check:
    if file is None:
        return DATABASE.ok("PostgreSQL ตอบ", "PostgreSQL answers")
    wal = file.with_name(f"{file.name}-wal")
    size = file.stat().st_size
    if size < _QUICKLY_READ and not _looks_whole(store):
        return DATABASE.fail(
            Text(th=f"แฟ้ม {file} เสียหาย", en=f"the file {file} is damaged"),
            Text(th="กู้คืนจากสำเนาสำรอง", en="restore it from a copy"),
        )
    if wal.exists() and wal.stat().st_size > _LARGE_WAL:
        return DATABASE.warn(
            Text(th=f"{wal} โตเกิน 1 GB", en=f"{wal} is larger than 1 GB"),
            Text(
                th="มีโปรแกรมเปิดอ่านค้างอยู่นาน ให้เริ่ม khaen serve และ khaen worker ใหม่",
                en="some process reads for very long: start khaen serve and khaen worker anew",
            ),
        )
    said = f"SQLite {size / 1e6:,.1f} MB, WAL"
    return DATABASE.ok(said, said)


def _looks_whole(store: Store) -> bool:
    with store.read() as conn:
        return looks_whole(conn)


def _tables(revision: str | None) -> Check:
    if revision == HEAD:
        return TABLES.ok(f"รุ่นล่าสุด {HEAD}", f"the newest, {HEAD}")
    if revision is None or revision < HEAD:
        found = revision or "-"
        return TABLES.warn(
            Text(th=f"รุ่น {found} เก่ากว่า {HEAD}", en=f"revision {found}, older than {HEAD}"),
            Text(
                th="คำสั่ง khaen ใดก็ได้จะปรับรุ่นให้ (SQLite: เก็บสำเนาไว้ก่อน)",
                en="any khaen command brings it up to date (SQLite: a copy is kept first)",
            ),
        )
    return TABLES.fail(
        Text(th=f"รุ่น {revision} ใหม่กว่าโปรแกรม", en=f"revision {revision}, newer than the program"),
        Text(th="ใช้โปรแกรมรุ่นใหม่กว่า", en="use a newer version of the program"),
    )


def _log(store: Store, keeper: AuditKeeper, folder: Path) -> Check:
    with store.read() as conn:
        last, _ = audit_log.head(conn)
    if not last:
        return LOG.ok("ยังไม่มีรายการ", "no entries yet")
    if not (folder / KEYS / "audit.key").exists():
        return LOG.fail(
            Text(th="กุญแจ keys/audit.key หายไป", en="the key is gone: keys/audit.key"),
            Text(
                th="นำกลับจากสำเนา ก่อนสั่งคำสั่งใดที่เขียนประวัติ ซึ่งจะสร้างกุญแจใหม่",
                en="bring it back from a copy before any command writes, as that makes a new one",
            ),
        )
    try:
        verdict = keeper.verify(store)
    except KhaenError as error:
        return LOG.failed(error)
    if verdict.ok is True:
        return LOG.ok(
            f"{verdict.seen:,} รายการ ครบถ้วน หลักหมุดลงนามถูกต้อง",
            f"{verdict.seen:,} entries, whole, its head properly signed",
        )
    first, todo = verdict.problems[0].message, _SHOW_LOG
    return LOG.unknown(first, todo) if verdict.ok is None else LOG.fail(first, todo)


_SHOW_LOG = Text(
    th="ดูทุกจุดด้วย khaen audit-log verify และเทียบกับสำเนาที่เก็บไว้ที่อื่น",
    en="see all of it with khaen audit-log verify, and compare with a copy kept elsewhere",
)


def _clock(store: Store, at: Installation) -> Check:
    with store.read() as conn:
        newest = audit_log.newest(conn, 1)
    if newest and newest[0].at > at.clock() + _AHEAD:
        return CLOCK.fail(
            Text(
                th=f"รายการล่าสุดของบันทึกตรวจสอบอยู่ในอนาคต: {newest[0].at:%Y-%m-%d %H:%M} UTC",
                en=f"the newest entry of the audit log is in the future: "
                f"{newest[0].at:%Y-%m-%d %H:%M} UTC",
            ),
            Text(th="ตั้งนาฬิกาของทุกเครื่องด้วย NTP", en="set the clock of each machine by NTP"),
        )
    return CLOCK.ok("ไม่มีรายการใดอยู่ในอนาคต", "no entry is in the future")


def _copy(store: Store, at: Installation) -> Check:
    with store.read() as conn:
        last = audit_log.newest(conn, 1, action="export_history")
        first = audit_log.entry(conn, 1)
    since = last[0].at if last else first.at if first else at.clock()
    days = (at.clock() - since).days
    if since > at.clock() - _OLD_COPY:
        if last:
            return COPY.ok(f"ส่งออกล่าสุดเมื่อ {days} วันก่อน", f"exported {days} days ago")
        return COPY.ok("ยังใหม่ ยังไม่เคยส่งออก", "still new, never exported")
    return COPY.warn(
        Text(th=f"ไม่ได้ส่งออกมา {days} วันแล้ว", en=f"nothing was exported for {days} days"),
        Text(
            th="สั่ง khaen export-history แล้วเก็บแฟ้มไว้ที่เครื่องอื่น (docs/care.md)",
            en="run khaen export-history, and keep the file on another machine (docs/care.md)",
        ),
    )


def _accounts(store: Store) -> Check:
    with store.read() as conn:
        count = len(accounts.list_accounts(conn))
    if count:
        return ACCOUNTS.ok(f"{count} บัญชี", f"{count}")
    return ACCOUNTS.warn(
        Text(th="ยังไม่มีบัญชี", en="there is none yet"),
        Text(th="สั่ง khaen account add ชื่อผู้ใช้", en="khaen account add USERNAME"),
    )
