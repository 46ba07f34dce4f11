"""The schedule as `schedules.yaml` writes it: what is done by itself, when, on what; freezes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from controller.errors import Text
from controller.inventory.device import NAME
from controller.schedules.cron import Cron, parse_cron
from controller.schedules.freeze import Freeze

Task = Literal["backup", "audit", "report", "pack", "poll", "remind", "playbook"]
TASKS: dict[str, Text] = {
    "backup": Text(th="สำรองค่ากำหนดของอุปกรณ์", en="back up configurations"),
    "audit": Text(th="ตรวจตามเกณฑ์", en="audit compliance"),
    "report": Text(th="จัดทำรายงานการปฏิบัติตามเกณฑ์", en="report compliance"),
    "pack": Text(th="จัดเก็บคลังข้อมูลสำรองให้กระชับ", en="pack the backups"),
    "poll": Text(th="ตรวจสุขภาพอุปกรณ์", en="poll the devices' health"),
    "remind": Text(th="เตือนเรื่องที่เกินกำหนด", en="remind of overdue cases"),
    "playbook": Text(th="รันเพลย์บุ๊กที่อ่านอย่างเดียว", en="run a playbook that only reads"),
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
    playbook: str = Field(default="", description="Which playbook, of risk `read`")
    set: dict[str, str | int | bool] = Field(
        default_factory=dict, description="Parameters of the playbook"
    )

    @cached_property
    def times(self) -> Cron:
        """The times of `cron`. Errors: `InputError`; a file that was validated has none."""
        return parse_cron(self.cron)

    @property
    def skips(self) -> bool:
        """Whether a missed time is skipped. A change is never made up for at another hour."""
        return self.missed == "skip"


class ScheduleFile(BaseModel):
    """The optional file `schedules.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schedule: tuple[Entry, ...] = Field(default=(), description="What is done by itself")
    freezes: tuple[Freeze, ...] = Field(
        default=(), description="When nothing is changed on devices, such as exams"
    )


@dataclass(frozen=True)
class Schedule:
    """What the workspace wants done by itself and when nothing is changed, as the file orders."""

    entries: tuple[Entry, ...] = field(default=())
    freezes: tuple[Freeze, ...] = field(default=())

    def entry(self, name: str) -> Entry | None:
        """The line with this name."""
        return next((entry for entry in self.entries if entry.name == name), None)
