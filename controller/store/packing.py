"""Packing a git folder so that it stays small and quick for years, and a kill loses nothing.

Every night the new objects go into a small pack. Packs grow in steps: whenever one is less than
twice as large as all smaller ones together, those become one. So each object is copied a few times
in all, what a night costs does not grow with history, and there are never many packs to look into.
An object is kept as its difference from the version before it, which the commits tell: nothing has
to be searched for. Packs that git itself made are read, but left as they are.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dulwich.objects import ObjectID

from controller.store.delta import entries_of, lines_of, make_delta
from controller.store.pack_files import BLOB, TREE, Packed, PackFolder, squeezed

# How many differences are put on top of each other until a version is kept whole again.
DEEPEST = 40
_STEP = 2
Content = Callable[[bytes], tuple[int, bytes]]
"""Kind and content of an object by its 20 bytes."""


@dataclass(frozen=True)
class Packing:
    """What a packing did: how many objects it packed, how many packs and bytes there are now."""

    objects: int
    packs: int
    bytes: int


@contextmanager
def packing_alone(folder: Path) -> Iterator[bool]:
    """Whether nobody else packs this folder; then nobody does meanwhile."""
    with (folder / "khaen-pack.lock").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def loose_objects(folder: Path) -> dict[bytes, Path]:
    """The objects that are files of their own."""
    found = {}
    for file in (folder / "objects").glob("[0-9a-f][0-9a-f]/*"):
        name = file.parent.name + file.name
        if len(name) == 40 and not name.strip("0123456789abcdef"):
            found[bytes.fromhex(name)] = file
    return found


def pack_loose(
    folder: Path, content: Content, is_packed: Callable[[bytes], bool], head: ObjectID | None
) -> int:
    """Pack the objects that are files of their own, and remove the files; how many there were."""
    loose = {}
    for sha, file in loose_objects(folder).items():
        if is_packed(sha):
            # Left over when a packing was killed, or git packed it.
            file.unlink(missing_ok=True)
        else:
            loose[sha] = file
    if not loose:
        return 0
    content = lru_cache(maxsize=1000)(content)
    follows = _predecessors(loose, content, head)
    # Oldest first, as the commits put them; then what no commit names.
    order = [sha for sha in follows if sha in loose]
    order += sorted(set(loose) - set(order))
    writer = _Writer(content, lambda _: None, {s: p for s, p in follows.items() if p is not None})
    packs = PackFolder(folder)
    packs.write(len(order), writer.written(order), writer.outside)
    for file in loose.values():
        file.unlink(missing_ok=True)
    return len(order)


def merge_packs(folder: Path, content: Content) -> None:
    """Make one of the smallest packs, unless each is large enough beside those before it."""
    packs = PackFolder(folder)
    names = _too_alike(packs.ours())
    if len(names) < 2:
        return
    found: dict[bytes, Packed] = {}
    follows: dict[bytes, bytes] = {}
    # The largest is the oldest.
    for name in reversed(names):
        for sha, packed in packs.read(name):
            found.setdefault(sha, packed)
        follows = packs.predecessors(name) | follows
    writer = _Writer(content, found.get, follows)
    new = packs.write(len(found), writer.written(list(found)), writer.outside)
    for name in names:
        if name != new:
            packs.remove(name)


def _too_alike(sizes: Mapping[str, int]) -> list[str]:
    """The packs, of small ones first, up to the last that is too small beside those before it."""
    together, last = 0, 0
    for place, size in enumerate(sizes.values()):
        if place and size < _STEP * together:
            last = place + 1
        together += size
    return list(sizes)[:last]


class _Writer:
    """Brings objects into an order and a form for one pack.

    `outside` collects predecessors that are not among them. Of a pack merged, `known` gives
    objects as they were packed.
    """

    def __init__(
        self,
        content: Content,
        known: Callable[[bytes], Packed | None],
        follows: Mapping[bytes, bytes],
    ) -> None:
        self._content = content
        self._known = known
        self._follows = follows
        self._depth: dict[bytes, int] = {}
        self.outside: dict[bytes, bytes] = {}

    def written(self, order: list[bytes]) -> Iterator[tuple[bytes, Packed]]:
        """Every object once, after its base."""
        every = set(order)
        for wanted in order:
            climbing = [wanted]
            while climbing:
                sha = climbing[-1]
                base = self._base(sha, every)
                if base is not None and base not in self._depth and base not in climbing:
                    climbing.append(base)
                    continue
                climbing.pop()
                if sha not in self._depth:
                    yield sha, self._packed(sha, base)

    def _base(self, sha: bytes, every: set[bytes]) -> bytes | None:
        packed = self._known(sha)
        if packed is not None and packed.base is not None:
            return packed.base
        base = self._follows.get(sha)
        if base is not None and base not in every:
            self.outside[sha] = base
            return None
        return base

    def _packed(self, sha: bytes, base: bytes | None) -> Packed:
        packed = self._known(sha)
        depth = self._depth.get(base, DEEPEST) + 1 if base is not None else 0
        if base is not None and depth <= DEEPEST:
            if packed is not None and packed.base == base:
                self._depth[sha] = depth
                return packed
            if difference := self._difference(sha, base):
                self._depth[sha] = depth
                return difference
        self._depth[sha] = 0
        if packed is not None and packed.base is None:
            return packed
        return squeezed(*self._content(sha))

    def _difference(self, sha: bytes, base: bytes) -> Packed | None:
        """The object as its difference from the base; None when that is not worth while."""
        kind, new = self._content(sha)
        was, old = self._content(base)
        if kind != was or kind not in {TREE, BLOB}:
            return None
        pieces = entries_of if kind == TREE else lines_of
        delta = make_delta(pieces(old), pieces(new))
        return squeezed(kind, delta, base) if 2 * len(delta) < len(new) else None


def _predecessors(
    loose: Mapping[bytes, Path], content: Content, head: ObjectID | None
) -> dict[bytes, bytes | None]:
    """Object -> the one that stood in its place in the commit before, oldest commits first.

    Only commits that are not packed yet are looked at.
    """
    commits: list[tuple[bytes, bytes, bytes | None]] = []
    sha = bytes.fromhex(head.decode()) if head else None
    while sha is not None and sha in loose:
        tree, parent = _commit_names(content(sha)[1])
        commits.append((sha, tree, parent))
        sha = parent
    follows: dict[bytes, bytes | None] = {}
    for sha, tree, parent in reversed(commits):
        follows[sha] = None
        before = _commit_names(content(parent)[1])[0] if parent else None
        _compare(tree, before, loose, content, follows)
    return follows


def _compare(
    new: bytes,
    old: bytes | None,
    loose: Mapping[bytes, Path],
    content: Content,
    follows: dict[bytes, bytes | None],
) -> None:
    """Note what stands in `new` and not in `old`, folders before what is in them."""
    if new == old or new in follows or new not in loose:
        return
    follows[new] = old
    kind, tree = content(new)
    if kind != TREE:
        return
    before = _tree(content(old)[1]) if old and content(old)[0] == TREE else {}
    for name, sha in _tree(tree).items():
        _compare(sha, before.get(name), loose, content, follows)


def _tree(tree: bytes) -> dict[bytes, bytes]:
    return {entry[:-21].partition(b" ")[2]: entry[-20:] for entry in entries_of(tree)}


def _commit_names(commit: bytes) -> tuple[bytes, bytes | None]:
    """The tree and the first parent."""
    lines = commit.partition(b"\n\n")[0].split(b"\n")
    names = {line[:7].split(b" ")[0]: line for line in reversed(lines)}
    parent = names.get(b"parent")
    return bytes.fromhex(names[b"tree"][5:].decode()), (
        bytes.fromhex(parent[7:].decode()) if parent else None
    )
