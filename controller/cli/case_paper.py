"""`khaen case attach | detach | fetch | changes | print`: the papers of a case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from controller.cli import output, session
from controller.cli.layout import tell
from controller.cli.moved import show_moved
from controller.cli.output import Json
from controller.errors import NotFound, Text
from controller.language import nearest

CHANGED = {
    "added": ("เพิ่ม", "added"),
    "removed": ("นำออก", "removed"),
    "changed": ("แก้ไข", "changed"),
}


def register(case: typer.Typer) -> None:
    """Add these commands to `khaen case`."""
    case.command()(attach)
    case.command()(detach)
    case.command()(fetch)
    case.command()(changes)
    case.command("print")(print_)


def attach(
    number: str,
    file: Path,
    title: Annotated[str, typer.Option("--title", help="What it is; else the file's name")] = "",
    as_json: Json = False,
) -> None:
    """Attach a file; a decision binds its exact content."""
    from controller.operations.attach_file import attach_file

    with session.signed_in() as (context, actor):
        show_moved(context, attach_file(context, actor, number, file, title), as_json)


def detach(number: str, paper: str, as_json: Json = False) -> None:
    """Take a paper off a case that is not before the director."""
    from controller.operations.detach_paper import detach_paper

    with session.signed_in() as (context, actor):
        show_moved(context, detach_paper(context, actor, number, paper), as_json)


def fetch(
    number: str,
    name: Annotated[str, typer.Argument(help="Name of an attached file")],
    file: Annotated[Path, typer.Option("--out", "-o", help="Where to write it")],
) -> None:
    """Take an attached file out again, byte for byte."""
    from controller.operations.fetch_file import fetch_file

    with session.signed_in() as (context, actor):
        output.write_file(file, fetch_file(context, actor, number, name))


def changes(number: str, as_json: Json = False) -> None:
    """Show what changed since the case was last put to the director.

    While it is before the director: what changed since the time before.
    """
    from controller.cli.case_matter import moment
    from controller.operations.show_case import show_case
    from controller.processes.history import since_submitted

    with session.signed_in() as (context, actor):
        since, told = since_submitted(show_case(context, actor, number))
    if as_json:
        return output.emit_json([{"key": c.key, "title": c.title, "what": c.what} for c in told])
    if since is None:
        return output.say(
            "ยังไม่มีการเสนอครั้งก่อนให้เทียบ", "nothing was submitted before: nothing to compare"
        )
    output.say(f"เทียบกับที่เสนอเมื่อ {moment(since)}", f"since it was submitted at {moment(since)}")
    if not told:
        return output.say("  ไม่มีสิ่งใดเปลี่ยน", "  nothing changed")
    for change in told:
        tell(f"  {output.words(*CHANGED[change.what])}  {change.title}  [{change.key}]", 4)
    return None


def print_(
    number: str,
    papers: Annotated[
        list[str] | None,
        typer.Argument(help="memo, order, notification, evaluation, evidence, flow; all if absent"),
    ] = None,
    folder: Annotated[Path, typer.Option("--out", "-o", help="Folder to write to")] = Path(),
    as_json: Json = False,
) -> None:
    """Write the papers of a case as PDF (the record) and DOCX (to edit); the flow as SVG too."""
    from controller.operations.case_papers import PAPERS
    from controller.operations.print_document import possible, print_document

    for paper in papers or ():
        if paper not in PAPERS:
            raise _unknown(paper, PAPERS)
    written = []
    with session.signed_in() as (context, actor):
        ready = possible(context, actor, number)
        output.make_folder(folder)
        # What cannot be printed first: it says why before any other paper takes a number.
        wanted = sorted(papers or ready, key=lambda paper: paper in ready)
        printed = [(paper, print_document(context, actor, number, paper)) for paper in wanted]
    for paper, drawn in printed:
        for suffix, content in drawn.files.items():
            file = folder / f"{drawn.stem}.{suffix}"
            output.write_file(file, content, told=False)
            written.append({"paper": paper, "number": drawn.number, "file": str(file)})
    if as_json:
        return output.emit_json(written)
    for line in written:
        typer.echo(f"  {line['paper']:<12} {line['number'] or '-':<16} {line['file']}")
    return output.note(
        "ไฟล์ PDF เป็นต้นฉบับ ไฟล์ DOCX ไว้แก้ไข", "the PDF is the record, the DOCX is for editing"
    )


def _unknown(paper: str, known: tuple[str, ...]) -> NotFound:
    near = nearest(paper, known)
    return NotFound(
        Text(th=f"ไม่มีเอกสารชนิด “{paper}”", en=f"there is no paper “{paper}”"),
        hint=Text(
            th=(f"หมายถึง {near} หรือไม่ " if near else "") + f"มี {', '.join(known)}",
            en=(f"did you mean {near}? " if near else "") + f"there are {', '.join(known)}",
        ),
    )
