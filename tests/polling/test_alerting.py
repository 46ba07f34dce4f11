"""From polls to alerts, in the store: once, in the right place, whoever is killed meanwhile."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from controller.facts.measured import Measured, Processor
from controller.health.observed import PortTable
from controller.inventory.watching import RuleChange, Watching
from controller.store import maintenance, runs
from controller.store.engine import open_store
from controller.store.maintenance import Window
from tests.polling.watched import Watched, inventory
from tests.store.clock import Clock
from tests.store.databases import database_in
from tests.store.samples import a_run, waiting

BUSY = Measured(processors=(Processor("1", "cpu", 99),))
SCHOOL_A = ("a-r", "a-core", "a-sw1", "a-sw2", "a-sw3")


@pytest.fixture
def watched(tmp_path: Path, migrated_file: Path, clock: Clock) -> Iterator[Watched]:
    """Two schools, nothing wrong yet."""
    shutil.copy(migrated_file, tmp_path / "khaen.db")
    store = open_store(database_in(tmp_path))
    yield Watched(store, clock)
    store.close()


def test_down_opens_at_the_second_poll_and_clears_at_the_first_answer(watched: Watched) -> None:
    """One lost packet is no alert."""
    watched.poll()
    watched.poll(down=["a-sw1"])
    assert watched.open() == []
    watched.poll(down=["a-sw1"])
    (alert,) = watched.open()
    assert (alert.rule, alert.device, alert.site, alert.severity) == (
        "down",
        "a-sw1",
        "a",
        "critical",
    )
    watched.poll(down=["a-sw1"])
    assert watched.open() == [alert]
    watched.poll()
    assert watched.open() == []
    assert [a.cleared for a in watched.every()] == [watched.clock()]


def test_unknown_neither_opens_nor_clears(watched: Watched) -> None:
    """And if nobody can say anything for a while it is our polling that is told of, once."""
    watched.poll(down=["a-sw1"])
    watched.poll(down=["a-sw1"])
    everybody = [d.name for d in watched.known.devices]
    for _ in range(3):
        watched.poll(unknown=everybody)
    assert watched.told() == {("down", "a-sw1")}


@pytest.mark.parametrize("order", list(itertools.permutations(("a-r", "a-core", "a-sw1"))))
def test_a_school_cut_off_is_one_alert_in_any_order(
    watched: Watched, order: tuple[str, ...]
) -> None:
    """Polled one after the other, settled after each."""
    rest = [name for name in SCHOOL_A if name not in order]
    for _ in range(2):
        watched.clock.forward(minutes=5)
        for name in (*order, *rest):
            seen = watched.seen(name, watched.clock(), "down")
            watched.take([seen])
    assert watched.told() == {("down", "a-r")}
    assert len(watched.open()) == 5
    (cause,) = watched.open(shadows=False)
    assert {a.shadow_of for a in watched.open() if a.id != cause.id} == {cause.id}


def test_what_is_still_down_when_the_cause_is_over_is_told_after_its_grace(
    watched: Watched,
) -> None:
    """Not at once: the school's switches need a moment to come back."""
    watched.poll(down=SCHOOL_A)
    watched.poll(down=SCHOOL_A)
    watched.poll(down=["a-sw2"])
    assert watched.told() == set()
    assert [a.device for a in watched.open()] == ["a-sw2"]
    watched.poll(down=["a-sw2"])
    assert watched.told() == {("down", "a-sw2")}


def test_a_killed_process_neither_opens_twice_nor_forgets(watched: Watched) -> None:
    """The grace that ran before it was killed counts, and so do the changes of a port."""
    watched.poll(measured=BUSY)
    for _ in range(3):
        watched.restart()
        watched.poll(measured=BUSY)
    high = [a for a in watched.open() if a.rule == "high_cpu"]
    assert len(high) == len(watched.known.devices)
    watched.restart()
    watched.poll(measured=BUSY)
    assert [a for a in watched.open() if a.rule == "high_cpu"] == high


def test_two_processes_that_judge_the_same_open_it_once(watched: Watched) -> None:
    """While a share is handed over both may."""
    other = Watched(watched.store, watched.clock, watched.known)
    watched.poll(down=["a-sw1"])
    watched.poll(down=["a-sw1"])
    other.poll(down=["a-sw1"], minutes=0)
    assert len(watched.every()) == 1


def test_a_port_that_comes_and_goes(watched: Watched) -> None:
    """Four changes within an hour, across a restart; it clears after half an hour of quiet."""
    table = PortTable(oper={"1": 1, "2": 1}, names={"1": "Gi0/1", "2": "Gi0/2"})
    flipped = replace(table, oper={"1": 1, "2": 2})
    for turn in (table, flipped, table, flipped, table):
        watched.poll(ports={"a-sw1": turn})
    (alert,) = watched.open()
    assert (alert.rule, alert.port, alert.name) == ("port_flapping", "2", "Gi0/2")
    assert "4" in alert.words.en
    for _ in range(18):
        watched.poll(ports={"a-sw1": table})
    assert watched.open() == []


def test_a_batch_out_of_time_is_passed_over(watched: Watched) -> None:
    """The newest poll of a device counts, whatever comes after it."""
    late = watched.clock.forward(minutes=5)
    newest = watched.clock.forward(minutes=5)
    watched.take([watched.seen("a-sw1", newest, "up")])
    watched.take([watched.seen("a-sw1", late, "down")])
    watched.clock.forward(minutes=5)
    watched.take([watched.seen("a-sw1", watched.clock(), "down")])
    assert watched.open() == []


def test_maintenance_mutes_and_what_stays_wrong_is_told_after_it(watched: Watched) -> None:
    """A planned window, of a site."""
    now = watched.clock()
    window = Window(
        site="a", devices=(), starts=now, ends=now + timedelta(minutes=12), reason="ย้ายตู้",
        approved="", made_by="engineer1", made=now,
    )  # fmt: skip
    with watched.store.begin(audited=False) as conn:
        maintenance.add_window(conn, window)
    watched.poll(down=["a-r", "b-r"])
    watched.poll(down=["a-r", "b-r"])
    assert {a.device: a.muted for a in watched.open()} == {"a-r": True, "b-r": False}
    watched.poll(down=["a-r", "b-r"])
    assert {a.device: a.muted for a in watched.open()} == {"a-r": False, "b-r": False}


def test_a_run_is_a_window_by_itself(watched: Watched) -> None:
    """While it goes on and a little after; a run nobody ends stops muting one day."""
    with watched.store.begin(audited=False) as conn:
        runs.create_run(conn, a_run(watched.clock()), waiting("run-1", "a-sw1"))
    watched.poll(down=["a-sw1", "a-sw2"])
    watched.poll(down=["a-sw1", "a-sw2"])
    assert {a.device: a.muted for a in watched.open()} == {"a-sw1": True, "a-sw2": False}
    with watched.store.begin(audited=False) as conn:
        runs.finish_run(conn, "run-1", "finished", at=watched.clock())
    watched.poll(down=["a-sw1"], minutes=9)
    assert [a.muted for a in watched.open()] == [True]
    watched.poll(down=["a-sw1"])
    assert [a.muted for a in watched.open()] == [False]


def test_a_rule_switched_off_and_a_device_gone_end_their_alerts(watched: Watched) -> None:
    """Nobody would ever clear them."""
    watched.poll(measured=BUSY)
    for _ in range(3):
        watched.poll(measured=BUSY)
    assert watched.open()
    watched.known = inventory(Watching(rules={"high_cpu": RuleChange(enabled=False)}))
    watched.settle()
    assert watched.open() == []


def test_firmware_older_than_the_office_wants(watched: Watched) -> None:
    """By version where it is wanted, by age where nobody changed it for three years."""
    watched.known = inventory(Watching(firmware={"cisco_ios": "15.2(7)E4"}))
    watched.take([watched.seen("a-sw1", watched.clock(), "up")], version="15.2(7)E2")
    assert watched.told() == {("old_firmware", "a-sw1")}
    later = watched.clock.forward(days=1100)
    watched.take([watched.seen("a-sw1", later, "up")], version="15.2(7)E2")
    assert watched.told() == {("old_firmware", "a-sw1"), ("firmware_age", "a-sw1")}
    watched.clock.forward(minutes=5)
    watched.take([watched.seen("a-sw1", watched.clock(), "up")], version="15.2(7)E4")
    assert watched.told() == set()


def test_settling_again_changes_nothing(watched: Watched) -> None:
    """So that it does not matter who does it, or how often."""
    watched.poll(down=SCHOOL_A)
    watched.poll(down=SCHOOL_A)
    before = watched.every()
    watched.clock.forward(seconds=5)
    watched.settle()
    assert watched.every() == before
