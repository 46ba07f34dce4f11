"""Draw the results of a survey as a report."""

from __future__ import annotations

from typing import Literal

from controller.accounts.actor import Actor, require
from controller.documents.compose.survey import survey_report
from controller.documents.docx import render_docx
from controller.documents.pdf import render_pdf
from controller.operations.compose_paper import garuda_of, look_of
from controller.operations.context import Context
from controller.operations.show_survey import show_survey
from controller.processes.forms.catalogue import form
from controller.thai import bangkok_date


def export_survey(
    context: Context, actor: Actor, survey: str, wanted: Literal["pdf", "docx"]
) -> bytes:
    """The report of a survey as it stands, or as it was closed. Errors: as `show_survey`."""
    require(actor, "read_history")
    tallied = show_survey(context, actor, survey)
    closed = tallied.survey.closed
    document = survey_report(
        form(tallied.survey.form),
        tallied.results,
        context.office(),
        day=bangkok_date(closed) if closed else context.today(),
        look=look_of(context),
        subject=tallied.survey.title,
    )
    render = render_pdf if wanted == "pdf" else render_docx
    return render(document, garuda=garuda_of(context))
