"""What the safety functions look at: one device, what is on it, and what would change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from controller.configuration.edits import UNKNOWN, Edit
from controller.configuration.lines import Lines, read_lines
from controller.inventory.device import Device
from controller.plans.difference import Difference
from controller.plans.effects import Effect, effects
from controller.plans.plan import TaskPlan, Way
from controller.platforms.interfaces import full_name
from controller.platforms.platform import Platform
from controller.platforms.rules import Change

ANY = r"[^>]+"
NEVER = r"(?!)"


@dataclass(frozen=True)
class Limits:
    """Where the safety functions draw the line. `account` is our user name on the devices."""

    remove_percent: int
    account: str


@dataclass(frozen=True)
class Subject:
    """One device before a change. `difference` is None when the device gave none.

    Of a playbook `candidate` is what its tasks would type, `tasks` are those tasks, and `secrets`
    the names of the secrets it is given.
    """

    device: Device
    platform: Platform
    operation: Way
    running: str
    candidate: str
    difference: Difference | None
    limits: Limits
    tasks: tuple[TaskPlan, ...] = ()
    secrets: tuple[str, ...] = ()

    @cached_property
    def running_lines(self) -> Lines:
        """The running configuration, nested."""
        return read_lines(self.running, self.platform.grammar)

    @cached_property
    def candidate_lines(self) -> Lines:
        """The candidate, nested."""
        return read_lines(self.candidate, self.platform.grammar)

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """What the difference does; nothing when there is none."""
        if self.difference is None:
            return ()
        told = effects(self.difference, self.running_lines, self.platform.grammar)
        if self.operation != "playbook":
            return told
        # What a playbook types has no margins: a line may stand in the section before it, or at
        # the top. Whichever is dangerous counts.
        inner = tuple(Edit(e.sign, (), e.line) for e in self.difference.edits if e.path)
        at_top = Difference(inner, readable=True)
        return told + effects(at_top, self.running_lines, self.platform.grammar)

    @cached_property
    def management(self) -> frozenset[str]:
        """The interfaces that carry the management address: as declared, and as the device has it.

        Empty when neither is known.
        """
        declared = self.device.management_interface
        names = self.platform.grammar.interfaces
        found = {full_name(declared, names) or declared} if declared else set()
        wanted = self.platform.safety.address_line.replace(
            "<address>", re.escape(self.device.address)
        )
        for section, inner in self.running_lines.items():
            if section.startswith("interface ") and any(re.fullmatch(wanted, ln) for ln in inner):
                found.add(section.removeprefix("interface "))
        return frozenset(found)

    @cached_property
    def uplink(self) -> frozenset[str]:
        """The interface towards the office; empty when it is not declared."""
        declared = self.device.uplink
        if not declared:
            return frozenset()
        return frozenset({full_name(declared, self.platform.grammar.interfaces) or declared})

    @cached_property
    def management_vlans(self) -> frozenset[int]:
        """Numbers of the VLANs that carry the management address; empty on a routed port."""
        found = (self.platform.safety.management_vlan.fullmatch(n) for n in self.management)
        return frozenset(int(match["vlan"]) for match in found if match)

    @cached_property
    def _words(self) -> dict[str, str]:
        """What the words in the platform's patterns stand for on this device."""
        vlans = _one_of(map(str, self.management_vlans)) if self.management_vlans else NEVER
        return {
            "<management>": _one_of((*self.management, UNKNOWN)) if self.management else ANY,
            "<uplink>": _one_of((*self.uplink, UNKNOWN)) if self.uplink else ANY,
            "<vlan>": vlans if self.management else ANY,
            "<user>": re.escape(self.limits.account),
        }

    def is_bound(self, change: Change) -> bool:
        """Whether the interfaces that `change` speaks of are known on this device."""
        text = " ".join((change.section or "", *change.patterns))
        known = {
            "<management>": self.management,
            "<vlan>": self.management,
            "<uplink>": self.uplink,
        }
        return all(names for word, names in known.items() if word in text)

    def matches(self, change: Change, effect: Effect) -> bool:
        """Whether `effect` is such a change. One whose section is not known could be any."""
        if change.when_replacing and not effect.replaces:
            return False
        if not self._in_section(change.section, effect.section):
            return False
        return any(self.fits(pattern, effect.text) for pattern in change.patterns)

    def fits(self, pattern: str, line: str) -> bool:
        """Whether a pattern of the platform's data matches the whole line on this device."""
        return self._bound(pattern).fullmatch(line) is not None

    def _bound(self, pattern: str) -> re.Pattern[str]:
        known = self._patterns.get(pattern)
        if known is None:
            text = pattern
            for word, meaning in self._words.items():
                text = text.replace(word, meaning)
            known = self._patterns[pattern] = _compiled(text)
        return known

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        """The patterns asked for so far, with this device's words in them."""
        return {}

    def _in_section(self, wanted: str | None, section: str) -> bool:
        if wanted is None or not section:
            return wanted is None and not section
        if section == UNKNOWN:
            return True
        return self.fits(wanted, section)


def _one_of(names: Iterable[str]) -> str:
    """A pattern for any of these names."""
    return f"(?:{'|'.join(re.escape(name) for name in sorted(names))})"


@lru_cache(maxsize=16384)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
