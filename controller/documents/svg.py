"""Draws a flow chart, lines or stacked bars as SVG, for a screen."""

from __future__ import annotations

from html import escape

from controller.documents.blocks import Document
from controller.documents.typesetting import typeset


def render_svg(document: Document) -> str:
    """The SVG of the one chart in `document`, as high as the chart; other blocks are left out.

    Letters are outlines, so no font is needed to show it; the title of the document says what the
    picture is to those who do not see it.
    """
    drawn = typeset(document, None, "svg").decode("utf-8")
    said = f'<svg role="img" aria-label="{escape(document.title)}" '
    return drawn.replace("<svg ", said, 1)
