"""The procurement story, as `make demo-procurement` tells it: every paper is made."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server.served import make_office

PAPERS = {
    "need.pdf", "specification.yaml", "sheet.pdf", "sheet.docx", "sheet.xlsx", "tor.pdf",
    "tor.docx", "offer-template.xlsx", "comparison.pdf", "comparison.docx", "comparison.xlsx",
    "acceptance.pdf", "acceptance.docx", "acceptance.xlsx", "labels.pdf",
}  # fmt: skip


@pytest.mark.slow
def test_from_forty_worn_out_to_forty_accepted(tmp_path: Path) -> None:
    root = make_office(tmp_path / "office")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KHAEN_")}
    command = [sys.executable, "-m", "controller.cli", "-C", str(root), "demo", "procurement"]
    told = subprocess.run(command, env=kept, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout[-3000:] + told.stderr[-3000:]
    office = root / "var" / "procurement"
    made = {file.name: file.stat().st_size for file in (office / "papers").iterdir()}
    assert {name for name, size in made.items() if size > 1000} >= PAPERS
    rows = [
        row
        for file in (office / "inventory" / "assets").glob("kkn-school-*.csv")
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())
        if row["model"] == "AX-4400"
    ]
    assert len(rows) == len({row["number"] for row in rows}) == 40
    assert len({row["serial"] for row in rows}) == 40
    log = subprocess.run(
        ["git", "-C", str(office), "log", "--format=%s", "-1"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "40" in log.stdout
