"""Surveys by a link: who may make one, how long it holds, and that nothing of who answers stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from controller.errors import InputError, NotAllowed, NotFound, Refused
from controller.operations import answer_shared_survey as answering
from controller.operations.answer_shared_survey import answer_shared_survey, shared_survey
from controller.operations.close_survey import close_survey
from controller.operations.open_survey import open_survey
from controller.operations.share_survey import (
    SharedLink,
    close_link,
    draw_poster,
    list_links,
    share_survey,
)
from tests.operations.office import Desk, example

SLUG = "opinion_survey"
SERVER = "https://khaen.example"


@pytest.fixture(autouse=True)
def _nothing_recent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "_recent", answering._Recent())


def opened(desk: Desk) -> str:
    """The number of a new survey."""
    return open_survey(desk.context, desk.person("officer1"), SLUG, "ความพึงพอใจ").id


def shared(desk: Desk, survey: str, **how: int) -> SharedLink:
    """A link to it."""
    return share_survey(desk.context, desk.person("officer1"), survey, server=SERVER, **how)


def token_of(made: SharedLink) -> str:
    """What follows the address's `/s/`."""
    return made.address.rpartition("/")[2]


def test_a_link_takes_answers_and_keeps_nothing_of_a_person(desk: Desk) -> None:
    """The audit log has the link and the number of answers; the database no token."""
    survey = opened(desk)
    made = shared(desk, survey)
    assert made.address.startswith(f"{SERVER}/s/")
    assert made.qr.startswith("<svg")
    for once in ("a", "b"):
        after = answer_shared_survey(desk.context, token_of(made), example(SLUG), once)
    assert after.given == 2
    (entry,) = desk.entries("share_survey")
    assert entry.content["link"] == made.link.id
    assert [(e.actor, e.content) for e in desk.entries("answer_shared_survey")] == [
        ("link", {"link": made.link.id, "answers": 1})
    ] * 2
    with desk.context.store.read() as conn:
        rows = [str(row) for row in conn.execute(text("SELECT * FROM survey_links"))]
        rows += [str(row) for row in conn.execute(text("SELECT content FROM audit_log"))]
    assert not any(token_of(made) in row for row in rows)


def test_the_setting_says_the_address(desk: Desk) -> None:
    """Rather than whoever asks; with neither there is no link."""
    survey, officer = opened(desk), desk.person("officer1")
    told = desk.configured('[web]\naddress = "https://told.example"')
    assert share_survey(told.context, officer, survey, server=SERVER).address.startswith(
        "https://told.example/s/"
    )
    with pytest.raises(InputError, match="how people reach"):
        share_survey(desk.context, officer, survey)


def test_a_link_ends(desk: Desk) -> None:
    """By time, by being closed, and with its survey."""
    survey, officer = opened(desk), desk.person("officer1")
    first, second, third = (shared(desk, survey, days=n) for n in (1, 7, 7))
    assert close_link(desk.context, officer, survey, second.link.id).closed
    later = replace(desk.context, clock=lambda: desk.clock() + timedelta(days=1))
    for context, made in ((later, first), (desk.context, second)):
        with pytest.raises(Refused, match="expired or was closed"):
            shared_survey(context, token_of(made))
        with pytest.raises(Refused):
            answer_shared_survey(context, token_of(made), example(SLUG), "")
    answer_shared_survey(desk.context, token_of(third), example(SLUG), "x")
    close_survey(desk.context, officer, survey)
    with pytest.raises(Refused, match="no more answers"):
        answer_shared_survey(desk.context, token_of(third), example(SLUG), "y")
    with pytest.raises(Refused):
        shared(desk, survey)
    assert {one.id for one in list_links(desk.context, officer, survey)} == {
        made.link.id for made in (first, second, third)
    }


def test_a_wrong_link_leads_nowhere(desk: Desk) -> None:
    """Nor does what the store keeps of a right one."""
    survey = opened(desk)
    made = shared(desk, survey)
    for wrong in ("", "x" * 22, made.link.token_hash, made.link.id, survey):
        with pytest.raises(NotFound):
            shared_survey(desk.context, wrong)
    with pytest.raises(NotFound):
        close_link(desk.context, desk.person("officer1"), survey, "0" * 12)
    with pytest.raises(NotFound):
        draw_poster(desk.context, desk.person("officer1"), f"{SERVER}/s/unknown")


def test_the_same_page_counts_once(desk: Desk) -> None:
    """A reload or a second click; an answer that was refused may be sent again."""
    made = shared(desk, opened(desk))
    token = token_of(made)
    with pytest.raises(InputError):
        answer_shared_survey(desk.context, token, replace(example(SLUG), values={}), "page")
    for _ in range(3):
        after = answer_shared_survey(desk.context, token, example(SLUG), "page")
    with desk.context.store.read() as conn:
        assert conn.execute(text("SELECT count(*) FROM answers")).scalar() == 1
    assert after.given == 1


def test_a_flood_is_refused_for_a_minute(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one link; another goes on."""
    monkeypatch.setattr(answering, "MOST_A_MINUTE", 2)
    survey = opened(desk)
    first, second = (token_of(shared(desk, survey)) for _ in range(2))
    for once in ("a", "b"):
        answer_shared_survey(desk.context, first, example(SLUG), once)
    with pytest.raises(Refused, match="same time"):
        answer_shared_survey(desk.context, first, example(SLUG), "c")
    answer_shared_survey(desk.context, second, example(SLUG), "d")
    desk.clock.forward(seconds=61)
    assert answer_shared_survey(desk.context, first, example(SLUG), "c").given == 4


def test_who_may_share(desk: Desk) -> None:
    """Those who open surveys; for a number of days that makes sense."""
    survey = opened(desk)
    for person in ("school1", "auditor1", "director"):
        with pytest.raises(NotAllowed):
            share_survey(desk.context, desk.person(person), survey, server=SERVER)
        with pytest.raises(NotAllowed):
            list_links(desk.context, desk.person(person), survey)
    for days in (0, 181):
        with pytest.raises(InputError):
            shared(desk, survey, days=days)


def test_a_poster_says_where_and_until_when(desk: Desk) -> None:
    """One page to hang up."""
    import pypdfium2

    made = shared(desk, opened(desk))
    poster = draw_poster(desk.context, desk.person("officer1"), made.address)
    with pypdfium2.PdfDocument(poster) as pdf:
        assert len(pdf) == 1
        words = pdf[0].get_textpage().get_text_range()
    assert made.address in "".join(words.split())
