"""When a plan may be carried out, as people write it and as they are told it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from controller.errors import InputError
from controller.plans.plan import Window
from controller.plans.window import read_window, window_words

NOW = datetime(2026, 11, 28, 5, tzinfo=UTC)


def test_a_window_is_read_on_a_thai_clock() -> None:
    window = read_window(" 2026-12-01T22:00/2026-12-02T02:00 ", NOW)
    assert window is not None
    assert window.begins == datetime(2026, 12, 1, 15, tzinfo=UTC)
    assert window.ends == datetime(2026, 12, 1, 19, tzinfo=UTC)
    assert read_window("", NOW) is None
    assert read_window("2026-12-01T15:00Z/2026-12-01T19:00+00:00", NOW) == window


def test_a_window_stays_what_it_is_through_json() -> None:
    """Else a plan read back would have another id."""
    window = read_window("2026-12-01T22:00/2026-12-02T02:00", NOW)
    assert window is not None
    text = window.model_dump_json()
    assert Window.model_validate_json(text).model_dump_json() == text


def test_it_is_told_in_both_languages() -> None:
    window = read_window("2026-12-01T22:00/2026-12-02T02:00", NOW)
    assert window is not None
    words = window_words(window)
    assert "1 ธ.ค. 2569 22:00 น. ถึง 2 ธ.ค. 2569 02:00 น." in words.th
    assert "from 2026-12-01 22:00 to 2026-12-02 02:00" in words.en


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2026-12-01T22:00", "is no window"),
        ("tonight/tomorrow", "is no window"),
        ("2026-12-01T22:00:30/2026-12-02T02:00", "is no window"),
        ("2026-12-02T02:00/2026-12-01T22:00", "ends no later than it begins"),
        ("2026-12-01T22:00/2026-12-01T22:00", "ends no later than it begins"),
        ("2569-12-01T22:00/2569-12-02T02:00", "write 2026"),
        ("2026-11-27T22:00/2026-11-28T02:00", "is over"),
    ],
)
def test_what_is_no_window_is_told(text: str, named: str) -> None:
    with pytest.raises(InputError, match=named) as told:
        read_window(text, NOW)
    assert told.value.hint is not None
    assert "2026-12-01T22:00/" in told.value.hint.en
