"""The exported log proves itself, with nothing but the file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from controller.errors import InputError, StoreError
from controller.store import audit_log
from controller.store.audit_entry import GENESIS, Entry, digest
from controller.store.audit_export import FORMAT, export_log, verify_export
from controller.store.audit_keeper import AuditKeeper
from controller.store.canonical import time_value
from controller.store.engine import Store
from tests.store.clock import Clock
from tests.store.intruder import Intruder

TEN = 10
Lines = list[dict[str, Any]]
Found = set[tuple[int, str]]


@pytest.fixture
def ten(store: Store, clock: Clock) -> Store:
    """A log of ten entries."""
    for n in range(1, TEN + 1):
        with store.begin() as conn:
            audit_log.append(
                conn,
                actor="director",
                action="decide_case",
                subject=f"2569-2.3-{n:04}",
                content={"ความเห็น": "อนุมัติ", "n": n},
                at=clock.forward(minutes=1),
            )
    return store


@pytest.fixture
def exported(ten: Store, keeper: AuditKeeper, clock: Clock, tmp_path: Path) -> Path:
    """Its export."""
    path = tmp_path / "audit.jsonl"
    assert export_log(ten, keeper, path, clock()).ok is True
    return path


def found(path: Path, key: str | None = None) -> tuple[bool | None, Found]:
    verdict = verify_export(path, key)
    return verdict.ok, {(p.seq, p.kind) for p in verdict.problems}


def test_an_export_is_a_header_the_entries_and_a_signed_head(
    exported: Path, keeper: AuditKeeper
) -> None:
    """One JSON object a line, and nothing secret: no seal."""
    lines = [json.loads(line) for line in exported.read_text().splitlines()]
    assert lines[0]["format"] == FORMAT
    assert lines[0]["public_key"] == keeper.public_key
    assert [line["seq"] for line in lines[1:-1]] == list(range(1, TEN + 1))
    assert (lines[-1]["seq"], lines[-1]["hash"]) == (TEN, lines[-2]["hash"])
    assert "seal" not in lines[1]
    assert "อนุมัติ" in exported.read_text()


def test_an_untouched_export_is_ok(exported: Path, keeper: AuditKeeper) -> None:
    """By itself, and with the key the office gave out, with or without its prefix."""
    for key in (None, keeper.public_key, keeper.public_key.removeprefix("ed25519:")):
        assert found(exported, key) == (True, set())
    assert verify_export(exported).key == keeper.public_key
    assert verify_export(exported).seen == TEN


def test_another_key_is_not_believed(exported: Path, tmp_path: Path) -> None:
    """When the reader knows which it must be."""
    other = AuditKeeper(tmp_path / "another").public_key
    assert found(exported, other) == (False, {(10, "anchor"), (1, "unanchored")})


def swap(lines: Lines, a: int, b: int) -> None:
    lines[a], lines[b] = lines[b], lines[a]


TAMPERING: dict[str, tuple[Callable[[Lines], object], bool | None, Found]] = {
    "altered": (lambda ls: ls[4].update(actor="nobody"), False, {(4, "altered")}),
    "altered content": (
        lambda ls: ls[4]["content"].update(n=99),
        False,
        {(4, "altered")},
    ),
    "removed": (lambda ls: ls.pop(4), False, {(4, "removed")}),
    "first removed": (lambda ls: ls.pop(1), False, {(1, "removed")}),
    "several removed": (
        lambda ls: (ls.pop(4), ls.pop(4), ls.pop(7)),
        False,
        {(4, "removed"), (9, "removed")},
    ),
    "reordered": (lambda ls: swap(ls, 4, 5), False, {(4, "reordered")}),
    "moved far": (lambda ls: ls.insert(8, ls.pop(4)), False, {(4, "reordered")}),
    "inserted twice": (lambda ls: ls.insert(4, dict(ls[4])), False, {(4, "inserted")}),
    "truncated": (
        lambda ls: [ls.pop(-2) for _ in range(3)],
        False,
        {(8, "truncated"), (1, "unanchored")},
    ),
    "cut short": (
        lambda ls: [ls.pop(-1) for _ in range(3)],
        None,
        {(0, "unreadable"), (1, "unanchored")},
    ),
    "only the header": (lambda ls: ls.__delitem__(slice(1, None)), None, {(0, "unreadable")}),
    "head of another hash": (
        lambda ls: ls[-1].update(hash="f" * 64),
        False,
        {(10, "anchor"), (1, "unanchored")},
    ),
    "a field missing": (lambda ls: ls[4].pop("actor"), False, {(0, "unreadable"), (4, "removed")}),
    "a field of another kind": (
        lambda ls: ls[4].update(at=5),
        False,
        {(0, "unreadable"), (4, "removed")},
    ),
}


@pytest.mark.parametrize("how", TAMPERING)
def test_each_way_to_tamper_is_named(exported: Path, how: str) -> None:
    """The entry, and what is wrong with it."""
    change, ok, named = TAMPERING[how]
    lines = [json.loads(line) for line in exported.read_text().splitlines()]
    change(lines)
    exported.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert found(exported) == (ok, named)


def test_a_line_that_is_no_json_is_named(exported: Path) -> None:
    """By its line, besides the entry that is missing now."""
    lines = exported.read_bytes().splitlines(keepends=True)
    exported.write_bytes(b"".join([*lines[:4], b"\xff\xfe garbage\n", *lines[5:]]))
    verdict = verify_export(exported)
    assert verdict.ok is False
    assert any("line 5" in p.message.en for p in verdict.problems)


def test_white_space_and_order_of_keys_do_not_matter(exported: Path) -> None:
    """What counts is what the JSON says."""
    lines = [json.loads(line) for line in exported.read_text().splitlines()]
    shuffled = [dict(reversed(line.items())) for line in lines]
    exported.write_text("".join(json.dumps(line, indent=None) + "\r\n" for line in shuffled))
    assert found(exported) == (True, set())


def test_a_chain_made_right_is_not_signed(exported: Path) -> None:
    """Every hash fits, but the head that was signed is another."""
    lines = [json.loads(line) for line in exported.read_text().splitlines()]
    previous = GENESIS
    for line in lines[1:-1]:
        entry = audit_entry(line | {"actor": "nobody", "previous": previous})
        line.update(entry.as_json())
        previous = entry.hash
    exported.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert found(exported) == (False, {(10, "replaced"), (1, "unanchored")})


def audit_entry(line: dict[str, Any]) -> Entry:
    entry = Entry(**line | {"at": time_value(line["at"])})
    return replace(entry, hash=digest(entry))


def test_a_log_that_is_not_whole_is_exported_without_a_signature(
    ten: Store, keeper: AuditKeeper, clock: Clock, database_url: str, tmp_path: Path
) -> None:
    """An export must not make good what the database had lost."""
    intruder = Intruder(database_url)
    log = intruder.entries()
    intruder.run("DELETE FROM audit_log WHERE seq > 6")
    path = tmp_path / "audit.jsonl"
    assert export_log(ten, keeper, path, clock()).ok is False
    ok, problems = found(path)
    assert ok is False
    assert "signature" not in path.read_text()
    assert (1, "unanchored") in problems
    assert any("7 to 10" in p.message.en for p in verify_export(path).problems)
    assert len(log) == TEN


def test_an_empty_log_can_be_exported(
    store: Store, keeper: AuditKeeper, clock: Clock, tmp_path: Path
) -> None:
    """It proves that there was nothing at that time."""
    path = tmp_path / "audit.jsonl"
    export_log(store, keeper, path, clock())
    assert found(path) == (True, set())


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"[]\n", b"{}\n", b"PK\x03\x04", b'{"format":"x"}']
)
def test_what_is_no_export_is_refused(tmp_path: Path, content: bytes) -> None:
    """As a mistake of who named the file."""
    path = tmp_path / "audit.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"audit\.jsonl"):
        verify_export(path)


def test_files_that_cannot_be_read_or_written_are_told(
    ten: Store, keeper: AuditKeeper, clock: Clock, tmp_path: Path
) -> None:
    """Missing, a folder, or in a folder that is not there."""
    with pytest.raises(InputError):
        verify_export(tmp_path / "missing.jsonl")
    with pytest.raises(StoreError):
        export_log(ten, keeper, tmp_path / "missing" / "audit.jsonl", clock())
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError):
        export_log(ten, keeper, tmp_path / "folder", clock())
    assert sorted(p.name for p in tmp_path.glob(".*")) == []
