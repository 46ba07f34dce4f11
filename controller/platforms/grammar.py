"""How a platform writes its configuration, and what typing a line into it does: `grammar.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

Layout = Literal["indented", "braces", "menus"]


@dataclass(frozen=True)
class Block:
    """A text of several lines: from `start` to the line that its group `mark` or `until` ends.

    With `goes_on` it ends before the first line that does not fit, unless that fits `until`.
    `word` stands in every line that may begin one: what is not there need not be looked for.
    `spelled` is the mark it is read with whatever mark was typed; empty where that one is shown.
    """

    start: re.Pattern[str]
    until: re.Pattern[str] | None
    word: str
    goes_on: re.Pattern[str] | None = None
    spelled: str = "^C"


@dataclass(frozen=True)
class Grammar:
    """How lines stand in sections, and what typing one does.

    `layout`: `indented` lines, statements in `braces` (read as the `set` lines that make them,
    without the words of `roots` in front, and with `split_lists` one for each value of a list), or
    `menus` with commands. `indent` is how many spaces
    the device puts before the lines of a section. With `parted` a comment ends every section; with
    `quotes` a text in double quotes may go on over lines. `noise` is how lines begin that the
    device says before the configuration. Where margins mean nothing, `opens` are lines that open a
    section, up to the next line of `skipped`. Where commands are typed without margins,
    `typed_sections` are whole lines that open a section and `typed_inner` those that open another
    inside of one.

    `comment` is how a line begins that says nothing, `skipped` are lines that only end a section,
    `negation` the word that takes a line away. `single` finds the leading words of which a section
    holds one line at most; `shown_negatives` lines whose negation is shown; `silent` lines that are
    not shown because they are so anyway, `silent_within` the same for lines in sections that match;
    `interfaces` the full names of the kinds of interfaces.
    """

    comment: tuple[str, ...]
    skipped: frozenset[str]
    negation: str
    single: re.Pattern[str]
    shown_negatives: re.Pattern[str]
    silent: re.Pattern[str]
    silent_within: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    blocks: tuple[Block, ...]
    interfaces: tuple[str, ...]
    layout: Layout = "indented"
    indent: int = 1
    parted: bool = False
    quotes: bool = False
    roots: tuple[str, ...] = ()
    split_lists: bool = False
    noise: re.Pattern[str] = re.compile(r"(?!)")
    opens: re.Pattern[str] | None = None
    typed_sections: re.Pattern[str] = re.compile(r"(?!)")
    typed_inner: re.Pattern[str] = re.compile(r"(?!)")

    def opens_section(self, line: str) -> bool:
        """Whether what is typed after `line` stands in the section it opens."""
        return self.typed_sections.fullmatch(line) is not None

    def opens_inner(self, line: str) -> bool:
        """Whether `line`, typed in a section, opens one inside of it."""
        return self.typed_inner.fullmatch(line) is not None

    def single_key(self, line: str) -> str | None:
        """The leading words that only one line of a section may have, or None."""
        match = self.single.match(line)
        return match.group(0) if match else None

    def is_silent(self, section: str, line: str) -> bool:
        """Whether the device would not show `line` in `section` (empty: outside of all)."""
        if self.silent.fullmatch(line):
            return True
        return any(s.match(section) and p.fullmatch(line) for s, p in self.silent_within)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Block(_File):
    start: str
    until: str | None = None
    word: str = Field(min_length=1)
    goes_on: str | None = None
    spelled: str = "^C"


class _GrammarFile(_File):
    comment: tuple[str, ...] = ("!",)
    skipped: tuple[str, ...] = ("end", "exit")
    negation: str = "no"
    single: tuple[str, ...] = ()
    shown_negatives: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    silent_within: dict[str, str] = Field(default_factory=dict)
    blocks: tuple[_Block, ...] = ()
    interfaces: tuple[str, ...] = ()
    layout: Layout = "indented"
    indent: int = Field(default=1, ge=1, le=8)
    parted: bool = False
    quotes: bool = False
    roots: tuple[str, ...] = ()
    split_lists: bool = False
    noise: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    typed_sections: tuple[str, ...] = ()
    typed_inner: tuple[str, ...] = ()


def same_as(folder: Traversable) -> str:
    """The platform that writes its configuration the same way (`same_as:`), or an empty text."""
    content: Any = yaml.load(
        (folder / "grammar.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return str(content.get("same_as", "")) if isinstance(content, dict) else ""


def read_grammar(folder: Traversable) -> Grammar:
    """The grammar that a platform's folder describes.

    Errors: `ValueError` with folder and file name when the file is missing, is no YAML, has an
    unknown word, or a pattern that does not compile.
    """
    where = f"{folder.name}/grammar.yaml"
    try:
        text = (folder / "grammar.yaml").read_text(encoding="utf-8")
        content: Any = yaml.load(text, Loader=yaml.CSafeLoader)
        return _made(where, _GrammarFile.model_validate(content))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ValueError(f"{where}: {error}") from error


def _made(where: str, told: _GrammarFile) -> Grammar:
    return Grammar(
        comment=told.comment,
        skipped=frozenset(told.skipped),
        negation=told.negation,
        single=_any_of(where, told.single, r"(?=\s|$)"),
        shown_negatives=_any_of(where, told.shown_negatives),
        silent=_any_of(where, told.silent),
        silent_within=tuple(
            (_compiled(where, s), _compiled(where, p)) for s, p in told.silent_within.items()
        ),
        blocks=tuple(_block(where, block) for block in told.blocks),
        interfaces=told.interfaces,
        layout=told.layout,
        indent=told.indent,
        parted=told.parted,
        quotes=told.quotes,
        roots=told.roots,
        split_lists=told.split_lists,
        noise=_any_of(where, told.noise),
        opens=_any_of(where, told.opens) if told.opens else None,
        typed_sections=_any_of(where, told.typed_sections),
        typed_inner=_any_of(where, told.typed_inner),
    )


def _block(where: str, told: _Block) -> Block:
    start = _compiled(where, told.start)
    if ("mark" in start.groupindex) == (told.until is not None):
        raise ValueError(f"{where}: block {told.start!r} needs a group mark or `until`")
    until, goes_on = (
        None if p is None else _compiled(where, p) for p in (told.until, told.goes_on)
    )
    return Block(start, until, told.word, goes_on, told.spelled)


def _any_of(where: str, patterns: tuple[str, ...], ending: str = "") -> re.Pattern[str]:
    # No pattern at all finds nothing, and not everything.
    return _compiled(where, f"(?:{'|'.join(patterns)}){ending}" if patterns else r"(?!)")


def _compiled(where: str, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{where}: pattern {pattern!r}: {error}") from error
