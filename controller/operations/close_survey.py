"""Close a survey: add its answers up, for good, and put the results into its case."""

from __future__ import annotations

import hashlib

from controller.accounts.actor import Actor, require
from controller.errors import Refused, Text
from controller.operations.answer_survey import definition_of
from controller.operations.context import Context
from controller.processes import steps
from controller.processes.case import Paper
from controller.processes.forms.survey import Results, tally
from controller.store import audit_log, cases, surveys
from controller.store.canonical import canonical


def close_survey(context: Context, actor: Actor, survey: str) -> Results:
    """The results of all its answers; it takes no more. Its case gets them as a paper.

    Errors: `NotFound`; `Refused` when it is closed, when nobody answered, and as
    `processes.steps.attach`.
    """
    require(actor, "close_survey")
    now = context.clock()
    with context.store.begin() as conn:
        open_one = surveys.load_survey(conn, survey)
        answers = surveys.last_answers(conn, survey)
        if not answers:
            raise Refused(
                Text(th=f"ยังไม่มีผู้ตอบ {survey}", en=f"nobody has answered {survey} yet"),
                hint=Text(
                    th=f"ส่งคำตอบด้วย khaen survey answer {survey} --from ไฟล์",
                    en=f"hand answers in with khaen survey answer {survey} --from FILE",
                ),
            )
        results = tally(definition_of(open_one), answers)
        content = canonical(results.model_dump(mode="json"))
        sha256 = hashlib.sha256(content.encode()).hexdigest()
        surveys.finish_survey(
            conn, survey, results=content, sha256=sha256, by=actor.username, at=now
        )
        if open_one.case is not None:
            before = cases.load_case(conn, open_one.case)
            paper = Paper(
                kind="survey",
                number=survey,
                title=open_one.title,
                sha256=sha256,
                form=open_one.form,
                step=before.step,
                by=actor.username,
                at=now,
            )
            after = steps.attach(before, paper, actor, now)
            cases.save_case(conn, after, expected_events=len(before.events))
        audit_log.append(
            conn,
            actor=actor.username,
            action="close_survey",
            subject=open_one.case or survey,
            content={"survey": survey, "answers": len(answers), "sha256": sha256},
            at=now,
        )
    return results
