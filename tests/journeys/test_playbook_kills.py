"""Workers killed, stopped and frozen while they carry playbooks out with Ansible."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial

import pytest

from controller.connections.ansible.tools import tools
from controller.operations.run_playbook import run_playbook
from controller.store import audit_log, executors, playbook_runs
from tests.journeys.crew import QUIET_SECONDS, TAKEN_SECONDS, Crew, hired, until
from tests.runs.scene import ENGINEER
from tests.store.cluster import Cluster

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(tools() is None, reason="the extra `playbooks` is not installed"),
]
EACH = 3
ROUNDS = int(os.environ.get("KHAEN_TEST_ROUNDS", "5"))


@pytest.fixture(scope="module")
def chance() -> random.Random:
    """Printed, so that a round can be had again."""
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    return random.Random(seed)


@pytest.fixture(scope="module")
def crew(tmp_path_factory: pytest.TempPathFactory, cluster: Cluster | None) -> Iterator[Crew]:
    """Three workers, and six devices of two platforms."""
    if cluster is None:
        pytest.skip("no PostgreSQL on this machine")
    with hired(tmp_path_factory.mktemp("crew"), cluster, EACH) as crew:
        yield crew


def test_killed_workers_play_to_every_device_at_most_once(
    crew: Crew, chance: random.Random
) -> None:
    """What was begun is proved or told as unknown and settled by people; the rest is confirmed."""
    before = crew.running()
    ended: Counter[str] = Counter()
    for turn in range(1, ROUNDS + 1):
        crew.full()
        typed = crew.typed()
        number, run = crew.leave()
        taken = crew.hunt(partial(crew.applying, run), chance)
        states = _judged(crew, run, typed)
        ended.update(states.values())
        assert all(states[device] == "unknown" for of, device in crew.cut_off if of == run)
        _settled(crew, number, run)
        assert crew.running() == before
        print(f"round {turn}: {dict(Counter(states.values()))}, taken over after {taken} s")
    print(f"{crew.mid_play} of {len(crew.taken)} died while their Ansible was at it")
    assert ended["confirmed"]
    assert crew.scene.keeper.verify(crew.scene.store).ok is True


def test_a_reading_run_of_killed_workers_counts_every_answer_once(
    crew: Crew, chance: random.Random
) -> None:
    for _ in range(2):
        crew.full()
        record = run_playbook(crew.context, ENGINEER, "look", "all", by_worker=True).record
        taken = crew.hunt(partial(crew.reading, record.id), chance)
        with crew.scene.store.read() as conn:
            ended = playbook_runs.load_run(conn, record.id)
            devices = playbook_runs.run_devices(conn, record.id)
            answers = playbook_runs.results(conn, record.id)
            told = [e for e in audit_log.about(conn, "look") if e.content["run"] == record.id]
        assert ended.state == "finished", ended
        assert {one.device: one.state for one in devices} == dict.fromkeys(crew.typed(), "ok"), (
            answers
        )
        # Two tasks, one of them skipped: each is told once of each device.
        counts = Counter(one.device for one in answers)
        assert counts == dict.fromkeys(crew.typed(), 2), answers
        assert sum(e.action == "playbook_run_taken_over" for e in told) == len(taken)
        print(f"reading: taken over after {taken} s")
    assert crew.scene.keeper.verify(crew.scene.store).ok is True


def test_a_worker_that_is_told_to_stop_finishes_what_it_began(crew: Crew) -> None:
    """Another goes on with the rest; nothing is unknown, nothing is played twice."""
    crew.full()
    before, typed = crew.running(), crew.typed()
    number, run = crew.leave()
    until(lambda: "intended" in _states(crew, run) and "confirmed" in _states(crew, run), "begun")
    begun = [n for n, row in crew.scene.rows(run).items() if row.state == "intended"]
    holder = crew.holding(crew.scene.run(run).executor)
    assert holder is not None
    holder.send_signal(signal.SIGTERM)
    told = time.monotonic()
    code = holder.wait(TAKEN_SECONDS)
    drained = time.monotonic() - told
    crew.workers.remove(holder)
    rows = crew.scene.rows(run)
    assert code == 0
    assert {rows[name].state for name in begun} == {"confirmed"}, rows
    until(lambda: crew.scene.run(run).state != "running", "the end of the run")
    assert f"-{holder.pid}-" not in crew.scene.run(run).executor
    assert set(_judged(crew, run, typed).values()) == {"confirmed"}
    left = sum(row.state == "waiting" for row in rows.values())
    print(f"drained in {drained:.1f} s with {len(begun)} begun; {left} were left")
    _settled(crew, number, run)
    assert crew.running() == before


def test_a_frozen_worker_is_taken_for_dead_and_plays_no_more(crew: Crew) -> None:
    """Its own lease of 30 seconds; awake again it finds its number taken, and takes a new one."""
    crew.full()
    before, typed = crew.running(), crew.typed()
    number, run = crew.leave()
    until(lambda: "intended" in _states(crew, run) and "confirmed" in _states(crew, run), "begun")
    executor = crew.scene.run(run).executor
    holder = crew.holding(executor)
    assert holder is not None
    holder.send_signal(signal.SIGSTOP)
    crew.handed_on(executor, time.monotonic(), partial(crew.applying, run))
    print(f"frozen: taken after {crew.taken[-1]:.1f} s")
    holder.send_signal(signal.SIGCONT)
    until(lambda: crew.scene.run(run).state != "running", "the end of the run")
    _judged(crew, run, typed)
    until(lambda: holder.pid in crew.alive(), "the frozen one under a new id", TAKEN_SECONDS)
    assert holder.poll() is None
    assert executor not in _ids(crew)
    _settled(crew, number, run)
    assert crew.running() == before
    assert crew.scene.keeper.verify(crew.scene.store).ok is True


def _judged(crew: Crew, run: str, typed: dict[str, int]) -> dict[str, str]:
    """How the devices ended, held against what each of them was told since `typed`."""
    time.sleep(QUIET_SECONDS)
    rows = crew.scene.rows(run)
    told = {name: count - typed[name] for name, count in crew.typed().items()}
    states = {name: row.state for name, row in rows.items()}
    assert set(states.values()) <= {"confirmed", "unknown", "waiting"}, rows
    for name, state in states.items():
        allowed = {"confirmed": (1,), "unknown": (0, 1), "waiting": (0,)}[state]
        assert told[name] in allowed, (name, state, told)
    if "waiting" in states.values():
        # Only a canary that was cut off ends the run before its time.
        assert "confirmed" not in states.values(), rows
        assert crew.scene.run(run).state == "stopped"
    return dict(states)


def _settled(crew: Crew, number: str, run: str) -> None:
    """Look again at what is unknown, and take the case back, as people would."""
    engine = crew.context.runs()
    if "unknown" in _states(crew, run):
        engine.verify(number, ENGINEER)
        assert _states(crew, run) <= {"confirmed", "unknown", "rolled_back", "waiting"}
    if _states(crew, run) & {"confirmed", "unknown"}:
        crew.full()
        back = engine.leave(number, "rollback", ENGINEER)
        until(lambda: crew.scene.run(back).state != "running", "the end of the way back")
        assert _states(crew, back) == {"confirmed"}, crew.scene.rows(back)


def _states(crew: Crew, run: str) -> set[str]:
    return {row.state for row in crew.scene.rows(run).values()}


def _ids(crew: Crew) -> set[str]:
    with crew.scene.store.read() as conn:
        return {one.id for one in executors.living(conn)}
