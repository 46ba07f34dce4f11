"""How the figures of an evaluation are written, and what stands where nothing was measured."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from controller.documents.compose.look import Look
from controller.health.evaluation.period import Period
from controller.health.evaluation.uptime import LITTLE, Share

UNMEASURED = "ไม่ได้วัด"
_MARK = "*"
_HUNDRED = 100
_HOUR, _DAY = 60, 24 * 60


@dataclass(frozen=True)
class Figures:
    """Writes figures with the office's digits."""

    look: Look

    def percent(self, share: float | None, places: int = 1) -> str:
        """`99.2` for 0.992. What is below the whole never reads 100, and above nothing never 0."""
        if share is None:
            return UNMEASURED
        exact = round(share * _HUNDRED, places)
        least = float(10**-places)
        if share < 1:
            exact = min(exact, _HUNDRED - least)
        if share > 0:
            exact = max(exact, least)
        return self.look.digits(f"{exact:,.{places}f}")

    def availability(self, share: Share) -> str:
        """The percentage up, marked where too little of the time was measured."""
        if share.availability is None:
            return UNMEASURED
        return self.percent(share.availability, 2) + (_MARK if share.little else "")

    def coverage(self, share: Share) -> str:
        """The percentage of the time that was measured; 0 is a true zero here."""
        if share.coverage is None:
            return "-"
        return self.percent(share.coverage) if share.coverage else self.look.digits("0.0")

    def hours(self, seconds: float) -> str:
        """Hours with one decimal."""
        return self.look.digits(f"{seconds / 3600:,.1f}")

    def cut_off(self, share: Share | None) -> str:
        """Hours a site was cut off; a dash where nobody knows which device says so."""
        if share is None:
            return "-"
        return self.hours(share.down) if share.measured else UNMEASURED

    def time(self, minutes: float | None) -> str:
        """`45 นาที`, `3 ชม. 20 นาที`, `2 วัน 4 ชม.`; a dash where there is none."""
        if minutes is None:
            return "-"
        whole = round(minutes)
        days, rest = divmod(whole, _DAY)
        hours, left = divmod(rest, _HOUR)
        if days:
            words = f"{days:,} วัน" + (f" {hours} ชม." if hours else "")
        elif hours:
            words = f"{hours} ชม." + (f" {left} นาที" if left else "")
        else:
            words = f"{left} นาที"
        return self.look.digits(words)

    def count(self, number: float | None) -> str:
        """A whole number."""
        return UNMEASURED if number is None else self.look.count(round(number))

    def speed(self, bits: float) -> str:
        """`100 Mbps`, `1 Gbps`."""
        for unit, size in (("Gbps", 1e9), ("Mbps", 1e6), ("kbps", 1e3)):
            if bits >= size:
                return self.look.digits(f"{bits / size:,.4g}") + f" {unit}"
        return self.look.digits(f"{bits:,.0f}") + " bps"

    def mean(self, value: Decimal | None) -> str:
        """A mean of a survey."""
        return "-" if value is None else self.look.digits(f"{value:,.2f}")

    @property
    def footnote(self) -> str:
        """What the mark means."""
        least = self.look.count(round(LITTLE * _HUNDRED))
        return (
            f"{_MARK} วัดได้ไม่ถึงร้อยละ {least} ของเวลา ตัวเลขจึงยังไม่แทนทั้งช่วง   "
            f"“{UNMEASURED}” หมายถึงไม่มีข้อมูล มิใช่ศูนย์"
        )

    def period(self, period: Period) -> str:
        """`1 ตุลาคม 2568 ถึงวันที่ 30 กันยายน 2569`."""
        return f"{self.look.day(period.first)} ถึงวันที่ {self.look.day(period.last)}"

    def year(self, period: Period) -> str:
        """`ปีงบประมาณ พ.ศ. 2569`, or the days where it is no whole fiscal year."""
        if period.year is not None:
            return self.look.digits(f"ปีงบประมาณ พ.ศ. {period.year}")
        days = f"{self.look.short_day(period.first)} - {self.look.short_day(period.last)}"
        return f"ช่วง {days}"

    def ticks(self, low: float, high: float) -> tuple[tuple[float, str], ...]:
        """Round values from at most `low` to at least `high`, four to seven of them."""
        span = max(high - low, 0.5)
        power = 10.0 ** math.floor(math.log10(span / 4))
        step = next(m * power for m in (1, 2, 2.5, 5, 10) if span / (m * power) <= 5)
        first, last = math.floor(low / step), math.ceil(high / step)
        if last <= first:
            last = first + 1
        return tuple(
            (n * step, self.look.digits(f"{n * step:,.10g}")) for n in range(first, last + 1)
        )
