"""A plan file is believed only for what can be computed from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.errors import InputError
from controller.plans.build import build_plan
from controller.plans.plan import InputFile, Plan
from controller.plans.verify import check_plan_file, export_bytes, export_content, read_plan
from controller.settings import Settings
from tests.plans.example import observation


def plan(**more: Any) -> Plan:
    return build_plan(
        office="kkn", selector="all", settings=Settings(),
        inputs=[InputFile(path="inventory/groups.yaml", sha256="a" * 64)],
        observations=[observation(**more), observation("kkn-a-sw02", diff="")],
    )  # fmt: skip


GOOD = plan(candidate="snmp-server community ⟦secret:snmp_ro⟧ RO\n")


def edited(change: Callable[[dict[str, Any]], None]) -> bytes:
    content = json.loads(export_bytes(GOOD))
    change(content)
    return json.dumps(content, ensure_ascii=False).encode()


def test_an_export_reads_back() -> None:
    assert read_plan(export_bytes(GOOD)) == GOOD
    assert read_plan(GOOD.canonical()) == GOOD
    assert read_plan(b"\xef\xbb\xbf" + export_bytes(GOOD)) == GOOD
    assert export_content(GOOD)["id"] == GOOD.id
    assert export_bytes(GOOD).decode().count("\n") > 20


def test_a_whole_plan_passes() -> None:
    verdict = check_plan_file(export_bytes(GOOD))
    assert (verdict.ok, verdict.id, verdict.problems) == (True, GOOD.id, ())
    assert check_plan_file(export_bytes(GOOD), GOOD.id).ok is True
    assert check_plan_file(GOOD.canonical(), GOOD.id).ok is True


def test_without_any_id_nothing_is_known() -> None:
    verdict = check_plan_file(GOOD.canonical())
    assert verdict.ok is None
    assert "no id" in verdict.problems[0].en


def test_another_plan_than_expected_fails() -> None:
    verdict = check_plan_file(export_bytes(GOOD), "0" * 64)
    assert verdict.ok is False
    assert verdict.id == GOOD.id


def paths(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The places of all plain values."""
    if isinstance(content, dict | list):
        items = content.items() if isinstance(content, dict) else enumerate(content)
        return [found for key, value in items for found in paths(value, (*path, key))]
    return [path]


EVERYWHERE = paths(export_content(GOOD))


@given(st.sampled_from(EVERYWHERE))
def test_any_edit_is_found(path: tuple[Any, ...]) -> None:
    def change(content: dict[str, Any]) -> None:
        place: Any = content
        for key in path[:-1]:
            place = place[key]
        old = place[path[-1]]
        place[path[-1]] = (not old) if isinstance(old, bool) else old + type(old)("1")

    assert check_plan_file(edited(change)).ok is False


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda c: c["plan"].pop("accepted"), "does not say every word"),
        (lambda c: c["plan"]["devices"][0].pop("candidate"), "candidate"),
        (lambda c: c["plan"]["devices"][0].update(platfrom="x"), "did you mean platform"),
        (lambda c: c["plan"].update(devices="x"), "devices"),
        (lambda c: c["plan"]["policy"].update(batch="10"), "batch"),
        (lambda c: c["plan"]["policy"].update(batch=10.0), "batch"),
        (lambda c: c.update(plan=[]), "unknown words"),
        (lambda c: c.update(signature="x"), "signature"),
        (lambda c: c["plan"].update(format="khaen-plan/2"), "khaen-plan/2"),
        (lambda c: c["plan"]["devices"].append(c["plan"]["devices"][0]), "twice or out of order"),
        (lambda c: c["plan"]["left_out"][0].update(device="kkn-a-sw01"), "twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(change: Callable[[dict[str, Any]], None], told: str) -> None:
    verdict = check_plan_file(edited(change))
    assert verdict.ok is False
    assert any(told in problem.en for problem in verdict.problems), verdict.problems
    assert all(problem.th and problem.th != problem.en for problem in verdict.problems)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'"x"', b"null", b"{", b"\xff\xfe", b"hostname a\n", b"{}", b"[" * 100_000],
)
def test_what_is_no_plan_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(InputError):
        read_plan(content)
    assert check_plan_file(content).ok is False


def test_a_word_said_twice_is_refused() -> None:
    """A reader that takes the first of two and one that takes the last would not see the same."""
    text = export_bytes(GOOD).decode()
    twice = text.replace('"office": "kkn"', '"office": "kkn", "office": "kkn"')
    assert twice != text
    with pytest.raises(InputError, match="twice"):
        read_plan(twice.encode())
    assert check_plan_file(twice.encode(), GOOD.id).ok is False


def test_an_edited_plan_with_its_own_new_id_is_not_the_approved_one() -> None:
    device = GOOD.devices[0].model_copy(update={"candidate": "hostname evil\n"})
    other = GOOD.model_copy(update={"devices": (device,)})
    forged = Plan.model_validate(other.model_dump())
    assert check_plan_file(export_bytes(forged)).ok is True
    assert check_plan_file(export_bytes(forged), GOOD.id).ok is False


def test_plain_secrets_and_refusals_are_found() -> None:
    device = GOOD.devices[0].model_copy(update={"candidate": "enable secret S3cret\n"})
    leaking = Plan.model_validate(GOOD.model_dump() | {"devices": [device.model_dump()]})
    verdict = check_plan_file(export_bytes(leaking))
    assert verdict.ok is False
    assert [p.en for p in verdict.problems] == [
        "kkn-a-sw01: what looks like a secret stands in the plan"
    ]
    refused = plan(diff="+interface Vlan99\n+ shutdown")
    assert "cuts_management" in check_plan_file(export_bytes(refused)).problems[0].en


def test_a_predicted_plan_never_passes() -> None:
    predicted = Plan.model_validate(GOOD.model_dump() | {"predicted": True})
    verdict = check_plan_file(export_bytes(predicted), predicted.id)
    assert verdict.ok is False
    assert "predicted" in verdict.problems[0].en


def test_a_platform_nobody_knows_leaves_it_open() -> None:
    device = GOOD.devices[0].model_copy(update={"platform": "huawei_vrp"})
    other = Plan.model_validate(GOOD.model_dump() | {"devices": [device.model_dump()]})
    verdict = check_plan_file(export_bytes(other), other.id)
    assert verdict.ok is None
    assert "huawei_vrp" in verdict.problems[0].en
