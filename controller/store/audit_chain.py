"""Checking a chain of audit entries, wherever they come from: the database or an exported file.

Pure. Three-valued: only an unbroken chain whose newest entry a signed anchor names is `ok`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from controller.errors import Text
from controller.store import audit_words as words
from controller.store.audit_entry import (
    GENESIS,
    Anchor,
    ChainProblem,
    Entry,
    Kind,
    Verdict,
    digest,
    signed_by,
)

__all__ = ["Verdict", "check"]

# So many problems are told one by one; of the rest only the number.
_TOLD = 200
# Signatures are slow. The newest one proves the whole chain before it, so of the older ones only
# those near the end, and those that disagree with the chain, are looked at.
_SIGNATURES = 1000
# Altered entries among which a swap is looked for (every pair is tried).
_SWAPS = 40


def check(
    entries: Iterable[Entry],
    anchors: Iterable[Anchor],
    *,
    public_key: str,
    seal: Callable[[str], str] | None = None,
) -> Verdict:
    """Walk the entries in the order given and hold them against each other and the anchors.

    `seal` gives the seal an entry of ours must carry for its hash; None for an export, which has
    none. An empty log without anchors is ok: there is nothing to prove.
    """
    walk = _Walk(tuple(anchors), public_key, seal)
    for entry in entries:
        walk.step(entry)
    return walk.finish()


class _Walk:
    """One pass over a chain; `step` for each entry in the order found, then `finish`."""

    def __init__(
        self, anchors: tuple[Anchor, ...], public_key: str, seal: Callable[[str], str] | None
    ) -> None:
        self._key = public_key
        self._seal = seal
        self._anchors: dict[int, list[Anchor]] = defaultdict(list)
        for anchor in anchors:
            self._anchors[anchor.seq].append(anchor)
        self._signed_from = sorted(a.seq for a in anchors)[-_SIGNATURES:][:1]
        self._top, self._top_hash, self._seen = 0, GENESIS, 0
        self._missing: list[tuple[int, int]] = []
        self._altered: list[Entry] = []
        self._vouched = 0
        self._problems: list[ChainProblem] = []
        self._untold = 0

    def step(self, entry: Entry) -> None:
        """Hold one entry against its own hash, the one before, its seal and its anchors."""
        self._seen += 1
        if digest(entry) != entry.hash:
            self._altered.append(entry)
        elif self._seal and self._seal(entry.hash) != entry.seal:
            self._say(entry.seq, "unsealed", words.unsealed(entry.seq))
        if entry.seq <= self._top:
            self._step_back(entry)
            return
        if entry.seq > self._top + 1:
            self._missing.append((self._top + 1, entry.seq - 1))
        elif entry.previous != self._top_hash:
            self._say(self._top, "replaced", words.unlinked(self._top, entry.seq))
        self._top, self._top_hash = entry.seq, entry.hash
        self._hold_against_anchors(entry)

    def _step_back(self, entry: Entry) -> None:
        for index, (first, last) in enumerate(self._missing):
            if first <= entry.seq <= last:
                rest = [(first, entry.seq - 1), (entry.seq + 1, last)]
                self._missing[index : index + 1] = [(a, b) for a, b in rest if a <= b]
                self._say(entry.seq, "reordered", words.late(entry.seq, self._top))
                return
        self._say(entry.seq, "inserted", words.inserted(entry.seq))

    def _hold_against_anchors(self, entry: Entry) -> None:
        for anchor in self._anchors.pop(entry.seq, ()):
            fits = anchor.hash == entry.hash
            if (not fits or self._signed_from[0] <= anchor.seq) and not signed_by(
                anchor, self._key
            ):
                self._say(entry.seq, "anchor", words.forged_anchor(anchor.line, anchor.seq))
            elif fits:
                self._vouched = entry.seq
            else:
                self._say(entry.seq, "replaced", words.not_as_anchored(entry.seq, anchor.at))

    def finish(self) -> Verdict:
        """What was found, and the verdict."""
        for first, last in self._missing:
            self._say(first, "removed", words.removed(first, last))
        self._name_altered()
        self._look_beyond_the_end()
        if self._vouched < self._top:
            message = words.unanchored(self._vouched + 1, self._top)
            self._say(self._vouched + 1, "unanchored", message, certain=False)
        # At most one problem is not certain, so that a cut list holds a certain one.
        certain = any(p.certain for p in self._problems)
        problems = sorted(self._problems, key=lambda p: p.seq)
        if self._untold:
            problems.append(ChainProblem(0, "more", certain, words.more(self._untold)))
        ok = False if certain else None if problems else True
        return Verdict(ok, self._seen, self._top, self._top_hash, tuple(problems), self._key)

    def _look_beyond_the_end(self) -> None:
        beyond = [a for anchors in self._anchors.values() for a in anchors if a.seq > self._top]
        proved = [a for a in sorted(beyond, key=lambda a: a.seq) if signed_by(a, self._key)]
        if proved:
            newest = proved[-1]
            message = words.truncated(self._top + 1, newest.seq, newest.at)
            self._say(self._top + 1, "truncated", message)
        for anchor in beyond:
            if anchor not in proved:
                self._say(anchor.seq, "anchor", words.forged_anchor(anchor.line, anchor.seq))

    def _name_altered(self) -> None:
        few = self._altered[:_SWAPS]
        for entry in self._altered:
            was = next(
                (o.seq for o in few if digest(replace(entry, seq=o.seq)) == entry.hash), None
            )
            if was is None:
                self._say(entry.seq, "altered", words.altered(entry.seq))
            else:
                self._say(entry.seq, "reordered", words.swapped(entry.seq, was))

    def _say(self, seq: int, kind: Kind, message: Text, *, certain: bool = True) -> None:
        if len(self._problems) < _TOLD:
            self._problems.append(ChainProblem(seq, kind, certain, message))
        else:
            self._untold += 1
