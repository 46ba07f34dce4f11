"""The text rules of any platform, also of those that are only watched: two small files of data.

`normalise.yaml` says which lines change by themselves, `redact.yaml` what is secret.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from controller.platforms.text_rules import Secret, TextRules

# Short words for what may stand before a line: see the redact.yaml files.
_SHORT = {
    "<margin>": r"[ \t]*[+-]?[ \t]*",
    "<inner>": r"(?:[ \t]*[+-][ \t]+|[ \t]+[+-]?[ \t]*)",
}
_WORDS = re.compile(r"«([^«»]+)»(?![?*{])")
# What an opening and closing of groups is not: an escaped letter, a set of letters.
_NO_GROUP = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _NormaliseFile(_File):
    volatile: tuple[str, ...] = ()


class _RedactFile(_File):
    well_known: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()


_Shape = TypeVar("_Shape", bound=_File)


@lru_cache(maxsize=64)
def text_rules(name: str) -> TextRules:
    """The text rules of the platform with this folder name.

    Errors: `KeyError` for a platform without a `redact.yaml`: its texts cannot be shown.
    """
    folder = files("controller.platforms") / name
    if not name.isidentifier() or not (folder / "redact.yaml").is_file():
        raise KeyError(name)
    return read_text_rules(folder)


def read_text_rules(folder: Traversable) -> TextRules:
    """The text rules that the files of `folder` describe.

    Errors: `ValueError` with folder and file name when a file is missing, is no YAML, has an
    unknown word, or a pattern that does not compile, lacks its group or does not mark its words.
    """
    volatile = _read(folder, "normalise.yaml", _NormaliseFile).volatile
    hidden = _read(folder, "redact.yaml", _RedactFile)
    where = f"{folder.name}/redact.yaml"
    blocks = tuple(_secret(where, pattern) for pattern in hidden.blocks)
    for block, told in zip(blocks, hidden.blocks, strict=True):
        if not block.from_line and not told.startswith("«"):
            raise ValueError(f"{where}: block {told!r} begins with ^<margin>«, ^<inner>« or «")
    return TextRules(
        volatile=tuple(_compiled(f"{folder.name}/normalise.yaml", p) for p in volatile),
        secrets=tuple(_secret(where, pattern) for pattern in hidden.secrets),
        blocks=blocks,
        well_known=frozenset(hidden.well_known),
    )


def _read(folder: Traversable, name: str, shape: type[_Shape]) -> _Shape:
    where = f"{folder.name}/{name}"
    try:
        text = (folder / name).read_text(encoding="utf-8")
        content: Any = yaml.load(text, Loader=yaml.CSafeLoader)
        return shape.model_validate(content)
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ValueError(f"{where}: {error}") from error


def _secret(where: str, told: str) -> Secret:
    """The pattern, and the words `«one|other»` of which it cannot find anything without one."""
    marked = _WORDS.findall(told)
    before, _, after = told.partition("«")
    if len(marked) != 1 or _alternatives(before) or _depth(before):
        raise ValueError(f"{where}: pattern {told!r} must mark its words once, outside of groups")
    if _alternatives(after.partition("»")[2]) or "(?i" in told:
        raise ValueError(f"{where}: pattern {told!r} could find something without its words")
    words = tuple(marked[0].split("|"))
    plain = _WORDS.sub(lambda match: f"(?:{'|'.join(map(re.escape, words))})", told)
    for word, meaning in _SHORT.items():
        plain = plain.replace(word, meaning)
    compiled = _compiled(where, plain, re.MULTILINE)
    if "secret" not in compiled.groupindex or not all(words):
        raise ValueError(f"{where}: pattern {told!r} has no group named secret, or an empty word")
    return Secret(compiled, words, from_line=before in {"^<margin>", "^<inner>"})


def _depth(part: str) -> int:
    """How many groups are open at the end of a part of a pattern."""
    bare = _NO_GROUP.sub("", part)
    return bare.count("(") - bare.count(")")


def _alternatives(part: str) -> bool:
    """Whether a `|` stands outside of all groups."""
    bare = _NO_GROUP.sub("", part)
    depth = 0
    for letter in bare:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "|" and depth <= 0:
            return True
    return False


def _compiled(where: str, pattern: str, flags: int = 0) -> re.Pattern[str]:
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise ValueError(f"{where}: pattern {pattern!r}: {error}") from error
