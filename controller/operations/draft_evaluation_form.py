"""Fill in of the two forms of process 2.8 what was measured; people fill in what only they know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from controller.accounts.actor import Actor, require
from controller.documents.compose.evaluation.drafts import report_draft, site_draft
from controller.documents.compose.evaluation.figures import Figures
from controller.documents.compose.forms import form_document
from controller.documents.docx import render_docx
from controller.documents.pdf import render_pdf
from controller.errors import InputError, Text
from controller.health.evaluation.period import Period
from controller.inventory.inventory import Inventory
from controller.operations.compose_paper import garuda_of, look_of
from controller.operations.context import Context
from controller.operations.report_evaluation import VISIT, report_evaluation
from controller.operations.show_site import visible_site
from controller.processes.forms.catalogue import form
from controller.processes.forms.definition import FormDefinition
from controller.processes.forms.template import template

REPORT = "evaluation_report"
DRAFTS = (VISIT, REPORT)
Format = Literal["yaml", "pdf", "docx"]
FORMATS: tuple[Format, ...] = ("yaml", "pdf", "docx")
_COMPUTERS = frozenset({"computer", "notebook", "all-in-one"})
_GONE = frozenset({"lost", "disposed"})


@dataclass(frozen=True)
class Draft:
    """A form with what is known filled in. It is not kept: `fill_form` takes it once whole."""

    definition: FormDefinition
    values: Mapping[str, object]


def draft_evaluation_form(
    context: Context, actor: Actor, slug: str, period: Period, site: str = ""
) -> Draft:
    """`network_evaluation` of one site, or the `evaluation_report` of all of them.

    Errors: `InputError` for another form, or the first without a site; `NotFound` for the site.
    """
    require(actor, "report_evaluation")
    if slug not in DRAFTS or (slug == VISIT and not site):
        raise _which()
    inventory = context.inventory()
    place = visible_site(inventory, actor, site) if slug == VISIT else None
    yearly = report_evaluation(context, actor, period)
    figures = Figures(look_of(context))
    if place is None:
        schools = sum(one.kind == "school" for one in inventory.sites)
        values = report_draft(yearly, figures, schools) | {"reporter": actor.title}
    else:
        computers = _computers(inventory, place.site)
        values = site_draft(yearly, figures, place, computers) | {"evaluator": actor.title}
    return Draft(form(slug), values)


def write_draft(context: Context, actor: Actor, draft: Draft, wanted: Format) -> bytes:
    """The draft as a file: YAML for `khaen form fill`, PDF to finish by hand, DOCX to edit."""
    require(actor, "report_evaluation")
    if wanted == "yaml":
        return template(draft.definition, draft.values).encode()
    look, garuda = look_of(context), garuda_of(context)
    document = form_document(
        draft.definition,
        context.office(),
        None,
        look=look,
        day=context.today(),
        draft=draft.values,
    )
    render = render_pdf if wanted == "pdf" else render_docx
    return render(document, garuda=garuda)


def _computers(inventory: Inventory, site: str) -> int:
    return sum(
        asset.site == site and asset.kind in _COMPUTERS and asset.state not in _GONE
        for asset in inventory.assets
    )


def _which() -> InputError:
    return InputError(
        Text(
            th="ร่างได้เฉพาะ network_evaluation ของหน่วยงานหนึ่งแห่ง และ evaluation_report",
            en="only network_evaluation of one site, and evaluation_report, can be drafted",
        ),
        hint=Text(
            th="เช่น khaen report form network_evaluation --site kkn-school-a",
            en="for example khaen report form network_evaluation --site kkn-school-a",
        ),
    )
