"""The key, the anchors, and the small accidents around them."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from controller.errors import StoreError
from controller.store import audit_keeper, audit_log
from controller.store.audit_entry import Anchor, ChainProblem, signed_by
from controller.store.audit_keeper import ANCHORS, AuditKeeper, read_anchors
from controller.store.audit_key import make_key
from controller.store.engine import Store, open_store
from tests.store.clock import Clock

MAKE = (
    "import sys; from pathlib import Path; from controller.store.audit_keeper import AuditKeeper; "
    "print(AuditKeeper(Path(sys.argv[1])).public_key)"
)


def note(store: Store, clock: Clock, times: int = 1) -> None:
    for _ in range(times):
        with store.begin() as conn:
            audit_log.append(conn, actor="a", action="b", subject="c", content={}, at=clock())


def ok(store: Store) -> bool | None:
    assert store.keeper
    return store.keeper.verify(store).ok


def test_the_key_is_made_once_for_its_owner_alone(keeper: AuditKeeper, tmp_path: Path) -> None:
    """And is the same for whoever looks later."""
    assert not (tmp_path / "var").exists()
    public = keeper.public_key
    path = tmp_path / "var" / "keys" / "audit.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [p.name for p in path.parent.iterdir()] == ["audit.key"]
    assert AuditKeeper(tmp_path / "var").public_key == public
    assert public.startswith("ed25519:")
    assert len(public) == len("ed25519:") + 44


def test_many_first_starts_agree_on_one_key(tmp_path: Path) -> None:
    """Whoever makes it, all use it."""
    command = [sys.executable, "-W", "error", "-c", MAKE, str(tmp_path)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(6)]
    said = {process.communicate()[0] for process in started}
    assert len(said) == 1
    assert said.pop().startswith(b"ed25519:")


def test_a_key_is_never_replaced(keeper: AuditKeeper, tmp_path: Path) -> None:
    """Not even by a process that looked before there was one."""
    public = keeper.public_key
    make_key(tmp_path / "var" / "keys" / "audit.key")
    assert AuditKeeper(tmp_path / "var").public_key == public


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_key_others_may_read_is_refused(keeper: AuditKeeper, tmp_path: Path, mode: int) -> None:
    """With the command that mends it."""
    assert keeper.public_key
    (tmp_path / "var" / "keys" / "audit.key").chmod(mode)
    with pytest.raises(StoreError) as caught:
        _ = AuditKeeper(tmp_path / "var").public_key
    assert caught.value.hint
    assert "chmod 600" in caught.value.hint.th


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\n"])
def test_a_damaged_key_is_told_and_not_replaced(tmp_path: Path, content: bytes) -> None:
    """A new one would make every anchor so far worthless."""
    path = tmp_path / "keys" / "audit.key"
    path.parent.mkdir()
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(StoreError, match=r"audit\.key"):
        _ = AuditKeeper(tmp_path).public_key
    assert path.read_bytes() == content


def test_each_commit_leaves_one_signed_line(store: Store, clock: Clock, tmp_path: Path) -> None:
    """However many entries it had; none for a commit without entries, or a rollback."""

    def fail() -> None:
        with store.begin() as conn:
            audit_log.append(conn, actor="a", action="b", subject="c", content={}, at=clock())
            raise ZeroDivisionError

    note(store, clock, 2)
    with store.begin() as conn:
        for _ in range(3):
            audit_log.append(conn, actor="a", action="b", subject="c", content={}, at=clock())
    with store.begin():
        pass
    with pytest.raises(ZeroDivisionError):
        fail()
    path = tmp_path / "var" / ANCHORS
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    said = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["seq"] for line in said] == [1, 2, 5]
    assert [set(line) for line in said] == [{"seq", "hash", "at", "signature"}] * 3
    anchors, torn = read_anchors(path)
    assert torn is None
    assert store.keeper
    assert all(signed_by(anchor, store.keeper.public_key) for anchor in anchors)
    with store.read() as conn:
        assert audit_log.head(conn) == (5, anchors[-1].hash)


def test_an_overtaken_commit_leaves_no_line(store: Store, clock: Clock, tmp_path: Path) -> None:
    """Two threads may come to their anchors in another order than to their commits."""
    note(store, clock, 3)
    assert store.keeper
    with store.read() as conn:
        overtaken = audit_log.entry(conn, 2)
    assert overtaken
    store.keeper.anchor(overtaken)
    anchors, _ = read_anchors(tmp_path / "var" / ANCHORS)
    assert [anchor.seq for anchor in anchors] == [1, 2, 3]


def test_a_signature_is_of_one_key_and_one_statement(keeper: AuditKeeper, tmp_path: Path) -> None:
    """Another key, number, hash or time: no."""
    anchor = keeper.sign(7, "a" * 64, "2026-05-04T02:30:00.000000Z")
    key = keeper.public_key
    assert signed_by(anchor, key)
    others = [
        Anchor(8, anchor.hash, anchor.at, anchor.signature),
        Anchor(7, "b" * 64, anchor.at, anchor.signature),
        Anchor(7, anchor.hash, "2026-05-04T02:30:01.000000Z", anchor.signature),
        Anchor(7, anchor.hash, anchor.at, ""),
        Anchor(7, anchor.hash, anchor.at, "ไม่ใช่ base64"),
    ]
    assert not any(signed_by(other, key) for other in others)
    foreign = AuditKeeper(tmp_path / "another").public_key
    assert not any(signed_by(anchor, k) for k in (foreign, "", "ed25519:", "ed25519:AAAA"))


def test_a_line_cut_short_by_a_power_failure_heals(
    store: Store, clock: Clock, database_url: str, tmp_path: Path
) -> None:
    """Unknown at first; the next entry is anchored on a line of its own and proves the rest."""
    note(store, clock, 2)
    path = tmp_path / "var" / ANCHORS
    path.write_bytes(path.read_bytes()[:-50])
    assert ok(store) is None
    again = open_store(database_url, AuditKeeper(tmp_path / "var"))
    note(again, clock)
    assert ok(again) is True
    assert again.keeper
    again.keeper.close()
    again.close()


def test_an_entry_whose_anchor_was_never_written_is_unknown_until_the_next(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    """The process was killed right after its commit: the entry is sealed, so the next covers it."""
    note(store, clock)
    path = tmp_path / "var" / ANCHORS
    before = path.read_bytes()
    note(store, clock)
    path.write_bytes(before)
    assert ok(store) is None
    note(store, clock)
    assert ok(store) is True


def test_anchors_that_cannot_be_written_stop_the_entry_before_the_commit(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    """A folder stands where the file should be."""
    (tmp_path / "var" / ANCHORS).mkdir(parents=True)
    with pytest.raises(StoreError, match=ANCHORS):
        note(store, clock)
    with store.read() as conn:
        assert audit_log.head(conn)[0] == 0


def test_anchors_of_two_keepers_of_one_folder_agree(
    store: Store, clock: Clock, database_url: str, tmp_path: Path
) -> None:
    """Two processes on the same data folder, taking turns."""
    other = open_store(database_url, AuditKeeper(tmp_path / "var"))
    for _ in range(3):
        note(store, clock)
        note(other, clock)
    assert ok(store) is True
    assert ok(other) is True
    assert other.keeper
    other.keeper.close()
    other.close()


def test_closing_is_not_the_end(store: Store, clock: Clock) -> None:
    """The next entry opens the file of anchors again."""
    note(store, clock)
    assert store.keeper
    store.keeper.close()
    note(store, clock)
    assert ok(store) is True


def test_entries_written_while_the_log_is_verified_do_no_harm(store: Store, clock: Clock) -> None:
    """A verification looks at one moment; what comes later is neither missing nor unknown."""
    note(store, clock, 20)
    assert store.keeper
    for _ in range(5):
        verdict = store.keeper.verify(store, lambda _entry: note(store, clock))
        assert verdict.ok is True, verdict.problems


def test_an_anchor_of_a_later_moment_does_no_harm(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process commits after the log was read and before the anchors are."""
    note(store, clock, 3)

    def later(path: Path) -> tuple[list[Anchor], ChainProblem | None]:
        note(store, clock)
        return read_anchors(path)

    monkeypatch.setattr(audit_keeper, "read_anchors", later)
    assert store.keeper
    verdict = store.keeper.verify(store)
    assert (verdict.ok, verdict.seen, verdict.problems) == (True, 3, ())
