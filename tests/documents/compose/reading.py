"""What a document says, string by string, however its blocks are nested."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from controller.documents.blocks import Document

THAI = re.compile(r"[\u0e00-\u0e7f]")
# What a paper never shows: a value nobody filled, a template or a type that leaked.
LEAKS = re.compile(r"\bNone\b|\bnan\b|[{}<>]|\bTrue\b|\bFalse\b|Decimal\(|datetime")


def strings(value: object) -> Iterator[str]:
    """Every string that prints, in the order of the page."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from strings(one)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in {"align", "kind", "state", "png"}:
                yield from strings(getattr(value, field.name))


def printed(document: Document) -> list[str]:
    """The strings of the blocks, without the empty ones."""
    return [text for text in strings(document.blocks) if text]


def whole(document: Document) -> str:
    """All that the blocks say, a string on a line."""
    return "\n".join(printed(document))


def check_fit_to_print(document: Document) -> None:
    """Fail where a string is no text for people: a leaked value, white space around it."""
    assert document.title.strip()
    assert document.author.strip()
    for text in (*printed(document), document.title, document.foot):
        assert not LEAKS.search(text), text
        assert text == text.strip(), f"white space around {text!r}"
    assert THAI.search(whole(document))
