"""ETag, If-Match and If-None-Match (RFC 9110): which version of a thing somebody saw."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Header, Response

from controller.api.asking import Asked, Asking

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')


def matches(if_none_match: str | None, etag: str) -> bool:
    """Whether the caller has the version `etag` already (weak comparison)."""
    if if_none_match is None:
        return False
    if if_none_match.strip() == "*":
        return True
    return _TAG.sub(r"\2", etag) in [found[2] for found in _TAG.finditer(if_none_match)]


def tell_version(response: Response, version: str) -> None:
    """Name the version of what is answered; `If-Match` takes it back."""
    response.headers["etag"] = f'"{version}"'


def asking_as_seen(
    asked: Asked,
    if_match: Annotated[
        str | None,
        Header(
            max_length=1000,
            description="The `ETag` of what you looked at. When it has changed since, nothing is "
            "done and the answer is 412. Without it the newest version is meant.",
        ),
    ] = None,
) -> Asking:
    """The person, and the version of the thing that they looked at before changing it."""
    if if_match is None or if_match.strip() == "*":
        return asked
    seen = tuple(found[2] for found in _TAG.finditer(if_match) if not found[1])
    return replace(asked, context=replace(asked.context, seen=seen))


AskedAsSeen = Annotated[Asking, Depends(asking_as_seen)]
