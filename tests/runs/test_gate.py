"""Nothing reaches a device without an approval that holds: the same gate for every caller."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from controller.accounts.actor import Actor
from controller.errors import InputError, KhaenError, NotAllowed, NotApproved, StalePlan, UnsafePlan
from controller.plans.plan import Plan, Reason
from controller.runs.errand import to_apply
from controller.runs.gate import Permit, permit
from controller.runs.ledger import Ending
from controller.runs.transaction import Work, push
from controller.store import cases, plans, runs
from tests.runs.conftest import Stage
from tests.runs.scene import ENGINEER, Scene, edit
from tests.store.intruder import Intruder


@dataclass(frozen=True)
class Mutation:
    """Something that must keep the gate shut, the error it gives, and words in it."""

    name: str
    act: Callable[[Scene, str], None]
    error: type[KhaenError]
    words: str

    def __str__(self) -> str:
        return self.name


def sql(statement: str) -> Callable[[Scene, str], None]:
    """An edit of the database behind the program's back."""
    return lambda scene, _: sqls(scene, statement)


def sqls(scene: Scene, statement: str, values: Sequence[object] = ()) -> None:
    """The same now, on either database."""
    if not scene.database_url.startswith("sqlite"):
        statement = statement.replace("CAST(content AS TEXT)", "convert_from(content, 'UTF8')")
        statement = re.sub(r"CAST\((.+) AS BLOB\)", r"convert_to(\1, 'UTF8')", statement)
    Intruder(scene.database_url).run(statement, values)


def file(path: str, old: str, new: str) -> Callable[[Scene, str], None]:
    """An edit of a file of the workspace."""
    return lambda scene, _: edit(scene.root / path, old, new)


def later(days: int) -> Callable[[Scene, str], None]:
    """Time goes by."""

    def act(scene: Scene, _: str) -> None:
        scene.now = scene.clock() + timedelta(days=days)

    return act


def another_plan(scene: Scene, number: str) -> None:
    """The case is given another plan behind the program's back."""
    with scene.store.read() as conn:
        case = cases.load_case(conn, number)
        plan = Plan.model_validate_json(plans.load_plan(conn, case.plan or "").plan_bytes)
    # Made anew: a copy would remember the id.
    other = Plan.model_validate(plan.model_dump() | {"selector": "another"})
    assert other.id != plan.id
    changed = case.model_copy(update={"plan": other.id}).model_dump_json()
    sqls(scene, "UPDATE cases SET plan = ?, content = ?", (other.id, changed))
    sqls(scene, "UPDATE plans SET id = ?, content = ?", (other.id, other.canonical()))


TEMPLATE = "inventory/config/arista_eos/access.j2"
SITE = "inventory/sites/school-a.yaml"
GROUPS = "inventory/groups.yaml"
OTHER_WORDS = (
    "UPDATE plans SET content = "
    "CAST(replace(CAST(content AS TEXT), 'Staff room', 'Other room') AS BLOB)"
)
OTHER_LOG = "UPDATE audit_log SET content = replace(content, 'approve', 'return')"
CUT_LOG = "DELETE FROM audit_log WHERE action = 'decide_case'"
MUTATIONS = (
    Mutation("template", file(TEMPLATE, "description", "description x"), StalePlan, TEMPLATE),
    Mutation("inventory", file(SITE, "role: access", "role: access\n  tags: [x]"), StalePlan, SITE),
    Mutation("variables", file(GROUPS, "Staff room", "Server room"), StalePlan, GROUPS),
    Mutation(
        "broken file", file(GROUPS, "ports: [", "ports: {["), InputError, "groups|ไฟล์|problem"
    ),
    Mutation("plan bytes", sql(OTHER_WORDS), NotApproved, "is not the plan of the case"),
    Mutation("plan of the case", another_plan, NotApproved, "is not the plan decided on"),
    Mutation("expiry", later(31), NotApproved, "expired"),
    Mutation("audit log", sql(OTHER_LOG), NotApproved, "altered"),
    Mutation("audit log cut", sql(CUT_LOG), NotApproved, "no entry of this decision"),
)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_after_an_edit_nothing_starts(stage: Stage, mutation: Mutation) -> None:
    scene = stage(eos=1)
    number = scene.approved()
    mutation.act(scene, number)
    with scene.engine() as engine, pytest.raises(mutation.error, match=mutation.words):
        engine.start(number, "apply", ENGINEER)
    untouched(scene, number)


def test_without_a_decision_nothing_starts_whoever_calls(stage: Stage) -> None:
    scene = stage(eos=1)
    number = scene.opened(scene.plan())
    superuser = Actor("admin", "ผู้ดูแลระบบ", frozenset({"admin", "engineer", "director"}))
    with scene.engine() as engine:
        for actor in (ENGINEER, superuser):
            with pytest.raises(NotApproved, match="nobody has decided"):
                engine.start(number, "apply", actor)
        with pytest.raises(NotAllowed):
            engine.start(number, "apply", Actor("school1", "ครู", frozenset({"school"})))
    untouched(scene, number)


def test_every_reason_is_given_at_once(stage: Stage) -> None:
    scene = stage(eos=1)
    number = scene.opened(scene.plan())
    edit(scene.root / "inventory/groups.yaml", "Staff room", "Server room")
    with pytest.raises(NotApproved) as caught:
        permit(scene.environment(), number, "apply")
    assert "nobody has decided" in caught.value.message.en
    assert "inventory/groups.yaml" in caught.value.message.en
    assert "ยังไม่มีผลการพิจารณา" in caught.value.message.th


def test_an_unsafe_plan_is_called_so(stage: Stage) -> None:
    scene = stage(eos=1)
    plan = scene.plan()
    reason = Reason(check="cuts_management", th="ตัดทางจัดการ", en="cuts the management path")
    (device,) = plan.devices
    unsafe = plan.model_copy(
        update={"devices": (device.model_copy(update={"reasons": (reason,)}),)}
    )
    number = scene.opened(unsafe)
    with pytest.raises(UnsafePlan, match="cuts the management path"):
        permit(scene.environment(), number, "apply")


def test_a_rollback_does_not_ask_for_the_files(stage: Stage) -> None:
    scene = stage(eos=1)
    number = scene.approved()
    edit(scene.root / "inventory/groups.yaml", "Staff room", "Server room")
    assert permit(scene.environment(), number, "rollback").plan.id


def test_nobody_else_makes_a_permit(stage: Stage) -> None:
    scene = stage(eos=1)
    given = permit(scene.environment(), scene.approved(), "apply")
    with pytest.raises(RuntimeError, match="comes from the gate"):
        Permit(given.case, given.plan, given.workspace, object())
    with pytest.raises(RuntimeError, match="comes from the gate"):
        replace(given, key="guessed")


def test_without_a_way_back_nothing_is_opened(stage: Stage) -> None:
    scene = stage(eos=1)
    (device,) = scene.plan().devices
    errand = to_apply(device.model_copy(update={"rollback": "none"}), scene.plan())

    def reach() -> Any:
        pytest.fail("the device was spoken to")

    work = Work(errand, scene.target(device.device).platform, reach, None, scene.patience)  # type: ignore[arg-type]
    ending = push(work)
    assert isinstance(ending, Ending)
    assert (ending.state, ending.why.code) == ("refused", "no-way-back")


def untouched(scene: Scene, number: str) -> None:
    """No run was made and no device committed anything."""
    with scene.store.read() as conn:
        assert runs.runs_of(conn, number) == ()
    assert all(device.commits() == 0 for device in scene.devices)
