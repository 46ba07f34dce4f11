"""What every download has: a signed-in visitor, a safe file name, and errors told as pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from controller.accounts.actor import Actor
from controller.errors import KhaenError, NotAllowed
from controller.operations.context import Context
from controller.web.page import error_page
from controller.web.visit import visit_of

Make = Callable[[Context, Actor], bytes]
_PDF = "application/pdf"
_TYPES = {
    ".pdf": _PDF,
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
# A PDF may be framed by our own pages; the browser's reader styles and embeds what it shows.
_FRAMED = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


def download(
    request: Request, name: str, media: str, make: Make, *, shown: bool = False
) -> Response:
    """What `make` gives for the visitor, as the file `name` to keep.

    With `shown` a PDF is opened in the browser; nothing else ever is, whatever it is called.
    Without a session the visitor is sent to sign in and back; an expected error becomes a page.
    """
    visit = visit_of(request)
    if visit is None:
        return _to_sign_in(request)
    try:
        actor = visit.actor()
    except NotAllowed:
        return _to_sign_in(request)
    try:
        content = make(visit.context, actor)
    except KhaenError as error:
        return error_page(visit, error)
    is_pdf = media == _PDF and content.startswith(b"%PDF-")
    headers = {"content-disposition": disposition(name, inline=shown and is_pdf)}
    if is_pdf:
        headers["content-security-policy"] = _FRAMED
    elif media == _PDF:
        media = "application/octet-stream"
    return Response(content, media_type=media, headers=headers)


def media_of(name: str) -> str:
    """The type to send a file of this name as; of what we do not know, plain bytes."""
    return _TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")


def disposition(name: str, *, inline: bool = False) -> str:
    """The header Content-Disposition (RFC 6266): the name in ASCII and, whole, in UTF-8."""
    path = PurePosixPath(name)
    stem, suffix = _ascii(path.stem).strip(" ._") or "file", _ascii(path.suffix)
    way = "inline" if inline else "attachment"
    return f"{way}; filename=\"{stem}{suffix}\"; filename*=UTF-8''{quote(name, safe='')}"


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "".join(c if c.isalnum() or c in "-_. " else "_" for c in plain)


def _to_sign_in(request: Request) -> Response:
    return RedirectResponse(f"/sign-in?next={quote(request.url.path)}", 303)
