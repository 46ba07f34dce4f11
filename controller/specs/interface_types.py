"""What the words of NetBox device types for interfaces and PoE mean (`interface_types.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True)
class InterfaceType:
    """A kind of interface: `speed` in Mbit/s, 0 for none; `wifi` its generation, 0 for none.

    `port` is `copper`, `fibre` (fixed optics), or the family of transceivers it takes: `sfp`,
    `gbic`, `xfp`, `qsfp`; empty for what is no port.
    """

    speed: int = 0
    port: str = ""
    wifi: int = 0


@cache
def interface_types() -> dict[str, InterfaceType]:
    """What is a port or a radio, by the word device types have for it."""
    return {word: InterfaceType(**told) for word, told in _loaded()["types"].items()}


@cache
def poe_standards() -> dict[str, str]:
    """The IEEE standard of each word for PoE; passive PoE, which has none, is not among them."""
    standards: dict[str, str] = _loaded()["poe"]
    return standards


@cache
def _loaded() -> dict[str, Any]:
    text = (files(__package__) / "interface_types.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded
