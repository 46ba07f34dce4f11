"""Answers that are files: their type, a name that is safe to keep, and their description."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from fastapi import Response

from controller.errors import NotFound, Text

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "svg": "image/svg+xml",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl",
    "txt": "text/plain; charset=utf-8",
    "yaml": "application/yaml",
    "zip": "application/zip",
}
UNKNOWN = "application/octet-stream"
_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")


def file_answer(content: bytes | None, name: str, *, known: bool = True) -> Response:
    """The bytes as a file to keep under `name`; never shown by a browser where it stands.

    Not `known`: somebody else made it, so that its type is not told. Errors: `NotFound` when there
    is no such file.
    """
    suffix = PurePosixPath(name).suffix.removeprefix(".").lower()
    if content is None:
        raise NotFound(
            Text(th=f"ไม่มีเอกสารนี้เป็น {suffix}", en=f"there is no {suffix} of this"),
            hint=Text(th="ใช้ format=pdf", en="use format=pdf"),
        )
    kind = TYPES.get(suffix, UNKNOWN) if known else UNKNOWN
    return Response(content, media_type=kind, headers={"content-disposition": attachment(name)})


def attachment(name: str) -> str:
    """A Content-Disposition (RFC 6266): plain letters for old programs, and the name as it is."""
    plain = _PLAIN.sub("_", name).strip("._") or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def files(description: str, *suffixes: str) -> dict[int | str, dict[str, Any]]:
    """The 200 of an address that answers with a file, for the OpenAPI document."""
    kinds = [TYPES[suffix].partition(";")[0] for suffix in suffixes] or [UNKNOWN]
    schema = {"schema": {"type": "string", "format": "binary"}}
    return {200: {"description": description, "content": dict.fromkeys(kinds, schema)}}
