"""Editions and baselines: the sample's figures, what takes whose place, writing them again."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from controller.errors import InputError
from controller.specs.attribute import attributes
from controller.specs.baseline import Baseline, Baselines, Edition
from controller.specs.meeting import fault_of
from controller.workspace.baseline_file import baselines_text, editions_text, head_of
from controller.workspace.baselines import baselines_in, read_baselines
from controller.workspace.files import BASELINES, EDITIONS
from controller.workspace.load import load_workspace
from tests.recorded import recorded
from tests.workspace.small_office import BASELINES_YAML, replaced, write_workspace

TOP = Path(__file__).resolve().parents[2]
SAMPLE = read_baselines(TOP)
TODAY = date(2026, 11, 28)


def test_both_ways_of_reading_give_the_same() -> None:
    """The whole workspace, and the baselines alone for whoever cannot wait for it."""
    assert load_workspace(TOP).baselines == SAMPLE


def test_the_sample_has_every_figure_of_the_facts() -> None:
    """Every item with its price, those of the amended items also as they were before."""
    facts = json.loads(recorded("..", "thai", "facts_mdes.json").read_text(encoding="utf-8"))
    told = {(f"mdes-{i['ed']}", i["no"]): Decimal(i["price"]) for i in facts["items"]}
    before = {
        ("mdes-2568-12", i["no"]): Decimal(i["old_2568"]) for i in facts["items"] if "old_2568" in i
    }
    has = {(b.edition, b.number): b.ceiling for b in SAMPLE.baselines if b.number}
    assert has == told | before
    assert len(has) == 67
    days = {f"mdes-{e['id']}": date.fromisoformat(e["announced"]) for e in facts["editions"]}
    assert {e.id: e.announced for e in SAMPLE.editions if e.id.startswith("mdes")} == days


def test_every_item_with_a_specification_in_the_facts_has_criteria() -> None:
    """What the facts tell only by its price says so in its note."""
    facts = json.loads(recorded("..", "thai", "facts_mdes.json").read_text(encoding="utf-8"))
    told = {(f"mdes-{i['ed']}", i["no"]) for i in facts["items"] if "spec" in i}
    for baseline in SAMPLE.baselines:
        if (baseline.edition, baseline.number) in told:
            assert baseline.criteria, baseline.ref
        assert baseline.criteria or baseline.note, baseline.ref


def test_figures_nobody_checked_are_for_reference() -> None:
    """And the office's own have no ceiling: their price is asked for on the market."""
    status = {e.id: e.status for e in SAMPLE.editions}
    assert {status[name] for name in status if name.startswith("mdes")} == {"reference"}
    own = SAMPLE.of("office-2569")
    assert own
    assert all(b.ceiling is None and b.criteria for b in own)


def test_every_criterion_of_the_sample_can_be_held_against_an_answer() -> None:
    """Nothing in it is asked that no offer could meet."""
    faults = [
        (b.ref, c.id, fault.en)
        for b in SAMPLE.baselines
        for c in b.criteria
        if (fault := fault_of(c, attributes().get(c.attribute)))
    ]
    assert not faults


def test_an_amendment_takes_the_place_of_what_it_lists_only() -> None:
    """Items 1 to 11 are of May 2569; the rest of December 2568 stands."""
    by = SAMPLE.superseded("mdes-2568-12/computer-office", TODAY)
    assert by is not None
    assert by.id == "mdes-2569-05"
    assert SAMPLE.superseded("mdes-2568-12/computer-office", date(2026, 5, 10)) is None
    assert SAMPLE.superseded("mdes-2568-12/router", TODAY) is None
    newest = SAMPLE.newest("computer-office", TODAY)
    assert newest is not None
    assert (newest.edition, newest.ceiling) == ("mdes-2569-05", Decimal(23000))


def test_a_whole_edition_ends_what_it_no_longer_lists() -> None:
    """Of its own issuer; another issuer's stands."""
    later = Edition(id="x", th="ก", en="x", issuer=SAMPLE.editions[1].issuer, announced=TODAY)
    more = Baselines(editions=(*SAMPLE.editions, later), baselines=SAMPLE.baselines)
    assert more.superseded("mdes-2568-12/router", TODAY) == later
    assert more.newest("router", TODAY) is None
    assert more.newest("switch-poe-24", TODAY) is not None
    assert more.superseded("office-2569/switch-poe-24") is None
    assert more.superseded("nobody/knows") is None


def test_what_is_written_reads_the_same() -> None:
    """Every edition of the sample, and the file of editions."""
    files = {EDITIONS: editions_text(SAMPLE.editions).encode()}
    for edition in SAMPLE.editions:
        if of := SAMPLE.of(edition.id):
            files[f"{BASELINES}{edition.id}.yaml"] = baselines_text(edition.id, of).encode()
    again, problems = baselines_in(files)
    assert problems == []
    assert again.editions == SAMPLE.editions
    by_ref = {b.ref: b for b in SAMPLE.baselines}
    assert {b.ref: b for b in again.baselines} == by_ref


@pytest.mark.parametrize(
    "text", ["no", "012", "1:20", "2569-01-01", "# ก", "'", "a: b", "~", "1e3"]
)
def test_text_that_looks_like_something_else_stays_text(text: str) -> None:
    """YAML would read it as a number, a day, a comment or nothing."""
    one = Baseline(id="a", edition="old", kind="switch", th=text, en=text, note=text)
    editions = "editions: [{id: old, th: ก, en: a, issuer: ก, announced: 2025-01-01}]".encode()
    files = {EDITIONS: editions, f"{BASELINES}old.yaml": baselines_text("old", [one]).encode()}
    again, problems = baselines_in(files)
    assert (again.baselines, problems) == ((one,), [])


def test_comments_at_the_head_are_kept_apart() -> None:
    """An import writes them again above what it changed."""
    assert head_of("# a\n\n# b\nedition: x\n# c\n") == "# a\n\n# b\n"
    assert head_of("edition: x\n") == ""


def test_a_broken_file_is_refused_with_every_problem(tmp_path: Path) -> None:
    """Also when it is read alone."""
    root = write_workspace(tmp_path, replaced(BASELINES_YAML, "number: 32", "number: many"))
    with pytest.raises(InputError, match="1 problems in the files of baselines") as caught:
        read_baselines(root)
    assert [problem.where for problem in caught.value.problems] == [f"{BASELINES_YAML}:4:13"]
