"""Take a photo in, so that a form can name it."""

from __future__ import annotations

import unicodedata

from controller.accounts.actor import Actor, require
from controller.documents.photographs import kept_photo
from controller.errors import InputError, Text
from controller.operations.context import Context
from controller.processes.forms.photos import LARGEST_PHOTO, Photo

_LONGEST_NAME = 120


def keep_photo(context: Context, actor: Actor, name: str, content: bytes) -> Photo:
    """The photo's `name` and the `sha256` of what is kept of it, for the values of a form.

    Kept is the picture drawn anew as JPEG: without place, time and whatever else the file held.
    Nobody is told of it until a form names it; the audit line of that form binds it.

    Errors: `InputError` for what is larger than 8 MB or no JPEG, PNG or WebP by its content.
    """
    require(actor, "fill_form")
    if len(content) > LARGEST_PHOTO:
        raise InputError(
            Text(th="ภาพใหญ่เกิน 8 MB", en="the picture is larger than 8 MB"),
            hint=Text(th="ย่อภาพก่อน แล้วส่งใหม่", en="make it smaller and hand it in again"),
        )
    return {"name": _plain(name), "sha256": context.files.put(kept_photo(content))}


def _plain(name: str) -> str:
    """The last part of a path, on one line, of characters that print."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in last if c.isprintable())
    return " ".join(shown.split())[:_LONGEST_NAME] or "photo"
