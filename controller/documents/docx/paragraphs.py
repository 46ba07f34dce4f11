"""Paragraphs: how they stand, what they keep together, where their tabs stop."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from controller.documents.docx.elements import Element, points, w
from controller.documents.docx.runs import TEXT, Type, properties, runs

Standing = Literal["left", "center", "right", "thaiDistribute"]
STANDING: dict[str, Standing] = {
    "left": "left",
    "center": "center",
    "right": "right",
    "justify": "thaiDistribute",
}


@dataclass(frozen=True)
class Stop:
    """A tab stop `at` so many twips from the left edge; `dotted` fills the way to it."""

    at: int
    side: Literal["left", "right"] = "right"
    dotted: bool = True


@dataclass(frozen=True)
class Setting:
    """How a paragraph stands. Heights in points, `left`, `right` and `first` in twips.

    `first` is the first line's indent from `left`, below zero to let it hang out. `exact` is the
    height of every line. `keep` holds it on the page of what follows. `ruled` draws a line below.
    """

    standing: Standing = "left"
    before: float = 0
    after: float = 0
    left: int = 0
    right: int = 0
    first: int = 0
    exact: float | None = None
    keep: bool = False
    new_page: bool = False
    ruled: bool = False
    style: str = ""
    stops: tuple[Stop, ...] = ()


PLAIN = Setting()


def paragraph(content: Iterable[Element], setting: Setting = PLAIN, mark: Type = TEXT) -> Element:
    """A paragraph. `mark` is the look of its end, which gives an empty line its height."""
    return w("p", _properties(setting, mark), *content)


def line(text: str, setting: Setting = PLAIN, look: Type = TEXT) -> Element:
    """A paragraph of one text in one look."""
    return deepcopy(_model(text, setting, look))


@lru_cache(maxsize=1024)
def _model(text: str, setting: Setting, look: Type) -> Element:
    """The paragraph to copy: the cells of a long table say the same again and again."""
    return paragraph(runs(text, look), setting, look)


def gap(height: float = 1, *, new_page: bool = False) -> Element:
    """An empty paragraph `height` points high."""
    setting = Setting(exact=max(height, 1), new_page=new_page)
    return paragraph((), setting, Type(min(max(height / 2, 1), 16)))


def _properties(setting: Setting, mark: Type) -> Element:
    made = w("pPr", *_keeping(setting))
    if setting.ruled:
        rule = w("bottom", val="single", sz=4, space=1, color="auto")
        made.append(w("pBdr", rule))
    if setting.stops:
        made.append(w("tabs", *(_stop(stop) for stop in setting.stops)))
    if setting.before or setting.after or setting.exact is not None:
        made.append(_spacing(setting))
    if setting.left or setting.right or setting.first:
        made.append(_indent(setting))
    if setting.standing != "left":
        made.append(w("jc", val=setting.standing))
    made.append(properties(mark))
    return made


def _keeping(setting: Setting) -> Iterable[Element]:
    if setting.style:
        yield w("pStyle", val=setting.style)
    if setting.keep:
        yield w("keepNext")
        yield w("keepLines")
    if setting.new_page:
        yield w("pageBreakBefore")


def _stop(stop: Stop) -> Element:
    return w("tab", val=stop.side, leader="dot" if stop.dotted else "none", pos=stop.at)


def _spacing(setting: Setting) -> Element:
    exact = setting.exact is not None
    return w(
        "spacing",
        before=points(setting.before),
        after=points(setting.after),
        line=points(setting.exact or 12),
        lineRule="exact" if exact else "auto",
    )


def _indent(setting: Setting) -> Element:
    made = w("ind", left=setting.left, right=setting.right)
    side = made.tag.replace("}ind", "}hanging" if setting.first < 0 else "}firstLine")
    made.set(side, str(abs(setting.first)))
    return made
