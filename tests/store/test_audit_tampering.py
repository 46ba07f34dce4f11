"""Each way to tamper with the log is found, and named."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from controller.store import audit_log
from controller.store.audit_keeper import ANCHORS, AuditKeeper
from controller.store.engine import Store
from tests.store.clock import Clock
from tests.store.intruder import Intruder, chained, rewrite

TEN = 10
Found = set[tuple[int, str]]


@pytest.fixture
def ten(store: Store, clock: Clock) -> Store:
    """A log of ten entries, each of a transaction of its own."""
    for n in range(1, TEN + 1):
        with store.begin() as conn:
            audit_log.append(
                conn,
                actor="director",
                action="decide_case",
                subject=f"2569-2.3-{n:04}",
                content={"n": n},
                at=clock.forward(minutes=1),
            )
    return store


@pytest.fixture
def intruder(database_url: str) -> Intruder:
    """Writes to the database behind the program's back."""
    return Intruder(database_url)


def verdict_of(store: Store) -> tuple[bool | None, Found]:
    assert store.keeper
    verdict = store.keeper.verify(store)
    assert all(p.message.th and p.message.en for p in verdict.problems)
    assert all(str(p.seq) in p.message.en for p in verdict.problems if p.seq)
    return verdict.ok, {(p.seq, p.kind) for p in verdict.problems}


def test_an_untouched_log_is_ok(ten: Store) -> None:
    """So that the rest of this file means something."""
    assert verdict_of(ten) == (True, set())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2020-01-01T00:00:00.000000Z"),
        ("at", "no time at all"),
        ("actor", "somebody.else"),
        ("action", "open_case"),
        ("subject", "2569-2.3-9999"),
        ("content", '{"n":99}'),
        ("content", "{not json"),
    ],
)
def test_an_altered_entry_is_named(ten: Store, intruder: Intruder, column: str, value: str) -> None:
    """Whatever column it was, and also when it cannot even be read any more."""
    intruder.update(4, **{column: value})
    assert verdict_of(ten) == (False, {(4, "altered")})


def test_altered_proof_is_named(ten: Store, intruder: Intruder) -> None:
    """Its hash, its link, its seal."""
    intruder.update(4, hash="f" * 64)
    assert verdict_of(ten) == (False, {(4, "altered"), (4, "replaced")})


def test_an_altered_link_is_named(ten: Store, intruder: Intruder) -> None:
    """The entry does not fit its hash, and the one before it is not the one it names."""
    intruder.update(4, previous="f" * 64)
    assert verdict_of(ten) == (False, {(3, "replaced"), (4, "altered")})


def test_an_altered_seal_is_named(ten: Store, intruder: Intruder) -> None:
    """An entry nobody vouches for."""
    intruder.update(4, seal="f" * 64)
    assert verdict_of(ten) == (False, {(4, "unsealed")})


def test_an_altered_entry_with_its_hash_made_right_is_named(ten: Store, intruder: Intruder) -> None:
    """Without the key there is no seal for it, and its neighbour and its anchor know better."""
    log = intruder.entries()
    log[3:4] = chained([replace(log[3], actor="somebody.else")])
    intruder.put(log)
    assert verdict_of(ten) == (False, {(4, "unsealed"), (4, "replaced")})


def test_a_chain_made_right_from_there_on_is_named(ten: Store, intruder: Intruder) -> None:
    """Every entry from the altered one on is not the one that was anchored."""
    log = intruder.entries()
    log[3] = replace(log[3], actor="somebody.else")
    intruder.put(log[:3] + chained(log[3:]))
    expected = {(n, kind) for n in range(4, TEN + 1) for kind in ("unsealed", "replaced")}
    assert verdict_of(ten) == (False, expected | {(4, "unanchored")})


@pytest.mark.parametrize(
    ("gone", "named"),
    [
        ("seq = 1", {(1, "removed")}),
        ("seq = 4", {(4, "removed")}),
        ("seq BETWEEN 4 AND 6", {(4, "removed")}),
        ("seq IN (2, 4)", {(2, "removed"), (4, "removed")}),
        ("seq = 10", {(10, "truncated")}),
        ("seq > 6", {(7, "truncated")}),
        ("seq > 0", {(1, "truncated")}),
    ],
)
def test_removed_entries_are_named(ten: Store, intruder: Intruder, gone: str, named: Found) -> None:
    """From the beginning, the middle and the end; also all of them."""
    intruder.run(f"DELETE FROM audit_log WHERE {gone}")
    assert verdict_of(ten) == (False, named)


def test_a_removed_entry_with_the_others_moved_up_is_named(ten: Store, intruder: Intruder) -> None:
    """The numbers have no gap any more, but the chain is shorter than its anchors say."""
    log = intruder.entries()
    intruder.put(log[:3] + chained([replace(log[4], seq=4, previous=log[2].hash), *log[5:]]))
    ok, found = verdict_of(ten)
    assert ok is False
    assert {(4, "unsealed"), (4, "replaced"), (10, "truncated")} <= found


def test_swapped_entries_are_named(ten: Store, intruder: Intruder) -> None:
    """Two genuine entries that changed places, seals and all."""
    log = intruder.entries()
    log[3], log[4] = replace(log[4], seq=4), replace(log[3], seq=5)
    intruder.put(log)
    ok, found = verdict_of(ten)
    assert ok is False
    assert {(4, "reordered"), (5, "reordered")} <= found
    assert not {kind for _, kind in found} & {"altered", "removed"}


def test_an_entry_added_at_the_end_is_named_for_good(
    ten: Store, intruder: Intruder, clock: Clock
) -> None:
    """Well-formed, but not ours; that the log went on after it makes it no better."""
    log = intruder.entries()
    forged = replace(log[-1], seq=11, previous=log[-1].hash, actor="director.acting")
    intruder.put([*log, replace(chained([forged])[0], seal="")])
    assert verdict_of(ten) == (False, {(11, "unsealed"), (11, "unanchored")})
    with ten.begin() as conn:
        audit_log.append(conn, actor="a", action="b", subject="c", content={}, at=clock())
    assert verdict_of(ten) == (False, {(11, "unsealed")})


def test_an_entry_with_an_impossible_number_is_named(ten: Store, intruder: Intruder) -> None:
    """Before the first one."""
    log = intruder.entries()
    intruder.put([*chained([replace(log[0], seq=0)]), *log])
    assert verdict_of(ten) == (False, {(0, "unsealed"), (0, "inserted")})


def test_a_whole_new_log_is_named(
    ten: Store, intruder: Intruder, keeper: AuditKeeper, tmp_path: Path
) -> None:
    """Without anchors too: its entries have no seal."""
    intruder.put(chained([replace(e, content={"n": 0}) for e in intruder.entries()]))
    ok, found = verdict_of(ten)
    assert ok is False
    every = {(n, k) for n in range(1, TEN + 1) for k in ("unsealed", "replaced")}
    assert found == every | {(1, "unanchored")}
    (tmp_path / "var" / ANCHORS).unlink()
    ok, found = verdict_of(ten)
    assert ok is False
    assert found == {(n, "unsealed") for n in range(1, TEN + 1)} | {(1, "unanchored")}


ANCHOR_FAULTS: dict[str, tuple[Callable[[Path], object], bool | None, Found]] = {
    "missing": (Path.unlink, None, {(1, "unanchored")}),
    "emptied": (lambda path: rewrite(path, slice(0)), None, {(1, "unanchored")}),
    "older than the log": (lambda path: rewrite(path, slice(7)), None, {(8, "unanchored")}),
    "last line cut short": (
        lambda path: rewrite(path, slice(9), b'{"at":"2026'),
        None,
        {(10, "unanchored"), (0, "unreadable")},
    ),
    "an old line cut short": (
        lambda path: path.write_bytes(path.read_bytes().replace(b'"seq":3', b"")),
        True,
        set(),
    ),
    "a hash altered": (
        lambda path: path.write_bytes(altered(path, 4, hash="f" * 64)),
        False,
        {(4, "anchor")},
    ),
    "a signature altered": (
        lambda path: path.write_bytes(altered(path, 10, signature="AAAA")),
        False,
        {(10, "anchor"), (10, "unanchored")},
    ),
    "a later one invented": (
        lambda path: rewrite(path, slice(10), altered(path, 10, seq=99).splitlines()[-1]),
        False,
        {(99, "anchor")},
    ),
}


def altered(path: Path, line: int, **values: object) -> bytes:
    """The file with one of its lines changed."""
    lines = path.read_bytes().splitlines()
    lines[line - 1] = json.dumps(json.loads(lines[line - 1]) | values).encode()
    return b"\n".join(lines) + b"\n"


@pytest.mark.parametrize("fault", ANCHOR_FAULTS)
def test_anchors_that_do_not_prove_are_never_ok(ten: Store, tmp_path: Path, fault: str) -> None:
    """Missing proof is unknown; false proof is wrong. An old line lost takes nothing away."""
    change, ok, named = ANCHOR_FAULTS[fault]
    change(tmp_path / "var" / ANCHORS)
    assert verdict_of(ten) == (ok, named)


def test_cut_anchors_do_not_hide_a_cut_log(ten: Store, intruder: Intruder, tmp_path: Path) -> None:
    """Garbled lines at the end of the anchors keep the verdict from being ok."""
    intruder.run("DELETE FROM audit_log WHERE seq > 6")
    rewrite(tmp_path / "var" / ANCHORS, slice(6), b"garbage\n")
    assert verdict_of(ten) == (None, {(0, "unreadable")})


def test_another_key_proves_nothing(ten: Store, tmp_path: Path) -> None:
    """The key was deleted, and a new one made: neither seals nor anchors are of it."""
    (tmp_path / "var" / "keys" / "audit.key").unlink()
    other = AuditKeeper(tmp_path / "var")
    verdict = other.verify(ten)
    assert verdict.ok is False
    assert {(p.seq, p.kind) for p in verdict.problems} >= {(10, "anchor"), (10, "unsealed")}


def test_a_log_written_without_a_keeper_is_not_ok(
    store: Store, database_url: str, keeper: AuditKeeper, clock: Clock
) -> None:
    """Nobody vouches for what was appended without one."""
    store.keeper = None
    with store.begin() as conn:
        audit_log.append(conn, actor="a", action="b", subject="c", content={}, at=clock())
    store.keeper = keeper
    assert verdict_of(store) == (False, {(1, "unsealed"), (1, "unanchored")})


def test_a_new_log_has_nothing_to_prove(store: Store) -> None:
    """No entries, no anchors."""
    assert verdict_of(store) == (True, set())


def test_a_long_list_of_problems_is_cut(ten: Store, intruder: Intruder, clock: Clock) -> None:
    """The verdict stays small, and says how many more there are."""
    for _ in range(300):
        with ten.begin() as conn:
            audit_log.append(conn, actor="a", action="b", subject="c", content={}, at=clock())
    intruder.run("UPDATE audit_log SET seal = ''")
    assert ten.keeper
    verdict = ten.keeper.verify(ten)
    assert len(verdict.problems) == 201
    assert verdict.problems[-1].kind == "more"
    assert "110" in verdict.problems[-1].message.en
