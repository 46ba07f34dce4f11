"""Long lists a page at a time: a cursor that stays where it is whatever is added meanwhile."""

from __future__ import annotations

import base64
import json
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, Field

from controller.errors import InputError, Text

T = TypeVar("T")
S = TypeVar("S")
MOST = 200


class Page(BaseModel, Generic[T]):
    """Part of a list."""

    items: list[T]
    next: str | None = Field(
        default=None, description="The `cursor` of the following page; null at the end"
    )


@dataclass(frozen=True)
class Paging:
    """Which part of a list is asked for. `most` is one more than is shown: is there a next page?"""

    request: Request
    response: Response
    limit: int
    cursor: str | None

    @property
    def most(self) -> int:
        """How many rows to ask the operation for."""
        return self.limit + 1

    def after(self, *kinds: type) -> tuple[Any, ...] | None:
        """The sort key of the last row seen, of these types; None for the first page.

        Errors: `InputError` for a cursor that was not given out for this list.
        """
        if self.cursor is None:
            return None
        try:
            told = json.loads(base64.urlsafe_b64decode(self.cursor.encode("ascii")))
            wanted = (str, *kinds)
            where, *key = (_read(value, kind) for value, kind in zip(told, wanted, strict=True))
        except (ValueError, TypeError) as error:
            raise _foreign() from error
        if where != self.request.url.path:
            raise _foreign()
        return tuple(key)

    def page(
        self, rows: Sequence[S], key: Callable[[S], tuple[Any, ...]], show: Callable[[S], T]
    ) -> Page[T]:
        """The page, with the way to the next one in the body and as a Link header."""
        shown = rows[: self.limit]
        if len(rows) <= self.limit:
            return Page[Any](items=[show(row) for row in shown])
        told = [self.request.url.path, *map(_write, key(shown[-1]))]
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        cursor = base64.urlsafe_b64encode(text.encode()).decode()
        following = self.request.url.include_query_params(cursor=cursor)
        self.response.headers["link"] = f'<{following.path}?{following.query}>; rel="next"'
        return Page[Any](items=[show(row) for row in shown], next=cursor)

    def page_of_rising(
        self, rows: Sequence[S], key: Callable[[S], str], show: Callable[[S], T]
    ) -> Page[T]:
        """The same of rows that are at hand whole and rise by `key` already, however many."""
        seen = self.after(str)
        start = bisect_right(rows, seen[0], key=key) if seen else 0
        return self.page(rows[start : start + self.most], lambda row: (key(row),), show)

    def page_of_all(
        self, rows: Sequence[S], key: Callable[[S], tuple[Any, ...]], show: Callable[[S], T]
    ) -> Page[T]:
        """The same of a list that is at hand whole, sorted by `key`, rising."""
        every = sorted(rows, key=key)
        kinds = [type(part) for part in key(every[0])] if every else [str]
        seen = self.after(*kinds)
        left = [row for row in every if seen is None or key(row) > seen]
        return self.page(left[: self.most], key, show)


def _paging(
    request: Request,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many on a page")] = 50,
    cursor: Annotated[
        str | None,
        Query(max_length=1000, description="`next` of the page before; not to be made up"),
    ] = None,
) -> Paging:
    return Paging(request, response, limit, cursor)


Paged = Annotated[Paging, Depends(_paging)]


def _write(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _foreign() -> InputError:
    return InputError(
        Text(th="cursor นี้ใช้กับรายการนี้ไม่ได้", en="this cursor is not of this list"),
        hint=Text(
            th="ใช้ค่า next จากหน้าก่อนของรายการเดียวกัน",
            en="use what the page before said under next",
        ),
    )


def _read(value: Any, kind: type) -> Any:
    if kind is datetime and isinstance(value, str):
        at = datetime.fromisoformat(value)
        if at.tzinfo is None:
            raise ValueError(value)
        return at
    if type(value) is not kind or (isinstance(value, int) and abs(value) >= 2**63):
        raise TypeError(value)
    return value
