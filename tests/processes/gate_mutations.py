"""Every single change of the good scene that must shut the gate, and the words it must say."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from controller.plans.plan import Reason
from controller.processes import steps
from controller.processes.approval import decision_content
from controller.processes.case import Decision, Event
from tests.processes.example import (
    DAYS,
    OFFICE,
    OTHER,
    PLAN,
    START,
    Scene,
    actor,
    decided,
    evaluation,
    log_entry,
    submitted,
)

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Mutation:
    """One change of the good scene, what the gate must then say, and in which words."""

    name: str
    change: Callable[[Scene], Scene]
    words: str
    open: bool | None = False


def case_with(scene: Scene, **fields: Any) -> Scene:
    return replace(scene, case=scene.case.model_copy(update=fields))


def decision_with(scene: Scene, **fields: Any) -> Scene:
    *earlier, last = scene.case.decisions
    return case_with(scene, decisions=(*earlier, last.model_copy(update=fields)))


def entry_with(scene: Scene, **fields: Any) -> Scene:
    assert scene.entry
    return replace(scene, entry=replace(scene.entry, **fields))


def logged_with(scene: Scene, **fields: Any) -> Scene:
    assert scene.entry
    return entry_with(scene, content={**scene.entry.content, **fields})


def plan_with(scene: Scene, **fields: Any) -> Scene:
    """A plan edited in memory: what it says its id is stays the approved one."""
    assert PLAN.id
    return replace(scene, plan=PLAN.model_copy(update=fields))


def decided_consistently(scene: Scene, **fields: Any) -> Scene:
    """A decision forged everywhere at once: row, history and log say the same."""
    decision = scene.case.decisions[-1].model_copy(update=fields)
    events = tuple(
        e.model_copy(update={"actor": decision.actor, "at": decision.at})
        if e.what == "approved"
        else e
        for e in scene.case.events
    )
    text = _content(decision)
    entry = log_entry(scene.case, text, decision.actor, decision.at, decision.audit_seq)
    sealed = decision.model_copy(update={"audit_hash": entry.hash})
    case = scene.case.model_copy(update={"decisions": (sealed,), "events": events})
    return replace(scene, case=case, entry=entry)


def _content(decision: Decision) -> str:
    return json.dumps(decision_content(decision), ensure_ascii=False)


def office_with(scene: Scene, username: str, **fields: Any) -> Scene:
    people = tuple(
        p.model_copy(update=fields) if p.username == username else p for p in OFFICE.people
    )
    return replace(scene, office=OFFICE.model_copy(update={"people": people}))


def with_event(scene: Scene, what: str, by: str = "eng1") -> Scene:
    event = Event(at=scene.now, actor=by, step=4, what=what)
    return case_with(scene, events=(*scene.case.events, event))


def approved_event_with(scene: Scene, **fields: Any) -> Scene:
    events = [e.model_copy(update=fields) if e.what == "approved" else e for e in scene.case.events]
    return case_with(scene, events=tuple(events))


def without_event(scene: Scene, what: str) -> Scene:
    return case_with(scene, events=tuple(e for e in scene.case.events if e.what != what))


def input_with(scene: Scene, digest: str | None) -> Scene:
    changed = {**scene.inputs_now, "inventory/sites/school-a.yaml": digest}
    return replace(scene, inputs_now=changed)


def without_input(scene: Scene) -> Scene:
    return replace(scene, inputs_now=dict(list(scene.inputs_now.items())[:1]))


REASON = Reason(check="cuts_management", th="ตัดทางจัดการ", en="cuts our own way in")
BAD_DEVICE = PLAN.devices[0].model_copy(update={"reasons": (REASON,)})


def refused_later(scene: Scene) -> Scene:
    """The director approves, the case is planned again, and the new plan is refused."""
    back = steps.attach_plan(scene.case, OTHER.id, actor("eng1"), START + 5 * HOUR, run_open=False)
    case, entry = decided(
        submitted(back), kind="refuse", plan=OTHER, at=START + 6 * HOUR, comment="ไม่จำเป็น"
    )
    return replace(scene, case=case, entry=entry, now=START + 7 * HOUR)


def voided(scene: Scene) -> Scene:
    case = steps.attach_plan(scene.case, OTHER.id, actor("eng1"), START + 5 * HOUR, run_open=False)
    return replace(scene, case=case)


def voided_and_back(scene: Scene) -> Scene:
    """Another plan and then the approved one again: the old approval does not come back."""
    case = voided(scene).case
    case = steps.attach_plan(case, PLAN.id, actor("eng1"), START + 6 * HOUR, run_open=False)
    return replace(scene, case=case, now=START + 7 * HOUR)


def pulled_forward(scene: Scene) -> Scene:
    """As above, and somebody sets plan and step in the database by hand."""
    return case_with(voided_and_back(scene), step=4)


def another_case(scene: Scene) -> Scene:
    """A real approval of this very plan, moved over from another case."""
    return case_with(scene, number="2569-2.3-0002")


def closed_case(scene: Scene) -> Scene:
    case = steps.executed(scene.case, "run-1", "apply", {"confirmed": 1}, "eng1", scene.now)
    case = steps.evaluate(case, evaluation(scene.now), actor("eng1"), scene.now, run_open=False)
    return replace(scene, case=case)


def _bare(at: datetime) -> datetime:
    return at.replace(tzinfo=None)


MUTATIONS = [
    # the case
    Mutation("case closed", closed_case, "is closed, not open"),
    Mutation("case refused", lambda s: case_with(s, state="refused"), "is refused, not open"),
    Mutation("step not reached", lambda s: case_with(s, step=3), "does not stand at the step"),
    Mutation("step passed", lambda s: case_with(s, step=5), "does not stand at the step"),
    Mutation("step below", lambda s: case_with(s, step=-2), "does not stand at the step"),
    Mutation("step beyond", lambda s: case_with(s, step=6), "does not stand at the step"),
    Mutation("process unknown", lambda s: case_with(s, process="9.9"), "process 9.9 cannot be run"),
    Mutation("no group", lambda s: case_with(s, group=None), "no working group"),
    Mutation("number edited", another_case, "the decision is about case 2569-2.3-0001"),
    # the plan
    Mutation("no plan", lambda s: replace(s, plan=None), "the plan of the case is not there", None),
    Mutation("another plan", lambda s: replace(s, plan=OTHER), "is not the plan of the case"),
    Mutation("plan edited", lambda s: plan_with(s, selector="all"), "is not the plan decided on"),
    Mutation(
        "rollout edited",
        lambda s: plan_with(s, policy=PLAN.policy.model_copy(update={"canary": 99})),
        "is not the plan of the case",
    ),
    Mutation(
        "plan id edited", lambda s: case_with(s, plan=OTHER.id), "is not the plan of the case"
    ),
    Mutation("plan id gone", lambda s: case_with(s, plan=None), "is not the plan of the case"),
    Mutation("predicted", lambda s: plan_with(s, predicted=True), "predicted"),
    Mutation(
        "reason against",
        lambda s: plan_with(s, devices=(BAD_DEVICE,)),
        "school-a-sw01: cuts our own way in",
    ),
    # the decision
    Mutation("nobody decided", lambda s: case_with(s, decisions=()), "nobody has decided"),
    Mutation("approval edited in", lambda s: without_event(s, "approved"), "history of the case"),
    Mutation(
        "event by another",
        lambda s: approved_event_with(s, actor="deputy"),
        "tells of another approval",
    ),
    Mutation(
        "event at another time",
        lambda s: approved_event_with(s, at=START),
        "tells of another approval",
    ),
    Mutation("voided", voided, "history of the case does not end with an approval"),
    Mutation("voided, then back", voided_and_back, "does not end with an approval"),
    Mutation("voided, back, step edited", pulled_forward, "does not end with an approval"),
    Mutation(
        "returned later", lambda s: with_event(s, "returned"), "does not end with an approval"
    ),
    Mutation("refused later", refused_later, "the last decision is “refuse”"),
    Mutation(
        "expired",
        lambda s: replace(s, now=START + 3 * HOUR + timedelta(days=DAYS)),
        "the approval expired on 2026-12-20",
    ),
    Mutation("in the future", lambda s: replace(s, now=START + 2 * HOUR), "in the future"),
    Mutation(
        "older than the case",
        lambda s: case_with(s, opened=START + 4 * HOUR),
        "older than the case",
    ),
    Mutation("now without zone", lambda s: replace(s, now=_bare(s.now)), "is not known", None),
    # what the row says against what the log says
    Mutation("kind edited", lambda s: decision_with(s, kind="return"), "these differ: kind"),
    Mutation("case edited", lambda s: decision_with(s, case="2569-2.3-0009"), "differ: case"),
    Mutation("plan edited in row", lambda s: decision_with(s, plan=OTHER.id), "differ: plan"),
    Mutation("actor edited", lambda s: decision_with(s, actor="deputy"), "differ: actor"),
    Mutation("title edited", lambda s: decision_with(s, title="-"), "differ: title"),
    Mutation("role edited", lambda s: decision_with(s, role="acting-director"), "differ: role"),
    Mutation(
        "order edited", lambda s: decision_with(s, acting_order="๑/๒๕๖๙"), "differ: acting_order"
    ),
    Mutation("comment edited", lambda s: decision_with(s, comment="ด่วน"), "differ: comment"),
    Mutation("time edited", lambda s: decision_with(s, at=START + HOUR), "differ: at"),
    Mutation(
        "expiry edited",
        lambda s: decision_with(s, expires=START + timedelta(days=3650)),
        "differ: expires",
    ),
    Mutation("expiry gone", lambda s: decision_with(s, expires=None), "differ: expires"),
    Mutation("place edited", lambda s: decision_with(s, audit_seq=8), "differ: audit_seq"),
    Mutation("hash edited", lambda s: decision_with(s, audit_hash="0" * 64), "differ: audit_hash"),
    Mutation(
        "several edited",
        lambda s: decision_with(s, comment="ด่วน", title="-"),
        "these differ: title, comment",
    ),
    Mutation("no entry", lambda s: replace(s, entry=None), "no entry of this decision"),
    Mutation("entry of something else", lambda s: entry_with(s, action="log_in"), "logged action"),
    Mutation("entry by another", lambda s: entry_with(s, actor="root"), "differ: logged actor"),
    Mutation("entry of another case", lambda s: entry_with(s, subject="x"), "logged subject"),
    Mutation("entry says more", lambda s: logged_with(s, sudo=True), "these differ: sudo"),
    Mutation(
        "entry says less",
        lambda s: entry_with(s, content={}),
        "kind, case, plan, dossier, step, to_step, actor",
    ),
    Mutation("chain unknown", lambda s: replace(s, chain_ok=None), "not known whether the", None),
    Mutation("chain broken", lambda s: replace(s, chain_ok=False), "has been altered"),
    # who decided: forged in row, history and log alike, still not the director
    Mutation(
        "by a superuser",
        lambda s: decided_consistently(s, actor="root"),
        "root was neither the director nor acting",
    ),
    Mutation(
        "by a former director",
        lambda s: decided_consistently(s, actor="old-boss"),
        "old-boss was neither the director nor acting",
    ),
    Mutation(
        "by somebody unknown",
        lambda s: decided_consistently(s, actor="nobody"),
        "nobody was neither the director nor acting",
    ),
    Mutation(
        "acting after the order ended",
        lambda s: replace(
            decided_consistently(
                s,
                actor="deputy",
                role="acting-director",
                acting_order="๑๒๓/๒๕๖๙",
                at=START + timedelta(days=6),
            ),
            now=START + timedelta(days=7),
        ),
        "deputy was neither the director nor acting by an order on 2026-11-26",
    ),
    Mutation(
        "acting by another order",
        lambda s: decided_consistently(
            s, actor="deputy", role="acting-director", acting_order="๙๙๙/๒๕๖๙"
        ),
        "decided as acting-director ๑๒๓/๒๕๖๙, not as acting-director ๙๙๙/๒๕๖๙",
    ),
    Mutation(
        "acting as director",
        lambda s: decided_consistently(s, actor="deputy"),
        "decided as acting-director ๑๒๓/๒๕๖๙, not as director",
    ),
    Mutation("by the proposer", lambda s: case_with(s, proposer="boss"), "boss proposed the case"),
    Mutation("plan made by the director", lambda s: replace(s, planned_by="boss"), "made the plan"),
    Mutation("director submitted", lambda s: with_event(s, "submitted", "boss"), "boss proposed"),
    Mutation(
        "director no more",
        lambda s: office_with(s, "boss", until=date(2026, 11, 1)),
        "boss was neither the director nor acting",
    ),
    Mutation(
        "director made administrator",
        lambda s: office_with(s, "boss", roles=("admin",)),
        "boss was neither the director nor acting",
    ),
    # the files
    Mutation(
        "file edited",
        lambda s: input_with(s, "d" * 64),
        "inventory/sites/school-a.yaml has changed since the plan",
    ),
    Mutation(
        "file gone", lambda s: input_with(s, None), "inventory/sites/school-a.yaml is missing"
    ),
    Mutation("file not looked at", without_input, "school-a.yaml was not looked at", None),
    Mutation(
        "file new",
        lambda s: replace(s, inputs_now={**s.inputs_now, "inventory/groups.yaml": "e" * 64}),
        "inventory/groups.yaml is new since the plan",
    ),
    Mutation(
        "all files unknown",
        lambda s: replace(s, inputs_now={}),
        "access.j2 was not looked at",
        None,
    ),
]
