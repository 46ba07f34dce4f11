"""What files said, kept in memory for as long as none of them changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """A value read from files: `read()` is called again only after one of `files()` has changed.

    Safe to share between threads; while one reads, the others wait. Errors: those of `read`, which
    are not remembered.
    """

    def __init__(self, files: Callable[[], Iterable[Path]], read: Callable[[], T]) -> None:
        self._files = files
        self._read = read
        self._guard = threading.Lock()
        self._known: tuple[object, T] | None = None

    def __call__(self) -> T:
        """The value, as the files have it now."""
        stamps = [_stamp(path) for path in self._files()]
        with self._guard:
            if self._known is None or self._known[0] != stamps:
                self._known = (stamps, self._read())
            return self._known[1]


def _stamp(path: Path) -> tuple[str, int, int, int, int]:
    """What a file cannot change without: also its time of change, which nobody can set back."""
    try:
        told = path.stat()
    except OSError:
        return str(path), 0, 0, 0, 0
    return str(path), told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns
