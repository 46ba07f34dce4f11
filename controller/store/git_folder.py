"""A bare git folder, written so that a kill at any moment leaves nothing to clean up.

Objects and the branch are replaced whole (a new file, then a rename), and writers of the branch are
kept apart by a lock the system lets go when its holder dies. The format, and reading what was
packed, is dulwich's work; packing is `packing`'s.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import threading
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from dulwich.objects import Blob, Commit, ObjectID, RawObjectID, ShaFile, Tree
from dulwich.refs import Ref
from dulwich.repo import Repo

from controller.store.pack_files import PackFolder, sync_folder
from controller.store.packing import Packing, merge_packs, pack_loose, packing_alone

BRANCH = "refs/heads/main"
_AUTHOR = b"khaen <khaen@localhost>"
_FILE, _FOLDER = 0o100644, 0o040000
Place = tuple[bytes, ...]


class GitFolder:
    """The git folder at `path`, made when there is none. Raises `OSError`; `KeyError` for objects.

    Safe to share between threads and between processes.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._guard = threading.RLock()
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.chmod(0o700)
        with self.alone():
            if not (path / "HEAD").exists():
                _make(path)
        self._repo = Repo(str(path))
        # Packs stay open until told otherwise: close them also when nobody does, before exit.
        self._finalizer = weakref.finalize(self, self._repo.close)

    def close(self) -> None:
        """Let go of packs and files."""
        self._finalizer()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else moves the branch meanwhile."""
        with self._guard, (self._path / "khaen.lock").open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def keep(self, thing: ShaFile) -> ObjectID:
        """Write an object durably, unless it is there; gives its id."""
        name = thing.id
        place = self._path / "objects" / name[:2].decode() / name[2:].decode()
        if not place.exists() and not self._is_packed(name):
            _replace(place, thing.as_legacy_object())
        return name

    def _is_packed(self, name: ObjectID) -> bool:
        with self._guard:
            return self._repo.object_store.contains_packed(name)

    def keep_blob(self, content: bytes) -> ObjectID:
        """Write a file's content."""
        return self.keep(Blob.from_string(content))

    def blob(self, name: ObjectID) -> bytes:
        """The content of a blob."""
        found = self._get(name)
        if not isinstance(found, Blob):
            raise KeyError(name)
        return found.data

    def __contains__(self, name: ObjectID) -> bool:
        with self._guard:
            return name in self._repo.object_store or name in self._repo.object_store

    def head(self) -> ObjectID | None:
        """The newest commit."""
        try:
            return ObjectID(self._repo.refs[Ref(BRANCH.encode())])
        except KeyError:
            return None

    def tree_of(self, commit: ObjectID | None) -> ObjectID | None:
        """The tree of a commit."""
        found = self._get(commit) if commit else None
        return found.tree if isinstance(found, Commit) else None

    def commit(self, tree: ObjectID, message: str, at: datetime) -> ObjectID:
        """Make a commit of the tree the head of the branch. Call it inside `alone`."""
        new, head = Commit(), self.head()
        new.tree = tree
        new.parents = [head] if head else []
        new.author = new.committer = _AUTHOR
        new.author_time = new.commit_time = int(at.timestamp())
        new.author_timezone = new.commit_timezone = 0
        new.encoding = b"UTF-8"
        new.message = message.encode("utf-8", "replace")
        name = self.keep(new)
        _replace(self._path / BRANCH, name + b"\n")
        return name

    def changed(self, tree: ObjectID | None, files: Mapping[Place, ObjectID]) -> ObjectID:
        """The tree with these blobs at their places; only folders on the way are written anew."""
        new = self._tree(tree)
        below: dict[bytes, dict[Place, ObjectID]] = {}
        for place, blob in files.items():
            if len(place) == 1:
                new[place[0]] = (_FILE, blob)
            else:
                below.setdefault(place[0], {})[place[1:]] = blob
        for name, inside in below.items():
            # What stands there may be a file: then it gives way.
            old = new[name][1] if name in new else None
            new[name] = (_FOLDER, self.changed(old, inside))
        return self.keep(new)

    def at(self, tree: ObjectID | None, place: Place) -> ObjectID | None:
        """The blob at a place of a tree; None where there is none, or a folder."""
        mode = _FOLDER
        for name in place:
            entries = self._tree(tree)
            if mode != _FOLDER or name not in entries:
                return None
            mode, tree = entries[name]
        return None if mode == _FOLDER else tree

    def commits(self) -> Iterator[tuple[ObjectID, Commit]]:
        """The commits of the branch, newest first."""
        name = self.head()
        while name:
            commit = self._get(name)
            if not isinstance(commit, Commit):
                return
            yield name, commit
            name = commit.parents[0] if commit.parents else None

    def pack(self) -> Packing | None:
        """Pack what is not packed yet; None when another process is at it.

        Reading and writing go on meanwhile. A kill at any moment loses nothing.
        """
        with packing_alone(self._path) as alone:
            if not alone:
                return None
            packs = PackFolder(self._path)
            packs.sweep()
            # A reader of its own: others need not wait, and what it opened is closed at the end.
            with Repo(str(self._path)) as repo:
                store = repo.object_store
                done = pack_loose(
                    self._path,
                    lambda sha: store.get_raw(RawObjectID(sha)),
                    lambda sha: store.contains_packed(RawObjectID(sha)),
                    self.head(),
                )
                merge_packs(self._path, lambda sha: store.get_raw(RawObjectID(sha)))
            return Packing(done, len(packs.ours()) + packs.others(), self.size())

    def size(self) -> int:
        """Bytes of all files of the folder."""
        return sum(file.stat().st_size for file in self._path.rglob("*") if file.is_file())

    def _tree(self, name: ObjectID | None) -> Tree:
        found = self._get(name) if name else None
        new = Tree()
        for entry in found.items() if isinstance(found, Tree) else ():
            new.add(entry.path, entry.mode, entry.sha)
        return new

    def _get(self, name: ObjectID) -> ShaFile:
        # Packs are read through one file position each: one reader at a time.
        with self._guard:
            try:
                return self._repo.object_store[name]
            except KeyError:
                # It was packed between the look into the packs and the look for its own file.
                return self._repo.object_store[name]


def _make(path: Path) -> None:
    for folder in ("objects/info", "objects/pack", "refs/heads", "refs/tags"):
        (path / folder).mkdir(parents=True, exist_ok=True)
    _replace(path / "config", b"[core]\n\trepositoryformatversion = 0\n\tbare = true\n")
    _replace(path / "HEAD", f"ref: {BRANCH}\n".encode())


def _replace(place: Path, content: bytes) -> None:
    place.parent.mkdir(exist_ok=True)
    new = place.with_name(f".new-{secrets.token_hex(8)}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(place)
    sync_folder(place.parent)
