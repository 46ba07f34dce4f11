"""The pages of runs: who sees them, problems first, what to do next, evidence without secrets."""

from __future__ import annotations

import pytest

from controller.app import open_app
from controller.errors import InputError
from controller.operations.log_in import actor_of
from controller.operations.show_run_device import show_run_device
from tests.server.history import INERT, NASTY, SECRET, History
from tests.server.served import Served, seen


def test_schools_see_no_runs(story: tuple[Served, History]) -> None:
    """Neither the list, nor a run, nor a device in it."""
    served, made = story
    with served.browser("school1") as browser:
        for path in ("", f"/{made.run}", f"/{made.run}/kkn-a-sw01"):
            assert browser.get(f"/runs{path}").status_code == 403, path


@pytest.mark.parametrize("person", ["engineer1", "officer1", "director", "auditor1"])
def test_everybody_of_the_office_sees_how_it_went(
    story: tuple[Served, History], person: str
) -> None:
    """Its devices, its case, its plan, and in words what is to be done about what went wrong."""
    served, made = story
    with served.browser(person) as browser:
        listed = seen(browser.get("/runs"))
        shown = seen(browser.get(f"/runs/{made.run}"))
    assert f"/runs/{made.run}" in listed
    for part in (made.case, made.plan.id[:12], "kkn-a-sw03", "ต้องทำอะไรต่อ", "หยุด: ทดสอบ"):
        assert part in shown, part
    assert ("วางแผนใหม่เฉพาะเครื่องเหล่านี้" in shown) == (person == "engineer1")


def test_problems_stand_first_and_reasons_are_inert(story: tuple[Served, History]) -> None:
    """In the language of whoever reads; a device cannot put anything into the page."""
    served, made = story
    with served.browser("engineer1") as browser:
        browser.cookies.set("khaen_language", "en")
        shown = seen(browser.get(f"/runs/{made.run}"))
    assert NASTY not in shown
    assert INERT in shown
    assert "why unknown" in shown
    assert "เหตุ unknown" not in shown
    assert shown.index("kkn-a-sw03") < shown.index("kkn-a-sw01")


def test_only_who_may_verify_is_offered_it(story: tuple[Served, History]) -> None:
    """A device whose state is unknown is looked at by an engineer."""
    served, made = story
    for person, offered in (("engineer1", True), ("director", False)):
        with served.browser(person) as browser:
            shown = seen(browser.get(f"/runs/{made.run}"))
            assert ("เข้าไปดูอุปกรณ์ที่ไม่ทราบสถานะ" in shown) == offered


def test_the_evidence_of_a_device_has_no_secret(story: tuple[Served, History]) -> None:
    """What the device said is shown, the secret in it is not."""
    served, made = story
    with served.browser("auditor1") as browser:
        shown = seen(browser.get(f"/runs/{made.run}/kkn-a-sw03"))
    assert "the device said" in shown
    assert SECRET not in shown
    assert NASTY not in shown
    assert INERT in shown


def test_what_is_not_there(story: tuple[Served, History]) -> None:
    """A run nobody made, a device that is not in it."""
    served, made = story
    with served.browser("engineer1") as browser:
        for path in ("/runs/none", f"/runs/{made.run}/none", "/runs/..%2fx"):
            assert browser.get(path).status_code == 404, path
        assert browser.get("/runs?after=nonsense").status_code == 200


def test_without_the_secrets_nothing_they_may_stand_in_is_shown(
    story: tuple[Served, History],
) -> None:
    """Which words to hide is not known then; the rest of the page is there."""
    served, made = story
    path = f"/runs/{made.run}/kkn-a-sw03"
    file = served.root / "var/lab/snmp_ro"
    file.unlink()
    try:
        with served.browser("auditor1") as browser:
            answer = browser.get(path)
        with open_app(served.root, apart=True) as context:
            auditor = actor_of(context.office(), "auditor1", context.clock())
            with pytest.raises(InputError):  # as the API and the command line ask
                show_run_device(context, auditor, made.run, "kkn-a-sw03")
    finally:
        file.write_text(SECRET, encoding="utf-8")
    shown = seen(answer)
    assert answer.status_code == 200
    assert "ไม่แสดงเหตุ ผลตรวจ และข้อความจากอุปกรณ์" in shown
    assert "สิ่งที่แผนจะส่ง" in shown
    for part in (SECRET, "the device said", "เหตุ unknown", INERT):
        assert part not in shown, part
