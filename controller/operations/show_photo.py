"""Show a photo of a filled form to whoever may read the form."""

from __future__ import annotations

from collections.abc import Mapping

from controller.accounts.actor import Actor, require
from controller.documents.photographs import is_kept_photo
from controller.errors import NotFound, Text
from controller.operations.context import Context
from controller.operations.show_form import require_own
from controller.processes.forms.catalogue import form
from controller.processes.forms.definition import FilledForm, FormDefinition
from controller.processes.forms.photos import photos_of
from controller.store import forms


def show_photo(context: Context, actor: Actor, number: str, sha256: str) -> bytes:
    """The photo (JPEG) with this hash, when a revision of the form names it.

    Errors: `NotFound`, also for a form of another school; `StoreError` when it was changed.
    """
    require(actor, "show_form")
    with context.store.read() as conn:
        require_own(context, conn, actor, number)
        newest = forms.load_form(conn, number)
        found = sha256 in hashes_of(newest) or any(
            sha256 in hashes_of(forms.load_form(conn, number, revision))
            for revision in range(newest.revision - 1, 0, -1)
        )
    content = context.files.get(sha256) if found else b""
    if not is_kept_photo(content):
        raise NotFound(Text(th=f"แบบฟอร์ม {number} ไม่มีภาพนี้", en=f"form {number} has no such photo"))
    return content


def kept_photos(
    context: Context, definition: FormDefinition, raw: Mapping[str, object]
) -> frozenset[str]:
    """Those of the photos somebody names for a form whose bytes are kept, and are photos."""
    named = (raw.get(f.name, raw.get(f.th)) for f in definition.fields if f.type == "photos")
    wanted = {photo["sha256"] for value in named for photo in photos_of(value)}
    return frozenset(sha256 for sha256 in wanted if _is_kept(context, sha256))


def _is_kept(context: Context, sha256: str) -> bool:
    try:
        return is_kept_photo(context.files.get(sha256))
    except NotFound:
        return False


def hashes_of(filled: FilledForm) -> frozenset[str]:
    """The hashes of every photo a filled form names."""
    named = [f.name for f in form(filled.slug).fields if f.type == "photos"]
    return frozenset(p["sha256"] for name in named for p in photos_of(filled.values.get(name)))
