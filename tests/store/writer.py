"""Another process at work on the same database: `python -m tests.store.writer URL FOLDER WHAT N`.

`numbers`, `locks`, `entries` do N small transactions and print what they got. `for-ever` writes
until it is killed, printing after each commit. `stuck` prints in the middle of a transaction, with
its changes made and not committed, and then hangs.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from controller.store import audit_log, locks, registers
from controller.store.audit_keeper import AuditKeeper
from controller.store.engine import Store, open_store

NOW = datetime(2026, 5, 4, 2, 30, tzinfo=UTC)


def number(store: Store) -> int:
    """The next number, with a case and an entry that name it, all in one transaction."""
    with store.begin() as conn:
        given = registers.next_number(conn, "2.3", 2569)
        audit_log.append(
            conn, actor="writer", action="open_case", subject=str(given), content={}, at=NOW
        )
    return given


def lock(store: Store, run: str) -> int:
    """A fence of the one device everybody wants; 0 when another run holds it."""
    with store.begin(audited=False) as conn:
        fence = locks.take(conn, "kkn-a-sw01", run, run, NOW)
    if fence:
        with store.begin(audited=False) as conn:
            locks.let_go(conn, "kkn-a-sw01", fence)
    return fence or 0


def stuck(store: Store) -> None:
    """In the middle of a transaction for ever."""
    with store.begin() as conn:
        registers.next_number(conn, "2.3", 2569)
        for _ in range(3):
            audit_log.append(conn, actor="stuck", action="x", subject="y", content={}, at=NOW)
        print("stuck", flush=True)
        time.sleep(3600)


def main() -> None:
    """What the arguments say."""
    url, folder, what, times = sys.argv[1:]
    store = open_store(url, AuditKeeper(Path(folder)))
    if what == "stuck":
        stuck(store)
    rounds = count() if what == "for-ever" else range(int(times))
    for _ in rounds:
        print(
            lock(store, f"run-{times}-{id(store)}") if what == "locks" else number(store),
            flush=True,
        )


if __name__ == "__main__":
    main()
