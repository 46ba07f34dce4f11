"""Many pages watch one run, and it is read once for all of them."""

from __future__ import annotations

import asyncio
import gc
from dataclasses import dataclass
from typing import Any

import pytest

from controller.errors import NotAllowed, Text
from controller.web.parts import run_watch
from controller.web.parts.run_watch import RunWatch, watch


@dataclass
class Reader:
    """Somebody with a page open, who counts what is asked of the store on their behalf."""

    asked: int = 0
    signed_in: bool = True

    async def ask(self, _operation: object, run: str) -> Any:
        """What `Visit.ask` does, slowly."""
        await asyncio.sleep(0)
        if not self.signed_in:
            raise NotAllowed(Text(th="หมดเวลาแล้ว", en="the session has ended"))
        self.asked += 1
        return f"{run} {self.asked}"


def test_a_hundred_pages_cost_one_reading() -> None:
    """However many look in the same moment."""
    readers = [Reader() for _ in range(100)]

    async def all_look() -> list[Any]:
        shared = RunWatch("r")
        return await asyncio.gather(*(shared.look(r) for r in readers))  # type: ignore[arg-type]

    seen = asyncio.run(all_look())
    assert len(set(seen)) == 1
    assert sum(reader.asked for reader in readers) == 1


def test_what_is_old_is_read_again() -> None:
    """A page is never shown what was true a while ago."""
    reader, now = Reader(), 100.0

    async def looks() -> list[Any]:
        nonlocal now
        shared = RunWatch("r", clock=lambda: now)
        first = await shared.look(reader)  # type: ignore[arg-type]
        now += run_watch.FRESH + 0.1
        return [first, await shared.look(reader)]  # type: ignore[arg-type]

    assert asyncio.run(looks()) == ["r 1", "r 2"]


def test_whose_session_ended_is_told_so_when_asking_for_themself() -> None:
    """Also when somebody else has just read the run; and the others go on."""

    async def looks() -> None:
        shared = RunWatch("r")
        await shared.look(Reader())  # type: ignore[arg-type]
        with pytest.raises(NotAllowed):
            await shared.look(Reader(signed_in=False), own=True)  # type: ignore[arg-type]
        await shared.look(Reader())  # type: ignore[arg-type]

    asyncio.run(looks())


def test_nothing_is_kept_of_a_run_nobody_watches() -> None:
    """One watch per run while there are pages, none afterwards."""
    first = watch("r-kept")
    assert watch("r-kept") is first
    del first
    gc.collect()
    assert "r-kept" not in run_watch._watched
