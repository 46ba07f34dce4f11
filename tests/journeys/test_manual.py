"""The whole manual rehearsed as the command does it, beside an office that must not notice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from controller.cli.case_walk import walk
from controller.processes.manual import MANUAL

# The papers a case of a process ends with.
ALWAYS = {"memo", "evaluation", "evidence", "flow"}
WITHOUT_APPROVAL = {"3.5"}


@dataclass(frozen=True)
class Surroundings:
    """A machine of its own for a rehearsal: home, folders, and an office's history beside it."""

    root: Path

    def __post_init__(self) -> None:
        for name in ("home", "scratch", "here", "data", "papers"):
            (self.root / name).mkdir()
        (self.root / "data" / "khaen.db").write_bytes(b"an office's history")

    def rehearse_all(self) -> list[dict[str, Any]]:
        """What `khaen case walk --process all --dry --json` says."""
        command = [sys.executable, "-m", "controller.cli", "case", "walk", "--dry", "--json"]
        done = subprocess.run(
            [*command, "--process", "all", "--out", str(self.root / "papers")],
            cwd=self.root / "here",
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (done.stdout[-2000:], done.stderr[-2000:])
        rows: list[dict[str, Any]] = json.loads(done.stdout)
        return rows

    def papers(self) -> set[str]:
        """The names of the files that were asked for."""
        return {file.name for file in (self.root / "papers").iterdir()}

    def untouched(self) -> bool:
        """Whether nothing was left anywhere but the papers."""
        left = [p for name in ("home", "scratch", "here") for p in (self.root / name).rglob("*")]
        data = self.root / "data"
        kept = (data / "khaen.db").read_bytes() == b"an office's history"
        assert left == []
        return kept and [f.name for f in data.iterdir()] == ["khaen.db"]

    def environment(self) -> dict[str, str]:
        """Of somebody whose own office is named by it."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KHAEN_")}
        data = self.root / "data"
        return kept | {
            "HOME": str(self.root / "home"),
            "TMPDIR": str(self.root / "scratch"),
            "KHAEN_DATA": str(data),
            "KHAEN_DATABASE_URL": f"sqlite:///{data / 'khaen.db'}",
            "KHAEN_LANG": "en",
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONDONTWRITEBYTECODE": "1",
        }


@pytest.fixture
def machine() -> Iterator[Surroundings]:
    """In a folder with a short name: the lab's socket lies deep in it, and names have an end."""
    with tempfile.TemporaryDirectory(prefix="kh-") as folder:
        yield Surroundings(Path(folder))


def _complete(row: dict[str, Any]) -> None:
    """The case of a process went through every step, with every form, and was closed."""
    process = MANUAL.process(row["process"])
    asked = {slug for step in process.steps for slug in (*step.forms, *step.may)}
    kinds = [step.kind for step in process.steps]
    assert (row["state"], row["steps"]) == ("closed", len(process.steps))
    assert set(row["forms"]) == asked
    # The first time the director sends the case back.
    assert row["decisions"] == kinds.count("approve") + (1 if "approve" in kinds else 0)
    papers = ALWAYS - ({"memo"} if row["process"] in WITHOUT_APPROVAL else set())
    papers |= {"order"} if "appoint" in kinds else set()
    told = any("notice" in step.needs for step in process.steps)
    assert set(row["papers"]) == papers | ({"notification"} if told else set())


def _drawn(machine: Surroundings, rows: list[dict[str, Any]]) -> None:
    """Every form empty and filled, every paper, as PDF and DOCX; and the flow as SVG."""
    files = machine.papers()
    for row in rows:
        for paper in row["papers"]:
            assert {f"{row['case']}-{paper}.pdf", f"{row['case']}-{paper}.docx"} <= files
        assert f"{row['case']}-flow.svg" in files
        for slug in row["forms"]:
            assert {f"{slug}-blank.pdf", f"{slug}-blank.docx"} <= files
            filled = [f for f in files if f"-{slug}-" in f]
            assert {Path(f).suffix for f in filled} == {".pdf", ".docx"}


@pytest.mark.slow
def test_two_processes_are_rehearsed(
    machine: Surroundings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without devices, in this process; an office beside it keeps its history as it is."""
    for name, value in machine.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(tempfile, "tempdir", str(machine.root / "scratch"))
    monkeypatch.chdir(machine.root / "here")
    walk(["3.3", "2.8"], dry=True, folder=machine.root / "papers", as_json=True)
    rows = json.loads(capsys.readouterr().out)
    assert [row["process"] for row in rows] == ["3.3", "2.8"]
    for row in rows:
        _complete(row)
    _drawn(machine, rows)
    assert machine.untouched()


@pytest.mark.slow
def test_the_whole_manual_is_rehearsed(machine: Surroundings) -> None:
    """Fourteen cases closed, two of them on the simulated devices; 26 forms of the manual."""
    rows = machine.rehearse_all()
    assert [row["process"] for row in rows] == [p.number for p in MANUAL.processes]
    for row in rows:
        _complete(row)
    _drawn(machine, rows)
    forms = {slug for row in rows for slug in row["forms"]}
    assert forms == {*MANUAL.forms, *MANUAL.annexes}
    assert (len(rows), len(MANUAL.forms)) == (14, 26)
    assert machine.untouched()
