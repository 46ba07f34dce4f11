"""Which letters our type can print, and what is printed for those it cannot."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

# Nearly every text of an office is only these, and then the font need not be read at all.
_PLAIN = re.compile(r"[\n -~\u0e01-\u0e3a\u0e3f-\u0e5b“”‘’–—…☐☑✓]*")
# The layout draws these itself; no Thai font has them.
_DRAWN = "☐☑✓"
_LOOKALIKES = str.maketrans(
    {
        "□": "☐",
        "✔": "✓",
        "●": "•",
        "▪": "•",
        "\u2011": "-",
        "\t": " ",
        "\r": "",
        "\u200b": "",
        "\u200c": "",
        "\u200d": "",
        "\u2060": "",
        "\ufeff": "",
    }
)


def printable(text: str) -> str:
    """`text` as our type can print it, never with an empty box.

    A letter that no shipped font has, and a sign that would turn the writing round, stands as its
    number: an emoji as [U+1F600]. Invisible joiners are left out.
    """
    if _PLAIN.fullmatch(text):
        return text
    known = _letters()
    return "".join(
        letter if letter in known else f"[U+{ord(letter):04X}]"
        for letter in text.translate(_LOOKALIKES)
    )


@lru_cache(maxsize=1)
def _letters() -> frozenset[str]:
    """Every letter of the font; its four weights have the same ones."""
    from fontTools.ttLib import TTFont

    path = resources.files("controller.documents").joinpath("fonts", "SPMSaraban-Regular.ttf")
    with path.open("rb") as file:
        numbers = TTFont(file, lazy=True).getBestCmap()
    return frozenset(chr(n) for n in numbers if n >= ord(" ")) | {"\n", *_DRAWN}
