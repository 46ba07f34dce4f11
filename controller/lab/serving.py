"""A lab in the foreground: one per state folder, until a signal or ``stop``."""

import asyncio
import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from controller.lab.complaints import LabError
from controller.lab.control import ControlServer
from controller.lab.definition import LabDefinition
from controller.lab.laboratory import Laboratory, write_atomically
from controller.lab.lifecycle import description, unpublish
from controller.lab.meeting_point import socket_path


def serve(definition: LabDefinition, *, share: bool) -> None:
    """Run a lab in this process until SIGTERM, SIGINT or ``stop``."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("asyncssh").setLevel(logging.WARNING)
    definition.state_dir.mkdir(parents=True, exist_ok=True)
    with _only_one(definition.state_dir):
        write_atomically(definition.state_dir / "lab.json", description(definition))
        asyncio.run(_serve(definition, share=share))


async def _serve(definition: LabDefinition, *, share: bool) -> None:
    laboratory = Laboratory(definition, share=share)
    path = socket_path(definition.state_dir)
    server = await ControlServer(laboratory, path).start()
    try:
        await laboratory.run()
    finally:
        server.close()


@contextmanager
def _only_one(state_dir: Path) -> Iterator[None]:
    """Hold the folder for this process; `LabError` when another lab has it."""
    with (state_dir / "lab.pid").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LabError(
                f"มีห้องทดลองทำงานอยู่แล้วที่ {state_dir}", f"a lab is already running in {state_dir}"
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            unpublish(state_dir)
