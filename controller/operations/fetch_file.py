"""Take a file that was attached to a case out again, byte for byte."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.errors import NotFound, Text
from controller.language import nearest
from controller.operations.context import Context
from controller.store import cases


def fetch_file(context: Context, actor: Actor, number: str, name: str) -> bytes:
    """The bytes of the file of this name, exactly those whose hash the case holds.

    Errors: `NotFound`; `StoreError` when what is kept is not what was attached.
    """
    require(actor, "read_history")
    with context.store.read() as conn:
        files = [p for p in cases.load_case(conn, number).papers if p.kind == "file"]
    found = next((paper for paper in files if paper.number == name), None)
    if found is not None:
        return context.files.get(found.sha256)
    near = nearest(name, [paper.number for paper in files])
    raise NotFound(
        Text(th=f"เรื่อง {number} ไม่มีไฟล์ “{name}”", en=f"case {number} has no file “{name}”"),
        hint=Text(th=f"หมายถึง {near} หรือไม่", en=f"did you mean {near}?") if near else None,
    )
