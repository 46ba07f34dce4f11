"""What a platform promises, and what can be done with its text: normalise, fingerprint, redact."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Literal

Capability = Literal["done", "todo", "exempt"]


@dataclass(frozen=True)
class Platform:
    """One vendor operating system.

    `rollback` says how a change goes back when nobody confirms it: `commit-confirm` by the
    device's own timer, `watchdog` by the controller. `transport_port` is used when the inventory
    names none. `changed_lines` picks the lines that decide whether two diffs are the same.
    """

    name: str
    title: str
    napalm_driver: str
    transport_port: int
    rollback: Literal["commit-confirm", "watchdog", "none"]
    capabilities: dict[str, tuple[Capability, str]]
    volatile: tuple[re.Pattern[str], ...]
    secrets: tuple[re.Pattern[str], ...]
    diff_noise: tuple[re.Pattern[str], ...]
    optional_args: dict[str, object]
    usual_checks: tuple[str, ...]

    def normalise(self, text: str) -> str:
        """The configuration without volatile lines, trailing blanks and empty lines."""
        lines = (line.rstrip() for line in text.replace("\r", "").splitlines())
        kept = [ln for ln in lines if ln and not any(p.search(ln) for p in self.volatile)]
        return "\n".join(kept) + "\n"

    def fingerprint(self, text: str) -> str:
        """SHA-256 (hexadecimal) of the normalised configuration."""
        return hashlib.sha256(self.normalise(text).encode()).hexdigest()

    def redact(self, text: str) -> str:
        """The text with every secret the platform's patterns know replaced by `⟦redacted⟧`.

        Group `secret` of a pattern is what gets replaced.
        """
        for pattern in self.secrets:
            text = pattern.sub(_hide, text)
        return text

    def tidy_diff(self, diff: str) -> str:
        """The device's diff without what differs from session to session (headers, positions)."""
        lines = (line.rstrip() for line in diff.replace("\r", "").splitlines())
        kept = [ln for ln in lines if ln and not any(p.search(ln) for p in self.diff_noise)]
        return "\n".join(kept)


def _hide(match: re.Match[str]) -> str:
    whole, start = match.group(0), match.start()
    a, b = match.span("secret")
    return whole[: a - start] + "⟦redacted⟧" + whole[b - start :]


