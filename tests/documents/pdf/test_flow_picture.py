"""Flow charts: as part of a paper and as a picture for the screen."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from controller.documents.blocks import Document, Flow, FlowStep, Heading
from controller.documents.pdf import render_pdf
from controller.documents.svg import render_svg
from tests.documents.pdf import papers
from tests.documents.pdf.reading import by_pdfium, dotted_lines, pages, place, squeezed

SVG = "{http://www.w3.org/2000/svg}"


def chart(*steps: FlowStep, language: str = "th") -> Document:
    """A document of one flow."""
    made = replace(papers.flow(), blocks=(Flow(steps),))
    return replace(made, language="en") if language == "en" else made


def height(svg: str) -> float:
    """The height of the picture in points."""
    return float(ET.fromstring(svg).attrib["viewBox"].split()[3])


def test_the_picture_is_svg_as_high_as_its_steps() -> None:
    one = render_svg(chart(FlowStep("หนึ่ง", "plan")))
    five = render_svg(chart(*(FlowStep(f"ขั้น {n}", "plan") for n in range(5))))
    assert ET.fromstring(one).tag == f"{SVG}svg"
    assert 0 < height(one) < height(five) / 2


def test_the_picture_holds_the_chart_alone_and_is_the_same_every_time() -> None:
    flow = papers.flow()
    longer = replace(flow, blocks=(Heading("ชื่อผังงาน", 1), *flow.blocks))
    assert render_svg(longer) == render_svg(flow) == render_svg(flow)


def test_the_picture_says_what_it_is_and_a_title_cannot_break_it() -> None:
    svg = render_svg(replace(papers.flow(), title='ผัง "ก" <script>&'))
    root = ET.fromstring(svg)
    assert root.attrib["aria-label"] == 'ผัง "ก" <script>&'
    assert root.attrib["role"] == "img"


def test_the_current_step_is_lit_and_a_finished_one_ticked() -> None:
    waiting = render_svg(chart(FlowStep("ขั้น", "plan")))
    current = render_svg(chart(FlowStep("ขั้น", "plan", "current")))
    done = render_svg(chart(FlowStep("ขั้น", "plan", "done")))
    assert "#fff0c2" in current
    assert "#fff0c2" not in waiting + done
    assert "#1f7a33" in done
    assert "#1f7a33" not in waiting + current


def test_an_approval_is_a_diamond_and_what_follows_it_is_approved() -> None:
    box = render_pdf(chart(FlowStep("ขั้น", "plan"), FlowStep("ต่อ", "plan")))
    diamond = render_pdf(chart(FlowStep("ขั้น", "approve"), FlowStep("ต่อ", "plan")))
    assert "อนุมัติ" in by_pdfium(diamond)
    assert "อนุมัติ" not in by_pdfium(box)
    assert place(diamond, "ต่อ")[2] < place(box, "ต่อ")[2]  # a diamond is higher than a box


@pytest.mark.parametrize(("language", "word"), [("th", "ส่งคืน"), ("en", "returned")])
def test_a_return_is_a_dashed_way_at_the_side(language: str, word: str) -> None:
    steps = (FlowStep("แผน", "plan"), FlowStep("ชี้ขาด", "approve"))
    without = chart(*steps, language=language)
    with_return = chart(steps[0], replace(steps[1], back_to=0), language=language)
    assert word not in squeezed(by_pdfium(render_pdf(without)))
    assert word in squeezed(by_pdfium(render_pdf(with_return)))
    assert not dotted_lines(render_pdf(without))
    assert len(dotted_lines(render_pdf(with_return))) == 3  # out, up, back


def test_a_long_chart_is_made_smaller_to_stand_on_one_page() -> None:
    steps = tuple(FlowStep(f"{n}. {papers.LONG[:160]}", "plan", note="แล้ว") for n in range(14))
    assert pages(chart(*steps)) == 1
    assert place(render_pdf(chart(*steps)), "13.")[2] > 56  # the margin at the foot


def test_returns_that_overlap_do_not_share_a_way() -> None:
    steps = [FlowStep(f"ขั้น {n}", "plan") for n in range(5)]
    apart = chart(steps[0], replace(steps[1], back_to=0), steps[2], replace(steps[3], back_to=2))
    within = chart(steps[0], steps[1], replace(steps[2], back_to=1), replace(steps[3], back_to=0))
    assert len(set(_lanes(render_pdf(apart)))) == 1
    assert len(set(_lanes(render_pdf(within)))) == 2


def _lanes(pdf: bytes) -> list[float]:
    """How far right each dashed way goes: the longest of every three lengths."""
    lengths = [round(length, 1) for _, length in dotted_lines(pdf)]
    return [max(lengths[at : at + 3]) for at in range(0, len(lengths), 3)]


def test_a_chart_without_steps_is_nothing() -> None:
    assert squeezed(by_pdfium(render_pdf(chart()))) == ""
