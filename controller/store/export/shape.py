"""What an export of an installation looks like, for those who write and those who read it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

FORMAT = "khaen-history/1"
# In this order: what proves the log stands before the log, what proves everything comes last.
HEADER = "khaen-history.json"
HEAD = "audit/head.json"
ANCHORS = "audit/anchors.jsonl"
TABLES = "tables/"
LOG = "tables/audit_log.jsonl"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
# Folders of the var folder that are history. What a process needs while it runs is none.
FOLDERS = ("backups", "files", "archive", "pins", "notices", "reports")
SAMPLES = "archive"
KEYS = "keys"
KEY_NAMES = ("audit.key", "seal.key", "web.key")
# Rows that belong to a machine and to processes on it, not to the office.
LEFT_OUT = frozenset({"alembic_version", "sessions", "pollers", "poll_shards"})
CHUNK = 1 << 20

Told = Callable[[str, int], None]
"""Called with the name of a table or folder and how much of it is done: rows, or files."""


@dataclass(frozen=True)
class Member:
    """One file of an export, as its manifest lists it."""

    size: int
    sha256: str


@dataclass(frozen=True)
class TableShape:
    """A table: its columns with their kinds (`text`, `integer`, `float`, `boolean`, `binary`)."""

    name: str
    columns: dict[str, str]
    rows: int


@dataclass(frozen=True)
class Manifest:
    """What an export holds. `signed_head` is None when the log was not whole as it was made."""

    program: str
    revision: str
    database: str
    exported: str
    public_key: str
    last: int
    tables: tuple[TableShape, ...]
    members: dict[str, Member]

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the key files in it; empty when it holds none."""
        names = [name for name in self.members if name.startswith(f"{KEYS}/")]
        return tuple(name.removeprefix(f"{KEYS}/") for name in names)

    def as_json(self) -> dict[str, Any]:
        """The manifest as JSON says it."""
        return {
            "format": FORMAT,
            "program": self.program,
            "revision": self.revision,
            "database": self.database,
            "exported": self.exported,
            "public_key": self.public_key,
            "last": self.last,
            "tables": [{"name": t.name, "columns": t.columns, "rows": t.rows} for t in self.tables],
            "members": {n: {"size": m.size, "sha256": m.sha256} for n, m in self.members.items()},
        }


def manifest_of(said: dict[str, Any]) -> Manifest:
    """The manifest in a parsed `manifest.json`. Errors: `KeyError`, `TypeError`, `ValueError`."""
    return Manifest(
        program=str(said["program"]),
        revision=str(said["revision"]),
        database=str(said["database"]),
        exported=str(said["exported"]),
        public_key=str(said["public_key"]),
        last=int(said["last"]),
        tables=tuple(
            TableShape(str(t["name"]), {str(c): str(k) for c, k in t["columns"].items()}, t["rows"])
            for t in said["tables"]
        ),
        members={n: Member(int(m["size"]), str(m["sha256"])) for n, m in said["members"].items()},
    )


def signed_bytes(manifest: bytes) -> bytes:
    """What is signed of a manifest: a statement nobody can take for one about the audit log."""
    return f"{FORMAT} {hashlib.sha256(manifest).hexdigest()}".encode()


class Hashing:
    """A file being read, which says afterwards how long it was and its SHA-256."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._size = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        return self._seen(self._file.read(size))

    def lines(self) -> Iterator[bytes]:
        """The rest of it, line by line."""
        for line in self._file:
            yield self._seen(line)

    def rest(self) -> None:
        """Read on to the end."""
        while self.read(CHUNK):
            pass

    @property
    def member(self) -> Member:
        """What was read so far."""
        return Member(self._size, self._digest.hexdigest())

    def _seen(self, content: bytes) -> bytes:
        self._digest.update(content)
        self._size += len(content)
        return content
