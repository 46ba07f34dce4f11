"""The recorded backup sessions: what must be hidden is; what says nothing counts for nothing."""

from __future__ import annotations

from tests.configuration.hiding_cases import ON_PURPOSE, answers


def test_the_sessions_are_answered() -> None:
    found = list(answers())
    wrong = {answer.case: answer.wrong for answer in found if not answer.same}
    assert wrong.keys() == ON_PURPOSE.keys(), wrong
    assert len(found) == 47


def test_what_must_be_hidden_is_hidden_on_every_known_platform() -> None:
    leaks = [w for a in answers() if a.known for w in a.wrong if w.startswith("not hidden")]
    assert not leaks
