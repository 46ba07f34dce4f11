"""The repository of backups: one git folder, one file per device, secrets and all.

Only for the eyes of its owner. Blobs are written first, by many threads, and are safe on the disk
when `write` returns; one commit names many of them later.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from controller.errors import NotFound, StoreError, Text

if TYPE_CHECKING:
    from dulwich.objects import ObjectID

    from controller.store.git_folder import GitFolder
    from controller.store.packing import Packing


@dataclass(frozen=True)
class Version:
    """What a path held since a commit."""

    commit: str
    blob: str
    at: datetime
    message: str


class BackupRepository:
    """The repository in the folder `path`, made when it is first used.

    Safe to share between threads, and several processes may use the same folder. Errors of every
    method: `StoreError`, and `ValueError` for a path that is not plain and relative.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._guard = threading.Lock()
        self._opened: GitFolder | None = None

    def write(self, device_path: str, text: str) -> str:
        """Keep a text durably, without a commit; gives its blob id (40 hexadecimal digits).

        `device_path` is where a commit will put it, `SITE/DEVICE.cfg`.
        """
        _place(device_path)
        with self._folder() as folder:
            return folder.keep_blob(text.encode("utf-8", "surrogateescape")).decode()

    def commit(self, files: Mapping[str, str], message: str, at: datetime) -> str:
        """Put blobs at their paths in one commit and give its id; other files stay as they are.

        When nothing differs from the last commit, the id of that one is given. Errors: `NotFound`
        for a blob that was never written.
        """
        places = {_place(path): _object_id(blob) for path, blob in files.items()}
        with self._folder() as folder, folder.alone():
            for blob in files.values():
                if _object_id(blob) not in folder:
                    raise self._nowhere(blob)
            head = folder.head()
            before = folder.tree_of(head)
            tree = folder.changed(before, places)
            if head and tree == before:
                return head.decode()
            return folder.commit(tree, message, at).decode()

    def read(self, blob: str) -> str:
        """The text of a blob. Errors: `NotFound`."""
        try:
            with self._folder() as folder:
                content = folder.blob(_object_id(blob))
        except KeyError as error:
            raise self._nowhere(blob) from error
        return content.decode("utf-8", "surrogateescape")

    def history(self, path: str, most: int = 100) -> tuple[Version, ...]:
        """The commits that changed a path, newest first."""
        place = _place(path)
        found: list[Version] = []
        with self._folder() as folder:
            commits = list(folder.commits())
            trees = [commit.tree for _, commit in commits]
            for (name, commit), tree, parent in zip(
                commits, trees, [*trees[1:], None], strict=True
            ):
                blob = folder.at(tree, place)
                if blob and blob != folder.at(parent, place):
                    at = datetime.fromtimestamp(commit.commit_time, UTC)
                    message = commit.message.decode("utf-8", "replace")
                    found.append(Version(name.decode(), blob.decode(), at, message))
                if len(found) == most:
                    break
        return tuple(found)

    def pack(self) -> Packing | None:
        """Make the repository small and quick again: once a night is enough.

        Writing and reading go on meanwhile, and a kill loses nothing. None when another process is
        packing already.
        """
        with self._folder() as folder:
            return folder.pack()

    def close(self) -> None:
        """Let go of open files. The repository can be used again after it."""
        with self._guard:
            if self._opened:
                self._opened.close()
            self._opened = None

    def _nowhere(self, blob: str) -> NotFound:
        return NotFound(
            Text(
                th=f"ไม่พบข้อมูลสำรอง {blob} ใน {self._path}",
                en=f"there is no backup {blob} in {self._path}",
            )
        )

    @contextmanager
    def _folder(self) -> Iterator[GitFolder]:
        from controller.store.git_folder import GitFolder

        try:
            with self._guard:
                if self._opened is None:
                    self._opened = GitFolder(self._path)
            yield self._opened
        except OSError as error:
            raise StoreError(
                Text(
                    th=f"อ่านหรือเขียนคลังข้อมูลสำรอง {self._path} ไม่ได้: {error.strerror}",
                    en=f"cannot read or write the backups in {self._path}: {error.strerror}",
                ),
                hint=Text(
                    th="ตรวจสิทธิ์ของโฟลเดอร์ข้อมูล และพื้นที่ว่างของดิสก์",
                    en="check the permissions of the data folder and the free space of the disk",
                ),
            ) from error


def _object_id(blob: str) -> ObjectID:
    from dulwich.objects import ObjectID

    # Nobody's id stands for what cannot be one.
    return ObjectID(blob.encode() if re.fullmatch(r"[0-9a-f]{40}", blob) else b"0" * 40)


def _place(path: str) -> tuple[bytes, ...]:
    parts = path.split("/")
    if "\0" in path or any(part.lower() in {"", ".", "..", ".git"} for part in parts):
        raise ValueError(f"not a plain relative path: {path!r}")
    return tuple(part.encode() for part in parts)
