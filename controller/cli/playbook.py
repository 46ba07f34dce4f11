"""`khaen playbook`: Ansible playbooks; this file tells of them, others beside it run them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from controller.cli import output, session
from controller.cli.output import Json, words
from controller.language import pick

if TYPE_CHECKING:
    from controller.errors import Text
    from controller.operations.list_playbooks import PlaybookSeen
    from controller.playbooks.catalogue import Playbook
    from controller.playbooks.parameter import Parameter
    from controller.playbooks.tasks import Task

playbook = typer.Typer(help="Ansible playbooks (เพลย์บุ๊ก).", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    from controller.cli import playbook_plan, playbook_run

    playbook_plan.register(playbook)
    playbook_run.register(playbook)
    app.add_typer(playbook, name="playbook")


@playbook.command("list")
def list_(
    risk: Annotated[
        Literal["read", "change"] | None, typer.Option(help="Only those of this risk")
    ] = None,
    word: Annotated[str, typer.Option(help="Only those that tell of it")] = "",
    as_json: Json = False,
) -> None:
    """List the playbooks of the workspace: what each is for, and whether it changes devices."""
    from controller.operations.list_playbooks import list_playbooks
    from controller.playbooks.meta import RISKS

    with session.signed_in() as (context, actor):
        found = list_playbooks(context, actor, risk=risk, words=word)
    if as_json:
        return output.emit_json([_json(one) for one in found])
    output.table(
        (
            words("เพลย์บุ๊ก", "playbook"),
            words("ชื่อ", "title"),
            words("ความเสี่ยง", "risk"),
            words("อุปกรณ์", "devices"),
            words("คาดการณ์ไม่ได้", "not predictable"),
        ),
        [
            (
                one.playbook.name,
                _said(one.playbook.title),
                _said(RISKS[one.playbook.meta.risk]),
                str(one.devices),
                str(len(one.playbook.unpredictable) or ""),
            )
            for one in found
        ],
    )
    return output.note(f"ทั้งหมด {len(found)} เพลย์บุ๊ก", f"{len(found)} playbooks")


@playbook.command()
def show(
    name: Annotated[str, typer.Argument(help="Name of the playbook")],
    files: Annotated[bool, typer.Option("--files", help="Print its files too")] = False,
    as_json: Json = False,
) -> None:
    """Show one playbook: its parameters, its tasks, which of them nobody can predict."""
    from controller.operations.show_playbook import show_playbook

    with session.signed_in() as (context, actor):
        found = show_playbook(context, actor, name)
    if as_json:
        told = _json(found.seen)
        if files:
            told["sources"] = {source.path: source.text for source in found.sources}
        return output.emit_json(told)
    _show(found.seen)
    for source in found.sources if files else ():
        output.say("", "")
        output.say(f"# {source.path}", f"# {source.path}")
        if source.text is None:
            output.say(f"(ไม่ใช่ข้อความ {source.size} ไบต์)", f"(no text, {source.size} bytes)")
        else:
            typer.echo(source.text.rstrip("\n"))
    return None


def _show(one: PlaybookSeen) -> None:
    from controller.playbooks.meta import RISKS

    told, meta = one.playbook, one.playbook.meta
    risk = _said(RISKS[meta.risk])
    process = words(f" ตามกระบวนการ {meta.process}", f" under process {meta.process}")
    typer.echo(f"{_said(told.title)} ({told.name})")
    typer.echo(_said(meta.purpose.text))
    typer.echo(f"{words('ความเสี่ยง', 'risk')}: {risk}{process if meta.process else ''}")
    typer.echo(
        f"{words('แพลตฟอร์ม', 'platforms')}: {', '.join(meta.platforms)}"
        + words(f" ({one.devices} เครื่อง)", f" ({one.devices} devices)")
    )
    minutes = meta.timeout_minutes
    output.say(f"หยุดเองเมื่อเกิน {minutes} นาที", f"stops by itself after {minutes} minutes")
    if meta.parameters:
        output.say("", "")
        output.say("ค่าที่กำหนด (--set ชื่อ=ค่า)", "parameters (--set NAME=VALUE)")
        for key, parameter in sorted(meta.parameters.items()):
            typer.echo(f"  {key}: {_parameter(parameter)}")
    output.say("", "")
    output.say("งานย่อยตามลำดับ", "tasks in order")
    for task in told.tasks:
        typer.echo(f"  {task.number:3} {_task(task)}")
    for remark in told.remarks:
        typer.echo(f"{remark.where}: {_said(remark.message)}")


def _parameter(parameter: Parameter) -> str:
    from controller.playbooks.parameter import default_of, typed

    told = f"{_said(parameter.text)} · {_said(parameter.takes)}"
    if parameter.required:
        return f"{told} · {words('ต้องกำหนด', 'required')}"
    usual = typed(default_of(parameter)) or words("ไม่กำหนด", "none")
    return f"{told} · {words('ปกติ', 'default')} {usual}"


def _task(task: Task) -> str:
    from controller.playbooks.modules import DOES

    role = f"[{task.role}] " if task.role else ""
    when = words(" (เมื่อมีการเปลี่ยนแปลง)", " (when something changed)") if task.handler else ""
    does = "" if task.only_reads else f" · {_said(DOES[task.does])}"
    return f"{role}{task.called} · {task.module}{does}{when}"


def _said(text: Text) -> str:
    return pick(text, output.language())


def _json(one: PlaybookSeen) -> dict[str, Any]:
    told: Playbook = one.playbook
    return {
        "name": told.name,
        **told.meta.model_dump(mode="json"),
        "devices": one.devices,
        "sha256": told.sha256,
        "files": told.files,
        "roles": told.roles,
        "tasks": [
            {
                "number": task.number,
                "play": task.play,
                "name": task.name,
                "module": task.module,
                "does": task.does,
                "check_mode": task.check_mode,
                "handler": task.handler,
                "role": task.role,
                "file": task.file,
                "line": task.line,
            }
            for task in told.tasks
        ],
        "remarks": [
            {"where": r.where, "th": r.message.th, "en": r.message.en} for r in told.remarks
        ],
    }
