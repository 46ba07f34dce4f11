"""The heads of the two papers whose look the rules fix: the memo and the order."""

from __future__ import annotations

from collections.abc import Iterator

from controller.documents.blocks import MemoHead, OrderHead
from controller.documents.docx.canvas import Canvas
from controller.documents.docx.elements import Element, centimetres
from controller.documents.docx.grid import Cell, Row, Stroke, table
from controller.documents.docx.paragraphs import Setting, Stop, gap, line, paragraph
from controller.documents.docx.runs import BOLD, TEXT, Type, reach, run, runs, tab

_MEMO = Type(29, bold=True)
_LABEL = Type(20, bold=True)
_DOTS = Stroke("dotted", 6)
_ORDER_RULE = centimetres(4.5)
# What brings words of 16 points to the baseline of a label of 20.
_BESIDE_LABEL = Setting(before=3.5)
_BETWEEN = 160


def memo_head(block: MemoHead, canvas: Canvas) -> Iterator[Element]:
    """Garuda, the word memo, then from whom, number, day and subject on dotted lines, to whom."""
    yield paragraph(
        [*_floating_garuda(canvas), *runs("บันทึกข้อความ", _MEMO)],
        Setting("center", exact=35, after=4),
        _MEMO,
    )
    half = (canvas.width - _BETWEEN) // 2
    number = _labelled("ที่", block.number, half)
    dated = _labelled("วันที่", block.dated, canvas.width - half - _BETWEEN)
    yield table(
        [
            Row(_labelled("ส่วนราชการ", block.office, canvas.width)),
            Row([*number, Cell(_BETWEEN), *dated]),
            Row(_labelled("เรื่อง", block.subject, canvas.width)),
        ]
    )
    yield _hanging("เรียน", block.to, before=6)
    for index, attached in enumerate(block.attached):
        yield _hanging("" if index else "สิ่งที่ส่งมาด้วย", attached, centimetres(2.9))
    yield gap(6)


def order_head(block: OrderHead, canvas: Canvas) -> Iterator[Element]:
    """Garuda, who orders, number, subject, a short rule, all centred."""
    centred = Setting("center")
    if canvas.garuda is None:
        yield gap(85)
    else:
        shown = canvas.place(canvas.garuda, 0, 3, canvas.words["garuda"], False)
        yield paragraph([run(shown)], Setting("center", after=6))
    yield line(f"คำสั่ง{block.office.removeprefix('คำสั่ง')}", centred, BOLD)
    yield line(f"ที่ {block.number}", centred)
    yield line(f"เรื่อง {block.subject}", centred)
    side = max((canvas.width - _ORDER_RULE) // 2, 0)
    yield paragraph((), Setting(left=side, right=side, exact=6, ruled=True), Type(3))
    yield gap(8)


def _floating_garuda(canvas: Canvas) -> Iterator[Element]:
    if canvas.garuda is not None:
        yield run(canvas.place(canvas.garuda, 0, 1.5, canvas.words["garuda"], True))


def _labelled(label: str, words: str, width: int) -> list[Cell]:
    taken = round(reach(label, _LABEL) * 20) + 100
    return [
        Cell(taken, [line(label, look=_LABEL)]),
        Cell(width - taken, [line(words, _BESIDE_LABEL)], {"bottom": _DOTS}),
    ]


def _hanging(label: str, words: str, at: int = 0, *, before: float = 0) -> Element:
    """A label, and words that stay to the right of it on every line."""
    at = at or round(reach(label) * 20) + 240
    stop = Stop(at, "left", dotted=False)
    setting = Setting(before=before, left=at, first=-at, stops=(stop,))
    return paragraph([*runs(label), tab(), *runs(words)], setting, TEXT)
