"""`khaen manual`: the processes and forms of the office manual."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from controller.accounts.actor import ROLES
from controller.cli import output
from controller.cli.layout import tell
from controller.cli.output import Json
from controller.errors import Text

if TYPE_CHECKING:
    from controller.processes.manual import FormName
    from controller.processes.step import Step

manual = typer.Typer(help="The office manual: its processes, steps and forms.")
_WHO = {
    "group": Text(th="คณะทำงาน", en="the working group"),
    "proposer": Text(th="ผู้เสนอ", en="the proposer"),
    "director": Text(
        th="ผู้อำนวยการหรือผู้รักษาราชการแทน", en="the director or who acts for them by order"
    ),
}
_PUBLISHING = Text(
    th="ผู้เสนอหรือคณะทำงาน (เผยแพร่)", en="the proposer or the working group (to publish)"
)
Number = Annotated[str, typer.Argument(help="Number of the process, for example 2.3")]


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.add_typer(manual, name="manual")


@manual.callback(invoke_without_command=True)
def listing(context: typer.Context, as_json: Json = False) -> None:
    """List the processes and the forms, and which are done."""
    if context.invoked_subcommand is not None:
        return None
    from controller.processes.manual import MANUAL

    if as_json:
        return output.emit_json(MANUAL.model_dump(mode="json"))
    output.say(MANUAL.edition.name, MANUAL.edition.english)
    output.table(
        (
            output.words("กระบวนงาน", "process"),
            output.words("ชื่อ", "name"),
            output.words("ขั้นตอน", "steps"),
            output.words("แบบฟอร์ม", "forms"),
            output.words("สถานะ", "state"),
        ),
        [
            (
                process.number,
                output.words(process.name, process.english),
                str(len(process.steps)),
                str(len(process.forms)),
                output.words("ใช้ได้", "done") if process.runnable else output.words("ยัง", "todo"),
            )
            for process in MANUAL.processes
        ],
    )
    columns = (
        output.words("แบบฟอร์ม", "form"),
        output.words("ชื่อ", "name"),
        output.words("กระบวนงาน", "process"),
        output.words("ช่อง", "fields"),
    )
    output.table(columns, _forms(MANUAL.forms))
    output.note("บันทึกที่คู่มือไม่มีแบบให้:", "records the manual has no form for:")
    return output.table(columns, _forms(MANUAL.annexes))


def _forms(named: Mapping[str, FormName]) -> list[tuple[str, str, str, str]]:
    """A row for each form: slug, name, the processes that ask for it, how many fields it has."""
    from controller.processes.forms.catalogue import form
    from controller.processes.manual import MANUAL

    asked = {
        p.number: {slug for step in p.steps for slug in (*step.forms, *step.may)}
        for p in MANUAL.processes
    }
    return [
        (
            slug,
            output.words(name.name, name.english),
            ", ".join(number for number, slugs in asked.items() if slug in slugs),
            str(len(form(slug).fields)),
        )
        for slug, name in named.items()
    ]


@manual.command()
def show(number: Number, as_json: Json = False) -> None:
    """Show one process: its steps, who ends them, what they need, its objectives and laws."""
    from controller.processes.manual import MANUAL, process

    found = process(number)
    if as_json:
        steps = [{**s.model_dump(mode="json"), "doers": s.doers} for s in found.steps]
        return output.emit_json({**found.model_dump(mode="json"), "steps": steps})
    tell(f"{found.number}  {output.words(found.name, found.english)}", 5)
    if found.cycle:
        output.say("  ปีงบประมาณละหนึ่งเรื่อง", "  one case in each fiscal year")
    for index, step in enumerate(found.steps, 1):
        tell(f"  {index}. {output.words(step.name, step.english)}  [{step.kind}]", 5)
        _show_step(step)
    for objective in found.objectives:
        tell(f"  - {objective}", 4)
    for slug in found.references:
        reference = MANUAL.references[slug]
        tell(f"  § {output.words(reference.name, reference.english)}", 4)
    return None


def _show_step(step: Step) -> None:
    """What a step needs, which forms go with it, who ends it and within how many days."""
    from controller.processes.manual import MANUAL
    from controller.processes.needs import NEEDED, in_words

    people = [_WHO.get(one) or ROLES[one] for one in step.doers]
    if step.kind == "approve" and "publication" in step.needs:
        people.append(_PUBLISHING)
    needs = in_words(tuple(NEEDED[need] for need in step.needs))
    _line(f"ต้องมี: {needs.th}", f"needs: {needs.en}")
    for slug, must in (*((f, True) for f in step.forms), *((f, False) for f in step.may)):
        named = MANUAL.form(slug)
        name = output.words(named.name, named.english) if named else ""
        _line(
            f"{'ต้องแนบ' if must else 'แนบได้'}: {name} ({slug})",
            f"{'must have' if must else 'may have'}: {name} ({slug})",
        )
    _line(
        f"ผู้ทำให้จบ: {', '.join(one.th for one in people)}",
        f"who may end it: {', '.join(one.en for one in people)}",
    )
    if step.days is not None:
        _line(f"ภายใน: {step.days} วัน", f"within: {step.days} days")


def _line(th: str, en: str) -> None:
    tell("      " + output.words(th, en), 8)


@manual.command()
def flow(number: Number) -> None:
    """Print the process's flow chart as Mermaid text; `khaen case print CASE flow` draws it."""
    from controller.processes.flow import mermaid
    from controller.processes.manual import process

    typer.echo(mermaid(process(number)))
