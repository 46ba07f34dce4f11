"""The pages of the audit log and of the outbox."""

from __future__ import annotations

import json
from pathlib import Path

from controller.operations.verify_audit_log import verify_audit_export
from tests.server.history import INERT, NASTY, History
from tests.server.served import Served, seen


def test_schools_see_neither(story: tuple[Served, History]) -> None:
    """Not the log, not its file, not the outbox."""
    served, _ = story
    with served.browser("school1") as browser:
        for path in ("/audit-log", "/audit-log/export", "/notices"):
            assert browser.get(path).status_code == 403, path


def test_the_log_is_read_newest_first_and_page_by_page(story: tuple[Served, History]) -> None:
    """Narrowed by who, what and about what; every entry in it is inert."""
    served, made = story
    with served.browser("auditor1") as browser:
        first = seen(browser.get(f"/audit-log?subject={made.case}&by=officer1"))
        older = first.split('class="button" href="/audit-log?by=')[1].split('"')[0]
        then = seen(browser.get("/audit-log?by=" + older.replace("&amp;", "&")))
        other = seen(browser.get("/audit-log?action=plan_change"))
        odd = browser.get("/audit-log?before=x&by=%27%20or%201=1")
    assert first.count("บันทึกการทำงาน</td>") == 50
    assert then.count("บันทึกการทำงาน</td>") == 10
    assert NASTY not in first
    assert INERT in first
    assert f"/plans/{made.plan.id}" in other
    assert odd.status_code == 200


def test_the_log_can_be_taken_away_and_proved(
    story: tuple[Served, History], tmp_path: Path
) -> None:
    """The file is what `khaen audit-log verify` takes."""
    served, _ = story
    with served.browser("auditor1") as browser:
        got = browser.get("/audit-log/export")
    kept = tmp_path / "log.jsonl"
    kept.write_bytes(got.content)
    assert verify_audit_export(kept, None).ok is True
    assert all(json.loads(line) for line in got.text.splitlines())


def test_what_could_not_be_delivered_says_why(story: tuple[Served, History]) -> None:
    """To whom, how often it was tried; whoever may send is offered to try again."""
    served, made = story
    with served.browser("officer1") as browser:
        shown = seen(browser.get("/notices?state=failed"))
        assert "ผู้รับ delivered" not in shown
        for part in ("ต่อไม่ได้", made.case, "ลองแล้ว 3", "ส่งที่ค้างทั้งหมด"):
            assert part in shown, part
        assert NASTY not in shown
        assert INERT in shown
        assert "ผู้รับ delivered" in seen(browser.get(f"/notices?case={made.case}&page=99"))
    with served.browser("auditor1") as browser:
        shown = seen(browser.get("/notices"))
        assert "ส่งที่ค้างทั้งหมด" not in shown
