"""`khaen plan`: compute a plan, look at plans, check a plan file offline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import output, session
from controller.cli.output import Json
from controller.errors import InputError, Text

if TYPE_CHECKING:
    from controller.plans.plan import Accepted, Plan, PlaybookRun, TaskPlan

plan = typer.Typer(help="What a change would do, as a value with an id.")
REFUSED = 3
Accepting = Annotated[
    list[str] | None,
    typer.Option("--accept", help='Accept a safety reason openly: "check: why"'),
]
Within = Annotated[
    str,
    typer.Option("--window", help="Only carried out then: 2026-12-01T22:00/2026-12-02T02:00"),
]


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.add_typer(plan, name="plan")


@plan.callback(invoke_without_command=True)
def compute(
    context: typer.Context,
    select: Annotated[str, typer.Option("--select", "-s", help="Which devices")] = "",
    accept: Accepting = None,
    from_backup: Annotated[
        bool, typer.Option("--from-backup", help="Only look ahead: ask no device, keep nothing")
    ] = False,
    which: Annotated[
        bool, typer.Option("--which", help="Only name the devices the selector means")
    ] = False,
    window: Within = "",
    as_json: Json = False,
) -> None:
    """Render the intended configuration, ask every device for its difference, keep a plan."""
    if context.invoked_subcommand:
        return None
    if which:
        return _show_meant(select, as_json)
    from controller.operations.plan_change import plan_change
    from controller.operations.predict_change import predict_change

    accepted = tuple(accepting(word) for word in accept or [])
    with session.signed_in() as (opened, actor):
        if from_backup:
            made = predict_change(opened, actor, select)
        else:
            made = plan_change(opened, actor, select, accepted, window=window)
    if as_json:
        output.emit_json(_exported(made))
    else:
        show_plan(made)
    if made.refusals() and not from_backup:
        raise typer.Exit(REFUSED)
    return None


def show_made(made: Plan, as_json: bool) -> None:
    """Print a plan just made; exit 3 when something stands against it."""
    if as_json:
        output.emit_json(_exported(made))
    else:
        show_plan(made)
    if made.refusals():
        raise typer.Exit(REFUSED)


def _show_meant(select: str, as_json: bool) -> None:
    from controller.operations.preview_selector import preview_selector

    with session.signed_in() as (opened, actor):
        found = preview_selector(opened, actor, select)
    if as_json:
        return output.emit_json([device.name for device in found])
    return output.table(
        (
            output.words("อุปกรณ์", "device"),
            output.words("หน่วยงาน", "site"),
            output.words("บทบาท", "role"),
        ),
        [(device.name, device.site, device.role) for device in found],
    )


@plan.command("list")
def listing(as_json: Json = False) -> None:
    """List the plans kept, newest first."""
    from controller.operations.read_plan import list_plans

    with session.signed_in() as (context, actor):
        rows = list_plans(context, actor)
    if as_json:
        return output.emit_json([{"id": r.id, "by": r.by, "at": r.at} for r in rows])
    return output.table(
        ("id", output.words("ผู้จัดทำ", "by"), output.words("เมื่อ", "at")),
        [(r.id[:12], r.by, r.at.isoformat(timespec="seconds")) for r in rows],
    )


@plan.command()
def show(plan_id: str, as_json: Json = False) -> None:
    """Show a plan by change groups: one difference, the devices it reaches."""
    from controller.operations.read_plan import describe_plan

    with session.signed_in() as (context, actor):
        found = describe_plan(context, actor, plan_id)
    if as_json:
        return output.emit_json(_exported(found.plan))
    show_plan(found.plan)
    cases = ", ".join(found.cases) or "-"
    commit = found.made.commit or "-"
    for text in (*found.wait, *found.ahead):
        output.say(*text.both)
    return output.say(
        f"โดย {found.made.by} จากไฟล์รุ่น {commit} เรื่อง {cases}",
        f"by {found.made.by}, from commit {commit}, case {cases}",
    )


@plan.command()
def compare(old: str, new: str, as_json: Json = False) -> None:
    """Tell what is different in the second plan."""
    from controller.operations.compare_plans import compare_plans

    with session.signed_in() as (context, actor):
        found = compare_plans(context, actor, old, new)
    if as_json:
        return output.emit_json([{"th": text.th, "en": text.en} for text in found])
    for text in found:
        typer.echo(f"  {output.words(text.th, text.en)}")
    return None if found else output.say("แผนเดียวกัน", "the same plan")


@plan.command()
def export(plan_id: str, file: Path) -> None:
    """Write a plan to a file that can be read and checked anywhere."""
    from controller.operations.read_plan import read_plan

    with session.signed_in() as (context, actor):
        found = read_plan(context, actor, plan_id)
    from controller.plans.verify import export_bytes

    file.write_bytes(export_bytes(found))
    output.say(f"เขียนแผน {found.id} ลง {file} แล้ว", f"plan {found.id} written to {file}")


@plan.command()
def verify(
    file: Path,
    expect: Annotated[str | None, typer.Option("--id", help="The plan id it must have")] = None,
    as_json: Json = False,
) -> None:
    """Check an exported plan file: no workspace, database or network is needed."""
    from controller.operations.verify_plan import verify_plan

    verdict = verify_plan(file, expect)
    if as_json:
        output.emit_json(
            {
                "ok": verdict.ok is True,
                "id": verdict.id,
                "problems": [p.en for p in verdict.problems],
            }
        )
    elif verdict.ok is True:
        output.say(f"แผนถูกต้อง เลขแผน {verdict.id}", f"the plan is intact, id {verdict.id}")
    else:
        wrong = verdict.ok is False
        output.say(
            "แผนนี้ใช้ไม่ได้:" if wrong else "ยังยืนยันไม่ได้ว่าแผนนี้ถูกต้อง:",
            "the plan is not good:" if wrong else "the plan cannot be proved good:",
        )
        for problem in verdict.problems:
            typer.echo(f"  {output.words(problem.th, problem.en)}")
    if verdict.ok is not True:
        raise typer.Exit(REFUSED)


def show_plan(shown: Plan) -> None:
    """Print a plan for a person: groups, reasons against, what is left out."""
    from controller.plans.groups import group
    from controller.plans.plan import LEFT_OUT_WORDS
    from controller.plans.window import window_words

    if shown.restores:
        device, _, version = shown.restores.partition("@")
        output.say(
            f"นำการตั้งค่าของ {device} รุ่น {version[:12]} กลับมาใช้",
            f"puts version {version[:12]} of {device} back",
        )
    if shown.playbook:
        told = _parameters(shown.playbook)
        output.say(f"รันเพลย์บุ๊ก {told}", f"runs the playbook {told}")
    if shown.window:
        output.say(*window_words(shown.window).both)
    for number, change in enumerate(group(shown), start=1):
        mark = output.words(" (ต่างจากพวก)", " (outlier)") if change.outlier else ""
        output.say(
            f"กลุ่ม {number}{mark}: {len(change.devices)} เครื่อง {_names(change.devices)}",
            f"group {number}{mark}: {len(change.devices)} devices {_names(change.devices)}",
        )
        _show_tasks(change.shown_tasks)
        output.show_diff(change.diff)
    for left in shown.left_out:
        why = output.words(*LEFT_OUT_WORDS[left.why].both)
        output.say(
            f"ไม่แตะ {left.device}: {why} {left.detail}",
            f"left out {left.device}: {why} {left.detail}",
        )
    for device, reason in shown.refusals():
        told = output.words(reason.th, reason.en)
        output.say(
            f"ไม่ปลอดภัย {device} [{reason.check}]: {told}",
            f"unsafe {device} [{reason.check}]: {told}",
        )
    if shown.mends:
        told = ", ".join(shown.mends)
        output.say(f"แก้ไขตามเกณฑ์: {told}", f"mends the rules: {told}")
    output.say(
        f"แผน {shown.id}\nเปลี่ยน {len(shown.devices)} เครื่อง ไม่แตะ {len(shown.left_out)} เครื่อง",
        f"plan {shown.id}\nchanges {len(shown.devices)} devices, leaves out {len(shown.left_out)}",
    )


def _parameters(run: PlaybookRun) -> str:
    from controller.playbooks.parameter import typed

    return " ".join(
        [run.name, *(f"{n}={typed(value)}" for n, value in run.parameters if value not in ("", ()))]
    )


def _show_tasks(tasks: tuple[TaskPlan, ...]) -> None:
    from controller.playbooks.predicting import EFFECTS

    for task in tasks:
        told = f"  {task.task}: {output.words(*EFFECTS[task.effect].both)}"
        typer.secho(told, fg="red" if task.effect == "not-predictable" else None)


def _exported(exported: Plan) -> dict[str, Any]:
    from controller.plans.verify import export_content

    return export_content(exported)


def _names(devices: tuple[str, ...]) -> str:
    shown = ", ".join(devices[:6])
    return shown if len(devices) <= 6 else f"{shown}, … (+{len(devices) - 6})"


def accepting(word: str) -> Accepted:
    """What `--accept "check: why"` says. Errors: `InputError` without a reason."""
    from controller.plans.plan import Accepted

    check, sign, why = word.partition(":")
    if not sign or not why.strip():
        raise InputError(
            Text(
                th=f"--accept “{word}” ต้องเป็นรูป ชื่อการตรวจ: เหตุผล",
                en=f"--accept “{word}” must read check: why",
            )
        )
    return Accepted(check=check.strip(), why=why.strip())
