"""Statements in braces, as Junos and PAN-OS show them, read as the `set` lines that make them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from controller.configuration.texts import whole_lines
from controller.platforms.grammar import Grammar

_INACTIVE = "inactive: "
# What a device writes before a statement that is not part of it.
_LABEL = re.compile(r"(?:(?:protect|replace): )+")
# A remark behind a statement, as ` ## SECRET-DATA`.
_REMARK = re.compile(r"(?<=[;{}])\s*(?:##?\s[^\"]*|/\*.*?\*/\s*)$")
_SIGN = re.compile(r"(\"(?:[^\"\\]|\\.)*\")|\s*([{};])\s*")
_LIST = re.compile(r"(?P<head>.*\S)\s*\[\s*(?P<values>.*?)\s*\]$", re.DOTALL)


def statement_rows(text: str, grammar: Grammar) -> list[tuple[int, int, str]]:
    """Number, margin (none) and text of the `set` line of every statement, in order.

    What is inactive is set and then deactivated. Lines that are commands already stay as they are.
    """
    number = 0
    reader = _Reader(grammar)
    rows: list[tuple[int, int, str]] = []
    comment, skipped = grammar.comment, grammar.skipped
    inside = False
    for raw in whole_lines(text, grammar):
        number += 1
        at = number
        number += raw.count("\n")
        line = raw.strip()
        if inside or line.startswith("/*"):
            # A note that somebody made of the statement below, on one line or on several.
            inside = "*/" not in line
            continue
        if not line or line.startswith(comment) or line in skipped:
            continue
        rows.extend((at, 0, made) for made in reader.read(line))
    return rows


class _Reader:
    """Follows the braces; `read` tells the lines that one line of text makes."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        # Words of the sections around, joined; whether nothing stood in each so far; if inactive.
        self._around: list[tuple[str, bool]] = []
        self._empty = False

    def read(self, line: str) -> Iterator[str]:
        if line[-1] not in "{};":
            line = _REMARK.sub("", line)
        sign = line[-1]
        if (sign == "}" and line != "}") or ("{" in line[:-1] and sign == ";"):
            for piece in _pieces(line):
                yield from self._statement(piece)
        else:
            yield from self._statement(line)

    def _statement(self, line: str) -> Iterator[str]:
        sign = line[-1]
        if sign == "}":
            yield from self._close()
        elif sign == "{":
            inactive, words = _labelled(line[:-1].rstrip())
            self._around.append((self._with(words), inactive))
            self._empty = True
        elif sign == ";" or self._around:
            inactive, words = _labelled(line[:-1].rstrip() if sign == ";" else line)
            self._empty = False
            yield from self._set(self._with(words), inactive)
        else:
            yield line

    def _with(self, words: str) -> str:
        path = f"{self._around[-1][0]} {words}".strip() if self._around else words
        for root in self._grammar.roots:
            if path == root or path.startswith(f"{root} "):
                path = path[len(root) :].lstrip()
        return path

    def _close(self) -> Iterator[str]:
        if not self._around:
            return
        path, inactive = self._around.pop()
        if self._empty and path:
            yield f"set {path}"
        self._empty = False
        if inactive:
            yield f"deactivate {path}"

    def _set(self, path: str, inactive: bool) -> Iterator[str]:
        if not path:
            return
        match = _LIST.match(path) if path[-1] == "]" else None
        if match is None:
            yield f"set {path}"
        elif self._grammar.split_lists:
            path = match["head"]
            yield from (f"set {path} {value}" for value in _words(match["values"]))
        else:
            yield f"set {match['head']} [ {' '.join(_words(match['values']))} ]"
        if inactive:
            yield f"deactivate {path}"


def _labelled(words: str) -> tuple[bool, str]:
    inactive = words.startswith(_INACTIVE)
    return inactive, _LABEL.sub("", words.removeprefix(_INACTIVE), count=1)


def _words(values: str) -> list[str]:
    return re.findall(r'"(?:[^"\\]|\\.)*"|\S+', values)


def _pieces(line: str) -> Iterator[str]:
    """Several statements on one line, one by one."""
    parted = _SIGN.sub(lambda m: m[1] or ("\0}\0" if m[2] == "}" else f" {m[2]}\0"), line)
    yield from (piece.strip() for piece in parted.split("\0") if piece.strip())
