"""What is appended is read again, merged or not, and what nobody knows stays unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from controller.errors import InputError, StoreError
from controller.facts.measured import Measured, Memory, PoeBudget
from controller.health.observed import Observed, PortTable
from controller.settings import Health
from controller.store.archive import Archive
from controller.store.archive.files import ArchiveFiles
from tests.store.archive.polls import STEP, polled, silent, unasked

# Midnight of 26 November in Bangkok.
DAY = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
LATER = DAY + timedelta(days=1, hours=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive."""
    made = Archive(tmp_path / "archive")
    yield made
    made.close()


def fill(archive: Archive, begin: datetime = DAY, polls: int = 24) -> None:
    """Two switches, a poll every five minutes, two hours of them."""
    for number in range(polls):
        at = begin + number * STEP
        archive.append([polled("sw-2", at, float(number)), polled("sw-1", at, 100.0)])


def test_what_was_appended_is_read(archive: Archive) -> None:
    """Before anything is merged, by the poll."""
    fill(archive)
    read = archive.series("sw-2", "in_bps", "Gi0/1", DAY, DAY + 2 * HOUR)
    assert read.seconds == 300
    assert [v for v in read.mean if v is not None] == [float(n) for n in range(24)]
    assert (read.unit, read.samples, read.peak, read.least) == ("bit/s", 24, 23.0, 0.0)


@pytest.mark.parametrize("late", [0, 7, 100, 299])
def test_polls_that_come_late_leave_no_gap(archive: Archive, late: int) -> None:
    """Buckets are laid around the samples, wherever in five minutes they fall."""
    for number in range(24):
        wobble = timedelta(seconds=late + (number * 7) % 20)
        archive.append([polled("sw-1", DAY + number * STEP + wobble, 1.0)])
    read = archive.series("sw-1", "in_bps", "Gi0/1", DAY + STEP, DAY + 2 * HOUR - STEP)
    assert None not in read.mean[1:-1]


def test_a_gap_stays_a_gap_and_unknown_is_not_zero(archive: Archive) -> None:
    """No poll, a poll without an answer, an answer without rates: all None."""
    archive.append([polled("sw-1", DAY, 5.0)])
    archive.append([silent("sw-1", DAY + STEP)])
    archive.append([polled("sw-1", DAY + 2 * STEP, None)])
    archive.append([unasked("sw-1", DAY + 3 * STEP)])
    archive.append([polled("sw-1", DAY + 6 * STEP, 7.0)])

    def values(metric: str, port: str | None) -> list[float | None]:
        return list(archive.series("sw-1", metric, port, DAY, DAY + 7 * STEP).mean)[:7]

    for _ in range(2):
        assert values("in_bps", "Gi0/1") == [5.0, None, None, None, None, None, 7.0]
        assert values("up", None) == [1.0, 0.0, 1.0, None, None, None, 1.0]
        assert values("out_bps", "Gi0/1") == [None] * 7
        archive.compact(LATER)


def test_merging_changes_nothing(archive: Archive) -> None:
    """Hour by hour during the day, and when the day is over."""
    fill(archive)
    asked = ("sw-2", "in_bps", "Gi0/1", DAY, DAY + 2 * HOUR)
    before = archive.series(*asked)
    totals = archive.totals("in_bps", DAY, LATER, ports=True)
    for now in (DAY + HOUR, DAY + HOUR, LATER, LATER):
        assert archive.compact(now)
        assert archive.series(*asked) == before
        assert archive.totals("in_bps", DAY, LATER, ports=True) == totals
    assert {k.level: k.files for k in archive.kept()} == {"raw": 3, "hourly": 3, "daily": 3}
    assert totals[0].device == "sw-1"
    assert [(t.port, t.mean, t.peak, t.samples) for t in totals[2:]] == [
        ("2", 23.0, 46.0, 24),
        ("Gi0/1", 11.5, 23.0, 24),
    ]
    assert totals[3].speed == 10**9


def test_hours_and_days_are_summed_up(archive: Archive) -> None:
    """Lowest, mean and highest; a month's graph reads hours, a year's reads days."""
    fill(archive)
    archive.compact(LATER)
    month = archive.series("sw-2", "in_bps", "Gi0/1", DAY - timedelta(days=30), LATER)
    known = [b for b in zip(month.low, month.mean, month.high, strict=True) if b[0] is not None]
    assert (month.seconds, known) == (7200, [(0.0, 11.5, 23.0)])
    year = archive.series("sw-2", "in_bps", "Gi0/1", DAY - timedelta(days=365), LATER)
    known = [b for b in zip(year.low, year.mean, year.high, strict=True) if b[0] is not None]
    assert (year.seconds, known) == (86400, [(0.0, 11.5, 23.0)])
    begins = [i for i, v in enumerate(year.mean) if v is not None]
    assert year.start + timedelta(days=begins[0]) == DAY


def test_the_devices_own_metrics_and_its_sensors(archive: Archive) -> None:
    """The mean of its processors, the fullest pool, a sensor by its name."""
    archive.append([polled("sw-1", DAY)])
    told = {
        metric: archive.series("sw-1", metric, port, DAY, DAY + HOUR).peak
        for metric, port in (
            ("cpu", None), ("cpu_max", None), ("memory", None), ("temperature", None),
            ("temperature", "inlet"), ("fan", "fan 1"), ("clients", None),
        )
    }  # fmt: skip
    assert told == {
        "cpu": 20.0, "cpu_max": 30.0, "memory": 40.0, "temperature": 31.5, "fan": None,
        "clients": None,
    }  # fmt: skip


def test_the_same_poll_twice_counts_once(archive: Archive) -> None:
    """Two processes polled the same share at the same second."""
    archive.append([polled("sw-1", DAY, 4.0)])
    archive.append([polled("sw-1", DAY, 4.0)])
    assert archive.series("sw-1", "in_bps", "Gi0/1", DAY, DAY + HOUR).samples == 1
    archive.compact(LATER)
    (total,) = archive.totals("up", DAY, LATER)
    assert (total.polls, total.samples) == (1, 1)


def test_what_is_asked_in_every_third_poll_only_leaves_no_gaps(archive: Archive) -> None:
    """Its buckets are three polls long."""
    for number in range(24):
        seen = polled("sw-1", DAY + number * STEP)
        assert seen.measured
        poe = () if number % 3 else (PoeBudget("1", 370.0, 90.0),)
        archive.append([replace(seen, measured=replace(seen.measured, poe=poe))])
    read = archive.series("sw-1", "poe", None, DAY, DAY + 2 * HOUR - STEP)
    assert (read.seconds, read.peak) == (900, 90.0)
    assert None not in read.mean[:-1]


def test_a_full_cache_is_no_full_memory(archive: Archive) -> None:
    """Only real memory counts."""
    pools = (Memory("1", "RAM", 30.0), Memory("2", "cache", 99.0, role="cache"))
    seen = replace(polled("sw-1", DAY), measured=Measured(memories=pools))
    archive.append([seen])
    assert archive.series("sw-1", "memory", None, DAY, DAY + HOUR).peak == 30.0


def test_what_comes_late_is_taken_in(archive: Archive) -> None:
    """A clock that jumped back brings samples of a day that was summed up already."""
    fill(archive, polls=12)
    archive.compact(LATER)
    fill(archive, begin=DAY + HOUR, polls=12)
    archive.append([polled("sw-1", LATER)])
    for _ in range(2):
        whole = archive.series("sw-2", "in_bps", "Gi0/1", DAY - timedelta(days=20), LATER)
        assert whole.samples == 24
        archive.compact(LATER)


def test_a_port_whose_name_is_not_its_own_goes_by_number(archive: Archive) -> None:
    """Two ports of one name would be taken for one."""
    names = {"1": "LAN", "2": "LAN", "3": "WAN"}
    ports = PortTable(oper={"1": 1, "2": 2, "3": 1}, names=names)
    archive.append([Observed(device="sw-1", at=DAY, reached="up", ports=ports)])
    assert [t.port for t in archive.totals("up", DAY, LATER, ports=True)] == ["1", "2", "WAN"]


def test_the_highest_and_the_percentile(archive: Archive) -> None:
    """By mean, highest first; the percentile is of the hours' means."""
    fill(archive)
    top = archive.worst("in_bps", DAY, LATER, ports=True, most=2)
    assert [(t.device, t.port) for t in top] == [("sw-1", "2"), ("sw-1", "Gi0/1")]
    for _ in range(2):
        assert archive.percentile("sw-2", "in_bps", "Gi0/1", DAY, LATER, 1.0) == 17.5
        assert archive.percentile("sw-2", "in_bps", "Gi0/1", DAY, LATER, 0.0) == 5.5
        archive.compact(LATER)
    assert archive.percentile("sw-9", "in_bps", "Gi0/1", DAY, LATER) is None


def test_only_some_devices(archive: Archive) -> None:
    """A school's, for instance."""
    fill(archive, polls=1)
    assert {t.device for t in archive.totals("cpu", DAY, LATER, devices=["sw-2"])} == {"sw-2"}


def test_old_samples_are_forgotten_and_summaries_stay(archive: Archive) -> None:
    """Each level for as long as the settings say; what is not summed up yet is kept."""
    fill(archive)
    health = Health(keep_days=2, keep_hourly_days=10, keep_daily_days=100)

    def levels(days: int) -> set[str]:
        assert archive.keep_house(DAY + timedelta(days=days, hours=2), health)
        return {kept.level for kept in archive.kept()}

    old = DAY + timedelta(days=30)
    assert archive.purge(old, health) == []  # not summed up yet
    assert levels(1) == {"raw", "hourly", "daily"}
    assert archive.purge(old, health, dry_run=True)
    assert levels(4) == {"hourly", "daily"}
    day = archive.series("sw-2", "in_bps", "Gi0/1", DAY, DAY + 2 * HOUR)
    assert (day.seconds, day.samples) == (3600, 24)
    fill(archive, polls=1)  # a clock far behind: its samples are too few for a summary
    assert levels(12) == {"daily"}
    assert archive.series("sw-2", "in_bps", "Gi0/1", DAY, DAY + HOUR).samples == 24
    fill(archive, polls=1)
    assert levels(13) == {"daily"}
    assert archive.series("sw-2", "in_bps", "Gi0/1", DAY, DAY + HOUR).samples == 24
    assert levels(160) == set()


def test_only_one_process_merges(archive: Archive, tmp_path: Path) -> None:
    """The others are told, and go on polling."""
    fill(archive, polls=1)
    with ArchiveFiles(tmp_path / "archive").alone() as alone:
        assert alone
        assert not archive.compact(LATER)
        assert archive.purge(LATER, Health()) is None
        assert not archive.keep_house(LATER, Health())
        fill(archive, begin=DAY + HOUR, polls=1)
    assert archive.keep_house(LATER, Health())
    assert archive.series("sw-1", "in_bps", "Gi0/1", DAY, DAY + 2 * HOUR).samples == 2


def test_a_damaged_file_leaves_a_gap_and_is_named(archive: Archive, tmp_path: Path) -> None:
    """Whatever was broken; the rest is read, merged, and the file set aside."""
    fill(archive, polls=3)
    broken = sorted((tmp_path / "archive/fresh/2026-11-26").glob("ports-*"))[1]
    broken.write_bytes(broken.read_bytes()[:-40])
    read = archive.series("sw-1", "in_bps", "Gi0/1", DAY, DAY + HOUR)
    assert (read.samples, read.damaged) == (2, (f"fresh/2026-11-26/{broken.name}",))
    assert archive.compact(LATER)
    assert [p.name for p in (tmp_path / "archive/damaged").iterdir()] == [
        f"fresh-2026-11-26-{broken.name}"
    ]
    read = archive.series("sw-1", "in_bps", "Gi0/1", DAY, DAY + HOUR)
    assert (read.samples, read.damaged) == (2, ())
    (hourly,) = (tmp_path / "archive/hourly/2026-11").glob("*-ports-*")
    hourly.write_bytes(b"nothing")
    read = archive.series("sw-1", "in_bps", "Gi0/1", DAY - timedelta(days=20), LATER)
    assert (read.samples, read.damaged) == (0, (f"hourly/2026-11/{hourly.name}",))


def test_errors_say_what_to_do(archive: Archive, tmp_path: Path) -> None:
    """A metric there is not, a broken list of files, a folder that is none."""
    with pytest.raises(InputError, match="no metric cpus") as error:
        archive.series("sw-1", "cpus", None, DAY, LATER)
    assert error.value.hint
    assert error.value.hint.en == "did you mean cpu?"
    fill(archive, polls=1)
    (tmp_path / "archive/manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match=r"manifest\.json"):
        archive.series("sw-1", "cpu", None, DAY, LATER)
    archive.append([polled("sw-1", DAY + STEP)])  # goes on all the same
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot read or write the archive"):
        Archive(tmp_path / "file").append([polled("sw-1", DAY)])


def test_an_archive_that_nobody_wrote_to_is_empty(archive: Archive, tmp_path: Path) -> None:
    """Looking makes no folder."""
    assert archive.series("sw-1", "cpu", None, DAY, LATER).samples == 0
    assert archive.totals("cpu", DAY, LATER) == []
    assert archive.keep_house(LATER, Health())
    assert archive.kept() == []
    assert not (tmp_path / "archive").exists()
