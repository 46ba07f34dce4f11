"""Text as a file of XML can hold it: the editable copies are such files."""

from __future__ import annotations

import re

# What XML has no place for, and the signs that turn the writing round.
_UNWRITABLE = re.compile(
    "[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def legal(text: str) -> str:
    """`text` with one kind of line end, and without what a file cannot hold or must not.

    Such a letter stands as its number, as in the PDF: a bell as [U+0007].
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub(lambda found: f"[U+{ord(found[0]):04X}]", lines)
