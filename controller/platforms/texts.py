"""The text rules of any platform, also of those that are only watched: two small files of data.

`normalise.yaml` says which lines change by themselves, `redact.yaml` what is secret.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from controller.platforms.text_rules import Marked, TextRules

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
    same_as: str = ""
    volatile: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


class _Section(_File):
    section: str
    secret: str


class _RedactFile(_File):
    same_as: str = ""
    well_known: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    blocks: tuple[str | _Section, ...] = ()


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
    lines = _followed(folder, "normalise.yaml", _NormaliseFile)
    hidden = _followed(folder, "redact.yaml", _RedactFile)
    where = f"{folder.name}/normalise.yaml"
    return TextRules(
        volatile=tuple(_compiled(where, pattern) for pattern in lines.volatile),
        volatile_blocks=tuple(_block(where, pattern) for pattern in lines.blocks),
        secrets=tuple(_secret(f"{folder.name}/redact.yaml", told) for told in hidden.secrets),
        blocks=tuple(_secret_block(f"{folder.name}/redact.yaml", told) for told in hidden.blocks),
        well_known=frozenset(hidden.well_known),
        changed=tuple(_compiled(where, pattern, re.MULTILINE) for pattern in lines.changed),
    )


def _followed(folder: Traversable, name: str, shape: type[_Shape]) -> _Shape:
    """What the file says, or that of the platform that says the same."""
    told = _read(folder, name, shape)
    other: str = getattr(told, "same_as", "")
    return _read(files("controller.platforms") / other, name, shape) if other else told


def _read(folder: Traversable, name: str, shape: type[_Shape]) -> _Shape:
    where = f"{folder.name}/{name}"
    try:
        text = (folder / name).read_text(encoding="utf-8")
        content: Any = yaml.load(text, Loader=yaml.CSafeLoader)
        return shape.model_validate(content)
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ValueError(f"{where}: {error}") from error


def _secret(where: str, told: str) -> Marked:
    found = _marked(where, told)
    if "secret" not in found.pattern.groupindex:
        raise ValueError(f"{where}: pattern {told!r} has no group named secret")
    return found


def _secret_block(where: str, told: str | _Section) -> Marked:
    if isinstance(told, str):
        _secret(where, told)
        return _block(where, told)
    inner = _compiled(where, _long(told.secret), re.MULTILINE)
    if "secret" not in inner.groupindex:
        raise ValueError(f"{where}: pattern {told.secret!r} has no group named secret")
    return replace(_block(where, told.section), inner=inner)


def _block(where: str, told: str) -> Marked:
    found = _marked(where, told)
    if not found.from_line and not told.startswith("«"):
        raise ValueError(f"{where}: block {told!r} begins with ^<margin>«, ^<inner>« or «")
    return found


def _marked(where: str, told: str) -> Marked:
    """The pattern, and the words `«one|other»` of which it cannot find anything without one."""
    marked = _WORDS.findall(told)
    before, _, after = told.partition("«")
    if len(marked) != 1 or _alternatives(before) or _depth(before):
        raise ValueError(f"{where}: pattern {told!r} must mark its words once, outside of groups")
    words = tuple(marked[0].split("|"))
    if _alternatives(after.partition("»")[2]) or "(?i" in told or not all(words):
        raise ValueError(f"{where}: pattern {told!r} could find something without its words")
    plain = _WORDS.sub(lambda match: f"(?:{'|'.join(map(re.escape, words))})", told)
    compiled = _compiled(where, _long(plain), re.MULTILINE)
    return Marked(compiled, words, from_line=before in {"^<margin>", "^<inner>"})


def _long(pattern: str) -> str:
    for word, meaning in _SHORT.items():
        pattern = pattern.replace(word, meaning)
    return pattern


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
