"""Forms and surveys over HTTP: sent, shown to whose they are, plain for who has no account."""

from __future__ import annotations

import hashlib
from io import BytesIO

import httpx
import pytest
from PIL import Image

from controller.processes.forms.catalogue import form
from controller.processes.forms.definition import Filler
from controller.processes.forms.filling import digest
from controller.processes.forms.template import example_values
from controller.web.parts.typed_form import as_typed
from tests.server.served import Served
from tests.web.browsed import inputs

REPAIR = "repair_request"
OWN: tuple[Filler, ...] = ("requester",)
SCRIPT = "<script>alert(1)</script>"


def picture() -> bytes:
    """A photo with a page hidden behind it."""
    made = BytesIO()
    Image.new("RGB", (30, 20), "red").save(made, "JPEG")
    return made.getvalue() + b"<html><script>alert(1)</script>"


def sent(**changes: str) -> dict[str, str]:
    """What a browser sends of the example a school fills in."""
    definition = form(REPAIR)
    typed = as_typed(definition, example_values(definition, OWN))
    fields = {f.name: f for f in definition.fields}
    mine = {k: str(v) for k, v in typed.items() if fields[k].by == "requester"}
    return {k: v for k, v in (mine | changes).items() if v}


def send(browser: httpx.Client, data: dict[str, str], where: str = "") -> httpx.Response:
    """The form handed in."""
    return browser.post(f"/forms/{REPAIR}/fill{where}", data=data)


def number_of(answer: httpx.Response) -> str:
    """The number the form got."""
    assert answer.status_code == 200, answer.text
    return str(answer.json()["location"]).removeprefix("/forms/filled/").partition("?")[0]


def test_a_school_reports_a_repair_with_a_photo(served: Served) -> None:
    """The photo is taken by content, served as a picture and nothing else, to the school alone."""
    with served.browser("school1") as browser:
        photo = browser.post("/photos", params={"name": "a.html"}, content=picture()).json()
        for wrong, status in ((b"<html>", 422), (b"\0" * 8_000_001, 422)):
            assert browser.post("/photos", content=wrong).status_code == status
        named = {f"photos.0.{part}": photo[part] for part in ("name", "sha256")}
        number = number_of(send(browser, sent(symptom=SCRIPT) | named))
        address = f"/forms/filled/{number}/photos/{photo['sha256']}"
        shown = browser.get(address)
        assert shown.headers["content-type"] == "image/jpeg"
        assert shown.headers["x-content-type-options"] == "nosniff"
        assert hashlib.sha256(shown.content).hexdigest() == photo["sha256"]
        assert b"<script>" not in shown.content
        page = browser.get(f"/forms/filled/{number}")
        assert page.status_code == 200
        assert SCRIPT not in page.text
        assert browser.get(f"/forms/filled/{number}/paper.pdf").content[:5] == b"%PDF-"
    with served.browser("officer1") as browser:
        assert browser.get(address).status_code == 200
    with served.browser("school2") as browser:
        for path in (address, f"/forms/filled/{number}", f"/forms/filled/{number}/paper.pdf"):
            assert browser.get(path).status_code == 404
        assert number not in browser.get("/forms").text
        assert send(browser, sent(), f"?revises={number}").status_code == 404
    assert httpx.get(f"{served.address}{address}").status_code == 401


def test_what_is_wrong_is_told_by_input(served: Served) -> None:
    """And a form without a session says how to go on."""
    with served.browser("school1") as browser:
        answer = send(browser, sent(phone="abc", since="32 ม.ค. 2569", symptom=""))
        assert answer.status_code == 422
        assert set(answer.json()["errors"]) == {"phone", "since", "symptom"}
    with served.browser() as browser:
        assert send(browser, sent()).status_code == 401
        assert browser.post("/photos", content=picture()).status_code == 401
    with served.browser("auditor1") as browser:
        assert send(browser, sent()).status_code == 403
        assert browser.post("/photos", content=picture()).status_code == 403
    stranger = httpx.post(f"{served.address}/photos", content=picture())
    assert stranger.status_code == 403  # of another site


def test_an_officers_part_survives_a_schools_revision(served: Served) -> None:
    """The school's page does not show it as its own; what stands there stays."""
    with served.browser("school1") as school, served.browser("officer1") as officer:
        number = number_of(send(school, sent()))
        theirs = {"channel": "online", "received_on": "27 พ.ย. 2569", "finding": "สายขาด"}
        send(officer, sent(**theirs), f"?revises={number}")
        assert number_of(send(school, sent(symptom="อื่น"), f"?revises={number}")) == number
        page = officer.get(f"/forms/filled/{number}").text
        assert "สายขาด" in page
        assert "อื่น" in page


@pytest.fixture(scope="module")
def link(served: Served) -> str:
    """The path of a link to a survey."""
    from controller.app import open_app
    from controller.operations.log_in import actor_of
    from controller.operations.open_survey import open_survey
    from controller.operations.share_survey import share_survey

    with open_app(served.root, apart=True) as context:
        officer = actor_of(context.office(), "officer1", context.clock())
        survey = open_survey(context, officer, "opinion_survey", f"ความเห็น {SCRIPT}").id
        made = share_survey(context, officer, survey, server=served.address)
    return made.address.removeprefix(served.address)


def test_a_survey_is_answered_without_an_account(served: Served, link: str) -> None:
    """A plain page without script; what was typed stays when something is wrong; thanks at last."""
    with served.browser() as browser:
        page = browser.get(link)
        assert page.status_code == 200
        assert "script" not in page.headers["content-security-policy"]
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "set-cookie" not in page.headers
        found = inputs(page.text)
        assert not found.tags & {"script", "iframe", "object"}
        assert {"respondent", "good", "once"} <= found.names
        once = dict(found.pairs)["once"]
        wrong = browser.post(link, data={"once": once, "good": SCRIPT, "place": "large"})
        assert wrong.status_code == 422
        assert "script" not in inputs(wrong.text).tags
        assert ("place", "large") in inputs(wrong.text).pairs
        right = {"once": once, "respondent": "teacher", "place": "large", "plan_needs": "4"}
        for _ in range(2):
            answer = browser.post(link, data=right)
            assert (answer.status_code, answer.headers["location"]) == (303, f"{link}/thanks")
        thanks = browser.get(f"{link}/thanks")
        assert "ขอบคุณ" in thanks.text
        assert browser.get(f"{link}x").status_code == 404
        assert browser.post(f"{link}x", data=right).status_code == 404
    from controller.app import open_app
    from controller.store import surveys

    with open_app(served.root, apart=True) as context, context.store.read() as conn:
        (survey,) = (s for s in surveys.list_surveys(conn) if SCRIPT in s.title)
        (kept,) = surveys.survey_answers(conn, survey.id)
    assert kept == {"respondent": "teacher", "place": "large", "plan_needs": "4"}


def test_a_digest_is_that_of_the_values(served: Served) -> None:
    """Sent from a page or read from a file, the same form has the same hash."""
    definition = form(REPAIR)
    values = example_values(definition, OWN)
    own = {k: v for k, v in values.items() if k in sent()}
    with served.browser("school2") as browser:
        page = browser.get(f"/forms/filled/{number_of(send(browser, sent()))}").text
    assert digest(REPAIR, definition.edition, own) in page


def test_a_survey_is_answered_by_people_who_signed_in(served: Served, link: str) -> None:
    """A school answers and sees no results; the office sees bars, and every word inert."""
    from controller.app import open_app
    from controller.store import surveys

    with open_app(served.root, apart=True) as context, context.store.read() as conn:
        number = next(s.id for s in surveys.list_surveys(conn) if SCRIPT in s.title)
    data = {"respondent": "teacher", "place": "small", "good": SCRIPT, "plan_needs": "5"}
    with served.browser("school1") as browser:
        assert number in browser.get("/surveys").text
        assert browser.get(f"/surveys/{number}/answer").status_code == 200
        wrong = browser.post(f"/surveys/{number}/answer", data={**data, "respondent": ""})
        assert set(wrong.json()["errors"]) == {"respondent"}
        answer = browser.post(f"/surveys/{number}/answer", data=data)
        assert answer.json() == {"location": "/surveys?answered=1"}
        assert browser.get(f"/surveys/{number}").status_code == 403
    with served.browser("officer1") as browser:
        page = browser.get(f"/surveys/{number}")
        assert page.status_code == 200
        assert SCRIPT not in page.text
        assert browser.get(f"/surveys/{number}/report.pdf").content[:5] == b"%PDF-"


@pytest.mark.parametrize("path", ["/manual", "/manual/2.3", "/reports", "/reports?year=2569"])
def test_pages_to_read(served: Served, path: str) -> None:
    """For the office, in both languages; the manual for schools too, reports not."""
    with served.browser("director") as browser:
        for language in ("th", "en"):
            browser.cookies.set("khaen_language", language)
            assert browser.get(path).status_code == 200
    with served.browser("school1") as browser:
        assert browser.get(path).status_code == (200 if path.startswith("/manual") else 403)
