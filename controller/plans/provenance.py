"""Where the workspace of a plan came from. Recorded beside the plan, never part of its id."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Provenance:
    """`commit` is the git commit (hexadecimal), None without git.

    `edited` are the workspace files that differ from that commit, by path, sorted.
    """

    commit: str | None
    edited: tuple[str, ...]
