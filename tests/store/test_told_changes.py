"""A device that tells of being configured is asked once, after it has settled."""

from __future__ import annotations

from controller.store import told_changes
from controller.store.engine import Store
from controller.store.told_changes import LONGEST, SETTLING, ToldChange
from tests.store.clock import Clock

SW = "kkn-a-sw01"


def told(clock: Clock, who: str = "somchai", device: str = SW) -> ToldChange:
    """A line of syslog that came now."""
    return ToldChange(device, clock(), who, "10.0.0.9", "syslog")


def test_what_was_told_is_kept_newest_first(store: Store, clock: Clock) -> None:
    first = told(clock)
    with store.begin() as conn:
        told_changes.tell_changes(conn, [first])
        second = ToldChange(SW, clock.forward(minutes=1), "x\0" + "y" * 999, "", "trap")
        told_changes.tell_changes(conn, [second])
        newest, oldest = told_changes.told_of(conn, SW)
        assert oldest == first
        assert (newest.at, len(newest.who)) == (second.at, 255)
        assert told_changes.told_of(conn, SW, since=second.at) == (newest,)
        assert told_changes.told_of(conn, "other") == ()


def test_only_so_much_is_kept(store: Store, clock: Clock) -> None:
    with store.begin() as conn:
        before, told_changes.MOST_TOLD = told_changes.MOST_TOLD, 3
        try:
            for _ in range(5):
                told_changes.tell_changes(conn, [told(clock)])
        finally:
            told_changes.MOST_TOLD = before
        assert len(told_changes.told_of(conn, SW)) == 3


def test_a_backup_waits_until_the_device_has_settled(store: Store, clock: Clock) -> None:
    with store.begin() as conn:
        first = clock()
        told_changes.tell_changes(conn, [told(clock)])
        assert told_changes.due_backups(conn, clock(), 9) == ()
        again = clock.forward(seconds=10)
        told_changes.tell_changes(conn, [told(clock)])
        (one,) = told_changes.wanted(conn)
        assert (one.since, one.last, one.due) == (first, again, again + SETTLING)
        for _ in range(20):
            clock.forward(seconds=5)
            told_changes.want_backup(conn, SW, "trap", clock())
        (one,) = told_changes.wanted(conn)
        assert one.due == first + LONGEST
        assert told_changes.due_backups(conn, clock(), 9) == (one,)


def test_one_process_fetches_it_and_what_is_told_meanwhile_is_not_lost(
    store: Store, clock: Clock
) -> None:
    with store.begin() as conn:
        told_changes.want_backup(conn, SW, "trap", clock())
        clock.forward(minutes=1)
        (one,) = told_changes.due_backups(conn, clock(), 9)
        until = clock() + 5 * LONGEST
        assert told_changes.claim_backup(conn, one, until)
        assert not told_changes.claim_backup(conn, one, until)
        assert told_changes.due_backups(conn, clock(), 9) == ()
        told_changes.want_backup(conn, SW, "trap", clock.forward(seconds=1))
        told_changes.have_backup(conn, one, clock())
        (again,) = told_changes.wanted(conn)
        assert (again.tries, again.due) == (0, clock() + SETTLING)
        clock.forward(minutes=1)
        told_changes.claim_backup(conn, again, until)
        told_changes.have_backup(conn, again, clock())
        assert told_changes.wanted(conn) == ()


def test_one_that_fails_is_tried_later_and_not_hurried(store: Store, clock: Clock) -> None:
    with store.begin() as conn:
        told_changes.want_backup(conn, SW, "trap", clock())
        clock.forward(minutes=1)
        (one,) = told_changes.due_backups(conn, clock(), 9)
        told_changes.claim_backup(conn, one, clock() + LONGEST)
        later = clock() + 20 * LONGEST
        told_changes.try_again(conn, one, later)
        told_changes.want_backup(conn, SW, "trap", clock.forward(seconds=1))
        (again,) = told_changes.wanted(conn)
        assert (again.tries, again.due, again.last) == (1, later, clock())
        told_changes.give_up(conn, [SW])
        assert told_changes.wanted(conn) == ()
