"""The schedule as `compliance/schedule.yaml` writes it: what is done by itself, when, on what."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from controller.errors import Text
from controller.inventory.device import NAME
from controller.schedules.cron import Cron, parse_cron

Task = Literal["backup", "audit", "report", "pack"]
TASKS: dict[str, Text] = {
    "backup": Text(th="สำรองค่ากำหนดของอุปกรณ์", en="back up configurations"),
    "audit": Text(th="ตรวจตามเกณฑ์", en="audit compliance"),
    "report": Text(th="จัดทำรายงานการปฏิบัติตามเกณฑ์", en="report compliance"),
    "pack": Text(th="จัดเก็บคลังข้อมูลสำรองให้กระชับ", en="pack the backups"),
}


class Entry(BaseModel):
    """One line of the schedule."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=NAME, description="Unique name, also in commands and the history")
    cron: str = Field(
        min_length=1, description="Minute hour day month weekday, Thai time: `30 2 * * mon-fri`"
    )
    do: Task = Field(description="What is done")
    select: str = Field(default="all", description="Which devices, as in `khaen plan --select`")
    missed: Literal["catch_up", "skip"] = Field(
        default="catch_up",
        description="When nobody was there to do it: once later, or not at all",
    )
    enabled: bool = Field(default=True, description="false: not done until it is true again")

    @cached_property
    def times(self) -> Cron:
        """The times of `cron`. Errors: `InputError`; a file that was validated has none."""
        return parse_cron(self.cron)


class ScheduleFile(BaseModel):
    """The optional file `compliance/schedule.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schedule: tuple[Entry, ...] = Field(default=(), description="What is done by itself")


@dataclass(frozen=True)
class Schedule:
    """What the workspace wants done by itself, in the order of the file."""

    entries: tuple[Entry, ...] = field(default=())

    def entry(self, name: str) -> Entry | None:
        """The line with this name."""
        return next((entry for entry in self.entries if entry.name == name), None)
