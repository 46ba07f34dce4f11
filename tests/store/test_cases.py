"""Cases, their numbers, their decisions and the devices they hold."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta, timezone

import pytest

from controller.errors import NotFound, Refused, StoreError
from controller.processes.case import Decision, Event
from controller.store import cases, decisions, tables
from controller.store.engine import Connection, Store, open_store
from tests.store.clock import Clock
from tests.store.intruder import Intruder
from tests.store.samples import CASE, a_case, a_decision, an_event, moved


def insert(store: Store, clock: Clock, *numbers: str) -> None:
    with store.begin() as conn:
        for number in numbers:
            cases.insert_case(conn, a_case(clock(), number))


def test_a_case_comes_back_as_it_was(store: Store, clock: Clock) -> None:
    """Every field, also Thai and times of another zone."""
    local = clock().astimezone(timezone(timedelta(hours=7)))
    case = a_case(local, decisions=(a_decision(local, expires=local + timedelta(days=30)),))
    with store.begin() as conn:
        cases.insert_case(conn, case)
    with store.read() as conn:
        assert cases.load_case(conn, CASE) == case
        with pytest.raises(NotFound, match="9999"):
            cases.load_case(conn, "2569-2.3-9999")


def test_cases_are_listed_oldest_first(store: Store, clock: Clock) -> None:
    """All, or those of one state."""
    for n, state in enumerate(("open", "closed", "open"), 1):
        with store.begin() as conn:
            cases.insert_case(conn, a_case(clock.forward(days=1), f"c{n}", state=state))
    with store.read() as conn:
        assert [c.number for c in cases.list_cases(conn)] == ["c1", "c2", "c3"]
        assert [c.number for c in cases.list_cases(conn, "open")] == ["c1", "c3"]
        assert cases.list_cases(conn, "refused") == ()


def test_a_case_moves_when_nobody_else_moved_it(store: Store, clock: Clock) -> None:
    """Each change leaves an event, and is seen by the next reader."""
    insert(store, clock, CASE)
    with store.begin() as conn:
        after = moved(cases.load_case(conn, CASE), clock(), step=1)
        cases.save_case(conn, after, expected_events=1)
    with store.read() as conn:
        assert cases.load_case(conn, CASE) == after


def test_a_case_somebody_moved_is_refused(store: Store, clock: Clock) -> None:
    """The second of two people who saw the same case is told, and changes nothing."""
    insert(store, clock, CASE)
    seen = a_case(clock())
    with store.begin() as conn:
        cases.save_case(conn, moved(seen, clock(), step=1), expected_events=1)
    with pytest.raises(Refused), store.begin() as conn:
        cases.save_case(conn, moved(seen, clock(), step=5), expected_events=1)
    with store.read() as conn:
        assert cases.load_case(conn, CASE).step == 1


def test_of_many_who_move_a_case_at_once_one_wins(
    store: Store, database_url: str, clock: Clock
) -> None:
    """Through two stores, so that the database decides and not a lock of ours."""
    insert(store, clock, CASE)
    other = open_store(database_url)
    seen = a_case(clock())

    def move(step: int) -> bool:
        try:
            with (store if step % 2 else other).begin(audited=False) as conn:
                cases.save_case(conn, moved(seen, clock(), step=step), expected_events=1)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(move, range(1, 17)))
    other.close()
    assert won.count(True) == 1
    with store.read() as conn:
        assert cases.load_case(conn, CASE).step == won.index(True) + 1


def test_a_change_without_an_event_is_our_mistake(store: Store, clock: Clock) -> None:
    """It would escape the check above."""
    insert(store, clock, CASE)
    with pytest.raises(ValueError, match="event"), store.begin() as conn:
        cases.save_case(conn, a_case(clock(), step=3), expected_events=1)


def test_saving_an_unknown_case_is_not_found(store: Store, clock: Clock) -> None:
    """It cannot come into being that way."""
    with pytest.raises(NotFound), store.begin() as conn:
        cases.save_case(conn, moved(a_case(clock()), clock()), expected_events=1)


def grown(conn: Connection, event: Event, *decided: Decision) -> None:
    """Save the case with one more event, and the decision that came with it, if any."""
    case = cases.load_case(conn, CASE)
    more = {"events": (*case.events, event), "decisions": (*case.decisions, *decided)}
    cases.save_case(conn, case.model_copy(update=more), len(case.events))


def test_decisions_get_rows_of_their_own(store: Store, clock: Clock) -> None:
    """One for each, in order, and the same words as in the case."""
    insert(store, clock, CASE)
    first = a_decision(clock(), kind="return", comment="แก้แผน")
    second = a_decision(
        clock.forward(days=1),
        role="acting-director",
        acting_order="คำสั่งที่ 45/2569",
        expires=clock() + timedelta(days=30),
        audit_seq=7,
    )
    with store.begin() as conn:
        grown(conn, an_event(clock(), "returned"), first)
        grown(conn, an_event(clock()))
        grown(conn, an_event(clock(), "approved"), second)
    with store.read() as conn:
        case = cases.load_case(conn, CASE)
        assert case.decisions == decisions.case_decisions(conn, CASE) == (first, second)
        assert [e.what for e in case.events] == ["opened", "returned", "submitted", "approved"]
        assert decisions.changed_decisions(conn, case) == ()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("plan", "f" * 64),
        ("dossier", "f" * 64),
        ("step", 7),
        ("actor", "network.engineer"),
        ("kind", "refuse"),
        ("comment", ""),
    ],
)
def test_a_decision_row_edited_is_named(
    store: Store, clock: Clock, database_url: str, column: str, value: object
) -> None:
    """Which decision, which field, what it says and what it said."""
    decision = a_decision(clock(), dossier="e" * 64, step=2)
    decided = a_case(clock(), decisions=(decision,))
    with store.begin() as conn:
        cases.insert_case(conn, decided)
    Intruder(database_url).run(f"UPDATE decisions SET {column} = ?", [value])
    with store.read() as conn:
        (found,) = decisions.changed_decisions(conn, cases.load_case(conn, CASE))
    assert column in found.en
    assert str(getattr(decided.decisions[0], column)) in found.en
    assert "1" in found.th


def test_every_field_of_a_decision_has_its_column() -> None:
    """What is not in the row could be changed in the case, and nobody would know."""
    columns = {column.name for column in tables.decisions.columns}
    fields = {"case_number" if name == "case" else name for name in Decision.model_fields}
    assert fields <= columns
    assert columns - fields == {"position"}


def test_a_decision_slipped_into_the_case_is_named(
    store: Store, clock: Clock, database_url: str
) -> None:
    """The case says more than the register of decisions."""
    insert(store, clock, CASE)
    forged = a_case(clock(), decisions=(a_decision(clock()),)).model_dump_json()
    Intruder(database_url).run("UPDATE cases SET content = ?", [forged])
    with store.read() as conn:
        (found,) = decisions.changed_decisions(conn, cases.load_case(conn, CASE))
    assert "1 decisions, their register 0" in found.en


def test_a_damaged_case_is_told(store: Store, clock: Clock, database_url: str) -> None:
    """By number, not with a traceback."""
    insert(store, clock, CASE)
    Intruder(database_url).run("UPDATE cases SET content = ?", ['{"number": 1}'])
    with store.read() as conn, pytest.raises(StoreError, match=CASE):
        cases.load_case(conn, CASE)


def test_a_device_belongs_to_one_case(store: Store, clock: Clock) -> None:
    """A second case is told whose it is, and gets none of its devices."""
    insert(store, clock, "c1", "c2")
    with store.begin() as conn:
        assert cases.reserve(conn, "c1", ["sw01", "sw02"]) == {}
        assert cases.reserve(conn, "c1", ["sw02", "sw03"]) == {}
        assert cases.reserve(conn, "c2", ["sw03", "sw04", "sw05"]) == {"sw03": "c1"}
        assert cases.reserved_by(conn, ["sw01", "sw03", "sw04"]) == {"sw01": "c1", "sw03": "c1"}
        assert cases.reserved_for(conn, "c1") == ("sw01", "sw02", "sw03")
        cases.release(conn, "c1")
        assert cases.reserve(conn, "c2", ["sw03", "sw04"]) == {}
        assert cases.reserved_for(conn, "c2") == ("sw03", "sw04")


def test_more_devices_than_a_statement_takes_can_be_reserved(store: Store, clock: Clock) -> None:
    """A plan for the whole area."""
    insert(store, clock, "c1", "c2")
    everything = [f"sw{n:04}" for n in range(1500)]
    with store.begin() as conn:
        assert cases.reserve(conn, "c1", everything) == {}
        assert len(cases.reserve(conn, "c2", everything)) == 1500
        assert len(cases.reserved_for(conn, "c1")) == 1500


def test_cases_that_reserve_at_once_never_share(
    store: Store, database_url: str, clock: Clock
) -> None:
    """Overlapping sets, in different orders, through two stores: all or none for each."""
    numbers = [f"c{n}" for n in range(8)]
    insert(store, clock, *numbers)
    other = open_store(database_url)

    def reserve(n: int) -> bool:
        wanted = [f"sw{(n + k) % 8}" for k in range(3)]
        with (store if n % 2 else other).begin(audited=False) as conn:
            return not cases.reserve(conn, f"c{n}", wanted)

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(reserve, range(8)))
    other.close()
    assert any(won)
    with store.read() as conn:
        held = [len(cases.reserved_for(conn, number)) for number in numbers]
    assert held == [3 if w else 0 for w in won]


def test_times_are_utc_when_read(store: Store, clock: Clock) -> None:
    """Whatever zone they were written in."""
    local = clock().astimezone(timezone(timedelta(hours=7)))
    with store.begin() as conn:
        cases.insert_case(conn, a_case(local, decisions=(a_decision(local),)))
        (row,) = decisions.case_decisions(conn, CASE)
    assert row.at == local
    assert row.at.tzinfo == UTC
