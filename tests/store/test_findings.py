"""What the rules found: what stands, what changed, and the trend, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from controller.compliance.finding import Detail, Finding, Verdict
from controller.compliance.scores import Tally
from controller.errors import Text
from controller.store import audits, findings
from controller.store.engine import Connection, Store

AT = datetime(2026, 11, 2, 20, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)
WHOLE = Finding(
    rule="ssh-v2",
    device="sw-1",
    verdict="fail",
    details=(
        Detail("extra", ("line vty 0 4",), "transport input telnet", 41),
        Detail("unknown", words=Text(th="ไม่มีข้อมูลสำรอง", en="nothing is kept")),
    ),
    due=date(2027, 3, 31),
    waiver="old-switches",
    expired="older",
)


def an_audit(conn: Connection, at: datetime = AT) -> int:
    return audits.start_audit(
        conn,
        at=at,
        by="network.engineer",
        why="asked",
        selector="all",
        devices=1,
        rulebook="a" * 64,
    )


def save(store: Store, *found: Finding, at: datetime = AT, whole: bool = True) -> list[Finding]:
    judged: dict[str, list[Finding]] = {}
    for finding in found:
        judged.setdefault(finding.device, []).append(finding)
    with store.begin() as conn:
        return findings.save_findings(conn, an_audit(conn, at), at, judged, whole=whole)


def a_finding(verdict: Verdict = "pass", rule: str = "ssh-v2", device: str = "sw-1") -> Finding:
    return Finding(rule, device, verdict)


def test_a_finding_comes_back_as_it_was(store: Store) -> None:
    assert save(store, WHOLE) == [WHOLE]
    with store.read() as conn:
        (found,) = findings.standing(conn)
    assert found.finding == WHOLE
    assert found.since == AT
    assert (found.device, found.rule, found.verdict) == ("sw-1", "ssh-v2", "fail")


def test_the_same_again_changes_nothing(store: Store) -> None:
    save(store, WHOLE, a_finding(rule="ntp"))
    assert save(store, WHOLE, a_finding(rule="ntp"), at=LATER) == []
    with store.read() as conn:
        assert [s.since for s in findings.standing(conn)] == [AT, AT]
        assert len(findings.changes(conn)) == 2


def test_other_details_stand_since_the_verdict_did(store: Store) -> None:
    save(store, a_finding("fail"))
    assert save(store, WHOLE, at=LATER) == []
    with store.read() as conn:
        (found,) = findings.standing(conn)
    assert (found.finding, found.since) == (WHOLE, AT)


def test_another_verdict_is_kept_as_a_change(store: Store) -> None:
    save(store, a_finding("fail"))
    assert save(store, a_finding("pass"), at=LATER) == [a_finding("pass")]
    with store.read() as conn:
        (found,) = findings.standing(conn)
        told = findings.changes(conn, device="sw-1", rule="ssh-v2")
        assert not findings.changes(conn, rule="ntp")
        assert len(findings.changes(conn, since=LATER)) == 1
    assert (found.verdict, found.since) == ("pass", LATER)
    assert [(c.at, c.verdict) for c in told] == [(LATER, "pass"), (AT, "fail")]


@pytest.mark.parametrize(("whole", "left"), [(True, ["ntp"]), (False, ["ntp", "ssh-v2"])])
def test_a_rule_that_is_gone_stands_no_more(store: Store, whole: bool, left: list[str]) -> None:
    """But judging by some rules alone leaves what stands of the others."""
    save(store, a_finding(), a_finding(rule="ntp"), a_finding(device="sw-2"))
    save(store, a_finding(rule="ntp"), at=LATER, whole=whole)
    with store.read() as conn:
        assert [s.rule for s in findings.standing(conn, devices=["sw-1"])] == left
        assert len(findings.standing(conn, devices=["sw-2"])) == 1


def test_one_can_choose(store: Store) -> None:
    save(store, WHOLE, a_finding(rule="ntp"), a_finding(device="sw-2"))
    with store.read() as conn:
        assert len(findings.standing(conn, devices=["sw-1"])) == 2
        assert len(findings.standing(conn, rules=["ssh-v2"])) == 2
        assert [s.finding for s in findings.standing(conn, verdicts=["fail"])] == [WHOLE]
        assert findings.standing(conn, devices=[]) == []
        assert sorted(findings.verdicts_now(conn)) == [
            ("sw-1", "ntp", "pass"),
            ("sw-1", "ssh-v2", "fail"),
            ("sw-2", "ssh-v2", "pass"),
        ]


def test_devices_that_left_the_inventory_are_forgotten(store: Store) -> None:
    save(store, WHOLE, a_finding(device="sw-2"))
    with store.begin() as conn:
        findings.mark_judged(conn, an_audit(conn), AT, {"sw-1": "k" * 64, "sw-2": "k" * 64})
        findings.forget_devices(conn, ["sw-2"])
        assert [s.device for s in findings.standing(conn)] == ["sw-2"]
        assert findings.judged_keys(conn) == {"sw-2": ("k" * 64, AT)}


def test_an_audit_is_kept_with_what_came_of_it(store: Store) -> None:
    tally = Tally(passed=3, failed=1, score=80)
    with store.begin() as conn:
        first = an_audit(conn)
        audits.end_audit(conn, first, judged=1, changed=1, tally=tally)
        second = an_audit(conn, LATER)
        kept = audits.list_audits(conn)
        assert [record.id for record in kept] == [second, first]
        assert kept[1].tally == tally
        assert (kept[1].judged, kept[1].changed, kept[1].why) == (1, 1, "asked")
        assert [r.id for r in audits.list_audits(conn, before=second)] == [first]


def test_a_day_ends_as_its_last_audit_left_it(store: Store) -> None:
    monday, tuesday = date(2026, 11, 2), date(2026, 11, 3)
    with store.begin() as conn:
        audits.save_tallies(conn, monday, {("office", ""): Tally(failed=5, score=10)})
        audits.save_tallies(conn, monday, {("office", ""): Tally(failed=2, score=60)})
        audits.save_tallies(
            conn,
            tuesday,
            {("office", ""): Tally(score=None), ("site", "kkn-office"): Tally(passed=1)},
        )
        told = audits.trend(conn, "office", "", monday)
        assert [(day, t.failed, t.score) for day, t in told] == [
            (monday, 2, 60),
            (tuesday, 0, None),
        ]
        assert audits.trend(conn, "office", "", monday, monday) == told[:1]
        assert audits.tallies_on(conn, "site", monday) == {
            "kkn-office": ((tuesday, Tally(passed=1)),)
        }
