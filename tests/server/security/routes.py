"""Every route of the application, told by the application itself.

`python -m tests.server.security.routes` prints them; they are asked for in a process of their own,
as NiceGUI has one application in each.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

_PART = re.compile(r"\{(\w+)(?::\w+)?\}")
Kind = Literal["api", "page", "plain", "framework"]


@dataclass(frozen=True, order=True)
class Route:
    """One method at one address. `page`: built by NiceGUI, `plain`: answered by a function."""

    path: str
    method: str
    kind: Kind

    @property
    def parts(self) -> tuple[str, ...]:
        """The names in braces."""
        return tuple(_PART.findall(self.path))

    def at(self, values: dict[str, str]) -> str:
        """The address with these values in it."""
        return _PART.sub(lambda found: values[found[1]], self.path)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@cache
def every_route() -> tuple[Route, ...]:
    """All of them, mounted folders left out."""
    told = subprocess.run(
        [sys.executable, "-m", __name__], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    return tuple(Route(**one) for one in json.loads(told.stdout))


def routes(*kinds: Kind) -> list[Route]:
    """The routes of these kinds."""
    return [route for route in every_route() if route.kind in kinds]


def _walk(listed: Iterable[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for one in listed:
        included = getattr(one, "include_context", None)
        if included is not None:
            yield from _walk(one.original_router.routes, prefix + included.prefix)
        elif getattr(one, "endpoint", None) is not None:
            yield prefix + one.path, one
        elif getattr(one, "routes", None):
            yield from _walk(one.routes, prefix + one.path)


def _kind(path: str, endpoint: Any) -> Kind:
    if path.startswith("/api/"):
        return "api"
    if path.startswith("/_nicegui"):
        return "framework"
    return "page" if endpoint.__qualname__ == "page.<locals>.register.<locals>.shown" else "plain"


def main() -> None:
    """Print the routes as JSON."""
    from controller.app import open_app
    from controller.operations.init_workspace import init_workspace
    from controller.server.build import build

    root = Path(tempfile.mkdtemp()) / "office"
    init_workspace(root)
    found: set[Route] = set()
    with open_app(root, apart=True) as context:
        inside: Any = build(context)
        while not hasattr(inside, "routes"):
            inside = inside._app
        for path, one in _walk(inside.routes):
            kind = _kind(path, one.endpoint)
            found |= {Route(path, method, kind) for method in one.methods or () if method != "HEAD"}
    sys.stdout.write(json.dumps([asdict(route) for route in sorted(found)]))


if __name__ == "__main__":
    main()
