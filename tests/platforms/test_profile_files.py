"""Every file of metrics loads, a wrong one is told with its field, no profile asks too much."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from controller.platforms.metric_files import MetricsFile, read_metrics
from controller.platforms.profile import Tier, profile
from controller.platforms.watched import watched_platforms

HERE = files("controller.platforms")
PLATFORMS = sorted(f.name for f in HERE.iterdir() if (f / "oids.yaml").is_file())
SHARED = sorted(f.name for f in (HERE / "mibs").iterdir() if f.name.endswith(".yaml"))
EVERY: tuple[Tier, ...] = ("cycle", "quarter", "hour")


@pytest.mark.parametrize("name", ["", *PLATFORMS])
def test_a_profile_loads_and_asks_within_bounds(name: str) -> None:
    """Columns count most: each is a walk of its own. What a device has not is asked hourly only."""
    about = profile(name)
    cycle, every = about.request(EVERY[:1]), about.request(EVERY)
    assert 4 <= len(cycle.columns) <= 30
    assert 1 <= len(cycle.scalars) <= 80
    assert len(every.columns) <= 90
    assert set(cycle.columns) <= set(every.columns)
    assert all(oid.endswith(".0") for oid in every.scalars)
    assert all(re.fullmatch(r"\d+(\.\d+)+", oid) for oid in every.scalars + every.columns)


@pytest.mark.parametrize("name", SHARED)
def test_a_shared_file_loads(name: str) -> None:
    read_metrics(f"mibs/{name}", HERE / "mibs" / name)


def test_every_family_there_is() -> None:
    told = read_metrics("mibs/unknown.yaml", HERE / "mibs" / "unknown.yaml")
    for prefix in told.families:
        assert profile("", f"{prefix}.1").request(EVERY).columns


def test_platforms_with_metrics_are_platforms_we_can_recognise() -> None:
    assert set(PLATFORMS) <= watched_platforms()


def wrong(tmp_path: Path, text: str) -> str:
    (tmp_path / "oids.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"^some/oids\.yaml: ") as caught:
        read_metrics("some/oids.yaml", tmp_path / "oids.yaml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("processors:\n  - percent: .1.3.6\n", r"processors\.0\.percent.*no OID"),
        ("processors:\n  - name: CPU\n", r"processors\.0.*percent or idle"),
        ("processors:\n  - {percent: 1.3.6.1, idle: 1.3.6.2}\n", "either percent or idle"),
        ("processors:\n  - {percent: 1.3.6.1, divide: 0}\n", r"processors\.0\.divide"),
        ("processors:\n  - {percent: {oid: 1.3.6.1, text: '('}}\n", r"text.*pattern"),
        ("processors:\n  - {percent: {oid: 1.3.6.1, part: x}}\n", r"part.*no slice"),
        ("memories:\n  - used: 1.3.6.1\n", r"memories\.0.*two of used, free and total"),
        ("sensors:\n  - {kind: heat, value: 1.3.6.1}\n", r"sensors\.0\.kind"),
        ("sensors:\n  - {kind: state, value: 1.3.6.1, states: {1: fine}}\n", r"states\.1"),
        ("clients:\n  - {}\n", "total or rows"),
        ("colour: red\n", "colour"),
        ("sensors: [\n", "oids.yaml"),
    ],
)
def test_a_wrong_file_says_what_is_wrong_and_where(tmp_path: Path, text: str, says: str) -> None:
    assert re.search(says, wrong(tmp_path, text))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^some/oids\.yaml: "):
        read_metrics("some/oids.yaml", tmp_path / "oids.yaml")


def test_an_empty_file_measures_nothing_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "oids.yaml").write_text("# nothing\n", encoding="utf-8")
    assert read_metrics("some/oids.yaml", tmp_path / "oids.yaml") == MetricsFile()
