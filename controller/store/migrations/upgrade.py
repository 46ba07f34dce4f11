"""Bringing a database to the newest revision, inside the caller's transaction."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from controller.errors import StoreError, Text

# The newest revision; a test holds it against the files. Known here so that a command that finds
# the database up to date need not load Alembic.
HEAD = "0007"


def is_current(conn: Connection) -> bool:
    """Whether the tables are those of this version of the program."""
    return revision_of(conn) == HEAD


def remake(conn: Connection, revision: str) -> None:
    """Make the tables of an empty database anew, as they were at an older revision.

    For rows of that revision, which `upgrade` then brings forward. Errors: `StoreError` for a
    revision there never was.
    """
    looked = inspect(conn)
    for name, _ in reversed(looked.get_sorted_table_and_fkc_names()):
        if name:
            conn.exec_driver_sql(f'DROP TABLE "{name}"')
    if conn.dialect.name == "postgresql":
        conn.exec_driver_sql("DROP FUNCTION IF EXISTS khaen_append_only")
    upgrade(conn, revision)


def revision_of(conn: Connection) -> str | None:
    """The revision of the tables; None where there are none."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    return conn.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(conn: Connection, to: str = "head") -> None:
    """Apply what is missing up to a revision, if anything.

    Errors: `StoreError` when a newer program wrote the database.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = conn
    try:
        command.upgrade(config, to)
    except CommandError as error:
        found = revision_of(conn)
        raise StoreError(
            Text(
                th=f"ฐานข้อมูลเป็นรุ่น {found} ซึ่งโปรแกรมรุ่นนี้ไม่รู้จัก",
                en=f"the database is at revision {found}, which this version does not know",
            ),
            hint=Text(
                th="ใช้โปรแกรมรุ่นใหม่กว่า หรือกู้คืนฐานข้อมูลจากสำเนาของรุ่นนี้",
                en="use a newer version of the program, or restore a database of this version",
            ),
        ) from error
