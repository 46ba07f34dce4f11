"""A configuration as the text a device would show, in the device's own order."""

from collections.abc import Iterable

from controller.lab.configuration.dialect import GLOBAL, Dialect, natural_key
from controller.lab.configuration.tree import Configuration, Lines


def render(configuration: Configuration) -> str:
    """The whole configuration, without header and ``end``; ends in a newline.

    Reading the text again gives an equal configuration, and the same lines give the same text
    whatever order they were typed in.
    """
    if configuration.rendered is None:
        configuration.rendered = "\n".join(_rendered_lines(configuration)) + "\n"
    return configuration.rendered


def ordered_tops(dialect: Dialect, tops: Iterable[str]) -> list[str]:
    """Top lines in the order in which the device shows them."""
    return sorted(tops, key=lambda top: (dialect.rank(GLOBAL, top), natural_key(_plain(top))))


def ordered_inner(dialect: Dialect, top: str, inner: Iterable[str]) -> list[str]:
    """The lines of a section in the device's order (as typed where the order has a meaning)."""
    if dialect.ordered.match(top):
        return list(inner)
    kind = dialect.kind(top)
    return sorted(inner, key=lambda line: (dialect.rank(kind, line), natural_key(_plain(line))))


def section_lines(dialect: Dialect, top: str, inner: Lines) -> list[str]:
    """A section as text lines, its first line included."""
    margin = " " * dialect.indent
    return [top, *(margin + line for line in ordered_inner(dialect, top, inner))]


def _plain(line: str) -> str:
    return line.removeprefix("no ")


def _rendered_lines(configuration: Configuration) -> list[str]:
    dialect = configuration.dialect
    text: list[str] = []
    previous: int | None = None
    for top in ordered_tops(dialect, configuration.lines):
        rank = dialect.rank(GLOBAL, top)
        section = dialect.sections.match(top) is not None
        if previous is not None and (rank != previous or section):
            text.append("!")
        text.extend(section_lines(dialect, top, configuration.lines[top]))
        previous = rank
    text.append("!")
    return text
