"""What lies between two configurations: as a person reads it, and as a device would type it."""

from controller.lab.configuration.dialect import GLOBAL, Dialect
from controller.lab.configuration.rendering import ordered_inner, ordered_tops, section_lines
from controller.lab.configuration.tree import Configuration, Lines, Merged


def contextual(before: Configuration, after: Configuration) -> list[str]:
    """IOS's contextual difference: removed lines with ``-``, added ones with ``+``, in context."""
    dialect = before.dialect
    text: list[str] = []
    for top in ordered_tops(dialect, before.lines | after.lines):
        old, new = before.lines.get(top), after.lines.get(top)
        if old is None or new is None:
            sign = "+" if old is None else "-"
            text.extend(_signed(dialect, sign, top, new if old is None else old))
        elif list(old) != list(new):
            inner = _inner_difference(dialect, top, old, new)
            text.extend([top, *inner] if inner else [])
    return text


def _signed(dialect: Dialect, sign: str, top: str, inner: Lines | None) -> list[str]:
    lines = section_lines(dialect, top, inner or {})
    signed: list[str] = []
    for line in "\n".join(lines).split("\n"):
        body = line.lstrip(" ") if len(lines) > 1 else line
        signed.append(line[: len(line) - len(body)] + sign + body)
    return signed


def _inner_difference(dialect: Dialect, top: str, old: Lines, new: Lines) -> list[str]:
    margin = " " * dialect.indent
    if dialect.ordered.match(top):
        removed, added = list(old), list(new)
    else:
        removed = ordered_inner(dialect, top, [line for line in old if line not in new])
        added = ordered_inner(dialect, top, [line for line in new if line not in old])
    return [f"{margin}-{line}" for line in removed] + [f"{margin}+{line}" for line in added]


def incremental(merged: Merged) -> list[str]:
    """IOS's list of the commands of a merge that would change something, nested by section."""
    text: list[str] = []
    shown: tuple[str, ...] = ()
    for section, line in merged.changes:
        if section and section != shown:
            header = _header(section)
            if not text or text[-1] != header:
                text.append(header)
        shown = section
        text.append(f" {line}" if section else line)
    return text


def _header(section: tuple[str, ...]) -> str:
    if len(section) == 1:
        return section[0]
    word = section[0].split(" ", 1)[0]
    names = ",".join(top.removeprefix(f"{word} ") for top in section)
    return f"interface range {names}" if word == "interface" else f"{word} {names}"


def commands_between(before: Configuration, after: Configuration) -> list[str]:
    """The lines to type, starting outside sections, that turn `before` into `after`."""
    dialect = before.dialect
    removed = [top for top in before.lines if top not in after.lines]
    commands = [
        command
        for top in ordered_tops(dialect, removed)
        if (command := _removal(dialect, GLOBAL, top, after.lines)) is not None
    ]
    for top in ordered_tops(dialect, after.lines):
        old, new = before.lines.get(top), after.lines[top]
        if old is None:
            commands.extend(section_lines(dialect, top, new))
        elif dialect.ordered.match(top) and list(old) != list(new):
            commands.extend([f"no {top}", *section_lines(dialect, top, new)])
        elif set(old) != set(new):
            commands.extend(_inner_commands(dialect, top, old, new))
    return commands


def _inner_commands(dialect: Dialect, top: str, old: Lines, new: Lines) -> list[str]:
    margin = " " * dialect.indent
    removed = ordered_inner(dialect, top, [line for line in old if line not in new])
    removals = [
        command
        for line in removed
        if (command := _removal(dialect, dialect.kind(top), line, new)) is not None
    ]
    added = ordered_inner(dialect, top, [line for line in new if line not in old])
    return [top, *(margin + command for command in removals + added)]


def _removal(dialect: Dialect, kind: str, line: str, kept: Lines) -> str | None:
    """The command that takes a line away, or None where typing its successor does it."""
    positive = line.removeprefix("no ")
    if positive != line:
        return None if positive in kept else f"default {positive}"
    if dialect.negatives.fullmatch(f"{kind}|{line}"):
        # A bare "no" would be shown as a line of its own.
        return None if f"no {line}" in kept else f"default {line}"
    key = dialect.single_key(kind, line)
    if key is not None and any(dialect.single_key(kind, other) == key for other in kept):
        return None
    return f"no {key}" if key is not None and "\n" in line else f"no {line}"
