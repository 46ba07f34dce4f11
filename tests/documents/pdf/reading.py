"""What programs read out of a PDF: Poppler, PDFium, and a reader that trusts each glyph alone."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest

from controller.documents.blocks import Document
from controller.documents.pdf import render_pdf

_ENTRY = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")


def squeezed(text: str) -> str:
    """`text` without white space, nor the sign PDFium sets where a line ends in a hyphen."""
    return re.sub(r"[\s\ufffe]+", "", text)


def by_poppler(pdf: bytes) -> str:
    """The text in the order it was drawn, as pdftotext copies it."""
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine")
    command = ["pdftotext", "-raw", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def by_pdfium(pdf: bytes) -> str:
    """The text as Chrome and Edge copy it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def by_glyph(pdf: bytes) -> str:
    """The text by the map of each font alone, as Firefox reads it: no ActualText, no guessing."""
    with pikepdf.open(BytesIO(pdf)) as file:
        return "".join(text for page in file.pages for text in _texts(page))


def _texts(page: pikepdf.Page) -> Iterator[str]:
    fonts = {name: _letters(font) for name, font in page.obj.Resources.get("/Font", {}).items()}
    letters: dict[bytes, str] = {}
    for one in pikepdf.parse_content_stream(page):
        operator, operands = str(one.operator), list(one.operands)
        if operator == "Tf":
            letters = fonts[str(operands[0])]
        elif operator in {"Tj", "TJ"}:
            for piece in operands[0] if operator == "TJ" else operands:
                if isinstance(piece, pikepdf.String):
                    codes = bytes(piece)
                    yield "".join(
                        letters.get(codes[i : i + 2], "\ufffd") for i in range(0, len(codes), 2)
                    )


def _letters(font: Any) -> dict[bytes, str]:
    entries = _ENTRY.findall(font.ToUnicode.read_bytes())
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in entries
    }


READERS: dict[str, Callable[[bytes], str]] = {
    "poppler": by_poppler,
    "pdfium": by_pdfium,
    "glyph": by_glyph,
}


def strings(value: Any) -> Iterator[str]:
    """Every string a Document prints; what its pictures are for stays unseen."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from strings(one)
    elif is_dataclass(value):
        unseen = {"align", "kind", "state", "page", "language", "author", "keep", "alt", "title"}
        if not isinstance(value, Document):
            unseen.remove("title")
        for one in fields(value):
            if one.name not in unseen:
                yield from strings(getattr(value, one.name))


def pages(document: Document, **pictures: bytes) -> int:
    """How many pages the drawn document has."""
    with pikepdf.open(BytesIO(render_pdf(document, **pictures))) as file:
        return len(file.pages)


def words(pdf: bytes) -> list[tuple[int, float, float, str]]:
    """(page from 0, left, bottom, letter) of every letter, in points from the lower left."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, _, _ = text.get_charbox(index)
            found.append((number, left, bottom, text.get_text_range(index, 1)))
    document.close()
    return found


def place(pdf: bytes, text: str) -> tuple[int, float, float]:
    """(page, left, bottom) of the first letter of `text`, where it first stands."""
    letters = [one for one in words(pdf) if one[3].strip("\ufffe \r\n")]
    at = "".join(one[3] for one in letters).find(squeezed(text))
    assert at >= 0, f"{text!r} is not on the paper"
    lengths = 0
    for number, left, bottom, letter in letters:
        if lengths == at:
            return number, left, bottom
        lengths += len(letter)
    raise AssertionError(text)


def dotted_lines(pdf: bytes) -> list[tuple[int, float]]:
    """(page, length in points) of every dotted line."""
    found = []
    with pikepdf.open(BytesIO(pdf)) as file:
        for number, page in enumerate(file.pages):
            dotted = False
            for one in pikepdf.parse_content_stream(page):
                operator = str(one.operator)
                if operator == "q":
                    dotted = False
                elif operator == "d":
                    dotted = len(list(one.operands[0])) > 0
                elif operator == "l" and dotted:
                    found.append((number, float(one.operands[0])))
    return found
