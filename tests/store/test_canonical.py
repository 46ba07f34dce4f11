"""The same value is the same text, everywhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from controller.store.canonical import canonical, storable, time_text, time_value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None, "ก"]}, '{"a":[true,null,"ก"],"b":1}'),
        ({"x": {"z": 1, "y": "a\n\0"}}, '{"x":{"y":"a\\n\\u0000","z":1}}'),
        (("a", 1.5), '["a",1.5]'),
        ("\udcff", '"?"'),
    ],
)
def test_canonical_json(value: object, text: str) -> None:
    """Sorted, without blanks, Thai as it is, nothing that cannot be stored."""
    assert canonical(value) == text


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), {1, 2}, datetime(2026, 5, 4, tzinfo=UTC)]
)
def test_what_json_cannot_say_is_an_error(value: object) -> None:
    """Rather than something another program reads otherwise."""
    with pytest.raises((ValueError, TypeError)):
        canonical({"value": value})


@pytest.mark.parametrize(
    ("text", "stored"),
    [("ก", "ก"), ("a\0b", "a�b"), ("a\udcffb", "a\ufffd\ufffd\ufffdb"), ("", "")],
)
def test_storable_text(text: str, stored: str) -> None:
    """What no database takes is replaced, and seen to be."""
    assert storable(text) == stored


def test_times_are_text_that_sorts() -> None:
    """UTC, microseconds always there, back to the same moment."""
    bangkok = timezone(timedelta(hours=7))
    times = [
        datetime(2026, 5, 4, 9, 30, tzinfo=bangkok),
        datetime(2026, 5, 4, 2, 30, 0, 1, tzinfo=UTC),
        datetime(2026, 5, 4, 10, 0, tzinfo=bangkok),
    ]
    texts = [time_text(t) for t in times]
    assert texts[0] == "2026-05-04T02:30:00.000000Z"
    assert texts == sorted(texts)
    assert {len(t) for t in texts} == {27}
    assert [time_value(t) for t in texts] == times


def test_a_time_without_a_zone_is_an_error() -> None:
    """It could be any."""
    with pytest.raises(ValueError, match="zone"):
        time_text(datetime(2026, 5, 4))  # noqa: DTZ001 - that is the point
