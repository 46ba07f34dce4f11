"""Every single change of what the director was shown that must shut the gate, and its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from controller.processes import steps
from controller.processes.case import Event, Group, Item
from controller.processes.dossier import dossier_id
from tests.processes.example import (
    GROUP,
    START,
    Scene,
    actor,
    decided,
    entry,
    evaluation,
    notified,
    paper,
)
from tests.processes.gate_mutations import (
    Mutation,
    case_with,
    decided_consistently,
    decision_with,
)

LATER = START + timedelta(hours=6)
FORGED = "f" * 64


def study_with(scene: Scene, **fields: Any) -> Scene:
    assert scene.case.study
    return case_with(scene, study=scene.case.study.model_copy(update=fields))


def paper_with(scene: Scene, place: int, **fields: Any) -> Scene:
    papers = list(scene.case.papers)
    papers[place] = papers[place].model_copy(update=fields)
    return case_with(scene, papers=tuple(papers))


def paper_more(scene: Scene, step: int) -> Scene:
    more = paper("", "เพิ่ม.pdf").model_copy(update={"step": step, "by": "eng1"})
    return case_with(scene, papers=(*scene.case.papers, more))


def record_more(scene: Scene, step: int) -> Scene:
    made = entry("work", scene.now).model_copy(update={"step": step})
    return case_with(scene, records=(made,))


def evaluation_more(scene: Scene, step: int) -> Scene:
    made = evaluation(scene.now).model_copy(update={"step": step})
    return case_with(scene, evaluations=(made,))


def submission_with(scene: Scene, **fields: Any) -> Scene:
    *earlier, last = scene.case.submissions
    return case_with(scene, submissions=(*earlier, last.model_copy(update=fields)))


def item_with(scene: Scene, place: int, *, rehash: bool = False, **fields: Any) -> Scene:
    items = list(scene.case.submissions[-1].items)
    items[place] = items[place].model_copy(update=fields)
    more = {"dossier": dossier_id(items)} if rehash else {}
    return submission_with(scene, items=tuple(items), **more)


def forged_everywhere(scene: Scene) -> Scene:
    """Study, submission, decision and log entry all edited to agree; only the items tell."""
    assert scene.case.study
    scene = study_with(scene, work="ซื้อของแพงกว่าเดิม")
    items = list(scene.case.submissions[-1].items)
    items[2] = Item(key=items[2].key, title=items[2].title, sha256=FORGED)
    dossier = dossier_id(items)
    scene = submission_with(scene, items=tuple(items), dossier=dossier)
    return decided_consistently(scene, dossier=dossier)


def revised(scene: Scene) -> Scene:
    case = steps.revise(scene.case, "แก้ไข", actor("eng1"), LATER, run_open=False)
    return replace(scene, case=case, now=LATER)


def revised_and_submitted(scene: Scene) -> Scene:
    """Pulled back and put forward again, word for word: it has to be decided again."""
    case = steps.submit(revised(scene).case, None, actor("eng1"), LATER)
    return replace(scene, case=case, now=LATER)


def revised_and_pushed_on(scene: Scene) -> Scene:
    return case_with(revised_and_submitted(scene), step=4)


def bound_work_edited(scene: Scene) -> Scene:
    """A paper of the work that was put forward with a revision of the plan, then edited."""
    case, logged = decided(revised_and_submitted(scene).case, at=LATER, seq=8)
    scene = replace(scene, case=notified(case), entry=logged, now=LATER + timedelta(hours=1))
    assert scene.verdict().open is True
    assert scene.case.papers[1].step == 4
    return paper_with(scene, 1, sha256=FORGED)


def withdrawn(scene: Scene) -> Scene:
    case = steps.withdraw(scene.case, "ยกเลิก", actor("eng1"), LATER, run_open=False)
    return replace(scene, case=case, now=LATER)


def reopened_by_hand(scene: Scene) -> Scene:
    return case_with(withdrawn(scene), state="open")


def turned_in_place(scene: Scene, what: str) -> Scene:
    """A turn that leads nowhere: a history that does not add up."""
    event = Event(at=scene.now, actor="eng1", step=4, what=what)
    return case_with(scene, events=(*scene.case.events, event))


OTHER_GROUP = Group(
    order=GROUP.order, dated=GROUP.dated, chair="lead", members=("eng1", "root"), secretary="eng2"
)

DOSSIER_MUTATIONS = [
    # what the case holds against what was put forward
    Mutation(
        "title edited", lambda s: case_with(s, title="งานอื่น"), "title is not what was decided"
    ),
    Mutation("proposer edited", lambda s: case_with(s, proposer="lead"), "title is not what was"),
    Mutation("process edited", lambda s: case_with(s, process="2.2"), "title is not what was"),
    Mutation("group edited", lambda s: case_with(s, group=OTHER_GROUP), "group is not what was"),
    Mutation("study edited", lambda s: study_with(s, budget=None), "study is not what was decided"),
    Mutation("study gone", lambda s: case_with(s, study=None), "study is not what was decided on"),
    Mutation(
        "paper edited",
        lambda s: paper_with(s, 0, sha256=FORGED),
        "paper/ผังเครือข่าย.pdf is not what was decided on (changed)",
    ),
    Mutation("paper renamed", lambda s: paper_with(s, 0, title="อื่น"), "decided on (changed)"),
    Mutation("paper renumbered", lambda s: paper_with(s, 0, number="x"), "decided on (removed)"),
    Mutation("papers gone", lambda s: case_with(s, papers=()), "decided on (removed)"),
    Mutation("paper slipped in", lambda s: paper_more(s, 1), "paper/เพิ่ม.pdf is not what was"),
    Mutation("paper of then slipped in", lambda s: paper_more(s, 2), "decided on (added)"),
    Mutation("record slipped in", lambda s: record_more(s, 1), "record/1 is not what was decided"),
    Mutation("evaluation slipped in", lambda s: evaluation_more(s, 2), "evaluation/1 is not what"),
    # what is on record as put forward
    Mutation("nothing submitted", lambda s: case_with(s, submissions=()), "submitted last is not"),
    Mutation(
        "submitted to another step", lambda s: submission_with(s, step=5), "submitted last is not"
    ),
    Mutation(
        "another dossier submitted",
        lambda s: submission_with(s, dossier=FORGED),
        "last is not what",
    ),
    Mutation(
        "an item edited", lambda s: item_with(s, 0, sha256=FORGED), "list of what was submitted"
    ),
    Mutation(
        "an item renamed", lambda s: item_with(s, 1, title="อื่น"), "list of what was submitted"
    ),
    Mutation(
        "an item edited, hashed again",
        lambda s: item_with(s, 0, rehash=True, sha256=FORGED),
        "submitted last is not what was decided on",
    ),
    Mutation(
        "items gone", lambda s: submission_with(s, items=()), "list of what was submitted has been"
    ),
    Mutation(
        "submitted after the decision",
        lambda s: submission_with(s, at=START + timedelta(hours=4)),
        "submitted after the decision",
    ),
    Mutation("submitted by the director", lambda s: submission_with(s, by="boss"), "boss proposed"),
    # the decision
    Mutation("dossier edited", lambda s: decision_with(s, dossier=FORGED), "differ: dossier"),
    Mutation("step edited", lambda s: decision_with(s, step=5), "nobody has decided"),
    Mutation("step gone", lambda s: decision_with(s, step=None), "these differ: step"),
    Mutation("target edited", lambda s: decision_with(s, to_step=1), "these differ: to_step"),
    Mutation(
        "decided on another dossier",
        lambda s: decided_consistently(s, dossier=FORGED),
        "submitted last is not what was decided on",
    ),
    Mutation(
        "an approval of the time before",
        lambda s: decided_consistently(s, dossier="", step=None),
        "the decision names no dossier; pull the case back with `khaen case revise 2569-2.3-0001`",
    ),
    Mutation(
        "decided nowhere", lambda s: decided_consistently(s, step=None), "does not name the step"
    ),
    Mutation("forged everywhere", forged_everywhere, "study is not what was decided on"),
    # turns
    Mutation("revised", revised, "does not end with an approval"),
    Mutation("revised, submitted again", revised_and_submitted, "does not end with an approval"),
    Mutation("revised, step edited", revised_and_pushed_on, "does not end with an approval"),
    Mutation("bound work edited", bound_work_edited, "paper/หน้างาน.jpg is not what was decided"),
    Mutation("withdrawn", withdrawn, "is withdrawn, not open"),
    Mutation("withdrawn, then opened", reopened_by_hand, "does not end with an approval"),
    Mutation("revised in place", lambda s: turned_in_place(s, "revised"), "does not end with an"),
    Mutation("voided in place", lambda s: turned_in_place(s, "voided"), "does not end with an"),
    Mutation("refused in place", lambda s: turned_in_place(s, "refused"), "does not end with an"),
]
