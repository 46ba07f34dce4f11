"""`khaen spec baseline` as people type it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.office import Office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with one officer."""
    made = Office(tmp_path_factory.mktemp("office") / "work")
    made.init()
    made.khaen("account", "add", "officer1", signs="officer1")
    made.login("officer1")
    return made


@pytest.mark.slow
def test_an_edition_is_read_changed_and_taken_back(office: Office, tmp_path: Path) -> None:
    """Tables for people, JSON for programs; shown first, written with --yes."""
    found = office.khaen("spec", "baseline", "list", "--kind", "router", "--json").json
    assert [row["ref"] for row in found] == ["mdes-2568-12/router"]
    assert "+15.0%" in office.khaen("spec", "baseline", "diff", "mdes-2568-12", "mdes-2569-05").out
    file = tmp_path / "edition.yaml"
    office.khaen("spec", "baseline", "export", "mdes-2568-12", "--to", str(file))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("ceiling: 33000\n", "ceiling: cheap\n"), encoding="utf-8")
    wrong = office.khaen("spec", "baseline", "import", str(file), "--yes", expect=2)
    assert "must be a number" in wrong.err
    file.write_text(text.replace("ceiling: 33000\n", "ceiling: 35000\n"), encoding="utf-8")
    done = office.khaen("spec", "baseline", "import", str(file), "--yes")
    assert "55 classes stay the same" in done.out
    assert "35,000.00" in office.khaen("spec", "baseline", "show", "router").out
