"""`khaen manual`: the processes and forms of the office manual."""

from __future__ import annotations

from typing import Annotated

import typer

from controller.cli import output
from controller.cli.output import Json

manual = typer.Typer(help="The office manual: its processes, steps and forms.")
Number = Annotated[str, typer.Argument(help="Number of the process, for example 2.3")]


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.add_typer(manual, name="manual")


@manual.callback(invoke_without_command=True)
def listing(context: typer.Context, as_json: Json = False) -> None:
    """List the processes and the forms, and which are done."""
    if context.invoked_subcommand is not None:
        return None
    from controller.processes.forms.catalogue import form
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
    users = {
        slug: ", ".join(p.number for p in MANUAL.processes if slug in p.forms)
        for slug in MANUAL.forms
    }
    return output.table(
        (
            output.words("แบบฟอร์ม", "form"),
            output.words("ชื่อ", "name"),
            output.words("กระบวนงาน", "process"),
            output.words("ช่อง", "fields"),
        ),
        [
            (slug, output.words(name.name, name.english), users[slug], str(len(form(slug).fields)))
            for slug, name in MANUAL.forms.items()
        ],
    )


@manual.command()
def show(number: Number, as_json: Json = False) -> None:
    """Show one process: its steps, who ends them, what they need, its objectives and laws."""
    from controller.processes.manual import MANUAL, process

    found = process(number)
    if as_json:
        return output.emit_json(found.model_dump(mode="json"))
    typer.echo(f"{found.number}  {output.words(found.name, found.english)}")
    for index, step in enumerate(found.steps, 1):
        typer.echo(f"  {index}. {output.words(step.name, step.english)}  [{step.kind}]")
        needs = [*step.needs, *step.forms]
        output.say(f"      ต้องมี: {', '.join(needs)}", f"      needs: {', '.join(needs)}")
        if step.may:
            output.say(
                f"      แนบได้: {', '.join(step.may)}", f"      may have: {', '.join(step.may)}"
            )
    for objective in found.objectives:
        typer.echo(f"  - {objective}")
    for slug in found.references:
        reference = MANUAL.references[slug]
        typer.echo(f"  § {output.words(reference.name, reference.english)}")
    return None


@manual.command()
def flow(number: Number) -> None:
    """Print the process's flow chart as Mermaid text; `khaen case print CASE flow` draws it."""
    from controller.processes.flow import mermaid
    from controller.processes.manual import process

    typer.echo(mermaid(process(number)))
