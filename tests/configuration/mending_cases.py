"""The peers' cases of remediation, of what comes after it, of differences, and of the circle.

What is not answered alike on purpose is named in `ON_PURPOSE`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from controller.configuration.lines import Lines, read_lines
from controller.configuration.mending import difference, mend
from controller.configuration.merging import future
from controller.platforms.manner import Manner, manner
from tests.recorded import recorded

TITLE = "Mending: remediation, what comes after it, differences, the circle"
ADAPTER = """\
- The cases are answered `literal`, the way the peer works: each line that goes is taken away by
  itself before another comes, unless `in_place` of the platform's `remediate.yaml` says that
  the device would be without it meanwhile; and a negation of what is not there stays. In its
  own manner (what `khaen remediate` types) ours is shorter: a line that takes another's place
  is typed alone, so that a `line vty` is never without `transport input`. That this leads to
  the target too, and that mending what is mended gives nothing, is tested for every case and on
  generated trees.
- Answers are compared as trees; the order of lines is the platform's affair (`first`, `last`).
- The circle compares the remediation, the rollback, and both configurations they lead to.
- VyOS is answered with the manner of EdgeOS, which grew out of it, SR Linux with its verbs, and
  lines without a platform like those of Cisco IOS.
"""
CATEGORIES = ("remediation", "apply_future", "difference", "workflow_circular")
# The peers' names of platforms, and ours. VyOS and EdgeOS share one way of writing, and SR Linux
# has the same verbs; lines without a platform are written as Cisco IOS does.
NAMES = {
    "arista_eos": "arista_eos",
    "cisco_ios": "cisco_ios",
    "ios": "cisco_ios",
    "cisco_nxos": "cisco_nxos",
    "nxos": "cisco_nxos",
    "cisco_xr": "cisco_iosxr",
    "fortinet_fortios": "fortinet_fortios",
    "fortios": "fortinet_fortios",
    "generic": "cisco_ios",
    "hp_comware5": "hp_comware",
    "hp_procurve": "hp_procurve",
    "procurve": "hp_procurve",
    "huawei_vrp": "huawei_vrp",
    "juniper_junos": "juniper_junos",
    "junos": "juniper_junos",
    "nokia_srl": "ubiquiti_edgerouter",
    "vyos": "ubiquiti_edgerouter",
}
STRANGERS = frozenset({"generic", "nokia_srl", "vyos"})
_NO_DELETE = (
    "The peer leaves an entry that has to go where it is (`edit` opens it, `config` makes no "
    "change); ours writes `delete`."
)
_STAYS = (
    "The peer keeps the `delete` lines in the configuration, beside the lines they delete; ours "
    "takes these away, as the device does."
)
ON_PURPOSE = {
    "apply_future/juniper_junos__009": _STAYS,
    "apply_future/vyos__012": _STAYS,
    "remediation/fortinet_fortios__013": _NO_DELETE,
    "remediation/fortinet_fortios__014": _NO_DELETE,
    "workflow_circular/fortios": _NO_DELETE,
}


@dataclass(frozen=True)
class Answer:
    """What was wanted of a case and what ours answers, as trees."""

    case: str
    platform: str
    known: bool
    wanted: tuple[Lines, ...]
    got: tuple[Lines, ...]

    @property
    def same(self) -> bool:
        """Whether ours answers the same; the order of lines is the platform's affair."""
        return self.wanted == self.got


def answers() -> Iterator[Answer]:
    """Every case, answered."""
    for category in CATEGORIES:
        for path in sorted(recorded("config", category).glob("*.json")):
            content = json.loads(path.read_text(encoding="utf-8"))
            name = NAMES[path.stem.partition("__")[0]]
            wanted, got = _answer(category, content, name)
            peer = path.stem.partition("__")[0]
            known = peer not in STRANGERS
            platform = name if known else peer
            yield Answer(f"{category}/{path.stem}", platform, known, wanted, got)


def _answer(
    category: str, content: dict[str, Any], name: str
) -> tuple[tuple[Lines, ...], tuple[Lines, ...]]:
    known = manner(name)
    running = _read(content["running"], known)
    target = _read(content.get("target") or content.get("intended") or "", known)
    if category == "remediation":
        return (_read(content["expected"], known),), (mend(running, target, known, literal=True),)
    if category == "apply_future":
        return (_read(content["expected"], known),), (future(running, target, known, literal=True),)
    if category == "difference":
        return (_read(content["expected"], known),), (difference(running, target, known),)
    wanted = tuple(
        _read(content[key], known) for key in ("expected_remediation", "expected_rollback")
    )
    there, back = (
        mend(running, target, known, literal=True),
        mend(target, running, known, literal=True),
    )
    ends = (future(running, there, known, literal=True), future(target, back, known, literal=True))
    return (*wanted, target, running), (there, back, *ends)


def _read(text: str, known: Manner) -> Lines:
    return read_lines(text, known.grammar)
