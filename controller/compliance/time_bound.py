"""Which rules look at the clock: their verdicts change though nothing else does."""

from __future__ import annotations

from controller.compliance.rulebook import RuleBook


def depends_on_time(book: RuleBook) -> bool:
    """Whether a rule checks an age, a warranty, or how long ago something was or was told."""
    checks = (check for rule in book.rules for check in (*rule.checks, *rule.formerly))
    return any(
        check.hardware is not None
        or check.process is not None
        or (check.fact is not None and check.fact.within_days is not None)
        for check in checks
    )
