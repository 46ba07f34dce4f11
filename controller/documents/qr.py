"""QR codes for screens and paper."""

from __future__ import annotations

import io


def qr_svg(content: str) -> str:
    """The QR code as one SVG element, black on white, that grows with its box."""
    import segno

    drawn = io.BytesIO()
    code = segno.make(content, error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, svgns=True, border=2, light="white", omitsize=True)
    return drawn.getvalue().decode()


def qr_text(content: str) -> str:
    """The QR code for a terminal, in half blocks."""
    import segno

    drawn = io.StringIO()
    segno.make(content, error="l", micro=False).terminal(drawn, border=1, compact=True)
    return drawn.getvalue()


def qr_png(content: str) -> bytes:
    """The QR code as PNG for paper, with the white margin it needs."""
    import segno

    drawn = io.BytesIO()
    segno.make(content, error="m", micro=False).save(drawn, kind="png", scale=10, border=4)
    return drawn.getvalue()


def qr_data(content: str) -> str:
    """The QR code as a `data:` address for the source of a picture."""
    import segno

    return segno.make(content, error="m", micro=False).svg_data_uri(
        border=2, light="white", scale=5
    )
