"""Which git commit the files of a workspace are of, and which of them differ from it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from controller.plans.provenance import Provenance


def provenance_of(root: Path, files: Mapping[str, bytes]) -> Provenance:
    """Compare the files, exactly as they were read, with the commit that is checked out.

    Without git, with a kind of repository that cannot be read here, or before the first commit,
    there is no commit and every file counts as edited.
    """
    # dulwich takes longer to import than a whole validation, and only plans ask for a commit.
    from dulwich.errors import NotGitRepository
    from dulwich.repo import Repo, UnsupportedExtension, UnsupportedVersion

    try:
        repository = Repo.discover(str(root))
    except (NotGitRepository, UnsupportedExtension, UnsupportedVersion):
        return Provenance(None, tuple(sorted(files)))
    with repository:
        try:
            head = repository.head()
        except KeyError:
            return Provenance(None, tuple(sorted(files)))
        above = root.resolve().relative_to(Path(repository.path).resolve())
        committed = _blob_ids(repository, head, above.as_posix())
    edited = (path for path, content in files.items() if committed.get(path) != _blob_id(content))
    return Provenance(head.decode(), tuple(sorted(edited)))


def _blob_ids(repository: Any, head: bytes, above: str) -> dict[str, bytes]:
    from dulwich.object_store import iter_tree_contents

    prefix = b"" if above == "." else above.encode() + b"/"
    tree = repository[head].tree
    return {
        entry.path[len(prefix) :].decode(errors="surrogateescape"): entry.sha
        for entry in iter_tree_contents(repository.object_store, tree)
        if entry.path.startswith(prefix)
    }


def _blob_id(content: bytes) -> bytes:
    from dulwich.objects import Blob

    return bytes(Blob.from_string(content).id)
