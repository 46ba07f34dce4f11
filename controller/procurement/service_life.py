"""How many years equipment serves: as somebody says now, as the office says, as an edition does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from controller.errors import Text
from controller.procurement.need import Life
from controller.specs.baseline import Baselines, Edition

LONGEST = 30


def service_lives(
    kinds: Iterable[str],
    day: date,
    *,
    baselines: Baselines,
    office: Mapping[str, int],
    asked: int | None = None,
) -> dict[str, Life]:
    """kind -> its years of service; a kind nobody lays any down for is left out.

    `asked` goes before `office` (kind -> years), and that before the newest edition that names
    years: one with a baseline of the kind, else any.
    """
    found: dict[str, Life] = {}
    for kind in kinds:
        if asked is not None:
            found[kind] = Life(asked, _ASKED)
        elif kind in office:
            found[kind] = Life(office[kind], _OFFICE)
        elif (edition := _edition(baselines, kind, day)) is not None:
            years = edition.years_of_service
            if years is not None:
                source = Text(th=f"{edition.issuer} {edition.th}", en=edition.en)
                found[kind] = Life(years, source)
    return found


def years_before(day: date, years: int) -> date:
    """The day `years` earlier; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def years_after(day: date, years: int) -> date:
    """The anniversary after `years`; of the 29th of February the 1st of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _edition(baselines: Baselines, kind: str, day: date) -> Edition | None:
    """The edition of the kind announced last by `day` that names years of service."""
    known = [
        one
        for one in baselines.editions
        if one.years_of_service is not None and one.announced <= day
    ]
    own = {one.edition for one in baselines.baselines if one.kind == kind}
    chosen = [one for one in known if one.id in own] or known
    return max(chosen, key=lambda one: (one.announced, one.id), default=None)


_ASKED = Text(th="กำหนดขณะสำรวจความต้องการ", en="as asked for")
_OFFICE = Text(th="กำหนดโดยสำนักงาน", en="as the office lays down")
