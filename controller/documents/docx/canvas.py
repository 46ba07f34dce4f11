"""What a block is drawn on: how wide it may be, in which language, where its pictures go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from controller.documents.docx.elements import Element

# (picture, width and height in centimetres or 0 to follow the other, what it shows, floating)
# -> the element of a run that shows it.
Placing = Callable[[bytes, float, float, str, bool], Element]


@dataclass(frozen=True)
class Canvas:
    """The room a block has. `width` in twips; `garuda` is a picture Word can show."""

    width: int
    language: Literal["th", "en"]
    place: Placing
    garuda: bytes | None = None
    card: bool = False

    def within(self, width: int) -> Canvas:
        """The same with `width` twips of room."""
        return replace(self, width=width)

    @property
    def words(self) -> dict[str, str]:
        """The few words that are ours and not the document's."""
        return _WORDS[self.language]


_WORDS = {
    "th": {
        "sign": "ลงชื่อ",
        "dated": "วันที่",
        "agreed": "อนุมัติ",
        "returned": "ส่งคืน",
        "garuda": "ตราครุฑ",
    },
    "en": {
        "sign": "Signed",
        "dated": "Date",
        "agreed": "approved",
        "returned": "returned",
        "garuda": "Garuda",
    },
}
