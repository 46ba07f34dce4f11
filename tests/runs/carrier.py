"""Another process that carries runs out, and can be told to die or freeze at a certain point.

`python -m tests.runs.carrier ROOT CASE POINT kill|freeze|-`
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from controller.connections.eos import EosSession
from controller.connections.ios import IosSession
from controller.runs.ledger import Book, Ending, Ledger
from controller.store.engine import Store
from controller.store.locks import Fenced
from tests.runs.scene import ENGINEER, found_again

POINTS = ("claimed", "loaded", "armed", "committed", "pushed", "verified", "confirmed", "ended")
FENCED = 7


def strike(how: str, store: Store) -> None:
    """Die as by `kill -9`, or freeze until somebody lets the process go on.

    Frozen in the middle of a write, SQLite would let nobody else write: that is not our question.
    """
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    with store._turns:
        # To this thread: a signal to the process may reach it a moment later.
        signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)


def after(owner: type, name: str, act: Callable[[], None], when: Callable[..., bool]) -> None:
    """Let something happen after each call of a method that `when` picks by its arguments."""
    method = getattr(owner, name)

    def wrapped(*arguments: Any, **options: Any) -> Any:
        answer = method(*arguments, **options)
        if when(*arguments, **options):
            act()
        return answer

    setattr(owner, name, wrapped)


def prepare(point: str, how: str, store: Store) -> None:
    """Strike once, when the first device reaches the point."""
    struck: list[int] = []

    def act() -> None:
        if not struck:
            struck.append(1)
            strike(how, store)

    def always(*_: Any, **__: Any) -> bool:
        return True

    def writes(state: str) -> Callable[..., bool]:
        return lambda _book, written, *_, **__: bool(written == state)

    if point == "claimed":
        after(Ledger, "claim", act, always)
    elif point == "ended":
        after(Book, "end", act, lambda _book, ending, _: isinstance(ending, Ending))
    elif point in ("armed", "pushed", "verified"):
        after(Book, "write", act, writes({"armed": "intended"}.get(point, point)))
    else:
        name = {"loaded": "load", "committed": "commit", "confirmed": "confirm"}[point]
        for session in (IosSession, EosSession):
            after(session, name, act, always)


def main(root: str, number: str, point: str, how: str) -> int:
    """Start the case's run, or go on with one whose process died, and wait for its end.

    Gives `FENCED` when this process wanted to write about a run that was no longer its own.
    """
    fenced: list[Fenced] = []
    owned = Ledger.owned

    def watched(ledger: Ledger, conn: Connection) -> None:
        try:
            owned(ledger, conn)
        except Fenced as error:
            fenced.append(error)
            raise

    setattr(Ledger, "owned", watched)  # noqa: B010
    with found_again(Path(root)) as scene, scene.engine() as engine:
        if how != "-":
            prepare(point, how, scene.store)
        engine.wait(engine.start(number, "apply", ENGINEER))
    return FENCED if fenced else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
