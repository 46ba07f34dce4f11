"""Graphs as shapes: gaps stay open, axes are round, dates are Thai for Thai readers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from controller.health.graphs import RANGES, graph_of, limits_of, scale_for
from controller.operations.show_graph import GraphView
from controller.store.archive.series import Series
from controller.web.parts.chart import SMALL, WIDE, Chart, chart

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)


def view(values: list[float | None], span: str = "day", metric: str = "cpu") -> GraphView:
    """A graph of one line whose buckets fill the span."""
    length = RANGES[span]
    since, seconds = NOW - length, int(length.total_seconds() / len(values))
    unit = {"cpu": "%", "temperature": "°C"}[metric]
    high = tuple(None if v is None else v + 5 for v in values)
    line = Series(
        "sw", metric, None, unit, since, seconds, tuple(values), tuple(values), high, len(values)
    )
    scale = scale_for(unit, line.peak)
    graph = graph_of(metric, None)
    return GraphView(
        "sw", "site", metric, None, graph, since, NOW, (line,), scale, *limits_of(unit)
    )


def drawn(values: list[float | None], span: str = "day", metric: str = "cpu") -> Chart:
    """The same as shapes, for a Thai reader."""
    return chart(view(values, span, metric), "th", WIDE)


def test_a_gap_stays_open() -> None:
    """Two stretches, two bands, grey between them; a lone value is a dot."""
    found = drawn([10.0, 20.0, None, None, 30.0, 20.0, None, 5.0])
    (line,) = found.lines
    assert [len(s.split()) for s in line.stretches] == [2, 2]
    assert [len(b.split()) for b in line.bands] == [4, 4]
    assert len(line.dots) == 1
    (first, second) = found.unknown
    assert first[0] == pytest.approx(64 + (720 - 76) * 2 / 8, abs=0.2)
    assert first[1] == pytest.approx((720 - 76) * 2 / 8, abs=0.2)
    assert second[1] == pytest.approx((720 - 76) / 8, abs=0.2)


def test_nothing_known_is_all_grey() -> None:
    """And no line at all."""
    found = drawn([None] * 4)
    assert not found.lines[0].stretches
    assert not found.lines[0].dots
    assert found.unknown == ((64.0, 644.0),)
    assert found.lines[0].peak == ""


def test_axes_are_round_and_shares_end_at_a_hundred() -> None:
    """Four steps or so; what is below zero is seen too."""
    assert [row.words for row in drawn([1.0, 2.0]).rows] == ["0%", "25%", "50%", "75%", "100%"]
    rows = [row.words for row in drawn([31.0, 34.0], metric="temperature").rows]
    assert rows == ["0 °C", "10 °C", "20 °C", "30 °C", "40 °C"]
    assert drawn([-8.0, 3.0], metric="temperature").rows[0].words == "-10 °C"
    assert drawn([0.0, 0.0], metric="temperature").rows[-1].words == "6 °C"


@pytest.mark.parametrize("frame", [WIDE, SMALL])
@pytest.mark.parametrize("span", RANGES)
def test_dates_fit_and_speak_the_readers_language(frame: object, span: str) -> None:
    """Thai months and Buddhist years, or digits as in ISO 8601."""
    assert isinstance(frame, type(WIDE))
    values: list[float | None] = [1.0] * 24
    thai, english = (chart(view(values, span), language, frame) for language in ("th", "en"))
    assert 2 <= len(thai.columns) <= frame.marks + 1
    assert [c.at for c in thai.columns] == [c.at for c in english.columns]
    last = (thai.columns[-1].words, english.columns[-1].words)
    assert {
        "week": last in {("27 พ.ย.", "11-27"), ("26 พ.ย.", "11-26")},
        "year": last[0].endswith(" 2569") and last[1].startswith("2026-"),
    }.get(span, True), last
    assert all(b.at - a.at > 40 for a, b in zip(thai.columns, thai.columns[1:], strict=False))


def test_places_are_where_they_should_be() -> None:
    """Half the height for half the axis; later is further right."""
    found = drawn([50.0, 50.0])
    height = found.bottom - found.top
    points = [tuple(map(float, p.split(","))) for p in found.lines[0].stretches[0].split()]
    assert [y for _, y in points] == [pytest.approx(found.top + height / 2, abs=0.1)] * 2
    assert points[0][0] < points[1][0] <= found.right
    assert timedelta(days=1) == RANGES["day"]
