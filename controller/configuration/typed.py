"""Commands as typed one after the other, put under the lines that open their sections."""

from __future__ import annotations

from controller.configuration.texts import whole_lines
from controller.platforms.grammar import Grammar


def nested(typed: str, grammar: Grammar) -> str:
    """The typed lines with margins: a line that opens a section has what follows below it.

    Where a section ends cannot be seen in what is typed: it ends at the next line that opens one,
    or at `exit` and `end`, which go. Whoever judges danger looks at every line also as if it stood
    at the top.
    """
    depth = 0
    made: list[str] = []
    for raw in whole_lines(typed, grammar):
        line = raw.strip()
        if not line or line.startswith(grammar.comment):
            continue
        if line in grammar.skipped:
            depth = 0 if line == "end" else max(depth - 1, 0)
            continue
        if grammar.opens_section(line):
            made.append(line)
            depth = 1
        elif depth and grammar.opens_inner(line):
            made.append(f" {line}")
            depth = 2
        else:
            made.append(" " * depth + line)
    return "".join(f"{line}\n" for line in made)
