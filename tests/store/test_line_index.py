"""The index of lines: who had which line when, on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from controller.backups.searching import Searchable
from controller.errors import InputError
from controller.store import snapshots
from controller.store.engine import Store
from controller.store.history_tables import config_lines, config_spans
from controller.store.line_index import (
    forget_unused_lines,
    indexed_devices,
    moment,
    reindex_device,
    time_of,
)
from controller.store.line_search import (
    When,
    devices_with,
    lines_matching,
    lines_with,
    spans_of,
)
from tests.store.clock import Clock

SW, AP = "kkn-a-sw01", "kkn-a-ap01"
NOW, EVER = When(), When(ever=True)


def keep(store: Store, device: str, at: datetime, *lines: str, rules: str = "r") -> None:
    """A snapshot of these lines."""
    with store.begin() as conn:
        found = Searchable(rules, frozenset(lines))
        print_ = f"{abs(hash(lines)):064x}"[:64]
        snapshots.save_snapshot(conn, device, print_, print_[:40], at, "backup", found)


def who(store: Store, wanted: str, when: When = NOW, *, regex: bool = False) -> dict[str, int]:
    """Device -> how many such lines it had then."""
    with store.read() as conn:
        numbers = {one.number: one.device for one in indexed_devices(conn).values()}
        lines = (lines_matching if regex else lines_with)(conn, wanted)
        return {numbers[n]: count for n, count in devices_with(conn, lines, when).items()}


def spans(store: Store, device: str, wanted: str) -> list[tuple[str, datetime, datetime | None]]:
    """When the device ever had lines with that."""
    with store.read() as conn:
        number = indexed_devices(conn)[device].number
        found = spans_of(conn, number, lines_with(conn, wanted), EVER)
    return [(s.line, s.since, s.until) for s in found]


def count(store: Store, table: object) -> int:
    """Rows of a table."""
    with store.read() as conn:
        return int(conn.execute(select(func.count()).select_from(table)).scalar_one())  # type: ignore[arg-type]


def test_lines_have_their_time(store: Store, clock: Clock) -> None:
    """Since when, until when; what comes back has a span of its own."""
    first = clock()
    keep(store, SW, first, "ntp server 10.0.0.1", "vlan 10")
    second = clock.forward(days=1)
    keep(store, SW, second, "vlan 10")
    third = clock.forward(days=1)
    keep(store, SW, third, "ntp server 10.0.0.1", "vlan 10", "vlan 20")
    keep(store, AP, third, "vlan 10")
    assert spans(store, SW, "ntp") == [
        ("ntp server 10.0.0.1", third, None),
        ("ntp server 10.0.0.1", first, second),
    ]
    assert spans(store, SW, "vlan 10") == [("vlan 10", first, None)]
    assert who(store, "vlan") == {SW: 2, AP: 1}
    assert who(store, "vlan", When(at=second)) == {SW: 1}
    assert who(store, "ntp", When(at=first)) == {SW: 1}
    assert who(store, "ntp", When(at=second)) == {}
    assert who(store, "ntp", When(at=first - timedelta(seconds=1))) == {}
    assert who(store, "ntp", EVER) == {SW: 1}
    assert count(store, config_lines) == 3


def test_what_is_searched_for_is_taken_literally(store: Store, clock: Clock) -> None:
    """Signs that mean something to a database mean nothing here; Latin letters have no case."""
    keep(store, SW, clock(), "description 100% _here", "banner ห้ามเข้า", r"path C:\x", "Vlan10")
    assert who(store, "100% _HERE") == {SW: 1}
    assert who(store, "100%_") == {}
    assert who(store, "1__%") == {}
    assert who(store, "ห้าม") == {SW: 1}
    assert who(store, r"c:\X") == {SW: 1}
    assert who(store, "vLAN10") == {SW: 1}


def test_patterns_are_those_of_python(store: Store, clock: Clock) -> None:
    """Looking ahead and back references too; each is asked of the line without its margins."""
    keep(store, SW, clock(), "ip address 10.1.2.3", "ip address 10.1.2.33", "a\tb", "ห้ามเข้า")
    for pattern in (
        r"address 10\.1\.2\.3$",
        r"^ip .*(3)\1",
        r"2\.3(?!3)",
        r"A\sB",
        "^ห้.ม",
        r"^IP\b",
    ):
        expected = sum(
            bool(re.search(pattern, line, re.IGNORECASE))
            for line in ("ip address 10.1.2.3", "ip address 10.1.2.33", "a\tb", "ห้ามเข้า")
        )
        assert expected
        assert who(store, pattern, regex=True) == {SW: expected}, pattern
    assert who(store, "nothing like it", regex=True) == {}


@pytest.mark.parametrize("pattern", ["(", "a{2,1}", "[", "(?P<x", "*", "a{9999999999}", "(?<=a+)b"])
def test_what_is_no_pattern_is_said(store: Store, pattern: str) -> None:
    """In the words of Python, with what to do."""
    with store.read() as conn, pytest.raises(InputError, match="no regular expression") as caught:
        lines_matching(conn, pattern)
    assert caught.value.hint


def test_a_pattern_that_never_ends_is_stopped(store: Store, clock: Clock) -> None:
    """After its time, and said; others can search meanwhile."""
    keep(store, SW, clock(), "a" * 60 + "!")
    with store.read() as conn, pytest.raises(InputError, match="stopped"):
        lines_matching(conn, r"(a|aa|a?)+$", seconds=0.5)


def test_a_line_may_be_longer_than_any_index_takes(store: Store, clock: Clock) -> None:
    """And two that differ only at their ends are two."""
    keep(store, SW, clock(), "x" * 9000, "x" * 9000 + "y")
    assert who(store, "xxxy") == {SW: 1}
    assert who(store, "xxx") == {SW: 2}


def test_of_the_same_moment_the_last_one_counts(store: Store, clock: Clock) -> None:
    """A clock that stands still leaves no span without a length."""
    at = clock()
    for lines in (("a", "b"), ("b", "c"), ("a", "c"), ("b",)):
        keep(store, SW, at, *lines)
    assert spans(store, SW, "") == [("b", at, None)]


def test_without_lines_a_device_leaves_the_index(store: Store, clock: Clock) -> None:
    """Also by other rules; until it is made anew."""
    keep(store, SW, clock(), "a")
    keep(store, AP, clock(), "a")
    with store.begin() as conn:
        snapshots.save_snapshot(conn, SW, "f" * 64, "f" * 40, clock.forward(days=1), "after")
    keep(store, AP, clock(), "b", rules="others")
    with store.read() as conn:
        assert {one.rules for one in indexed_devices(conn).values()} == {""}
    keep(store, SW, clock.forward(days=1), "c")
    with store.read() as conn:
        assert indexed_devices(conn)[SW].rules == ""


def test_a_device_kept_before_there_was_an_index_must_be_read_anew(
    store: Store, clock: Clock
) -> None:
    """Its history is not in it, so it does not count as whole."""
    with store.begin() as conn:
        snapshots.save_snapshot(conn, SW, "f" * 64, "f" * 40, clock(), "backup")
        conn.exec_driver_sql("DELETE FROM config_devices")
    keep(store, SW, clock.forward(days=1), "a")
    with store.read() as conn:
        assert indexed_devices(conn)[SW].rules == ""


def test_made_anew_it_is_the_same(store: Store, clock: Clock) -> None:
    """As if every snapshot had just been saved; lines nobody has any more go away."""
    history = [("a", "b"), ("b",), ("b", "c"), ("a", "b", "c"), ("c",)]
    sights = []
    for lines in history:
        sights.append((clock.forward(days=1), frozenset(lines)))
        keep(store, SW, sights[-1][0], *lines)
    before = spans(store, SW, "")
    with store.begin() as conn:
        reindex_device(conn, SW, "new", sights)
    assert spans(store, SW, "") == before
    with store.begin() as conn:
        reindex_device(conn, SW, "newer", [(at, lines - {"a"}) for at, lines in sights])
        assert forget_unused_lines(conn) == 1
    assert [s for s in before if s[0] != "a"] == spans(store, SW, "")
    with store.read() as conn:
        assert indexed_devices(conn)[SW].rules == "newer"


def test_many_at_once_do_not_wait_for_each_other(store: Store, clock: Clock) -> None:
    """The same new lines, in another order, by several threads."""

    def save(n: int) -> None:
        lines: Iterable[str] = [f"line {k}" for k in range(40)]
        with store.begin(audited=False) as conn:
            found = Searchable("r", frozenset([*lines, f"own {n}"]))
            snapshots.save_snapshot(conn, f"sw{n}", f"{n:064}", f"{n:040}", clock(), "after", found)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(save, range(16)))
    assert len(who(store, "line 7")) == 16
    assert count(store, config_lines) == 40 + 16
    assert count(store, config_spans) == 41 * 16


def test_a_search_for_very_many_lines_is_taken(store: Store, clock: Clock) -> None:
    """More than a statement takes parameters."""
    with store.begin() as conn:
        lines = frozenset(f"line {n}" for n in range(40_000))
        reindex_device(conn, SW, "r", [(clock(), lines)])
    assert who(store, "line", regex=True) == {SW: 40_000}


def test_moments_are_exact(clock: Clock) -> None:
    """To the microsecond, there and back."""
    at = clock().replace(microsecond=123_457)
    assert time_of(moment(at)) == at
