"""`khaen spec new`, `lint`, `write`, `show` and `diff` as people type them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.office import Office

pytestmark = pytest.mark.slow
WHY = ("--why", "สัญญาณไม่ครอบคลุม", "--fund", "งบดำเนินงาน")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office whose engineer is signed in."""
    made = Office(tmp_path_factory.mktemp("office") / "work")
    made.init()
    made.khaen("account", "add", "engineer1", signs="engineer1")
    made.login("engineer1")
    return made


def test_a_draft_is_linted_and_goes_into_its_case(office: Office, tmp_path: Path) -> None:
    """The file says what is wrong; the case says what it holds; the same twice is refused."""
    file = tmp_path / "spec.yaml"
    office.khaen("spec", "new", "access-point-2=40@21,500", *WHY, "-o", str(file))
    remarks = office.khaen("spec", "lint", str(file), "--json", expect=1).json
    assert "few-models:access-point-2" in {remark["key"] for remark in remarks}
    opened = office.khaen("case", "open", "2.4", "--title", "จัดซื้อ", "--json").json["number"]
    office.khaen("spec", "write", opened, str(file), expect=3)
    office.khaen("spec", "show", opened, expect=2)
    names = ("--chair", "officer1", "--secretary", "engineer2", "--member", "engineer1")
    office.khaen("case", "appoint", opened, *names)
    told = office.khaen("spec", "write", opened, str(file)).out
    assert "few-models" in told
    assert office.khaen("spec", "show", opened, "--yaml").out == file.read_text(encoding="utf-8")
    assert office.khaen("spec", "show", opened, "--json").json["budget"] == "860000"
    assert office.khaen("spec", "diff", opened, str(file), "--json").json == []
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("budget: 860000", "budget: 900000"), encoding="utf-8")
    (difference,) = office.khaen("spec", "diff", opened, str(file), "--json").json
    assert (difference["before"], difference["after"]) == ("860,000", "900,000")


def test_needs_become_a_draft_by_the_baseline_that_is_named(office: Office, tmp_path: Path) -> None:
    """A kind of several baselines is asked for; a wrong line has its place."""
    needs, file = tmp_path / "need.json", tmp_path / "spec.yaml"
    found = office.khaen("spec", "need", "--kind", "access-point", "--json").out
    needs.write_text(found, encoding="utf-8")
    from_needs = ("spec", "new", "--need", str(needs))
    assert "access-point-2" in office.khaen(*from_needs, expect=2).err
    office.khaen(*from_needs, "--by", "access-point=access-point-2", "-o", str(file))
    assert "replaces:" in file.read_text(encoding="utf-8")
    office.khaen(*from_needs, "--by", "switch=x", expect=2)
    office.khaen("spec", "new", "access-point-2", *WHY, expect=2)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("quantity", "quantty", 1), encoding="utf-8")
    assert "quantity" in office.khaen("--lang", "en", "spec", "lint", str(file), expect=2).err
