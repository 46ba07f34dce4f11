"""Sets a Document with the layout files beside this module: one typesetter for the process."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

from controller.documents.blocks import Document, MemoHead, OrderHead
from controller.documents.payload import payload
from controller.errors import InputError, Text

if TYPE_CHECKING:
    import typst

# What the typesetter's complaints about a picture have in common, whatever the picture's kind.
_OF_A_PICTURE = re.compile(r"image|SVG|failed to load")
# Sharp enough for a printer; a chart as wide as the page has 100 kB.
_DOTS_PER_INCH = 220
_HERE = Path(__file__).parent
FONTS = _HERE / "fonts"
_LAYOUT = _HERE / "layout"
# The typesetter remembers what it set before and is not made for two callers at once.
_ONE_AT_A_TIME = Lock()


def typeset(document: Document, garuda: bytes | None, form: Literal["pdf", "svg", "png"]) -> bytes:
    """The paper as PDF, or its one picture as SVG or PNG: the same bytes for the same document.

    Raises InputError when the picture of the garuda cannot be read.
    """
    import typst

    if not any(isinstance(block, MemoHead | OrderHead) for block in document.blocks):
        garuda = None  # a picture that is not drawn need not be read
    with _ONE_AT_A_TIME:
        try:
            made = _compiler("main.typ" if form == "pdf" else "picture.typ").compile(
                format=form,
                ppi=_DOTS_PER_INCH if form == "png" else None,
                sys_inputs={"paper": payload(document, garuda)},
                # PDF/A-2a for the archive, UA-1 for readers who hear a paper.
                pdf_standards=["a-2a", "ua-1"] if form == "pdf" else [],
            )
        except typst.TypstError as error:
            if garuda is not None and _OF_A_PICTURE.search(error.message):
                raise _unreadable_garuda() from error
            raise
    return made[0] if isinstance(made, list) else made or b""


@lru_cache(maxsize=2)
def _compiler(main: str) -> typst.Compiler:
    """The typesetter of one layout file, with our fonts and nobody else's."""
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.Compiler(input=_LAYOUT / main, root=_LAYOUT, font_paths=fonts)


def _unreadable_garuda() -> InputError:
    return InputError(
        Text(
            th="อ่านรูปตราครุฑไม่ได้",
            en="The picture of the garuda cannot be read.",
        ),
        hint=Text(
            th="ใส่ชื่อแฟ้ม PNG หรือ SVG ที่เปิดดูได้ ในค่าตั้ง documents.garuda",
            en="Name a PNG or SVG file that can be opened in the setting documents.garuda.",
        ),
    )
