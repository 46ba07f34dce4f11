"""`khaen case walk`: rehearse whole processes of the manual, by the operations people use."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from controller.cli import output
from controller.cli.output import Json
from controller.errors import Refused, Text

if TYPE_CHECKING:
    from controller.cli.walk_steps import Walk, Walked
    from controller.processes.manual import Process

ALL = "all"
PEOPLE = ("admin", "engineer1", "engineer2", "officer1", "director")


def register(case: typer.Typer) -> None:
    """Add this command to `khaen case`."""
    case.command()(walk)


def walk(
    process: Annotated[
        list[str] | None, typer.Option("--process", help="Number of a process, or all")
    ] = None,
    dry: Annotated[
        bool,
        typer.Option("--dry", help="In a made-up office that is thrown away after"),
    ] = False,
    folder: Annotated[
        Path | None, typer.Option("--out", "-o", help="Keep the papers in this folder")
    ] = None,
    as_json: Json = False,
) -> None:
    """Open, walk and close a case of each process on the lab, and render every form and paper.

    Processes that change devices start the sample's simulated devices and push an approved plan.
    """
    from controller.processes.manual import MANUAL

    if not dry:
        raise Refused(
            Text(
                th="การซ้อมเปิดและปิดเรื่องจริง จึงทำได้เฉพาะในสำนักงานจำลอง",
                en="a rehearsal opens and closes cases, so it works in a made-up office only",
            ),
            hint=Text(th="เพิ่ม --dry", en="add --dry"),
        )
    wanted = [n for n in process or [ALL] if n != ALL]
    chosen = [MANUAL.process(n) for n in wanted] if wanted else list(MANUAL.processes)
    if folder is not None:
        output.make_folder(folder)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="khaen-walk-") as scratch:
        root = Path(scratch) / "office"
        with (
            _office(root, devices=any(_touches_devices(p) for p in chosen)),
            _walk(root, folder) as walking,
        ):
            done = [walking.through(p) for p in chosen]
    took = time.monotonic() - began
    if as_json:
        return output.emit_json([one.row() for one in done])
    _show(done, took)
    if any(one.state != "closed" for one in done):
        raise typer.Exit(1)
    return None


@contextmanager
def _office(root: Path, *, devices: bool) -> Iterator[None]:
    """The sample office, and its devices where they are needed; gone at the end."""
    from controller.operations.init_workspace import init_workspace

    init_workspace(root)
    if not devices:
        yield
        return
    output.note("เปิดอุปกรณ์จำลอง", "starting the simulated devices")
    _lab(root, "up", "--share", "--minute-seconds", "2")
    try:
        yield
    finally:
        _lab(root, "reset")


@contextmanager
def _walk(root: Path, folder: Path | None) -> Iterator[Walk]:
    """The wired office with an account for every part."""
    from controller.app import open_app
    from controller.cli.walk_stage import Stage
    from controller.cli.walk_steps import Walk
    from controller.operations.log_in import actor_of
    from controller.operations.manage_accounts import manage_accounts

    with open_app(root, apart=True) as context:
        people = {n: actor_of(context.office(), n, context.clock()) for n in PEOPLE}
        passwords = {name: secrets.token_urlsafe(12) for name in PEOPLE}
        manage_accounts(context, None, "admin", passwords["admin"])
        for name in PEOPLE[1:]:
            manage_accounts(context, people["admin"], name, passwords[name])
        yield Walk(Stage(context, people, passwords, folder))


def _lab(root: Path, *words: str) -> None:
    """Run `khaen lab` for that office and no other. Errors: the command's own exit code."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KHAEN_")}
    done = subprocess.run(
        [sys.executable, "-m", "controller.cli", "-C", str(root), "lab", *words],
        env={**kept, "KHAEN_LANG": output.language()},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise typer.Exit(done.returncode)


def _touches_devices(process: Process) -> bool:
    return any("run" in step.needs for step in process.steps)


def _show(done: list[Walked], took: float) -> None:
    output.table(
        (
            output.words("กระบวนงาน", "process"),
            output.words("เรื่อง", "case"),
            output.words("ขั้นตอน", "steps"),
            output.words("พิจารณา", "decisions"),
            output.words("แบบฟอร์ม", "forms"),
            output.words("เอกสาร", "papers"),
            output.words("ไฟล์", "files"),
            output.words("สถานะ", "state"),
        ),
        [
            (
                one.process,
                one.case,
                f"{one.steps}/{one.of}",
                str(one.decisions),
                ", ".join(one.forms),
                ", ".join(one.papers),
                str(one.files),
                one.state,
            )
            for one in done
        ],
    )
    forms = sorted({slug for one in done for slug in one.forms})
    closed = sum(one.state == "closed" for one in done)
    output.say(
        f"ปิดเรื่อง {closed} จาก {len(done)} กระบวนงาน แบบฟอร์ม {len(forms)} แบบ "
        f"ไฟล์ {sum(one.files for one in done)} ไฟล์ ใน {took:.0f} วินาที",
        f"closed {closed} of {len(done)} processes, {len(forms)} forms, "
        f"{sum(one.files for one in done)} files, in {took:.0f} s",
    )
