"""Reading a long list a page at a time: after the last row seen, so that inserts move nothing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, literal, tuple_

Key = tuple[Any, ...]
"""The values by which a list is sorted, of one row; no two rows have the same."""


def paged(
    query: Select[Any],
    by: tuple[ColumnElement[Any], ...],
    *,
    after: Key | None,
    most: int,
    rising: bool = False,
) -> Select[Any]:
    """At most `most` rows in the order of `by`, falling unless `rising`, that come after a key.

    What is added meanwhile is seen if its place is still ahead, and pushes no other row aside.
    """
    ordered = query.order_by(None).order_by(*(c.asc() if rising else c.desc() for c in by))
    if after is not None:
        row = tuple_(*by)
        key = tuple_(*(literal(v, c.type) for v, c in zip(after, by, strict=True)))
        ordered = ordered.where(row > key if rising else row < key)
    return ordered.limit(most)
