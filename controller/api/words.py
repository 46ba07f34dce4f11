"""The same words in Thai and in English, as the API answers them."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel

from controller.errors import Text


class Both(BaseModel):
    """A text in both languages."""

    th: str
    en: str

    @classmethod
    def of(cls, text: Text) -> Self:
        """The text of an operation's answer."""
        return cls(th=text.th, en=text.en)
