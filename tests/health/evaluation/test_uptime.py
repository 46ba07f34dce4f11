"""Availability added up by month, site, district and service; what is not measured stays so."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from controller.health.evaluation.period import Period, fiscal_period
from controller.health.evaluation.uptime import Grouping, Placed, Share, Uptime, uptime
from tests.health.evaluation.made import SERVICES, MadeSpan, made_year

PERIOD = Period(date(2026, 1, 1), date(2026, 2, 28))
NEW_YEAR = PERIOD.since
DAY = timedelta(days=1)
PLACED = (
    Placed("a-router", "a", "north", "router"),
    Placed("a-switch", "a", "north", "access"),
    Placed("b-switch", "b", "south", "access"),
)


Windows = dict[str, list[tuple[datetime, datetime]]]


def added(*spans: MadeSpan, quiet: Windows | None = None) -> Uptime:
    """The figures of three devices at two sites."""
    grouping = Grouping(SERVICES, {"a": "a-router"})
    return uptime(PLACED, spans, quiet or {}, PERIOD, grouping)


def test_nothing_measured_is_unknown_and_not_nothing() -> None:
    """No figure at all, and no coverage."""
    found = added()
    assert not found.measured
    assert found.whole.share.availability is None
    assert found.whole.share.coverage == 0
    assert (found.whole.devices, found.whole.never) == (3, 3)


def test_a_span_is_parted_at_the_months_end() -> None:
    """Two days of January, three of February."""
    found = added(MadeSpan("a-router", "up", NEW_YEAR + 29 * DAY, NEW_YEAR + 34 * DAY))
    assert [month.up / DAY.total_seconds() for month in found.months] == [2, 3]
    assert found.devices["a-router"].up == 5 * DAY.total_seconds()


def test_what_reaches_out_of_the_period_is_cut() -> None:
    """Before its begin and after its end nothing counts."""
    found = added(MadeSpan("a-router", "down", NEW_YEAR - 9 * DAY, PERIOD.until + 9 * DAY))
    assert found.devices["a-router"] == Share(down=59 * DAY.total_seconds())


def test_approved_maintenance_is_neither_up_nor_down() -> None:
    """It is taken out of the time that counts."""
    window = (NEW_YEAR + DAY, NEW_YEAR + 2 * DAY)
    span = MadeSpan("a-router", "down", NEW_YEAR, NEW_YEAR + 3 * DAY)
    share = added(span, quiet={"a-router": [window]}).devices["a-router"]
    assert share.down == 2 * DAY.total_seconds()
    assert share.excluded == DAY.total_seconds()


def test_unknown_lowers_the_coverage_alone() -> None:
    """Up for a day and unknown ever after is wholly up, of little."""
    found = added(
        MadeSpan("a-router", "up", NEW_YEAR, NEW_YEAR + DAY),
        MadeSpan("a-router", "unknown", NEW_YEAR + DAY, NEW_YEAR + 20 * DAY),
    )
    share = found.devices["a-router"]
    assert share.availability == 1
    assert share.coverage == pytest.approx(1 / 59)
    assert share.little


def test_sites_districts_and_services_add_up_their_devices() -> None:
    """The first device of a site says how long the whole site was cut off."""
    found = added(
        MadeSpan("a-router", "down", NEW_YEAR, NEW_YEAR + DAY),
        MadeSpan("a-switch", "up", NEW_YEAR, NEW_YEAR + 3 * DAY),
        MadeSpan("b-switch", "up", NEW_YEAR, NEW_YEAR + DAY),
    )
    sites = {one.key: one for one in found.sites}
    assert sites["a"].share.availability == 0.75
    assert sites["a"].cut_off == found.devices["a-router"]
    assert sites["b"].cut_off is None
    assert {one.key: one.share.availability for one in found.districts} == {
        "north": 0.75,
        "south": 1,
    }
    services = {one.key: one.devices for one in found.services}
    assert services == {"internet": 1, "switching": 2}


def test_devices_that_are_gone_are_counted_and_left_out() -> None:
    """Nobody knows where they stood."""
    found = added(MadeSpan("gone", "down", NEW_YEAR, PERIOD.until))
    assert found.strangers == 1
    assert found.whole.share.down == 0


def test_every_second_of_a_year_is_told_once() -> None:
    """Whatever happened, the parts add up to the whole."""
    period = fiscal_period(2569)
    year = made_year(period, sites=3, each=5)
    found = uptime(year.placed, year.spans, year.quiet, period, Grouping(SERVICES))
    seconds = (period.until - period.since).total_seconds()
    for share in found.devices.values():
        total = share.up + share.down + share.unknown + share.excluded
        assert total == pytest.approx(seconds)
    months = sum(m.up + m.down + m.unknown + m.excluded for m in found.months)
    assert months == pytest.approx(seconds * len(year.placed))
    assert found.whole.share.excluded == 6 * 3600
