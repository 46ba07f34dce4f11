"""Numbers of the newest cases for a shell to complete, with SQLite alone: within milliseconds."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

_MOST = 200
_NEWEST = "SELECT number, content FROM cases ORDER BY opened DESC LIMIT ?"


def newest_cases(file: Path) -> tuple[tuple[str, str], ...]:
    """(number, title) of the newest cases in a database file; nothing when it cannot be read.

    The file is only read, and not made when it is not there.
    """
    try:
        with closing(
            sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=0.2)
        ) as connection:
            rows = connection.execute(_NEWEST, (_MOST,)).fetchall()
        return tuple((number, str(json.loads(content)["title"])) for number, content in rows)
    except (sqlite3.Error, ValueError, KeyError, TypeError):
        return ()
