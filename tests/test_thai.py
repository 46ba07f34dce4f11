"""Thai digits and Buddhist-era dates."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller import thai
from controller.errors import InputError

DAYS = st.dates(min_value=date(1941, 1, 1), max_value=date(2200, 12, 31))
FIRST, LAST = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (1921, 2100))
MOMENTS = st.integers(FIRST, LAST).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def test_digits_go_there_and_back() -> None:
    assert thai.thai_digits("ศธ 04260/1578") == "ศธ ๐๔๒๖๐/๑๕๗๘"
    assert thai.arabic_digits("ศธ ๐๔๒๖๐/๑๕๗๘") == "ศธ 04260/1578"


def test_a_date_in_a_letter_and_on_a_screen() -> None:
    day = date(2026, 11, 22)
    assert thai.long_date(day) == "๒๒ พฤศจิกายน ๒๕๖๙"
    assert thai.long_date(day, thai=False) == "22 พฤศจิกายน 2569"
    assert thai.short_date(day) == "22 พ.ย. 2569"


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 9, 30), 2569),
        (date(2026, 10, 1), 2570),
        (date(2026, 12, 31), 2570),
        (date(2027, 1, 1), 2570),
        (date(2027, 9, 30), 2570),
    ],
)
def test_the_fiscal_year_begins_in_october(day: date, year: int) -> None:
    assert thai.fiscal_year(day) == year


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 21, 16, 59, 59, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 21, 17, 0, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 11, 22, 1, 0, tzinfo=timezone(timedelta(hours=9))), date(2026, 11, 21)),
    ],
)
def test_the_day_changes_at_midnight_in_bangkok(at: datetime, day: date) -> None:
    assert thai.bangkok_date(at) == day


def test_a_moment_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        thai.bangkok_date(datetime(2026, 11, 22, 9, 0))  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        thai.local_time(datetime(2026, 11, 22, 9, 0))  # noqa: DTZ001


@given(MOMENTS)
def test_the_fixed_offset_is_what_the_time_zone_database_says(at: datetime) -> None:
    assert thai.local_time(at).replace(tzinfo=None) == at.astimezone(
        ZoneInfo("Asia/Bangkok")
    ).replace(tzinfo=None)


def test_a_moment_on_a_thai_clock() -> None:
    assert thai.short_time(datetime(2026, 11, 22, 17, 5, tzinfo=UTC)) == "23 พ.ย. 2569 00:05 น."


@given(DAYS)
def test_every_way_a_date_is_written_is_read_back(day: date) -> None:
    assert thai.read_date(thai.long_date(day)) == day
    assert thai.read_date(thai.short_date(day)) == day
    assert thai.read_date(thai.thai_digits(thai.short_date(day))) == day
    assert thai.read_date(day.isoformat()) == day


def test_the_era_may_be_named() -> None:
    assert thai.read_date(" ๒๒ พฤศจิกายน พ.ศ. ๒๕๖๙ ") == date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "22/11/2569",
        "2569-11-22",  # the Buddhist era is never guessed
        "22 พ.ย. 2026",
        "31 เม.ย. 2569",
        "2026-02-29",
        "0000-01-01",
        "22 Nov 2026",
        "22 พย 2569",
        "2026-11-22T00:00",
    ],
)
def test_anything_else_is_refused_with_examples(text: str) -> None:
    with pytest.raises(InputError) as refused:
        thai.read_date(text)
    assert refused.value.hint is not None
    assert "2026-11-22" in refused.value.hint.en


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "ศูนย์บาทถ้วน"),
        ("0.01", "หนึ่งสตางค์"),
        ("0.11", "สิบเอ็ดสตางค์"),
        ("0.25", "ยี่สิบห้าสตางค์"),
        ("0.21", "ยี่สิบเอ็ดสตางค์"),
        ("1", "หนึ่งบาทถ้วน"),
        ("10", "สิบบาทถ้วน"),
        ("11", "สิบเอ็ดบาทถ้วน"),
        ("20.50", "ยี่สิบบาทห้าสิบสตางค์"),
        ("101", "หนึ่งร้อยเอ็ดบาทถ้วน"),
        ("110", "หนึ่งร้อยสิบบาทถ้วน"),
        ("1250.50", "หนึ่งพันสองร้อยห้าสิบบาทห้าสิบสตางค์"),
        ("24400", "สองหมื่นสี่พันสี่ร้อยบาทถ้วน"),
        ("500000", "ห้าแสนบาทถ้วน"),
        ("999999.99", "เก้าแสนเก้าหมื่นเก้าพันเก้าร้อยเก้าสิบเก้าบาทเก้าสิบเก้าสตางค์"),
        ("1000000", "หนึ่งล้านบาทถ้วน"),
        ("1000001", "หนึ่งล้านเอ็ดบาทถ้วน"),
        ("11000000", "สิบเอ็ดล้านบาทถ้วน"),
        ("21000021", "ยี่สิบเอ็ดล้านยี่สิบเอ็ดบาทถ้วน"),
        ("1000000000000", "หนึ่งล้านล้านบาทถ้วน"),
        ("1.005", "หนึ่งบาทหนึ่งสตางค์"),  # half a satang rounds up
        ("0.994999", "เก้าสิบเก้าสตางค์"),
        ("-5", "ลบห้าบาทถ้วน"),
        ("-0.001", "ศูนย์บาทถ้วน"),
    ],
)
def test_an_amount_in_words(amount: str, words: str) -> None:
    assert thai.baht_text(amount) == words
    assert thai.baht_text(Decimal(amount)) == words


DIGIT_WORDS = {
    "หนึ่ง": 1, "เอ็ด": 1, "สอง": 2, "ยี่": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7,
    "แปด": 8, "เก้า": 9,
}  # fmt: skip
PLACE_WORDS = {"สิบ": 10, "ร้อย": 100, "พัน": 1000, "หมื่น": 10_000, "แสน": 100_000}
PART = re.compile(f"({'|'.join(DIGIT_WORDS)})?({'|'.join(PLACE_WORDS)})?")


def spoken(words: str) -> int:
    """What a listener writes down who hears `words`: reads from left to right, knows no rules."""
    if "ล้าน" in words:
        millions, _, rest = words.rpartition("ล้าน")
        return spoken(millions) * 1_000_000 + spoken(rest)
    total, at = 0, 0
    while at < len(words):
        part = PART.match(words, at)
        assert part is not None
        assert part[0], f"cannot read {words[at:]!r}"
        total += DIGIT_WORDS[part[1] or "หนึ่ง"] * PLACE_WORDS.get(part[2] or "", 1)
        at = part.end()
    return total


AMOUNTS = st.one_of(
    st.integers(0, 10**14),
    # Round numbers and long rows of zeros, where the million and the last one go wrong.
    st.tuples(st.integers(1, 99), st.integers(0, 10), st.integers(0, 1)).map(
        lambda parts: (parts[0] * 10 ** parts[1] + parts[2]) * 100
    ),
)


@given(AMOUNTS)
def test_words_are_heard_as_the_amount(satang: int) -> None:
    """0.00 to 10^12 baht."""
    words = thai.baht_text(Decimal(satang) / 100)
    baht_words, baht, rest = words.rpartition("บาท")
    satang_words = rest.removesuffix("สตางค์").removesuffix("ถ้วน")
    heard = spoken(baht_words.removeprefix("ศูนย์")) * 100 if baht else 0
    assert heard + spoken(satang_words) == satang
    assert words.endswith("ถ้วน") == (satang % 100 == 0)
    assert ("บาท" in words) == (satang >= 100 or satang == 0)


@given(AMOUNTS)
def test_words_follow_the_rules_of_one_and_two(satang: int) -> None:
    for words in re.split("บาท|สตางค์|ถ้วน|ล้าน", thai.baht_text(Decimal(satang) / 100)):
        assert not re.search("หนึ่งสิบ|สองสิบ|ศูนย์.", words), words
        assert not re.search(".หนึ่ง$", words.replace("ลบ", "")), words
        assert not re.search("เอ็ด.", words), words


def test_an_amount_is_exact_or_refused() -> None:
    for refused in (1.5, True, float("nan")):
        with pytest.raises(TypeError):
            thai.baht_text(refused)  # type: ignore[arg-type]
    for nonsense in ("", "ห้า", "NaN", "Infinity", "1,250"):
        with pytest.raises(ValueError, match="not an amount"):
            thai.money(nonsense)


def test_money_has_commas_and_satang() -> None:
    assert thai.money("1250.5") == "1,250.50"
    assert thai.money(Decimal(24400), thai=True) == "๒๔,๔๐๐.๐๐"
    assert thai.money(1_000_000) == "1,000,000.00"
    assert thai.money("0.125") == "0.13"
    assert thai.money("-0.004") == "0.00"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("น\u0e4d\u0e49\u0e32", "น\u0e49\u0e33"),  # circle, tone, า
        ("น\u0e49\u0e4d\u0e32", "น\u0e49\u0e33"),  # tone, circle, า
        ("น\u0e33\u0e49", "น\u0e49\u0e33"),  # ำ, tone
        ("ส\u0e4d\u0e32นัก", "ส\u0e33นัก"),
        ("\u0e40\u0e40ผน", "\u0e41ผน"),  # two เ
        ("ท\u0e48\u0e35", "ท\u0e35\u0e48"),  # tone before vowel
        ("ท\u0e35\u0e48\u0e48", "ท\u0e35\u0e48"),  # two tones
        ("ก\u0e38\u0e48ม", "ก\u0e38\u0e48ม"),
        ("โรง\u200bเรียน\ufeff", "โรงเรียน"),
        ("สพม.\u00a0ขอนแก่น", "สพม. ขอนแก่น"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_thai_that_only_looks_right_is_mended(typed: str, meant: str) -> None:
    assert thai.normalised(typed) == meant


@given(st.text(alphabet="กนทเแำาํ่้๊๋์ิีึืุูั็ \u200b\u00a0a", max_size=30))
def test_mended_thai_stays_as_it_is(text: str) -> None:
    once = thai.normalised(text)
    assert thai.normalised(once) == once
