"""What a platform promises, and what can be done with its text: normalise, fingerprint, redact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from controller.platforms.grammar import Grammar
from controller.platforms.rules import DiffStyle, SafetyRules
from controller.platforms.text_rules import HIDDEN, REFERENCE, TextRules

__all__ = ["CAPABILITIES", "HIDDEN", "REFERENCE", "Capability", "Platform"]

Capability = Literal["done", "todo", "exempt"]
CAPABILITIES = (
    "merge",
    "replace",
    "compare",
    "commit-confirm",
    "confirm-new-connection",
    "save",
    "rollback",
)
SIGN = re.compile(r"^([ \t]*)([+-])(.*)$")
HUNK = re.compile(r"^@@ ")


@dataclass(frozen=True)
class Platform:
    """One vendor operating system.

    `napalm_driver`, `netmiko_type` and `ansible_os` are its names elsewhere, `sysobjectids` the
    prefixes it answers to SNMP. `rollback` says how a change goes back when nobody confirms it:
    `commit-confirm` by the device's own timer, `watchdog` by the controller; the way exists only
    when `rollback_requires` finds `rollback_lines` in the running configuration. `transport_port`
    is used when the inventory names none. `diff_style` is how the device writes its difference, by
    operation.
    """

    name: str
    title: str
    napalm_driver: str
    netmiko_type: str
    ansible_os: str
    sysobjectids: tuple[str, ...]
    transport_port: int
    rollback: Literal["commit-confirm", "watchdog", "none"]
    rollback_requires: re.Pattern[str] | None
    rollback_lines: str
    capabilities: dict[str, tuple[Capability, str]]
    texts: TextRules
    diff_noise: tuple[re.Pattern[str], ...]
    diff_style: dict[str, DiffStyle]
    optional_args: dict[str, object]
    usual_checks: tuple[str, ...]
    grammar: Grammar
    safety: SafetyRules

    def can(self, capability: str) -> bool:
        """Whether the platform does this; a word nobody declared is a no."""
        return self.capabilities.get(capability, ("todo", ""))[0] == "done"

    def rollback_on(self, running: str) -> Literal["commit-confirm", "watchdog", "none"]:
        """How a change goes back on a device that runs this configuration."""
        needed = self.rollback_requires
        return self.rollback if needed is None or needed.search(running) else "none"

    def normalise(self, text: str) -> str:
        """The configuration without volatile lines, trailing blanks and empty lines."""
        return self.texts.normalise(text)

    def fingerprint(self, text: str) -> str:
        """SHA-256 (hexadecimal) of the normalised configuration."""
        return self.texts.fingerprint(text)

    def redact(self, text: str) -> str:
        """The text with every secret replaced by `⟦redacted⟧`: see `TextRules.redact`."""
        return self.texts.redact(text)

    def mask(self, text: str) -> str:
        """Like `redact`, but the makers' own words (`public`) stay: to compare, not to show."""
        return self.texts.mask(text)

    def has_plain_secret(self, text: str) -> bool:
        """Whether the patterns find a secret in a candidate that is not a reference."""
        return self.texts.has_plain_secret(text)

    def tidy_diff(self, diff: str) -> str:
        """The device's diff without what differs from session to session, and empty if only that.

        Headers, separators and volatile lines go; a hunk of a unified diff in which nothing is
        added or removed goes as a whole. Positions (`@@`) stay: they say where a hunk stands.
        """
        lines = (line.rstrip() for line in diff.replace("\r", "").split("\n"))
        kept = [line for line in lines if line and not self._is_noise(line)]
        return "\n".join(_without_empty_hunks(kept))

    def _is_noise(self, line: str) -> bool:
        if any(pattern.search(line) for pattern in self.diff_noise):
            return True
        signed = SIGN.match(line)
        return bool(self.texts.is_volatile(signed[1] + signed[3] if signed else line))


def _without_empty_hunks(lines: list[str]) -> list[str]:
    kept: list[str] = []
    hunk: list[str] = []
    for line in lines:
        if HUNK.match(line):
            kept += _if_changed(hunk)
            hunk = []
        hunk.append(line)
    return kept + _if_changed(hunk)


def _if_changed(hunk: list[str]) -> list[str]:
    unified = bool(hunk) and HUNK.match(hunk[0]) is not None
    return hunk if not unified or any(line[0] in "+-" for line in hunk) else []
