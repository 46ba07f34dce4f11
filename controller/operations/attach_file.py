"""Attach a file to a case: its bytes are kept, and a decision binds exactly them."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from pathlib import Path, PurePosixPath

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Text
from controller.operations.context import Context
from controller.operations.move_case import move_case
from controller.processes import steps
from controller.processes.case import Case, Paper
from controller.workspace.inputs import input_bytes

LARGEST = 20_000_000
_LONGEST_NAME = 120


def attach_file(context: Context, actor: Actor, number: str, file: Path, title: str = "") -> Case:
    """The case with the file. One of the same name is replaced by the next revision.

    Without a title the file's name is used. Errors: `NotFound`; `InputError` for a file that is
    empty or larger than 20 MB; as `processes.steps.attach`.
    """
    require(actor, "attach_file")
    return attach_content(context, actor, number, file.name, input_bytes(file, LARGEST), title)


def attach_content(
    context: Context, actor: Actor, number: str, name: str, content: bytes, title: str = ""
) -> Case:
    """The case with a file of this name and content, as somebody sent it; as `attach_file`."""
    require(actor, "attach_file")
    name = _plain(PurePosixPath(name.replace("\\", "/")).name)
    if not name:
        raise InputError(Text(th="ไฟล์ไม่มีชื่อ", en="the file has no name"))
    _check_size(name, content)
    sha256 = context.files.put(content)

    def change(case: Case, now: datetime, _: bool) -> Case:
        paper = Paper(
            kind="file",
            number=name,
            title=_plain(title) or name,
            sha256=sha256,
            step=case.step,
            by=actor.username,
            at=now,
        )
        return steps.attach(case, paper, actor, now)

    told = {"file": name, "sha256": sha256, "bytes": len(content)}
    return move_case(context, actor, "attach_file", number, change, told)


def _check_size(file: str, content: bytes) -> None:
    if not content:
        raise InputError(Text(th=f"{file} เป็นไฟล์เปล่า", en=f"{file} is empty"))
    if len(content) > LARGEST:
        raise InputError(
            Text(th=f"{file} ใหญ่เกิน 20 MB", en=f"{file} is larger than 20 MB"),
            hint=Text(
                th="บีบอัดหรือแบ่งไฟล์ หรือแนบเป็นหนังสือที่บอกที่เก็บ",
                en="make it smaller or split it, or attach a letter that says where it is kept",
            ),
        )


def _plain(text: str) -> str:
    """One line that prints: what cannot be seen, or turns the writing round, is left out."""
    shown = unicodedata.normalize("NFC", text)
    kept = "".join(c for c in shown if unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs"})
    return " ".join(kept.split())[:_LONGEST_NAME]
