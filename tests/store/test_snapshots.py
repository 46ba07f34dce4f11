"""Which configuration a device had when."""

from __future__ import annotations

from controller.store import snapshots
from controller.store.engine import Store
from controller.store.snapshots import Snapshot
from tests.store.clock import Clock

SW = "kkn-a-sw01"


def test_snapshots_are_found_by_device_and_fingerprint(store: Store, clock: Clock) -> None:
    """The newest of each; of the same moment the one saved last."""
    kept = [
        Snapshot(SW, "a" * 64, "1" * 40, clock(), "backup"),
        Snapshot(SW, "b" * 64, "2" * 40, clock.forward(days=1), "before"),
        Snapshot(SW, "a" * 64, "1" * 40, clock.forward(days=1), "after"),
        Snapshot(SW, "c" * 64, "3" * 40, clock(), "backup"),
        Snapshot("kkn-a-sw02", "a" * 64, "4" * 40, clock.forward(days=1), "backup"),
    ]
    with store.begin() as conn:
        for one in kept:
            snapshots.save_snapshot(conn, one.device, one.fingerprint, one.blob, one.at, one.why)
    with store.read() as conn:
        assert snapshots.latest(conn, SW) == kept[3]
        assert snapshots.snapshot(conn, SW, "a" * 64) == kept[2]
        assert snapshots.snapshot(conn, SW, "d" * 64) is None
        assert snapshots.latest(conn, "kkn-z-sw99") is None
        assert snapshots.history(conn, SW) == tuple(kept[3::-1])
        assert snapshots.history(conn, SW, most=2) == (kept[3], kept[2])
