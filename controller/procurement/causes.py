"""Why a unit is to be replaced: each cause says yes with evidence, no, or that nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from controller.errors import Text
from controller.procurement.need import CauseName, Evidence, Life, Unit
from controller.procurement.service_life import years_after, years_before
from controller.specs.model import Model
from controller.specs.models import Models, model_key
from controller.thai import short_date

_DAYS_OF_A_YEAR = 365.25
# From this share of the measured time, lost by its own fault, a device is called failing; or from
# so many alerts about itself. Less measured than ENOUGH of the period says nothing either way.
LOST_SHARE = 0.05
MANY_ALERTS = 3
ENOUGH = 0.5

Answer = Evidence | Text | None
"""Evidence says yes, a Text why nobody knows, None says no."""


@dataclass(frozen=True, slots=True)
class Watched:
    """How a device was over the period: the share of it that was measured, and its own failures.

    `down` is time it was down by itself, not in the shadow of another; `titles` what its alerts
    were called with how many there were, `last` the day of the newest, `broken` since when a part
    of it (fan, power supply) is reported broken now.
    """

    measured: timedelta
    period: timedelta
    down: timedelta = timedelta()
    titles: tuple[tuple[Text, int], ...] = ()
    last: date | None = None
    broken: date | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule on equipment the device fails, or of which nobody knows. `cause` is what it asks."""

    cause: CauseName
    title: Text
    failed: bool
    words: Text
    since: date


@dataclass(frozen=True)
class Known:
    """What is known beside the register: models by key, and of devices by name.

    A device absent from `watched` was never asked how it is; from `judged`, never judged.
    """

    models: Models = field(default_factory=dict)
    watched: Mapping[str, Watched] = field(default_factory=dict)
    judged: Mapping[str, tuple[Judged, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Asking:
    """The day, the years of service by kind, and what is known; shared by all units."""

    day: date
    lives: Mapping[str, Life]
    known: Known

    def model(self, unit: Unit) -> Model | None:
        """The facts of the unit's model."""
        return self.known.models.get(model_key(unit.model)) if unit.model else None


def answers(cause: CauseName, unit: Unit, asking: Asking) -> Iterator[Evidence | Text]:
    """What a cause has to say of a unit: evidence, and what nobody knows. Silence is a no."""
    rule = _RULES.get(cause)
    told = rule(unit, asking) if rule is not None else None
    if told is not None:
        yield told
    for one in asking.known.judged.get(unit.device, ()) if unit.device else ():
        if one.cause != cause:
            continue
        if one.failed:
            words = Text(
                th=f"ไม่ผ่านเกณฑ์ “{one.title.th}” {one.words.th}".rstrip(),
                en=f"fails the rule “{one.title.en}” {one.words.en}".rstrip(),
            )
            yield Evidence(cause, words, one.since)
        elif cause == "compliance":
            yield RULE_UNKNOWN
    if cause == "compliance" and unit.device not in asking.known.judged:
        yield NEVER_JUDGED if unit.device else NOT_MANAGED


def is_early(unit: Unit, asking: Asking) -> bool | None:
    """Whether it has served less than its years; None when nobody knows."""
    life = asking.lives.get(unit.kind)
    if life is None or unit.acquired is None:
        return None
    return unit.acquired > years_before(asking.day, life.years)


def _age(unit: Unit, asking: Asking) -> Answer:
    if unit.acquired is None:
        return NOT_IN_REGISTER
    life = asking.lives.get(unit.kind)
    if life is None:
        return NO_YEARS
    if unit.acquired > years_before(asking.day, life.years):
        return None
    due = years_after(unit.acquired, life.years)
    words = Text(
        th=f"ครบอายุการใช้งาน {life.years} ปี เมื่อ {short_date(due)}",
        en=f"its {life.years} years of service ended on {due}",
    )
    return Evidence("age", words, due)


def _warranty(unit: Unit, asking: Asking) -> Answer:
    if unit.acquired is None:
        return NOT_IN_REGISTER
    model = asking.model(unit)
    if model is None or model.warranty_years is None:
        return NO_WARRANTY
    until = unit.acquired + timedelta(days=int(model.warranty_years * _DAYS_OF_A_YEAR))
    if asking.day <= until:
        return None
    return Evidence(
        "warranty",
        Text(th=f"พ้นระยะรับประกันตั้งแต่ {short_date(until)}", en=f"its warranty ended {until}"),
        until,
    )


def _support(unit: Unit, asking: Asking) -> Answer:
    model = asking.model(unit)
    if model is None or model.end_of_support is None:
        return NO_SUPPORT
    end = model.end_of_support
    if asking.day <= end:
        return None
    words = Text(
        th=f"ผู้ผลิตเลิกสนับสนุนรุ่น {model.model} เมื่อ {short_date(end)}",
        en=f"the maker ended its support of {model.model} on {end}",
    )
    return Evidence("support", words, end)


def _health(unit: Unit, asking: Asking) -> Answer:
    if not unit.device:
        return NOT_MANAGED
    seen = asking.known.watched.get(unit.device)
    if seen is None:
        return NEVER_MEASURED
    told = [*_failures(seen)]
    if told:
        return Evidence(
            "health",
            Text(th="; ".join(t.th for t in told), en="; ".join(t.en for t in told)),
            seen.last or seen.broken,
        )
    return None if seen.measured >= seen.period * ENOUGH else LITTLE_MEASURED


def _failures(seen: Watched) -> Iterator[Text]:
    if seen.broken is not None:
        yield Text(
            th=f"อุปกรณ์แจ้งว่าชิ้นส่วนชำรุดตั้งแต่ {short_date(seen.broken)}",
            en=f"it reports a broken part since {seen.broken}",
        )
    number = sum(count for _, count in seen.titles)
    if number >= MANY_ALERTS and seen.last is not None:
        th = ", ".join(f"{title.th} {count}" for title, count in seen.titles)
        en = ", ".join(f"{title.en} {count}" for title, count in seen.titles)
        yield Text(
            th=f"แจ้งเตือน {number} ครั้งใน {seen.period.days} วัน ({th}) ล่าสุด {short_date(seen.last)}",
            en=f"{number} alerts in {seen.period.days} days ({en}), the last on {seen.last}",
        )
    if seen.measured and seen.down >= seen.measured * LOST_SHARE:
        hours, share = seen.down.total_seconds() / 3600, 100 * (seen.down / seen.measured)
        yield Text(
            th=f"ใช้งานไม่ได้ด้วยตัวเอง {hours:,.0f} ชั่วโมง ({share:.1f} % ของเวลาที่วัดได้)",
            en=f"down by itself for {hours:,.0f} hours ({share:.1f} % of the time measured)",
        )


_RULES: dict[CauseName, Callable[[Unit, Asking], Answer]] = {
    "age": _age,
    "warranty": _warranty,
    "support": _support,
    "health": _health,
}
NOT_IN_REGISTER = Text(
    th="ไม่มีในทะเบียนครุภัณฑ์ จึงไม่ทราบวันที่ได้มา",
    en="in no register, so nobody knows when it was acquired",
)
NO_YEARS = Text(
    th="ไม่มีการกำหนดอายุการใช้งานของประเภทนี้ (service_years ใน inventory/office.yaml)",
    en="no years of service are laid down for the kind (service_years of inventory/office.yaml)",
)
NO_WARRANTY = Text(
    th="specs/models ไม่บอกระยะรับประกันของรุ่นนี้", en="specs/models tells no warranty of the model"
)
NO_SUPPORT = Text(
    th="specs/models ไม่บอกวันที่ผู้ผลิตเลิกสนับสนุนรุ่นนี้",
    en="specs/models does not tell when the maker's support of the model ends",
)
NOT_MANAGED = Text(
    th="ไม่ใช่อุปกรณ์ที่ระบบดูแล จึงไม่มีผลการเฝ้าระวังหรือผลการตรวจ",
    en="no managed device, so nothing is measured or judged of it",
)
NEVER_MEASURED = Text(
    th="ไม่เคยเฝ้าระวังสถานะในช่วงนี้", en="its health was never measured in the period"
)
LITTLE_MEASURED = Text(
    th="วัดสถานะได้ไม่ถึงครึ่งของช่วงเวลา", en="its health was measured for less than half of the period"
)
NEVER_JUDGED = Text(th="ยังไม่เคยตรวจตามเกณฑ์", en="it was never judged by the rules")
RULE_UNKNOWN = Text(
    th="เกณฑ์อุปกรณ์บางข้อยังไม่ทราบผล", en="some rules on its equipment could not be judged"
)
