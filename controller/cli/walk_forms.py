"""The forms of a rehearsed case: filled with their own examples, surveys answered by several."""

from __future__ import annotations

from controller.cli.walk_stage import Stage
from controller.operations.answer_survey import answer_survey
from controller.operations.close_survey import close_survey
from controller.operations.export_form import export_form
from controller.operations.export_survey import export_survey
from controller.operations.fill_form import fill_form
from controller.operations.open_survey import open_survey
from controller.processes.case import Case
from controller.processes.forms.catalogue import form
from controller.processes.forms.definition import FormDefinition
from controller.processes.forms.template import example_values
from controller.processes.forms.typed import Typed
from controller.processes.manual import Step

ANSWERS = 7


def attach_forms(stage: Stage, case: Case, step: Step) -> list[str]:
    """Attach every form the step must or may have, and draw it, empty and filled; their names.

    A step that was returned to revises the forms it has.
    """
    slugs = (*step.forms, *step.may)
    for slug in slugs:
        definition = form(slug)
        before = [p.number for p in case.papers if p.form == slug and p.step == case.step]
        if before:
            _revise(stage, definition, before[-1])
            continue
        if definition.kind == "survey":
            number = _survey(stage, case, definition)
            files = {
                "pdf": export_survey(stage.context, stage.people["engineer1"], number, "pdf"),
                "docx": export_survey(stage.context, stage.people["engineer1"], number, "docx"),
            }
        else:
            number = _filled(stage, case, definition)
            files = _drawn(stage, number)
        stage.write(number, files)
        stage.write(f"{slug}-blank", _drawn(stage, slug))
    return list(slugs)


def _filled(stage: Stage, case: Case, definition: FormDefinition) -> str:
    """A form of the case: the engineer's parts, and then the approver's by the group's chair."""
    slug, own = definition.slug, example_values(definition, {"requester", "officer"})
    whole = example_values(definition)
    kept = fill_form(stage.context, stage.people["engineer1"], slug, own, case=case.number)
    if whole != own:
        fill_form(stage.context, stage.people["officer1"], slug, whole, revises=kept.number)
    return kept.number


def _revise(stage: Stage, definition: FormDefinition, number: str) -> None:
    """What a case that came back is asked for: the same form, said more exactly."""
    if definition.kind == "survey":
        return
    values = example_values(definition, {"requester", "officer"})
    words = [f for f in definition.fields if f.type in {"text", "paragraph"} and f.name in values]
    name = max(words, key=lambda f: f.max_length - len(str(values[f.name]))).name
    values[name] = f"{values[name]} ปรับตามความเห็นแล้ว"
    fill_form(stage.context, stage.people["engineer1"], definition.slug, values, revises=number)


def _survey(stage: Stage, case: Case, definition: FormDefinition) -> str:
    engineer = stage.people["engineer1"]
    survey = open_survey(stage.context, engineer, definition.slug, definition.th, case.number)
    answer_survey(
        stage.context, engineer, survey.id, [_answer(definition, n) for n in range(ANSWERS)]
    )
    close_survey(stage.context, engineer, survey.id)
    return survey.id


def _answer(definition: FormDefinition, person: int) -> Typed:
    """The example's answer with the ratings one person might give; only the first comments."""
    values = example_values(definition)
    asked = [f.name for f in definition.fields if f.type == "rating" and f.name in values]
    ratings = {name: 3 + (place + person) % 3 for place, name in enumerate(asked)}
    comments = {f.name for f in definition.fields if f.type == "paragraph" and person}
    return Typed({k: v for k, v in (values | ratings).items() if k not in comments})


def _drawn(stage: Stage, which: str) -> dict[str, bytes]:
    engineer = stage.people["engineer1"]
    return {
        "pdf": export_form(stage.context, engineer, which, "pdf"),
        "docx": export_form(stage.context, engineer, which, "docx"),
    }
