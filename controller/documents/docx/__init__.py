"""Draws a Document as a Word file that an officer can go on editing; the PDF is the record."""

from __future__ import annotations

from controller.documents.blocks import Document


def render_docx(document: Document, *, garuda: bytes | None = None) -> bytes:
    """The paper as DOCX: the same bytes for the same document, dated by its day and no clock.

    `garuda` is the picture for the heads of memos and orders, PNG, JPEG or SVG; without it its
    place stays free. Words of `document.keep` may part here, for Word breaks lines itself and the
    characters that would forbid it stay in text that is copied.
    Errors: `InputError` when the picture of the garuda cannot be read.
    """
    # Word's library is loaded by who draws, not by everybody who names this module.
    from controller.documents.docx.package import packed

    return packed(document, garuda)
