"""Two texts side by side lose nothing and invent nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.backups.sides import side_by_side, unified
from controller.backups.versions import Sight, version_called, versions_of
from controller.errors import InputError, NotFound

texts = st.lists(st.sampled_from(["vlan 10", " name A", "!", "end", "ntp"]), max_size=25).map(
    "\n".join
)


@given(texts, texts, st.integers(0, 3))
def test_each_side_is_whole(old: str, new: str, around: int) -> None:
    pairs = side_by_side(old, new, around)
    assert bool(pairs) == (old.splitlines() != new.splitlines())
    if not pairs:
        return
    folded = sum(pair.count for pair in pairs)
    assert len([p for p in pairs if p.old]) + folded == len(old.splitlines())
    assert len([p for p in pairs if p.new]) + folded == len(new.splitlines())
    for pair in pairs:
        for line, text in ((pair.old, old), (pair.new, new)):
            assert line is None or text.splitlines()[line.number - 1] == line.text


@given(texts, texts)
def test_one_column_says_the_same(old: str, new: str) -> None:
    lines = list(unified(side_by_side(old, new, 100)))
    if lines:
        assert [t for sign, t in lines if sign in " -"] == old.splitlines()
        assert [t for sign, t in lines if sign in " +"] == new.splitlines()


def sights(*prints: str) -> list[Sight]:
    """Newest first, a day apart; a blob of its own for each."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    made = [
        Sight(p, f"{at:08x}{p * 4:0<32}"[:40], start + timedelta(days=at), "backup")
        for at, p in enumerate(prints)
    ]
    return made[::-1]


def test_sights_of_the_same_are_one_version() -> None:
    versions = versions_of(sights("a", "a", "b", "a"))
    assert [v.fingerprint for v in versions] == ["a", "b", "a"]
    assert (versions[2].since.day, versions[2].until.day) == (1, 2)
    assert versions_of([]) == ()


def test_a_version_is_called_by_its_first_digits() -> None:
    versions = versions_of(sights("a", "b"))
    assert version_called(versions, "00000001").fingerprint == "b"
    with pytest.raises(InputError, match="more than one"):
        version_called(versions, "0000")
    with pytest.raises(InputError, match="too short"):
        version_called(versions, "0")
    with pytest.raises(NotFound):
        version_called(versions, "ffff")
