"""Texts of several lines in a configuration (banners, certificates, quoted texts) made one line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from controller.platforms.grammar import Block, Grammar


def after_noise(text: str, grammar: Grammar) -> tuple[int, int]:
    """Where the configuration begins in `text`, and how many lines are before it."""
    match = grammar.noise.match(text)
    start = match.end() if match else 0
    return start, text.count("\n", 0, start)


def clean(text: str, grammar: Grammar) -> str:
    """The configuration without what the device says before it, and no empty lines around."""
    return text[after_noise(text, grammar)[0] :].replace("\r", "").strip("\n")


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
        lines = _with_blocks(lines, blocks)
    if grammar.quotes and '"' in text:
        lines = _with_quotes(lines)
    return lines


def _with_blocks(lines: Sequence[str], blocks: Sequence[Block]) -> list[str]:
    whole: list[str] = []
    at = 0
    while at < len(lines):
        line, at = _block_at(lines, at, blocks)
        whole.append(line)
    return whole


def _block_at(lines: Sequence[str], at: int, blocks: Sequence[Block]) -> tuple[str, int]:
    """The text that begins at this line, or the line alone; and where the next one is."""
    raw = lines[at]
    for block in blocks:
        if block.word not in raw:
            continue
        match = block.start.match(raw)
        if match is not None:
            return (
                _marked(lines, at, block, match)
                if block.until is None
                else _until(lines, at, block)
            )
    return raw, at + 1


def _until(lines: Sequence[str], at: int, block: Block) -> tuple[str, int]:
    taken = [lines[at].rstrip()]
    for more in lines[at + 1 :]:
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
