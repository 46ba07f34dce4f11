"""Word reads Thai by the complex-script settings: every run, style and default has them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from controller.documents.blocks import Document, Paragraph
from controller.documents.docx import render_docx
from tests.documents.docx.papers import LONG, WEIRD, every_block, memo, paper, papers, register
from tests.documents.docx.reading import THAI, W, part, stories

DRAWN = {
    "memo": memo(),
    "register": register(3),
    "card": paper(*every_block("ก")[-1:], page="card"),
    **{f"weird {n}": paper(*every_block(text), foot=text) for n, text in enumerate(WEIRD)},
}


def faults(properties: Any) -> list[str]:
    """What the properties of a run lack for Thai."""
    if properties is None:
        return ["no properties"]
    fonts = properties.find(f"{W}rFonts")
    sizes = [properties.find(f"{W}{tag}") for tag in ("sz", "szCs")]
    bold = [properties.find(f"{W}{tag}") is not None for tag in ("b", "bCs")]
    language = properties.find(f"{W}lang")
    found = []
    slots = {fonts.get(f"{W}{slot}") for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
    if len(slots) != 1 or slots - {"TH SarabunPSK", "Segoe UI Symbol"}:
        found.append(f"fonts {slots}")
    if None in sizes or len({size.get(f"{W}val") for size in sizes}) != 1:
        found.append("sizes differ")
    if bold[0] != bold[1]:
        found.append("bold in one script only")
    if (language.get(f"{W}val"), language.get(f"{W}bidi")) != ("en-US", "th-TH"):
        found.append("language")
    return found


def check(document: Document) -> None:
    """Every run and every paragraph's mark of the file is right for Thai."""
    runs = 0
    for story in stories(render_docx(document)):
        for properties in (
            *(run.find(f"{W}rPr") for run in story.iter(f"{W}r")),
            *(mark.find(f"{W}rPr") for mark in story.iter(f"{W}pPr")),
        ):
            runs += 1
            assert not faults(properties)
        for run in story.iter(f"{W}r"):
            text = "".join(t.text or "" for t in run.iter(f"{W}t"))
            font = run.find(f"{W}rPr/{W}rFonts").get(f"{W}cs")
            assert font == "TH SarabunPSK" or not THAI.search(text), text
    assert runs


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_every_run_is_right_for_thai(name: str) -> None:
    """With every kind of block, and every text that has made trouble."""
    check(DRAWN[name])


@settings(max_examples=30, deadline=None)
@given(papers)
def test_every_run_of_any_paper_is_right_for_thai(document: Document) -> None:
    """Whatever is drawn."""
    check(document)


def test_styles_and_defaults_are_right_for_thai() -> None:
    """What an officer types anew takes the style's letters, not Word's own."""
    styles = part(render_docx(memo()), "word/styles.xml")
    default = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    lettered = [
        s for s in styles.iter(f"{W}style") if s.get(f"{W}type") in {"paragraph", "character"}
    ]
    assert {style.get(f"{W}styleId") for style in lettered} >= {"Normal", "Heading1", "Footer"}
    for properties in (default, *(style.find(f"{W}rPr") for style in lettered)):
        assert not faults(properties)
    assert all(not style.findall(f".//{W}rFonts[@{W}asciiTheme]") for style in lettered)


def test_signs_are_in_a_font_that_has_them() -> None:
    """Official fonts have no boxes, ticks and arrows; the words beside stay in theirs."""
    file = render_docx(paper(Paragraph("ผ่าน ☑ ไม่ผ่าน ☐ ✓ → จบ")))
    fonts = {
        "".join(t.text for t in run.iter(f"{W}t")).strip(): run.find(f"{W}rPr/{W}rFonts").get(
            f"{W}cs"
        )
        for run in stories(file)[0].iter(f"{W}r")
    }
    thai, signs = "TH SarabunPSK", "Segoe UI Symbol"
    assert fonts == {
        "ผ่าน": thai, "☑": signs, "ไม่ผ่าน": thai, "☐": signs, "✓": signs, "→": signs, "": thai,
        "จบ": thai,
    }  # fmt: skip


def test_justified_text_is_distributed_as_thai_is() -> None:
    """Word's own justifying opens only the spaces, of which Thai has few."""
    story = stories(render_docx(paper(Paragraph(LONG), Paragraph(LONG, align="left"))))[0]
    standing = [p.find(f"{W}pPr/{W}jc") for p in story[0].iter(f"{W}p")]
    assert [jc.get(f"{W}val") if jc is not None else "" for jc in standing] == [
        "thaiDistribute",
        "",
    ]
