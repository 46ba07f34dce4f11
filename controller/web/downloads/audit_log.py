"""The audit log as a file that can be proved anywhere."""

from __future__ import annotations

import tempfile
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.verify_audit_log import export_audit_log
from controller.web.download import download

router = APIRouter(include_in_schema=False)
NAME = "audit-log.jsonl"


@router.get("/audit-log/export")
def export(request: Request) -> Response:
    """Every entry in a line, the signed head, the public key: for `khaen audit-log verify FILE`."""

    def make(context: Context, actor: Actor) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / NAME
            export_audit_log(context, actor, file)
            return file.read_bytes()

    return download(request, NAME, "application/jsonl", make)
