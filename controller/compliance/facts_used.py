"""Which facts the rules ask for: the others need not be read."""

from __future__ import annotations

from controller.compliance.rulebook import RuleBook


def facts_used(book: RuleBook) -> frozenset[str]:
    """The first parts of the dotted names that the rules' fact checks name."""
    checks = (check for rule in book.rules for check in (*rule.checks, *rule.formerly))
    return frozenset(
        check.fact.fact.split(".")[0].removesuffix("[]") for check in checks if check.fact
    )
