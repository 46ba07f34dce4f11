"""Freezes: times at which the office wants nothing changed on its devices, such as exams."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from controller.errors import Text
from controller.inventory.device import NAME, Device
from controller.inventory.selector import parse_selector
from controller.thai import BANGKOK, short_time


def read_moment(written: object) -> date | datetime:
    """A day, or a time without zone, as the file writes it: `2027-03-01`, `2027-03-01T08:00`.

    Errors: `ValueError` for anything else, such as a year of the Buddhist era.
    """
    if isinstance(written, str):
        plain = len(written) == len("2027-03-01")
        written = (date if plain else datetime).fromisoformat(written)
    if not isinstance(written, date) or written.year >= _FIRST_BUDDHIST_YEAR:
        raise ValueError("neither a day nor a time")
    if isinstance(written, datetime) and written.tzinfo is not None:
        raise ValueError("times are Thai; no zone is written")
    return written


_FIRST_BUDDHIST_YEAR = 2400
Moment = Annotated[date | datetime, BeforeValidator(read_moment)]


class Freeze(BaseModel):
    """One freeze, on a Thai clock. `ends` as a day is the last day of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=NAME, description="Unique name, also in what people are told")
    begins: Moment = Field(description="First day, or time: `2027-03-01`, `2027-03-01T08:00`")
    ends: Moment = Field(description="Last day, or the time it is over")
    reason: str = Field(min_length=1, description="Why, as people read it")
    select: str = Field(default="all", description="Which devices, as in `khaen plan --select`")

    @property
    def since(self) -> datetime:
        """The first moment of it."""
        return _on_thai_clock(self.begins)

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        if isinstance(self.ends, datetime):
            return _on_thai_clock(self.ends)
        return _on_thai_clock(self.ends + timedelta(days=1))

    def holds(self, now: datetime) -> bool:
        """Whether it is in force."""
        return self.since <= now < self.until

    def covers(self, devices: Iterable[Device | None]) -> bool:
        """Whether one of the devices is meant; None, one nobody knows, always is."""
        selector = parse_selector(self.select)
        return any(device is None or selector.holds(device) for device in devices)

    @property
    def words(self) -> Text:
        """Its name, why, and until when, as a reason against a change."""
        return Text(
            th=f"อยู่ในช่วงงดเปลี่ยนแปลง {self.name} ถึง {short_time(self.until)} ({self.reason})",
            en=f"in the freeze {self.name} until {_plain(self.until)} ({self.reason})",
        )

    @property
    def coming(self) -> Text:
        """Its name, why, from when until when, for who plans ahead."""
        return Text(
            th=f"ช่วงงดเปลี่ยนแปลง {self.name} {short_time(self.since)} ถึง {short_time(self.until)} "
            f"({self.reason})",
            en=f"freeze {self.name} from {_plain(self.since)} until {_plain(self.until)} "
            f"({self.reason})",
        )


def in_force(
    freezes: Iterable[Freeze], devices: Iterable[Device | None], now: datetime
) -> tuple[Freeze, ...]:
    """The freezes that forbid a change of these devices at the moment."""
    meant = tuple(devices)
    return tuple(one for one in freezes if one.holds(now) and one.covers(meant))


def ahead(
    freezes: Iterable[Freeze], devices: Iterable[Device | None], now: datetime
) -> tuple[Freeze, ...]:
    """The freezes of these devices that are not over, the first to begin first."""
    meant = tuple(devices)
    coming = (one for one in freezes if one.until > now and one.covers(meant))
    return tuple(sorted(coming, key=lambda one: (one.since, one.name)))


def _on_thai_clock(moment: Moment) -> datetime:
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=BANGKOK)
    return datetime.combine(moment, time(), BANGKOK)


def _plain(at: datetime) -> str:
    return f"{at.astimezone(BANGKOK):%Y-%m-%d %H:%M}"
