"""Exceptions: who may fail which rule until when, and those that ran out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from controller.compliance.finding import Finding
from controller.compliance.rule import Waiver
from controller.inventory.device import Device
from controller.inventory.selector import Selector, parse_selector


class Waivers:
    """The waivers of a rule book by rule. Errors when made: `InputError` for a selector."""

    def __init__(self, waivers: Iterable[Waiver]) -> None:
        self._by_rule: dict[str, list[tuple[Waiver, Selector]]] = {}
        for waiver in waivers:
            entry = (waiver, parse_selector(waiver.select))
            self._by_rule.setdefault(waiver.rule, []).append(entry)

    def waive(self, finding: Finding, device: Device, today: date) -> Finding:
        """The finding, `waived` where a waiver holds; with `expired` where it held once.

        A waiver excuses a failure, and also what nobody can say. Of several the longest counts.
        """
        if finding.verdict not in ("fail", "unknown"):
            return finding
        entries = self._by_rule.get(finding.rule, ())
        held = [waiver for waiver, selector in entries if selector.holds(device)]
        if not held:
            return finding
        last = max(held, key=lambda waiver: (waiver.until, waiver.id))
        if today <= last.until:
            return replace(finding, verdict="waived", waiver=last.id)
        return replace(finding, verdict="fail", expired=last.id)
