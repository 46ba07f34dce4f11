"""What kind of equipment the description of a device type speaks of, where it speaks of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from controller.specs.model import Model

_TOLD_IN = ("model", "slug", "description", "comments")
_WORDS = {
    "switch": re.compile(r"switch(?:es|ing)?\b"),
    "access-point": re.compile(r"access[- ]?points?\b"),
    "router": re.compile(r"routers?\b"),
    "firewall": re.compile(r"firewalls?\b"),
    "ups": re.compile(r"\bups\b|uninterruptible"),
}
_SWITCH_PORTS = 4


def described_kind(told: Mapping[str, Any], model: Model) -> str:
    """The one kind of the register that the words of a device type name, if its ports agree.

    A switch has ports and feeds no mains; an access point has a radio. Empty where no kind is
    named, or several. Words are no proof: whoever uses it says so.
    """
    words = " ".join(str(told.get(key) or "") for key in _TOLD_IN).casefold().replace("_", "-")
    named = [kind for kind, pattern in _WORDS.items() if pattern.search(words)]
    if len(named) != 1:
        return ""
    ports = model.ports or 0
    fits = {
        "switch": ports >= _SWITCH_PORTS and not told.get("power-outlets") and model.wifi is None,
        "access-point": model.wifi is not None,
        "ups": bool(told.get("power-outlets")),
    }
    return named[0] if fits.get(named[0], ports > 1) else ""
