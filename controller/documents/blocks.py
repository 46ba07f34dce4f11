"""A document before it has a format: what stands on the page, in order.

Composers make it, the PDF and the DOCX renderer draw it; neither knows of the other. Every string
is printed as it stands, with digits already as the office wants them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Align = Literal["left", "center", "right"]
PageShape = Literal["portrait", "landscape", "card", "labels"]


@dataclass(frozen=True)
class Heading:
    """A heading. Level 1 is the title of the paper, centred; 2 and 3 are bold lines."""

    text: str
    level: Literal[1, 2, 3] = 2


@dataclass(frozen=True)
class Paragraph:
    """Running text. `indent` is the 2.5 cm of an official letter; `bold`, `small` as they say."""

    text: str
    indent: bool = False
    align: Align | Literal["justify"] = "justify"
    bold: bool = False
    small: bool = False


@dataclass(frozen=True)
class Entry:
    """A label and what was written there; empty text leaves a dotted line to write on.

    `width` is the share of the line in twelfths. `lines` is how many lines an empty one leaves.
    """

    label: str
    text: str = ""
    width: int = 12
    unit: str = ""
    lines: int = 1


@dataclass(frozen=True)
class Entries:
    """Labels with dotted lines, set side by side as long as their widths fit in twelve."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Ticks:
    """A label and boxes, drawn as shapes, each ticked or not."""

    label: str
    options: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class TableColumn:
    """A heading, a share of the width in parts, and how its cells stand."""

    title: str
    width: int = 1
    align: Align = "left"


@dataclass(frozen=True)
class Table:
    """A ruled table whose heading repeats on every page. `totals` is the last row, bold.

    Cells in `marked`, as (row, column) from 0, stand on grey, so that the eye finds them; what is
    the matter with them, their words say.
    """

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...] = ()
    small: bool = False
    marked: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Signature:
    """A line to sign on: `before` it (ลงชื่อ), the name in brackets, position, and date below.

    An empty name leaves brackets with dots. `note` stands above the line, for example what a
    decision said and the entry of the audit log that holds it.
    """

    role: str
    name: str = ""
    position: str = ""
    dated: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Signatures:
    """Signatures side by side; never parted from each other by a page break."""

    signatures: tuple[Signature, ...]
    columns: Literal[1, 2, 3] = 1


@dataclass(frozen=True)
class MemoHead:
    """The head of an official memo (บันทึกข้อความ)."""

    office: str
    number: str
    dated: str
    subject: str
    to: str
    attached: tuple[str, ...] = ()


@dataclass(frozen=True)
class OrderHead:
    """The head of an order (คำสั่ง): the garuda, who orders, number, subject, a short rule."""

    office: str
    number: str
    subject: str


@dataclass(frozen=True)
class FlowStep:
    """One box of a flow chart. `kind` gives its shape: approve is a diamond.

    `back_to` is the index of the step a return goes to, None where there is no return.
    """

    text: str
    kind: str
    state: Literal["done", "current", "waiting"] = "waiting"
    note: str = ""
    back_to: int | None = None


@dataclass(frozen=True)
class Flow:
    """A process drawn from top to bottom, the current step lit."""

    steps: tuple[FlowStep, ...]


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: its label, its length, and what is written at its end."""

    label: str
    value: float
    shown: str


@dataclass(frozen=True)
class Chart:
    """Lying bars from 0 to `full`."""

    title: str
    bars: tuple[Bar, ...]
    full: float


@dataclass(frozen=True)
class Line:
    """One line of a chart: its name and a value for each label; None is a gap, never nothing."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Lines:
    """At most three lines over a row of labels, such as months.

    `ticks` are values of the upright axis with what is written there, from the lowest up; two at
    least. `alt` says in words what the picture shows.
    """

    title: str
    labels: tuple[str, ...]
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]
    alt: str


@dataclass(frozen=True)
class Stack:
    """One lying bar of several parts, and what is written at its end."""

    label: str
    parts: tuple[float, ...]
    shown: str


@dataclass(frozen=True)
class Stacks:
    """Lying bars whose parts stand one behind the other, five of them at most.

    `full` is the length of the whole room; None makes every bar as long, so that only the shares
    are compared. `alt` says in words what the picture shows.
    """

    title: str
    names: tuple[str, ...]
    stacks: tuple[Stack, ...]
    full: float | None
    alt: str


@dataclass(frozen=True)
class Shade:
    """A cell of a heat map: what is written in it, and how dark it is, from white (0) to dark."""

    text: str = ""
    level: Literal[0, 1, 2, 3] = 0


@dataclass(frozen=True)
class HeatMap:
    """Rows of narrow shaded cells under short headings that repeat on every page.

    `corner` heads the labels of the rows. A shade never tells anything alone: the text in it does.
    """

    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Shade, ...]], ...]


@dataclass(frozen=True)
class Picture:
    """A PNG or JPEG picture, `width` in centimetres. `alt` says what it shows."""

    png: bytes
    width: float
    alt: str
    align: Align = "center"


@dataclass(frozen=True)
class Frame:
    """Blocks in a ruled frame under a heading: the part of the paper an officer fills."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Space:
    """Empty height in millimetres."""

    height: float


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True)
class Card:
    """A card to carry, 85.6 × 54 mm: heading, lines of label and value, the picture of a code."""

    heading: str
    subheading: str
    lines: tuple[tuple[str, str], ...]
    code: Picture
    foot: str = ""


@dataclass(frozen=True)
class Label:
    """A label to stick on a thing: a heading, small lines below, the picture of a code."""

    heading: str
    lines: tuple[str, ...]
    code: Picture


@dataclass(frozen=True)
class Labels:
    """Labels on sheets of the shape `labels`: three columns, eight rows, lines to cut along."""

    labels: tuple[Label, ...]


Block = (
    Heading
    | Paragraph
    | Entries
    | Ticks
    | Table
    | Signatures
    | MemoHead
    | OrderHead
    | Flow
    | Chart
    | Lines
    | Stacks
    | HeatMap
    | Picture
    | Frame
    | Space
    | PageBreak
    | Card
    | Labels
)


@dataclass(frozen=True)
class Document:
    """One paper. `day` is its date, which also stands in the file instead of the clock's.

    `keep` are words that no line break may part, such as names of people and offices. `foot` stands
    small at the foot of every page, for example number, revision and hash. `thai_digits` is for the
    page numbers: all else stands in the blocks as it is to be printed. `mark` is a word on every
    page that says what the paper is not yet, such as ร่าง.
    """

    title: str
    author: str
    day: date
    blocks: tuple[Block, ...]
    page: PageShape = "portrait"
    language: Literal["th", "en"] = "th"
    thai_digits: bool = True
    keep: tuple[str, ...] = field(default=())
    foot: str = ""
    mark: str = ""
