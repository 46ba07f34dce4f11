"""Draws a flow chart as SVG, for a screen."""

from __future__ import annotations

from controller.documents.blocks import Document
from controller.documents.typesetting import typeset


def render_svg(document: Document) -> str:
    """The SVG of a Document that holds one Flow, as high as the chart, letters as outlines."""
    return typeset(document, None, "svg").decode("utf-8")
