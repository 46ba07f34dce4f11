"""The audit log over HTTP: read it, prove it, take it away, prove an export."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any

from fastapi import File, Query, Response, UploadFile
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.downloads import file_answer, files
from controller.api.paging import Page, Paged
from controller.api.routing import Upload, make_router
from controller.api.words import Both
from controller.operations import verify_audit_log
from controller.store.audit_entry import Verdict

router = make_router("/audit-log", "audit log")
checking = make_router("/audit-log", "audit log", route=Upload)


class Fault(BaseModel):
    """One thing wrong with one entry. Not `certain`: it could not be proved right."""

    seq: int
    kind: str
    certain: bool
    message: Both


class Proof(BaseModel):
    """The verdict on a log: `ok` is null when it cannot be proved either way."""

    ok: bool | None
    entries: int
    head: str = Field(description="Hash of the newest entry")
    key: str = Field(description="The public key that was used")
    problems: list[Fault]


@router.get("", operation_id="list_entries")
def list_entries(
    asked: Asked,
    paged: Paged,
    by: Annotated[str, Query(max_length=64, description="Only those by this user name")] = "",
    action: Annotated[str, Query(max_length=64, description="Only those of this action")] = "",
    subject: Annotated[str, Query(max_length=128, description="Only those about this")] = "",
) -> Page[dict[str, Any]]:
    """The entries, newest first, each with the hash of the one before."""
    seen = paged.after(int)
    found = asked.ask(
        verify_audit_log.newest_entries,
        paged.most,
        before=seen[0] if seen else None,
        by=by,
        action=action,
        subject=subject,
    )
    return paged.page(found[::-1], lambda one: (one.seq,), lambda one: one.as_json())


@router.get("/verification", operation_id="verify_audit_log")
def verify(asked: Asked) -> Proof:
    """Prove that no entry was altered, removed, reordered or cut off: every one is read."""
    return _proof(asked.ask(verify_audit_log.verify_audit_log))


@router.get(
    "/file",
    operation_id="export_audit_log",
    response_class=Response,
    responses=files("The log, one entry in a line, with its signed head", "jsonl"),
)
def export(asked: Asked) -> Response:
    """The whole log with its signed head and the public key, to be proved anywhere."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "audit-log.jsonl"
        asked.ask(verify_audit_log.export_audit_log, file)
        return file_answer(file.read_bytes(), file.name)


@checking.post("/checks", operation_id="verify_audit_export")
def check(
    _asked: Asked,
    file: Annotated[UploadFile, File(description="An exported log, up to 20 MB")],
    key: Annotated[
        str | None, Query(max_length=200, description="The public key it must be signed with")
    ] = None,
) -> Proof:
    """Prove an exported log, with nothing but the file."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "audit-log.jsonl"
        kept.write_bytes(file.file.read())
        return _proof(verify_audit_log.verify_audit_export(kept, key))


def _proof(verdict: Verdict) -> Proof:
    return Proof(
        ok=verdict.ok,
        entries=verdict.seen,
        head=verdict.head,
        key=verdict.key,
        problems=[
            Fault(seq=p.seq, kind=p.kind, certain=p.certain, message=Both.of(p.message))
            for p in verdict.problems
        ],
    )
