"""Pages of lists, and keys of requests, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from controller.plans.outcome import Run, RunDevice
from controller.store import answered, runs
from controller.store.engine import Store

BEGIN = datetime(2026, 5, 4, 2, 30, tzinfo=UTC)


def run(place: int) -> Run:
    """One run of its own case; two each begin at the same moment."""
    return Run(
        id=f"run-{place}",
        kind="apply",
        case=f"2569-2.3-{place:04}",
        plan="0" * 64,
        by="engineer1",
        state="finished",
        executor="x",
        started=BEGIN + timedelta(seconds=place // 2),
    )


@pytest.mark.parametrize("most", [1, 2, 3, 7])
def test_pages_one_after_the_other_are_the_whole_list(store: Store, most: int) -> None:
    """Whatever their size, and though some begin at the same moment."""
    with store.begin(audited=False) as conn:
        for place in range(6):
            runs.create_run(conn, run(place), ())
    found: list[str] = []
    after = None
    with store.read() as conn:
        while part := runs.newest_runs(conn, case=None, most=most, after=after):
            found += [one.id for one in part]
            after = (part[-1].started, part[-1].id)
    assert found == [f"run-{place}" for place in range(5, -1, -1)]


def test_the_devices_of_a_run_rise(store: Store) -> None:
    """By batch, then by name."""
    devices = [
        RunDevice(run="run-0", device=f"d{i}", batch=i % 2, state="waiting") for i in range(5)
    ]
    with store.begin(audited=False) as conn:
        runs.create_run(conn, run(0), devices)
    with store.read() as conn:
        first = runs.page_of_devices(conn, "run-0", most=2)
        last = (first[-1].batch, first[-1].device)
        following = runs.page_of_devices(conn, "run-0", after=last, most=9, state="waiting")
    assert [one.device for one in (*first, *following)] == ["d0", "d2", "d4", "d1", "d3"]


def test_a_key_is_taken_once_kept_freed_and_forgotten(store: Store) -> None:
    """By person; what was answered comes back as it was."""
    with store.begin(audited=False) as conn:
        assert answered.claim_key(conn, "engineer1", "k", "1" * 64, BEGIN) is None
        assert answered.claim_key(conn, "officer1", "k", "2" * 64, BEGIN) is None
        waiting = answered.claim_key(conn, "engineer1", "k", "3" * 64, BEGIN)
        assert waiting == answered.Answered("1" * 64, None, "", b"")
        answered.keep_answer(conn, "engineer1", "k", status=201, headers="{}", body=b"\x00\xff")
        kept = answered.claim_key(conn, "engineer1", "k", "1" * 64, BEGIN)
        assert kept == answered.Answered("1" * 64, 201, "{}", b"\x00\xff")
        answered.free_key(conn, "officer1", "k")
        assert answered.claim_key(conn, "officer1", "k", "4" * 64, BEGIN) is None
        assert answered.forget_answers(conn, BEGIN + timedelta(seconds=1)) == 2
