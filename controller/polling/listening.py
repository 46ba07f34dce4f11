"""A port that is kept open in a thread of its own, for what devices tell by themselves."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from controller.errors import InputError

_log = logging.getLogger(__name__)
_TURN_SECONDS, _AGAIN_SECONDS = 1.0, 30.0


class Listening:
    """Listens from `start()` to `stop()`. The port is one process's: others try again later.

    `opened` opens the port, gives its number and closes it; `InputError` when it cannot be had.
    `turn` is called every second while it is open, and says whether to open it anew.
    """

    def __init__(
        self,
        name: str,
        opened: Callable[[], AbstractAsyncContextManager[int]],
        turn: Callable[[], bool],
    ) -> None:
        self._opened = opened
        self._turn = turn
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self.port: int | None = None

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening, and return when the last turn is done."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _run(self) -> None:
        asyncio.run(self._listen())

    async def _listen(self) -> None:
        told = False
        while not self._stopped.is_set():
            try:
                async with self._opened() as self.port:
                    await self._while_open()
            except InputError as error:
                if not told:
                    _log.warning("%s", error.message.en)
                told = True
                await self._rest(_AGAIN_SECONDS)
            finally:
                self.port = None

    async def _while_open(self) -> None:
        while not self._stopped.is_set():
            await self._rest(_TURN_SECONDS)
            if self._turn():
                return

    async def _rest(self, seconds: float) -> None:
        for _ in range(int(seconds * 10)):
            if self._stopped.is_set():
                return
            await asyncio.sleep(0.1)
