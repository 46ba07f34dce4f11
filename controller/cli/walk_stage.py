"""The made-up office of a rehearsal: its people, and the folder its papers go to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from controller.accounts.actor import Actor
from controller.cli import output
from controller.operations.context import Context


@dataclass
class Stage:
    """An office in which every part is played by its own account.

    `drawn` counts the files made for the case that is on. Without a `folder` they are not kept.
    """

    context: Context
    people: dict[str, Actor]
    passwords: dict[str, str]
    folder: Path | None
    drawn: int = 0

    def write(self, name: str, files: dict[str, bytes]) -> None:
        """Count files, one for each suffix, and keep them in the folder that was asked for."""
        self.drawn += len(files)
        if self.folder is not None:
            for suffix, content in files.items():
                output.write_file(self.folder / f"{name}.{suffix}", content, told=False)
