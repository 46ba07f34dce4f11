"""Read surveys and their results, before they are closed and after."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from controller.accounts.actor import Actor, require
from controller.errors import StoreError, Text
from controller.operations.answer_survey import definition_of
from controller.operations.context import Context
from controller.processes.forms.survey import Results, tally
from controller.store import surveys
from controller.store.surveys import Survey


@dataclass(frozen=True)
class Tallied:
    """A survey and what its answers add up to: as of now, or for good once it is closed."""

    survey: Survey
    results: Results


def show_survey(context: Context, actor: Actor, survey: str) -> Tallied:
    """The results of a survey.

    Errors: `NotFound`; `StoreError` when the results of a closed one are not those it was closed
    with.
    """
    require(actor, "read_history")
    with context.store.read() as conn:
        found = surveys.load_survey(conn, survey)
        if found.results is None:
            answers = surveys.survey_answers(conn, survey)
            return Tallied(found, tally(definition_of(found), answers))
    if hashlib.sha256(found.results.encode()).hexdigest() != found.sha256:
        raise StoreError(
            Text(
                th=f"ผลของแบบสอบถาม {survey} เสียหายหรือถูกแก้ไข",
                en=f"the results of survey {survey} are damaged or were edited",
            ),
            hint=Text(
                th="ตรวจด้วย khaen audit-log verify แล้วกู้คืนฐานข้อมูลจากสำเนา",
                en="run khaen audit-log verify, then restore the database from a backup",
            ),
        )
    return Tallied(found, Results.model_validate_json(found.results))


def list_surveys(
    context: Context,
    actor: Actor,
    case: str | None = None,
    *,
    after: tuple[datetime, str] | None = None,
    most: int | None = None,
) -> tuple[Survey, ...]:
    """Every survey, or those of a case, newest first; school staff see which are open too.

    With `most` only so many, `after` the opening and number of the last one seen.
    """
    require(actor, "show_form")
    with context.store.read() as conn:
        return surveys.list_surveys(conn, case, after=after, most=most)
