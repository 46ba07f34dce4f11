"""Who takes work from the queues, whether they are alive, and what they have in hand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.runs.environment import Patience
from controller.runs.takeover import TO_A_WORKER, is_dead
from controller.store import executors, playbook_runs, runs, schedule, shards
from controller.store.engine import Connection
from controller.store.executors import Executor

Health = Literal["alive", "draining", "silent"]
Kind = Literal["run", "playbook run", "task", "poll share"]


@dataclass(frozen=True)
class InHand:
    """One thing somebody is at: a run, a playbook run, a task of the schedule, a share of polls."""

    kind: Kind
    name: str


@dataclass(frozen=True)
class Worker:
    """One process. `queues` is empty for a person's own command; `silent`: taken to have died."""

    id: str
    host: str
    pid: int
    started: datetime
    heard: datetime
    queues: tuple[str, ...]
    health: Health
    in_hand: tuple[InHand, ...]


@dataclass(frozen=True)
class Workers:
    """The processes, oldest first, and what waits for one of them."""

    workers: tuple[Worker, ...]
    waiting: tuple[InHand, ...]


def list_workers(context: Context, actor: Actor) -> Workers:
    """The processes that carry work out, or are to, and what waits for a worker."""
    require(actor, "show_workers")
    with context.store.read() as conn:
        now = executors.clock_of(conn, context.clock)
        work = _work(conn, context.clock())
        known = executors.living(conn)
    # A playbook run beats under a name of its own, in the process that has it in hand.
    of_process: dict[tuple[str, int], list[InHand]] = defaultdict(list)
    for one in known:
        of_process[one.host, one.pid] += work.pop(one.id, [])
    mine = {(one.host, one.pid): one for one in reversed(known)}
    for one in known:
        if one.queues:
            mine[one.host, one.pid] = one
    shown = sorted(mine.values(), key=lambda one: (one.started, one.id))
    return Workers(
        tuple(_worker(one, now, of_process[one.host, one.pid]) for one in shown),
        tuple(work.get(TO_A_WORKER, [])),
    )


def _work(conn: Connection, now: datetime) -> dict[str, list[InHand]]:
    """Executor -> what it has in hand; under no name what waits."""
    found: dict[str, list[InHand]] = defaultdict(list)
    for run in runs.open_runs(conn):
        found[run.executor].append(InHand("run", run.id))
    for played in playbook_runs.open_runs(conn):
        found[played.executor].append(InHand("playbook run", played.id))
    for slot in schedule.open_slots(conn):
        found[slot.holder].append(InHand("task", slot.name))
    for claim in shards.claims(conn):
        if claim.until > now:
            found[claim.holder].append(InHand("poll share", str(claim.shard)))
    return found


def _worker(one: Executor, now: datetime, in_hand: list[InHand]) -> Worker:
    silent = is_dead(one, now, Patience().lease)
    health: Health = "silent" if silent else "draining" if one.draining else "alive"
    return Worker(
        one.id, one.host, one.pid, one.started, one.heartbeat, one.queues, health, tuple(in_hand)
    )
