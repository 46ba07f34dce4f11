"""Draws a Document as PDF: archival, tagged, and the same bytes for the same Document."""

from __future__ import annotations

from controller.documents.blocks import Document
from controller.documents.tounicode import with_letters
from controller.documents.typesetting import typeset


def render_pdf(document: Document, *, garuda: bytes | None = None) -> bytes:
    """The paper as PDF/A-2a with tags; text copied out of it is the text that was put in.

    `garuda` is the office's PNG or SVG of the garuda; without it a dotted square says where it
    belongs. A letter that our fonts lack is printed as its number. Raises InputError when `garuda`
    is no picture.
    """
    return with_letters(typeset(document, garuda, "pdf"))
