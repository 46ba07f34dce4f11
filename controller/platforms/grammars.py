"""The grammar of any platform's configurations, also of those that are only watched."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from controller.platforms.grammar import Grammar, read_grammar, same_as


@lru_cache(maxsize=64)
def grammar(name: str) -> Grammar:
    """The grammar of the platform with this folder name.

    Errors: `KeyError` for a platform without a `grammar.yaml`: its configurations cannot be read.
    """
    folder = files("controller.platforms") / name
    if not name.isidentifier() or not (folder / "grammar.yaml").is_file():
        raise KeyError(name)
    other = same_as(folder)
    return grammar(other) if other else read_grammar(folder)


@lru_cache(maxsize=1)
def readable_platforms() -> tuple[str, ...]:
    """The names of the platforms whose configurations can be read, sorted."""
    folders = files("controller.platforms").iterdir()
    return tuple(sorted(f.name for f in folders if (f / "grammar.yaml").is_file()))
