"""Whether a candidate stands in a running configuration, line by line, without asking the device.

A quick yes is a yes; anything else only means that the device itself has to be asked.
"""

from __future__ import annotations

from collections.abc import Iterator

Path = tuple[str, ...]
_NO_LINE = frozenset({"!", "end", "exit"})


def paths(text: str) -> Iterator[Path]:
    """Every line of a configuration below the lines it is indented under."""
    above: list[tuple[int, str]] = []
    for raw in text.splitlines():
        line = raw.strip()
        if not line or line in _NO_LINE or line.startswith("!"):
            continue
        depth = len(raw) - len(raw.lstrip())
        while above and above[-1][0] >= depth:
            above.pop()
        above.append((depth, line))
        yield tuple(word for _, word in above)


def stands_in(candidate: str, running: str) -> bool:
    """Whether every line of the candidate is there, and what it takes away is not.

    Lines with a secret reference are passed over: devices show secrets in other forms.
    """
    there = frozenset(paths(running))
    return all(_is_met(path, there) for path in paths(candidate) if "⟦" not in path[-1])


def closes(candidate: str) -> frozenset[str]:
    """The interfaces the candidate shuts down on purpose."""
    return frozenset(
        path[0].removeprefix("interface ").strip()
        for path in paths(candidate)
        if len(path) > 1 and path[0].startswith("interface ") and path[-1] == "shutdown"
    )


def _is_met(path: Path, there: frozenset[Path]) -> bool:
    *section, line = path
    if line.startswith("no "):
        taken = line.removeprefix("no ")
        return not any(
            other[:-1] == tuple(section)
            and (other[-1] == taken or other[-1].startswith(taken + " "))
            for other in there
        )
    return path in there
