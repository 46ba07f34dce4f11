"""The pages of plans: who sees them, and what they say."""

from __future__ import annotations

import json

import pytest

from controller.plans.verify import check_plan_file
from controller.web.parts.plan_desk import with_choice
from tests.server.history import INERT, NASTY, History
from tests.server.served import Served, seen


def test_schools_see_no_plans(story: tuple[Served, History]) -> None:
    """None of the pages, and not the file."""
    served, made = story
    with served.browser("school1") as browser:
        for path in ("", "/new", f"/{made.plan.id}", f"/{made.plan.id}/export"):
            assert browser.get(f"/plans{path}").status_code == 403, path


def test_only_engineers_make_plans(story: tuple[Served, History]) -> None:
    """Everybody of the office may read them."""
    served, made = story
    for person, status in (("engineer1", 200), ("director", 403), ("auditor1", 403)):
        with served.browser(person) as browser:
            assert browser.get("/plans/new").status_code == status
            listed = browser.get("/plans")
            assert listed.status_code == 200
            assert f"/plans/{made.plan.id}" in listed.text
            assert ("/plans/new" in listed.text) == (status == 200)


def test_only_engineers_mend_failures(story: tuple[Served, History]) -> None:
    """The rules named in the address are chosen already."""
    served, _ = story
    with served.browser("engineer1") as browser:
        shown = browser.get("/compliance/remediate?select=role%3Daccess&rule=no-telnet")
    assert shown.status_code == 200
    assert "no-telnet" in shown.text
    for person in ("director", "auditor1", "school1"):
        with served.browser(person) as browser:
            assert browser.get("/compliance/remediate").status_code == 403


def test_a_plan_says_where_it_came_from_and_what_it_changes(
    story: tuple[Served, History],
) -> None:
    """Also by the first digits of its id, as people write it; its configuration lines inert."""
    served, made = story
    with served.browser("director") as browser:
        shown = seen(browser.get(f"/plans/{made.plan.id[:12]}"))
    assert made.case in shown
    assert "aaaaaaaaaaaa" in shown
    assert "inventory/groups.yaml" in shown
    assert NASTY not in shown
    assert INERT in shown


def test_a_plan_that_is_not_there(story: tuple[Served, History]) -> None:
    """404, and 422 for what is no plan id, as by the other doors."""
    served, _ = story
    with served.browser("engineer1") as browser:
        assert browser.get("/plans/0123456789").status_code == 404
        assert browser.get("/plans/..%2f..%2fetc").status_code in {404, 422}
        assert browser.get("/plans/not-an-id").status_code == 422


def test_the_file_can_be_proved_anywhere(story: tuple[Served, History]) -> None:
    """What is downloaded is what `khaen plan verify` takes."""
    served, made = story
    with served.browser("auditor1") as browser:
        got = browser.get(f"/plans/{made.plan.id}/export")
    assert got.headers["content-disposition"].startswith("attachment")
    assert check_plan_file(got.content, made.plan.id).id == made.plan.id
    assert json.loads(got.content)


def test_a_file_needs_a_session(story: tuple[Served, History]) -> None:
    """Whoever is not signed in is sent to do so."""
    served, made = story
    with served.browser() as browser:
        assert browser.get(f"/plans/{made.plan.id}/export").status_code == 303


@pytest.mark.parametrize(
    ("text", "key", "values", "then"),
    [
        ("", "site", ["a", "b"], "site=a,b"),
        ("site=a role=core", "site", [], "role=core"),
        ("all", "role", ["core"], "role=core"),
        ("name=sw-* site=a", "site", ["b"], "name=sw-* site=b"),
        ("site!=a", "site", ["b"], "site!=a site=b"),
    ],
)
def test_a_choice_goes_into_the_selector(text: str, key: str, values: list[str], then: str) -> None:
    """And leaves alone what was typed about other things."""
    assert with_choice(text, key, values) == then
