"""The peers' own cases of reading and comparing: the same answers, but for those told why."""

from __future__ import annotations

from tests.configuration.reading_cases import ON_PURPOSE, answers
from tests.configuration.table import FILE, written
from tests.recorded import recorded


def test_the_answers_are_those_of_the_peers() -> None:
    """Every case, those of platforms nobody here knows included."""
    found = list(answers())
    assert {answer.case for answer in found if not answer.same} == set(ON_PURPOSE)
    assert len(found) == 59


def test_every_known_platform_is_answered() -> None:
    """What differs on a platform the project knows is one remark."""
    otherwise = [a.case for a in answers() if a.known and not a.same]
    assert otherwise == ["parse_hierarchy/ubiquiti_airos__airos_full"]


def test_the_table_is_the_one_published() -> None:
    """`python -m tests.configuration.table` writes it."""
    recorded("config")
    assert FILE.read_text(encoding="utf-8") == written()
