"""The pages of the audit log and of the outbox."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from controller.app import open_app
from controller.operations.verify_audit_log import verify_audit_export
from controller.store import audit_log, notices
from controller.store.notices import Notice
from tests.server.history import AT, INERT, NASTY, History, make_history
from tests.server.served import Served, make_office, seen, serving


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, History]]:
    """A server over an office with a long log, an entry with a bad word in it, and two notices."""
    root = make_office(tmp_path_factory.mktemp("logs") / "office")
    made = make_history(root)
    _fill(root, made.case)
    with serving(root) as running:
        yield running, made


def _fill(root: Path, case: str) -> None:
    with open_app(root, apart=True) as context, context.store.begin() as conn:
        for number in range(60):
            audit_log.append(
                conn,
                actor="officer1",
                action="record_case",
                subject=case,
                content={"said": f"{NASTY} {number}"},
                at=AT,
            )
        for number, state in enumerate(("failed", "delivered")):
            notice = Notice(
                once=f"n{number}",
                kind="notice",
                case=case,
                basis="b",
                batch="x",
                asked_by="officer1",
                recipient=f"ผู้รับ {state} {NASTY}",
                address="",
                channel="line",
                subject="แจ้ง",
                body=f"เนื้อความ {NASTY}",
                created=AT,
                again=AT + timedelta(days=1),
                state=state,  # type: ignore[arg-type]
                attempts=3,
                error="ต่อไม่ได้\ncannot connect" if state == "failed" else "",
            )
            notices.add_notices(conn, [notice])


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
