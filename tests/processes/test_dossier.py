"""What is put before the director: whole, hashed, and compared with what was put before."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.processes import steps
from controller.processes.case import Case, Item, Submission
from controller.processes.dossier import Change, changes, dossier_id, items_of
from tests.processes.example import (
    PLAN,
    START,
    STUDY,
    actor,
    appointed,
    decided,
    paper,
    studied,
    submitted,
)
from tests.processes.walker import NUMBERS, begin

LATER = START + timedelta(hours=4)
ITEMS = st.lists(
    st.builds(
        Item,
        key=st.text(min_size=1, max_size=8),
        title=st.text(max_size=8),
        sha256=st.sampled_from(["a" * 64, "b" * 64]),
    ),
    unique_by=lambda item: item.key,
    max_size=6,
)


def keys(case: Case) -> list[str]:
    return [item.key for item in items_of(case)]


def test_everything_in_the_case_is_put_forward() -> None:
    case = submitted(studied(appointed()))
    (submission,) = case.submissions
    assert keys(case) == ["title", "group", "study", "plan", "paper/ผังเครือข่าย.pdf"]
    assert submission.items == items_of(case)
    assert submission.dossier == dossier_id(submission.items) == dossier_id(items_of(case))
    assert (submission.step, submission.by) == (2, "eng1")
    by_key = {item.key: item.sha256 for item in submission.items}
    assert by_key["plan"] == PLAN.id
    assert by_key["paper/ผังเครือข่าย.pdf"] == case.papers[0].sha256


def test_results_put_forward_hold_the_records_and_the_evaluation_too() -> None:
    case = begin("3.1").until(5).case
    first, second = case.submissions
    assert [item.key for item in first.items] == ["title", "group", "study"]
    assert [item.key.partition("/")[0] for item in second.items] == [
        "title",
        "group",
        "study",
        "paper",
        "paper",
        "record",
        "evaluation",
    ]


def test_the_hash_can_be_computed_by_anybody_from_the_items() -> None:
    (submission,) = submitted(appointed()).submissions
    listed = sorted((item.model_dump() for item in submission.items), key=lambda i: str(i["key"]))
    text = json.dumps(listed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == submission.dossier


@given(items=ITEMS)
def test_the_order_of_the_items_does_not_matter_and_everything_else_does(items: list[Item]) -> None:
    whole = dossier_id(items)
    assert dossier_id(reversed(items)) == whole
    for place in range(len(items)):
        without = [*items[:place], *items[place + 1 :]]
        assert dossier_id(without) != whole
        for field, value in (("key", "อื่น/ๆ"), ("title", "อื่น/ๆ"), ("sha256", "c" * 64)):
            changed = items[place].model_copy(update={field: value})
            assert dossier_id([*without, changed]) != whole


@pytest.mark.parametrize("number", NUMBERS)
def test_a_stored_case_has_the_same_dossier_in_any_time_zone(number: str) -> None:
    case = begin(number).to_the_end().case
    stored = json.loads(case.model_dump_json())
    for made in (*stored["records"], *stored["evaluations"]):
        at = datetime.fromisoformat(made["at"])
        made["at"] = at.astimezone(timezone(timedelta(hours=7))).isoformat()
    assert items_of(Case.model_validate(stored)) == items_of(case)


@pytest.mark.parametrize(
    "fields", [{"number": "2569-2.3-0002"}, {"process": "2.2"}, {"proposer": "lead"}]
)
def test_the_same_papers_in_another_case_are_another_dossier(fields: dict[str, str]) -> None:
    case = submitted(studied(appointed()))
    assert dossier_id(items_of(case.model_copy(update=fields))) != dossier_id(items_of(case))


def test_what_changed_between_two_submissions() -> None:
    case = submitted(studied(appointed()))
    back, _ = decided(case, kind="return")
    back = steps.study(back, STUDY.model_copy(update={"budget": None}), actor("eng1"), LATER)
    back = steps.detach(back, "ผังเครือข่าย.pdf", actor("eng1"), LATER)
    back = steps.attach(back, paper("work_request"), actor("eng1"), LATER)
    again = steps.submit(back, None, actor("eng1"), LATER)
    assert changes(*again.submissions) == (
        Change("study", "ผลการศึกษาและข้อเสนอ", "changed"),
        Change("paper/2570-work_request-0001", "แบบบันทึกขอให้ดำเนินการ", "added"),
        Change("paper/ผังเครือข่าย.pdf", "ไฟล์แนบ", "removed"),
    )
    assert changes(again.submissions[0], again.submissions[0]) == ()


@given(earlier=ITEMS, later=ITEMS)
def test_no_difference_is_lost(earlier: list[Item], later: list[Item]) -> None:
    def put(items: list[Item]) -> Submission:
        whole = tuple(items)
        return Submission(step=2, dossier=dossier_id(items), items=whole, by="eng1", at=START)

    told = {change.key: change.what for change in changes(put(earlier), put(later))}
    before = {item.key: item for item in earlier}
    after = {item.key: item for item in later}
    assert told == {
        key: "removed" if key not in after else "added" if key not in before else "changed"
        for key in {*before, *after}
        if before.get(key) != after.get(key)
    }
