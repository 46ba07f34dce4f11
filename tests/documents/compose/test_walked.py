"""Every paper of every process, from cases the engine itself has walked."""

from __future__ import annotations

import pytest

from controller.documents.blocks import Document, MemoHead
from controller.documents.compose.evidence import AuditProof, evidence_pack
from controller.documents.compose.flow import flow_chart
from controller.documents.compose.memo import memo
from controller.documents.compose.notice import notification
from controller.documents.compose.order import order
from controller.documents.compose.report import evaluation_report
from controller.processes.case import Case
from controller.processes.manual import MANUAL
from tests.documents.compose.example import DAY, LOOK
from tests.documents.compose.reading import check_fit_to_print, whole
from tests.documents.compose.walked import STUDY, walk
from tests.processes.example import GROUP, OFFICE

NUMBERS = [process.number for process in MANUAL.processes]
PROOF = AuditProof((), 0, "0" * 64, intact=True)


def papers(case: Case) -> dict[str, Document]:
    """What can be printed of a case, by kind."""
    process = MANUAL.process(case.process)
    made = {
        "flow": flow_chart(process, case, office=OFFICE, day=DAY, look=LOOK),
        "evidence": evidence_pack(case, OFFICE, process, day=DAY, look=LOOK, audit=PROOF),
        "order": order(case, OFFICE, process, number="1/2569", day=DAY, look=LOOK),
    }
    if case.submissions:
        made["memo"] = memo(case, OFFICE, process, number="1", day=DAY, look=LOOK)
    if any(event.what == "notified" for event in case.events):
        made["notice"] = notification(case, OFFICE, number="2", day=DAY, look=LOOK)
    if case.evaluations:
        made["report"] = evaluation_report(case, OFFICE, process, day=DAY, look=LOOK)
    return made


@pytest.mark.parametrize("number", NUMBERS)
def test_every_paper_of_every_state_is_fit_to_print(number: str) -> None:
    for case in walk(number):
        for document in papers(case).values():
            check_fit_to_print(document)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_closed_case_has_the_papers_its_steps_ask_for(number: str) -> None:
    *_, case = walk(number)
    assert case.state == "closed"
    kinds = {step.kind for step in MANUAL.process(number).steps}
    made = papers(case)
    assert ("memo" in made) is ("approve" in kinds)
    assert "report" in made
    said = whole(made["evidence"])
    for paper in case.papers:
        assert paper.number in said
    for decision in case.decisions:
        assert decision.audit_hash in said


@pytest.mark.parametrize("number", NUMBERS)
def test_each_memo_puts_forward_what_was_submitted_and_lists_its_papers(number: str) -> None:
    process = MANUAL.process(number)
    submitted = [
        c for c in walk(number) if c.state == "open" and process.steps[c.step].kind == "approve"
    ]
    assert len(submitted) == len([s for s in process.steps if s.kind == "approve"])
    for case in submitted:
        document = papers(case)["memo"]
        head = document.blocks[0]
        assert isinstance(head, MemoHead)
        assert len(head.attached) == len(case.papers)
        said = whole(document)
        assert case.submissions[-1].dossier in said
        results = process.steps[case.step - 1].kind == "evaluate"
        assert ("ปัญหาและอุปสรรค" in said) is results
        assert (STUDY.reason in said) is not results
        assert (GROUP.order in said) is (process.steps[0].kind == "appoint")
