"""Mends the letters a PDF gives back: one entry for each glyph, so that copied Thai is right.

The typesetter gives the first glyph of a cluster all its letters and the marks none. Readers that
take each glyph by itself then copy letters twice or not at all. The file holds subsets of our fonts
without glyph names, so a glyph is known by its outline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf
    from fontTools.ttLib import TTFont

# Consonants whose lower part goes before a vowel below, and lakkhangyao, have names of their own.
_NAMED = {
    "yoYingthai": "ญ",
    "thoThanthai": "ฐ",
    "doChadathai": "ฎ",
    "toPatakthai": "ฏ",
    "loChulathai": "ฬ",
}
_SARA_AM = re.compile(r"am(0|(?:[0-9A-F]{4})+)\.a\d+")
_NUMBERED = re.compile(r"uni((?:[0-9A-F]{4})+)")
_ENTRY = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>")
# The format allows so many entries in one section.
_SECTION = 100

_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Custom def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_FOOT = b"""endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def with_letters(pdf: bytes) -> bytes:
    """The same file with the letters of every glyph of our fonts; the same bytes for the same file.

    What a glyph looks like, the tags and the archival metadata are untouched.
    """
    import pikepdf

    mended = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as file:
        for font in _our_fonts(file):
            font.ToUnicode = file.make_stream(_mended(font))
        file.save(
            mended,
            fix_metadata_version=False,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,  # a third of the size
        )
    return mended.getvalue()


def _our_fonts(file: pikepdf.Pdf) -> Iterator[Any]:
    """Every font that a page of the file uses, once."""
    seen = set()
    for page in file.pages:
        for font in page.obj.Resources.get("/Font", {}).values():
            if font.objgen not in seen:
                seen.add(font.objgen)
                yield font


def _mended(font: Any) -> bytes:
    """A new map from glyph numbers to letters for a font of the file."""
    from fontTools.ttLib import TTFont

    style = str(font.BaseFont).rpartition("-")[2]
    letters = _letters(style)
    subset = TTFont(BytesIO(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()))
    entries = {
        int(glyph, 16): text.upper() for glyph, text in _ENTRY.findall(font.ToUnicode.read_bytes())
    }
    for number, outline in enumerate(_outlines(subset)):
        if outline in letters:
            entries[number] = letters[outline].encode("utf-16-be").hex().upper().encode()
    return _HEAD + b"".join(_sections(sorted(entries.items()))) + _FOOT


def _sections(entries: list[tuple[int, bytes]]) -> Iterator[bytes]:
    for start in range(0, len(entries), _SECTION):
        part = entries[start : start + _SECTION]
        lines = b"".join(b"<%04X> <%s>\n" % entry for entry in part)
        yield b"%d beginbfchar\n%sendbfchar\n" % (len(part), lines)


@lru_cache(maxsize=4)
def _letters(style: str) -> dict[Any, str]:
    """What each outline of one shipped font says; empty outlines say nothing."""
    from fontTools.ttLib import TTFont

    path = resources.files("controller.documents").joinpath("fonts", f"SPMSaraban-{style}.ttf")
    font = TTFont(BytesIO(path.read_bytes()))
    numbers: dict[str, int] = {}
    for number, name in font.getBestCmap().items():
        numbers.setdefault(name, number)
    said: dict[Any, str] = {}
    for name, outline in zip(font.getGlyphOrder(), _outlines(font), strict=True):
        text = _said(name, numbers)
        if text and outline[1]:
            said.setdefault(outline, text)
    return said


def _said(name: str, numbers: dict[str, int]) -> str:
    """The letters of a glyph by its name, which our fonts keep through every variant."""
    sara_am = _SARA_AM.fullmatch(name)
    if sara_am:
        return ("" if sara_am[1] == "0" else _spelled(sara_am[1])) + "ำ"
    if name in numbers:
        return chr(numbers[name])
    root = name.split(".", maxsplit=1)[0]
    if root in _NAMED:
        return _NAMED[root]
    if root in numbers:
        return chr(numbers[root])
    numbered = _NUMBERED.fullmatch(root)
    return _spelled(numbered[1]) if numbered else ""


def _spelled(digits: str) -> str:
    return "".join(chr(int(digits[at : at + 4], 16)) for at in range(0, len(digits), 4))


def _outlines(font: TTFont) -> list[tuple[int, Any]]:
    """(advance, outline) of every glyph; a composed one by the outlines of its parts."""
    glyphs: Any = font["glyf"]
    advances: Any = font["hmtx"]

    def outline(name: str) -> Any:
        glyph = glyphs.glyphs[name]
        if not glyph.isComposite():
            return bytes(getattr(glyph, "data", b"")).rstrip(b"\0")
        glyph.expand(glyphs)
        return tuple((outline(part.glyphName), part.x, part.y) for part in glyph.components)

    return [(advances[name][0], outline(name)) for name in font.getGlyphOrder()]
