"""Commits files of the workspace to its git repository, and nothing else that may be edited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any


def commit_file(
    root: Path, path: str, *, author: tuple[str, str], message: str, at: datetime
) -> str | None:
    """Commit the file as it is on the disk; the commit's id.

    Whatever else is edited or staged stays so. `author` is title and e-mail address. None when
    there is no repository, no commit before, or it cannot be written: the file is uncommitted then.
    """
    return commit_files(root, (path,), author=author, message=message, at=at)


def commit_files(
    root: Path, paths: Sequence[str], *, author: tuple[str, str], message: str, at: datetime
) -> str | None:
    """The same for several files, in one commit."""
    # dulwich takes longer to import than a whole validation.
    from dulwich.errors import GitProtocolError, NotGitRepository, ObjectFormatException
    from dulwich.file import FileLocked
    from dulwich.repo import Repo, UnsupportedExtension, UnsupportedVersion

    try:
        repository = Repo.discover(str(root))
    except (NotGitRepository, UnsupportedExtension, UnsupportedVersion):
        return None
    with repository:
        try:
            return _committed(repository, root, paths, author, message, at)
        except (OSError, KeyError, ValueError, FileLocked, GitProtocolError, ObjectFormatException):
            return None


def _committed(
    repository: Any,
    root: Path,
    paths: Sequence[str],
    author: tuple[str, str],
    message: str,
    at: datetime,
) -> str | None:
    from dulwich.index import index_entry_from_stat
    from dulwich.objects import Blob, Commit

    names, head = repository.refs.follow(b"HEAD")
    if head is None:
        return None
    above = root.resolve().relative_to(Path(repository.path).resolve())
    store, new = repository.object_store, Commit()
    before = new.tree = repository[head].tree
    blobs = {path: Blob.from_string((root / path).read_bytes()) for path in paths}
    places = {path: (above / path).as_posix().encode() for path in paths}
    for path, blob in blobs.items():
        store.add_object(blob)
        new.tree = _with_blob(store, new.tree, places[path].split(b"/"), blob.id)
    if new.tree == before:
        return str(head.decode())
    new.parents = [head]
    new.author = new.committer = f"{_plain(author[0])} <{_plain(author[1])}>".encode()
    new.author_time = new.commit_time = int(at.timestamp())
    new.author_timezone = new.commit_timezone = 7 * 3600
    new.encoding = b"UTF-8"
    new.message = message.encode()
    store.add_object(new)
    # Somebody who commits at the same moment wins; ours is then told to be uncommitted.
    if not repository.refs.set_if_equals(names[-1], head, new.id):
        return None
    index = repository.open_index()
    for path, place in places.items():
        index[place] = index_entry_from_stat((root / path).stat(), blobs[path].id)
    index.write()
    return str(new.id.decode())


def _with_blob(store: Any, tree: Any, parts: list[bytes], blob: Any) -> Any:
    """The id of the tree with the blob at a place; folders on the way are made when missing."""
    from dulwich.objects import Tree

    new = Tree()
    if tree is not None:
        for entry in store[tree].items():
            new.add(entry.path, entry.mode, entry.sha)
    if len(parts) == 1:
        mode = new[parts[0]][0] if parts[0] in new else 0o100644
        new[parts[0]] = (mode, blob)
    else:
        below = new[parts[0]][1] if parts[0] in new else None
        new[parts[0]] = (0o040000, _with_blob(store, below, parts[1:], blob))
    store.add_object(new)
    return new.id


def _plain(text: str) -> str:
    """Without what would end the name or the line."""
    return " ".join(re.sub(r"[<>\x00-\x1f]", " ", text).split())
