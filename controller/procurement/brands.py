"""Names of brands and products in a text: those of our list, of models, and of the register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import yaml

from controller.inventory.asset import Asset
from controller.specs.attribute import attributes
from controller.specs.model import Model

_SHORTEST_BRAND = 3
_SHORTEST_PRODUCT = 4
_NO_BRAND = frozenset({"other", "unknown", "none", "n/a", "no brand", "noname", "generic", "oem"})
# 24G, 512GB, 10/100/1000, 2x10G and the like measure something.
_MEASURE = re.compile(r"[\d./x×*-]+\s*[A-Za-z]{0,5}")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9 .&+/-]*")
_WORD = re.compile(r"[A-Za-z0-9]+")
# What may stand between the words of one name: TP-Link, TP Link, RB4011iGS+RM.
_JOINT = re.compile(r"[ .&+/_-]{1,2}")


@dataclass(frozen=True)
class Names:
    """Names to look for: in any case, or `exact` ones, which are plain words in another case."""

    any_case: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()

    def within(self, text: str) -> tuple[str, ...]:
        """The names that stand in the text, as they stand there, each once."""
        looked = _looked_for(self)
        found = [name for name in looked.thai if name in text]
        words = list(_WORD.finditer(text))
        skip = 0
        for index, first in enumerate(words):
            if index < skip:
                continue
            for name in looked.latin.get(first[0].casefold(), ()):
                span = words[index : index + len(name)]
                if _spells(text, span, name, looked.exact):
                    found.append(text[first.start() : span[-1].end()])
                    skip = index + len(name)
                    break
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class _Looked:
    """The names as they are looked for: words by the first of them, the longest name first."""

    latin: dict[str, tuple[tuple[str, ...], ...]]
    exact: frozenset[tuple[str, ...]]
    thai: tuple[str, ...]


def names_of(models: Iterable[Model], assets: Iterable[Asset]) -> Names:
    """What to look for: our list, makers and numbers of models, brands and models of the register.

    A product's number counts when it has letters and digits and measures nothing: `24` and `512GB`
    stand in every specification.
    """
    brands: set[str] = set()
    products: set[str] = set()
    for model in models:
        brands.add(model.maker)
        products.add(model.model)
    for brand, product in {(asset.brand, asset.model) for asset in assets}:
        brands.add(brand)
        products.add(product)
    told = _told()
    plain = {word.casefold() for word in told["plain"]} | _catalogue_words()
    exact = frozenset(told["exact"])
    theirs = {name for name in map(_tidy, brands) if _is_brand(name)} - exact
    theirs |= {name for name in map(_tidy, products) if _is_product(name, plain)}
    ours = {name for names in told["names"] for name in names}
    return Names(any_case=frozenset(theirs | ours), exact=exact)


def same_brand(one: str, other: str) -> bool:
    """Whether two names are of the same maker: equal but for case, or of one line of our list."""
    left, right = one.casefold().strip(), other.casefold().strip()
    if left == right:
        return True
    families = ({name.casefold() for name in names} for names in _told()["names"])
    return any({left, right} <= family for family in families)


def _is_brand(name: str) -> bool:
    known = len(name) >= _SHORTEST_BRAND and name.casefold() not in _NO_BRAND
    return known and _LATIN_NAME.fullmatch(name) is not None


def _is_product(name: str, plain: set[str]) -> bool:
    if len(name) < _SHORTEST_PRODUCT or name.casefold() in plain:
        return False
    mixed = any(c.isdigit() for c in name) and any(c.isascii() and c.isalpha() for c in name)
    return mixed and not _MEASURE.fullmatch(name)


def _tidy(name: str) -> str:
    return " ".join(name.split())


@cache
def _told() -> dict[str, Any]:
    text = (files(__package__) / "brands.yaml").read_text(encoding="utf-8")
    told: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return told


@cache
def _catalogue_words() -> frozenset[str]:
    """Spellings of levels and members are what criteria ask for, no products."""
    return frozenset(word.casefold() for word in _spelled())


def _spelled() -> Iterator[str]:
    for attribute in attributes().values():
        for level in attribute.levels:
            yield from level
        for member, spellings in attribute.members.items():
            yield from (member, *spellings)


@cache
def _looked_for(names: Names) -> _Looked:
    exact = frozenset(tuple(_WORD.findall(name)) for name in names.exact)
    spelled = {tuple(_WORD.findall(name.casefold())) for name in names.any_case} | exact
    latin: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(spelled - {()}, key=lambda words: (-len(words), words)):
        latin.setdefault(name[0].casefold(), []).append(name)
    thai = tuple(sorted(name for name in names.any_case if not name.isascii()))
    return _Looked({first: tuple(told) for first, told in latin.items()}, exact, thai)


def _spells(
    text: str,
    span: list[re.Match[str]],
    name: tuple[str, ...],
    exact: frozenset[tuple[str, ...]],
) -> bool:
    """Whether these words of the text are the name: beside each other, in the case that counts."""
    if len(span) < len(name):
        return False
    pairs = pairwise(span)
    if any(not _JOINT.fullmatch(text[one.end() : other.start()]) for one, other in pairs):
        return False
    words = tuple(word[0] for word in span)
    if name in exact:
        return words == name
    return tuple(word.casefold() for word in words) == name
