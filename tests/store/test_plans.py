"""Plans come back as the bytes they were."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from controller.errors import InputError, NotFound
from controller.plans.plan import Plan
from controller.plans.provenance import Provenance
from controller.store import plans
from controller.store.engine import Store
from tests.store.clock import Clock
from tests.store.intruder import Intruder
from tests.store.samples import a_plan

ORIGIN = Provenance(commit="e" * 40, edited=("inventory/groups.yaml",))


def save(store: Store, plan: Plan, clock: Clock, by: str = "network.engineer") -> bool:
    with store.begin() as conn:
        return plans.save_plan(conn, plan, provenance=ORIGIN, by=by, at=clock())


def test_a_plan_comes_back_byte_for_byte(store: Store, clock: Clock) -> None:
    """With what is known beside it, which is not part of it."""
    plan = a_plan()
    assert save(store, plan, clock)
    with store.read() as conn:
        stored = plans.load_plan(conn, plan.id)
    assert stored.plan_bytes == plan.canonical()
    assert hashlib.sha256(stored.plan_bytes).hexdigest() == plan.id == stored.id
    assert (stored.commit, stored.edited) == (ORIGIN.commit, ORIGIN.edited)
    assert (stored.by, stored.at, stored.devices) == ("network.engineer", clock(), 1)


def test_the_same_plan_again_is_no_second_one(store: Store, clock: Clock) -> None:
    """It keeps who made it first, and when."""
    first = clock()
    assert save(store, a_plan(), clock)
    clock.forward(hours=1)
    assert not save(store, a_plan(), clock, by="somebody.else")
    with store.read() as conn:
        (listed,) = plans.list_plans(conn)
    assert (listed.by, listed.at) == ("network.engineer", first)


def test_a_plan_without_git_has_no_commit(store: Store, clock: Clock) -> None:
    """None stays None."""
    with store.begin() as conn:
        plans.save_plan(
            conn, a_plan(), provenance=Provenance(None, ()), by="network.engineer", at=clock()
        )
        stored = plans.load_plan(conn, a_plan().id)
    assert (stored.commit, stored.edited) == (None, ())


def test_the_beginning_of_an_id_is_enough(store: Store, clock: Clock) -> None:
    """As long as it is of one plan, in any case of letters."""
    save(store, a_plan(), clock)
    wanted = a_plan().id
    with store.read() as conn:
        for given in (wanted[:4], wanted[:12].upper(), f" {wanted} "):
            assert plans.load_plan(conn, given).id == wanted


def test_an_ambiguous_beginning_is_refused(store: Store, clock: Clock, database_url: str) -> None:
    """Two plans that begin alike."""
    save(store, a_plan(), clock)
    save(store, a_plan("role=core"), clock)
    intruder = Intruder(database_url)
    intruder.run("UPDATE plans SET id = 'abcd' || substr(id, 5)")
    with store.read() as conn, pytest.raises(InputError, match="more than one"):
        plans.load_plan(conn, "abcd")


@pytest.mark.parametrize("given", ["", "abc", "ghij", "../../etc", "a" * 65, "%%%%", "____"])
def test_what_is_no_id_is_refused(store: Store, clock: Clock, given: str) -> None:
    """Wild cards of SQL included."""
    save(store, a_plan(), clock)
    with store.read() as conn, pytest.raises(InputError) as caught:
        plans.load_plan(conn, given)
    assert not isinstance(caught.value, NotFound)


def test_an_unknown_id_is_not_found(store: Store) -> None:
    """Well-formed, but nobody's."""
    with store.read() as conn, pytest.raises(NotFound):
        plans.load_plan(conn, "abcdef")


def test_plans_are_listed_newest_first(store: Store, clock: Clock) -> None:
    """And no more than asked for."""
    made = [a_plan(f"name=kkn-a-sw{n:02}") for n in range(4)]
    for plan in made:
        save(store, plan, clock)
        clock.forward(seconds=timedelta(minutes=1).total_seconds())
    with store.read() as conn:
        assert [p.id for p in plans.list_plans(conn, most=3)] == [p.id for p in made[:0:-1]]
