"""A configuration that changed outside a case is told of; one a run changed is not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from controller.facts.neighbour import Neighbour, Surroundings
from controller.health.observed import PortTable
from controller.polling.outside import note_changed_backup, note_told_change
from controller.store import runs
from controller.store.engine import open_store
from controller.store.neighbours import save_neighbours
from tests.polling.watched import Watched
from tests.store.clock import Clock
from tests.store.databases import database_in
from tests.store.samples import a_run, waiting


@pytest.fixture
def watched(tmp_path: Path, migrated_file: Path, clock: Clock) -> Iterator[Watched]:
    """Two schools, nothing wrong yet."""
    shutil.copy(migrated_file, tmp_path / "khaen.db")
    store = open_store(database_in(tmp_path))
    yield Watched(store, clock)
    store.close()


def test_a_backup_that_differs_though_no_run_was_between(watched: Watched) -> None:
    """Told once for each configuration, and only a person ends it."""
    device = watched.known.device("a-sw1")
    assert device is not None
    since, now = watched.clock(), watched.clock.forward(hours=5)
    with watched.store.begin(audited=False) as conn:
        assert note_changed_backup(conn, watched.known, device, "f" * 64, since, now)
        assert not note_changed_backup(conn, watched.known, device, "f" * 64, since, now)
    watched.poll()
    (alert,) = watched.open()
    assert (alert.rule, alert.device, alert.site) == ("changed_outside", "a-sw1", "a")


def test_what_a_run_changes_is_no_news(watched: Watched) -> None:
    """Neither while it goes on nor just after; a device it never touched is."""
    known = watched.known
    one, other = known.device("a-sw1"), known.device("a-sw2")
    assert one is not None
    assert other is not None
    since = watched.clock()
    with watched.store.begin(audited=False) as conn:
        devices = waiting("run-1", "a-sw1", "a-sw2")
        touched = devices[0].model_copy(update={"state": "confirmed"})
        runs.create_run(conn, a_run(watched.clock()), [touched, devices[1]])
        now = watched.clock.forward(minutes=3)
        runs.finish_run(conn, "run-1", "finished", at=now)
        now = watched.clock.forward(minutes=3)
        assert not note_told_change(conn, known, one, "ciscoConfigManEvent", now)
        assert note_told_change(conn, known, other, "ciscoConfigManEvent", now)
        assert not note_changed_backup(conn, known, one, "e" * 64, since, now)
        later = watched.clock.forward(hours=1)
        assert note_told_change(conn, known, one, "ciscoConfigManEvent", later)


def test_half_duplex_against_full_by_the_topology(watched: Watched) -> None:
    """Both ends' duplex, where somebody saw the wire; no error has to come first."""
    seen = Surroundings(
        neighbours=(Neighbour("Gi0/24", "lldp", name="a-core", port="Gi0/1"),), name="a-sw1"
    )
    with watched.store.begin(audited=False) as conn:
        save_neighbours(conn, "a-sw1", watched.clock(), seen)
    half = PortTable(oper={"24": 1}, duplex={"24": 2}, names={"24": "Gi0/24"})
    full = PortTable(oper={"1": 1}, duplex={"1": 3}, names={"1": "Gi0/1"})
    for _ in range(3):
        watched.poll(ports={"a-sw1": half, "a-core": full})
    assert ("duplex_mismatch", "a-sw1") in watched.told()
