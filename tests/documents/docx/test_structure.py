"""The file is as Word wants it: it refuses a file whose elements stand in another order."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from controller.documents.blocks import (
    Bar,
    Chart,
    Document,
    Entries,
    Entry,
    Flow,
    FlowStep,
    Frame,
    Paragraph,
    Signature,
    Signatures,
    Table,
    TableColumn,
)
from controller.documents.docx import render_docx
from tests.documents.docx.papers import WEIRD, every_block, memo, paper, papers, register
from tests.documents.docx.reading import W, body, part, stories, words

# The order of ECMA-376, Part 1, of the elements we write.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore pBdr tabs spacing ind jc outlineLvl rPr",
    "rPr": "rStyle rFonts b bCs color sz szCs lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar",
    "tcPr": "tcW gridSpan vMerge tcBorders shd tcMar vAlign",
    "tblBorders": "top left bottom right insideH insideV",
    "tcBorders": "top left bottom right",
    "tcMar": "top left bottom right",
    "tblCellMar": "top left bottom right",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "sdt": "sdtPr sdtContent",
    "style": "name basedOn next qFormat pPr rPr tblPr",
    "docDefaults": "rPrDefault pPrDefault",
    "sectPr": "headerReference footerReference pgSz pgMar cols titlePg docGrid",
    "settings": (
        "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol "
        "listSeparator"
    ),
}


def name(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def disordered(root: Any) -> list[str]:
    """Elements whose children stand in an order the schema does not know."""
    found = []
    for element in root.iter():
        order = ORDER.get(name(element), "").split()
        children = [name(child) for child in element]
        if order and children != sorted(children, key=order.index):
            found.append(f"{name(element)}: {children}")
    return found


def misbuilt(root: Any) -> list[str]:
    """Tables whose cells do not fill the grid, cells without an end, tables that touch."""
    found = []
    for table in root.iter(f"{W}tbl"):
        grid = [int(column.get(f"{W}w")) for column in table.find(f"{W}tblGrid")]
        if min(grid) <= 0 or name(table.getnext()) == "tbl":
            found.append(f"grid {grid}, then {name(table.getnext())}")
        for row in table.iterchildren(f"{W}tr"):
            spans = [
                int(span.get(f"{W}val")) if span is not None else 1
                for span in (
                    cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iterchildren(f"{W}tc")
                )
            ]
            widths = [
                int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w"))
                for cell in row.iterchildren(f"{W}tc")
            ]
            if sum(spans) != len(grid) or sum(widths) != sum(grid):
                found.append(f"row {spans} {widths} of {grid}")
    found.extend("cell without a last paragraph" for c in root.iter(f"{W}tc") if name(c[-1]) != "p")
    return found


def check(document: Document) -> None:
    """Every story of the file is in order."""
    file = render_docx(document)
    for root in (*stories(file), part(file, "word/styles.xml"), part(file, "word/settings.xml")):
        assert not disordered(root)
        assert not misbuilt(root)
    last = list(body(file))[-2:]
    assert [name(element) for element in last] == ["p", "sectPr"]


@pytest.mark.parametrize(
    "document",
    [
        memo(),
        register(3),
        paper(*every_block(WEIRD[0])),
        paper(*every_block("ก")[-1:], page="card"),
    ],
    ids=["memo", "register", "every block", "card"],
)
def test_elements_stand_in_the_order_of_the_schema(document: Document) -> None:
    """And every table is whole."""
    check(document)


@settings(max_examples=30, deadline=None)
@given(papers)
def test_any_paper_is_built_as_word_wants_it(document: Document) -> None:
    """Whatever is drawn."""
    check(document)


def test_a_long_table_repeats_its_heading_and_parts_no_row() -> None:
    """The first row is the heading; no row goes over a page."""
    rows = list(body(render_docx(register(30))).iter(f"{W}tr"))
    assert len(rows) == 32
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * 31
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_a_row_longer_than_a_page_may_part() -> None:
    """Or Word would hide its end."""
    table = Table((TableColumn("ก"),), (("สั้น",), ("ยาว " * 1000,)))
    rows = list(body(render_docx(paper(table))).iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [True, True, False]


def test_a_table_fills_the_page_and_shows_figures_whole() -> None:
    """Columns share the width; one of figures takes from its neighbours what these need."""
    columns = (TableColumn("ลำดับ"), TableColumn("รายการ", 20), TableColumn("ราคา", 1, "right"))
    table = Table(columns, (("๑", "สวิตช์", "๑๓,๐๐๐,๐๐๐.๐๐"),))
    grid = body(render_docx(paper(table))).find(f".//{W}tblGrid")
    first, second, third = (int(column.get(f"{W}w")) for column in grid)
    assert first + second + third == 9071  # 16 cm
    assert third > 1500
    assert first > 600
    assert second > 5000


def test_the_words_of_a_total_stand_right_before_its_figure() -> None:
    """In one cell with the empty ones before them."""
    columns = tuple(TableColumn(title) for title in "กขคง")
    table = Table(columns, (("1", "2", "3", "4"),), ("", "รวม", "", "๑๐"))
    last = list(body(render_docx(paper(table))).iter(f"{W}tr"))[-1]
    assert [words(cell) for cell in last.iter(f"{W}tc")] == ["รวม", "๑๐"]
    assert [s.get(f"{W}val") for s in last.iter(f"{W}gridSpan")] == ["3"]


def test_a_row_with_more_cells_than_columns_is_a_fault() -> None:
    """Nothing of an official paper is left out in silence; missing cells are empty."""
    columns = (TableColumn("ก"), TableColumn("ข"))
    with pytest.raises(ValueError, match="longer"):
        render_docx(paper(Table(columns, (("1", "2", "3"),))))
    drawn = body(render_docx(paper(Table(columns, (("1",),)))))
    assert len(list(drawn.iter(f"{W}tc"))) == 4


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_signatures_keep_together(columns: Any) -> None:
    """Every line but the last ones keeps with what follows, in rows that do not part."""
    three = tuple(Signature("ผู้ยืม", dated="") for _ in range(3))
    drawn = body(render_docx(paper(Signatures(three, columns))))
    lines = [p for p in drawn.iter(f"{W}p") if words(p)]
    loose = [words(p) for p in lines if p.find(f"{W}pPr/{W}keepNext") is None]
    assert len(lines) == 9
    assert loose == ["วันที่......../................/........"] * {1: 1, 2: 1, 3: 3}[columns]
    assert all(r.find(f"{W}trPr/{W}cantSplit") is not None for r in drawn.iter(f"{W}tr"))


def test_entries_share_a_line_as_their_widths_fit_in_twelve() -> None:
    """And one that fills it is a plain paragraph."""
    given = (Entry("ก", width=6), Entry("ข", width=6), Entry("ค", width=8), Entry("ง", width=6))
    drawn = body(render_docx(paper(Entries((*given, Entry("จ"))))))
    rows = [[words(cell) for cell in row.iter(f"{W}tc")] for row in drawn.iter(f"{W}tr")]
    assert rows == [["ก", "ข"], ["ค"], ["ง"]]
    assert [words(p) for p in drawn.iterchildren(f"{W}p") if words(p)] == ["จ"]


def test_boxes_can_be_ticked_in_word() -> None:
    """They are controls of Word, ticked or not, with the signs it changes between."""
    drawn = body(render_docx(memo()))
    w14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
    checked = [c.get(f"{w14}val") for c in drawn.iter(f"{w14}checked")]
    assert checked == ["1", "0"]
    assert {c.get(f"{w14}val") for c in drawn.iter(f"{w14}checkedState")} == {"2611"}


def test_the_frame_of_a_few_lines_does_not_part() -> None:
    """A long one may, as in the PDF."""
    small = Frame("ก", (Entries((Entry("ข"),)),))
    large = Frame("ก", (Paragraph("ข\n" * 40),))
    for frame, whole in ((small, True), (large, False)):
        row = list(body(render_docx(paper(frame))).iter(f"{W}tr"))[-1]
        assert (row.find(f"{W}trPr/{W}cantSplit") is not None) == whole


def test_ways_back_of_a_flow_do_not_lie_on_each_other() -> None:
    """Two that overlap take two lanes beside the steps, each joined from its top to its bottom."""
    steps = [FlowStep("ก", "plan"), FlowStep("ข", "approve", back_to=0)]
    steps += [FlowStep("ค", "execute"), FlowStep("ง", "approve", back_to=0)]
    table = body(render_docx(paper(Flow(tuple(steps))))).find(f"{W}tbl")
    merged = [
        [c.find(f"{W}tcPr/{W}vMerge") for c in row.iterchildren(f"{W}tc")][2:]
        for row in table.iterchildren(f"{W}tr")
    ]
    lanes = [
        [m.get(f"{W}val") if m is not None else "" for m in lane]
        for lane in zip(*merged, strict=True)
    ]
    assert lanes == [
        ["restart", "continue", "continue", "", "", "", ""],
        ["restart", *["continue"] * 6],
    ]


@pytest.mark.parametrize(
    ("value", "full", "share"),
    [(5, 5, 1), (9, 5, 1), (2.5, 5, 0.5), (0, 5, 0), (-1, 5, 0), (1, 0, 0)],
)
def test_bars_are_as_long_as_their_values(value: float, full: float, share: float) -> None:
    """From nothing to the full length, and never longer."""
    drawn = body(render_docx(paper(Chart("", (Bar("ก", value, "ข"), Bar("ค", 5, "ง")), full))))
    row = next(drawn.iter(f"{W}tr"))
    filled = [c for c in row.iter(f"{W}tc") if c.find(f"{W}tcPr/{W}shd") is not None]
    lengths = [int(c.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) for c in filled]
    room = 9071 - 9071 * 2 // 5 - 9071 // 6
    assert lengths == ([round(room * share)] if share else [])
