"""Texts of several lines in a configuration (banners, certificates, quoted texts) made one line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from controller.platforms.grammar import Block, Grammar


def clean(text: str, grammar: Grammar) -> str:
    """The configuration without what the device says before it, and no empty lines around."""
    lines = text.replace("\r", "").split("\n")
    first = 0
    while first < len(lines) and (
        not lines[first].strip() or grammar.noise.match(lines[first].strip())
    ):
        first += 1
    return "\n".join(lines[first:]).rstrip("\n")


def whole_lines(text: str, grammar: Grammar) -> list[str]:
    """The lines of `text` in order, each with its margin; a text of several lines is one of them.

    Such a line holds line feeds, as many as lines went into it. A mark that may be any is spelled
    as devices show it.
    """
    if "\r" in text:
        text = text.replace("\r", "")
    lines = text.split("\n")
    blocks = [block for block in grammar.blocks if block.word in text]
    if blocks:
        lines = _with_blocks(lines, blocks, _places(text, blocks))
    if grammar.quotes and '"' in text:
        lines = _with_quotes(lines)
    return lines


def _places(text: str, blocks: Sequence[Block]) -> Sequence[int]:
    """Which lines may begin a block, in order, counted from 0."""
    offsets: set[int] = set()
    for block in blocks:
        at = text.find(block.word)
        while at >= 0:
            offsets.add(at)
            at = text.find(block.word, at + 1)
    places: list[int] = []
    last = line = 0
    for offset in sorted(offsets):
        line += text.count("\n", last, offset)
        last = offset
        places.append(line)
    return places


def _with_blocks(lines: list[str], blocks: Sequence[Block], places: Sequence[int]) -> list[str]:
    whole: list[str] = []
    done = 0
    for place in places:
        if place < done:
            continue
        for block in blocks:
            match = block.start.match(lines[place])
            if match is not None:
                whole += lines[done:place]
                take = _marked if block.until is None else _until
                line, done = take(lines, place, block, match)
                whole.append(line)
                break
    return whole + lines[done:]


def _until(lines: Sequence[str], at: int, block: Block, _match: re.Match[str]) -> tuple[str, int]:
    """A text up to the line that ends it; and where the next line is."""
    taken = [lines[at].rstrip()]
    for number in range(at + 1, len(lines)):
        more = lines[number]
        last = block.until is not None and block.until.match(more) is not None
        if not last and block.goes_on is not None and not block.goes_on.match(more):
            break
        taken.append(more.rstrip())
        if last:
            break
    return "\n".join(taken), at + len(taken)


def _marked(lines: Sequence[str], at: int, block: Block, match: re.Match[str]) -> tuple[str, int]:
    """A text between two marks, which may be any; spelled with the one that devices show."""
    mark, raw = match["mark"], lines[at]
    text = raw[match.end("mark") :].rstrip()
    at += 1
    while mark not in text and at < len(lines):
        text += f"\n{lines[at].rstrip()}"
        at += 1
    margin = raw[: len(raw) - len(raw.lstrip())]
    head = raw[: match.start("mark")].strip()
    shown = block.spelled or mark
    return f"{margin}{head} {shown}{text.split(mark)[0]}{shown}", at


def _with_quotes(lines: Sequence[str]) -> list[str]:
    whole: list[str] = []
    waiting: list[str] = []
    for raw in lines:
        odd = (raw.count('"') - raw.count('\\"')) % 2 == 1
        if waiting:
            waiting.append(raw)
            if odd:
                whole.append("\n".join(waiting))
                waiting = []
        elif odd:
            waiting = [raw]
        else:
            whole.append(raw)
    # A text that never ends was none: only its first line has an odd mark.
    return whole + waiting
