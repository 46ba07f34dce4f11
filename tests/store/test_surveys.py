"""Surveys, and answers that lead back to nobody."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import inspect

from controller.errors import NotFound, Refused
from controller.store import cases, surveys
from controller.store.engine import Store, open_store
from controller.store.surveys import Survey
from tests.store.clock import Clock
from tests.store.intruder import Intruder
from tests.store.samples import CASE, a_case

DAY = date(2026, 5, 4)


def opened(store: Store, clock: Clock, name: str = "s1", case: str | None = None) -> Survey:
    survey = Survey(
        id=name,
        form="opinion_survey",
        edition=1,
        case=case,
        title="ความพึงพอใจ",
        state="open",
        opened=clock(),
        opened_by="officer1",
    )
    with store.begin() as conn:
        surveys.insert_survey(conn, survey)
    return survey


def test_a_survey_comes_back_with_its_answers(store: Store, clock: Clock) -> None:
    """Counted, and in no order that means anything."""
    survey = opened(store, clock)
    given: list[dict[str, object]] = [{"r1": n, "comment": "ดี"} for n in range(1, 6)]
    with store.begin() as conn:
        surveys.add_answers(conn, "s1", given[:2], DAY)
        surveys.add_answers(conn, "s1", given[2:], DAY)
        surveys.add_answers(conn, "s1", [], DAY)
    with store.read() as conn:
        loaded = surveys.load_survey(conn, "s1")
        found = surveys.survey_answers(conn, "s1")
        with pytest.raises(NotFound, match="s2"):
            surveys.load_survey(conn, "s2")
    assert loaded.given == 5
    assert loaded == Survey(**{**vars(survey), "given": 5})
    assert sorted(found, key=lambda a: str(a["r1"])) == given


def test_surveys_are_listed_newest_first(store: Store, clock: Clock) -> None:
    """All, or those of a case."""
    with store.begin() as conn:
        cases.insert_case(conn, a_case(clock()))
    for name, case in (("s1", None), ("s2", CASE), ("s3", None)):
        clock.forward(days=1)
        opened(store, clock, name, case)
    with store.begin() as conn:
        surveys.add_answers(conn, "s2", [{"r": 1}], DAY)
    with store.read() as conn:
        listed = surveys.list_surveys(conn)
        assert [(s.id, s.given) for s in listed] == [("s3", 0), ("s2", 1), ("s1", 0)]
        assert [s.id for s in surveys.list_surveys(conn, CASE)] == ["s2"]


def test_a_closed_survey_takes_nothing_more(store: Store, clock: Clock) -> None:
    """It keeps the results it was closed with."""
    opened(store, clock)
    end = {"results": '{"n": 0}', "sha256": "a" * 64, "by": "officer1"}
    with store.begin() as conn:
        surveys.finish_survey(conn, "s1", at=clock(), **end)
    with pytest.raises(Refused, match="s1"), store.begin() as conn:
        surveys.add_answers(conn, "s1", [{"r": 1}], DAY)
    with pytest.raises(Refused, match="s1"), store.begin() as conn:
        surveys.finish_survey(conn, "s1", at=clock(), **end | {"results": "{}"})
    with pytest.raises(NotFound), store.begin() as conn:
        surveys.add_answers(conn, "s2", [{"r": 1}], DAY)
    with store.read() as conn:
        closed = surveys.load_survey(conn, "s1")
    assert (closed.state, closed.results, closed.sha256) == ("closed", '{"n": 0}', "a" * 64)
    assert (closed.closed, closed.closed_by, closed.given) == (clock(), "officer1", 0)


def test_no_answer_comes_after_the_tally(store: Store, database_url: str, clock: Clock) -> None:
    """Many answer while one closes: what was counted is all there is."""
    opened(store, clock)
    other = open_store(database_url)

    def act(n: int) -> bool:
        try:
            with (store if n % 2 else other).begin(audited=False) as conn:
                if n != 20:
                    surveys.add_answers(conn, "s1", [{"n": n}], DAY)
                    return True
                counted = str(len(surveys.last_answers(conn, "s1")))
                surveys.finish_survey(
                    conn, "s1", results=counted, sha256="", by="officer1", at=clock()
                )
        except Refused:
            return False
        return False

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(act, range(40))).count(True)
    other.close()
    with store.read() as conn:
        closed = surveys.load_survey(conn, "s1")
        kept = surveys.survey_answers(conn, "s1")
    assert closed.results == str(closed.given) == str(taken) == str(len(kept))


def test_an_answer_leads_to_nobody(store: Store, database_url: str, clock: Clock) -> None:
    """No person, no moment; and rows do not lie in the order in which they came."""
    opened(store, clock)
    for n in range(20):
        with store.begin() as conn:
            surveys.add_answers(conn, "s1", [{"n": n}], DAY)
    with store.read() as conn:
        columns = {column["name"] for column in inspect(conn).get_columns("answers")}
        order = [str(answer["n"]) for answer in surveys.survey_answers(conn, "s1")]
    assert columns == {"survey", "name", "content", "given_on"}
    assert order != sorted(order, key=int)
    if store.dialect == "sqlite":
        names = [row[0] for row in Intruder(database_url).run("SELECT name FROM answers")]
        assert names == sorted(names)
