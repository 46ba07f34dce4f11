"""What people do about alerts, and whose they are to see."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from controller.errors import InputError, NotAllowed, NotFound, Outdated, Refused, Text
from controller.operations.acknowledge_alert import acknowledge_alert
from controller.operations.cancel_maintenance import cancel_maintenance
from controller.operations.close_alert import close_alert
from controller.operations.comment_alert import comment_alert
from controller.operations.list_alerts import AlertQuery, list_alerts, list_rules, page_alerts
from controller.operations.list_maintenance import list_maintenance
from controller.operations.plan_maintenance import plan_maintenance
from controller.operations.repair_alert import repair_alert
from controller.operations.show_alert import show_alert
from controller.operations.show_availability import show_availability
from controller.store import alerts, forms, health_spans
from controller.store.alerts import Alert
from controller.store.health_spans import Span
from tests.operations.office import Desk

A, B = "kkn-school-a", "kkn-school-b"


def opened(desk: Desk, place: str, rule: str = "down", **more: object) -> int:
    """An open alert; its number."""
    site = f"kkn-school-{place.split('-')[1]}"
    values = {
        "rule": rule,
        "device": place,
        "port": "",
        "site": site,
        "severity": "critical",
        "opened": desk.clock(),
        "words": Text(th="อุปกรณ์ไม่ตอบ", en="the device does not answer"),
    }
    with desk.context.store.begin(audited=False) as conn:
        alerts.add_alerts(conn, [Alert(**values | more)])  # type: ignore[arg-type]
        return max(a.id for a in alerts.open_alerts(conn))


def seen(desk: Desk, person: str, **asked: object) -> list[int]:
    """The numbers a person finds."""
    query = AlertQuery(**asked)  # type: ignore[arg-type]
    return [a.id for a in list_alerts(desk.context, desk.person(person), query).alerts]


def test_a_school_sees_its_own_and_acknowledges_nothing(desk: Desk) -> None:
    """Another school's alert is not there; our own polling is no school's business."""
    own, other = opened(desk, "kkn-a-sw01"), opened(desk, "kkn-b-sw01")
    ours = opened(desk, "kkn-a-none", "not_polled", device="", site="")
    assert seen(desk, "school1") == [own]
    assert set(seen(desk, "auditor1")) == {own, other, ours}
    school = desk.person("school1")
    for number in (other, ours, 999):
        with pytest.raises(NotFound):
            show_alert(desk.context, school, number)
    with pytest.raises(NotFound):
        seen(desk, "school1", site=B)
    with pytest.raises(NotFound):
        seen(desk, "school1", device="kkn-b-sw01")
    for work in (acknowledge_alert, close_alert):
        with pytest.raises(NotAllowed):
            work(desk.context, school, own, "x")
    with pytest.raises(NotFound):
        comment_alert(desk.context, school, other, "x")
    assert comment_alert(desk.context, school, own, "ไฟดับทั้งอาคาร").id == own
    with pytest.raises(NotAllowed):
        repair_alert(desk.context, school, own)


def test_filters_and_pages(desk: Desk) -> None:
    """Worst first on the page, newest first for programs; unknown words are told."""
    first = opened(desk, "kkn-a-sw01", severity="notice")
    desk.clock.forward(minutes=1)
    second = opened(desk, "kkn-a-sw02", "high_cpu", severity="warning")
    desk.clock.forward(minutes=1)
    third = opened(desk, "kkn-b-sw01", shadow_of=None)
    with desk.context.store.begin(audited=False) as conn:
        alerts.set_shadows(conn, {second: third}, desk.clock())
    assert seen(desk, "engineer1") == [third, first]
    assert seen(desk, "engineer1", shadows=True) == [third, second, first]
    assert seen(desk, "engineer1", severity="notice") == [first]
    assert seen(desk, "engineer1", rule="high_cpu", shadows=True) == [second]
    assert seen(desk, "engineer1", site=B) == [third]
    assert seen(desk, "engineer1", device="kkn-a-sw01") == [first]
    assert seen(desk, "engineer1", acknowledged=True) == []
    found = list_alerts(desk.context, desk.person("engineer1"), AlertQuery(), skip=1, most=1)
    assert ([a.id for a in found.alerts], found.total) == ([first], 2)
    assert dict(found.open) == {"critical": 1, "notice": 1}
    engineer, query = desk.person("engineer1"), AlertQuery(shadows=True)
    (newest,) = page_alerts(desk.context, engineer, query, after=None, most=1)
    assert newest.id == third
    after = (newest.opened, newest.id)
    rest = page_alerts(desk.context, engineer, query, after=after, most=9)
    assert [a.id for a in rest] == [second, first]
    for wrong in ({"severity": "criticle"}, {"rule": "high-cpu"}, {"district": "nowhere"}):
        with pytest.raises(InputError):
            seen(desk, "engineer1", **wrong)
    with desk.context.store.begin(audited=False) as conn:
        alerts.clear_alerts(conn, (first,), desk.clock())
    assert seen(desk, "engineer1") == [third]
    assert set(seen(desk, "engineer1", every=True)) == {third, first}


def test_acknowledging(desk: Desk) -> None:
    """Once; by whom stands there; who looked at an older version is told."""
    number = opened(desk, "kkn-a-sw01")
    before = show_alert(desk.context, desk.person("engineer1"), number).alert
    desk.clock.forward(minutes=1)
    comment_alert(desk.context, desk.person("director"), number, "เร่งด้วย")
    stale = replace(desk.context, seen=(before.version,))
    with pytest.raises(Outdated):
        acknowledge_alert(stale, desk.person("engineer1"), number)
    for _ in range(2):
        after = acknowledge_alert(desk.context, desk.person("engineer1"), number, "กำลังไป")
    assert after.acknowledged_by == "engineer1"
    with pytest.raises(Refused, match="engineer1"):
        acknowledge_alert(desk.context, desk.person("engineer2"), number)
    (entry,) = desk.entries("acknowledge_alert")
    assert (entry.actor, entry.subject) == ("engineer1", f"alert-{number}")
    kinds = [n.kind for n in show_alert(desk.context, desk.person("auditor1"), number).notes]
    assert kinds == ["comment", "acknowledged"]


def test_comments_and_closing(desk: Desk) -> None:
    """The same words twice are one comment; closing needs a reason and is done once."""
    number, engineer = opened(desk, "kkn-a-sw01"), desk.person("engineer1")
    for _ in range(2):
        comment_alert(desk.context, engineer, number, "ถอดปลั๊ก")
    for wrong in (" ", "x" * 2001):
        with pytest.raises(InputError):
            comment_alert(desk.context, engineer, number, wrong)
    with pytest.raises(InputError):
        close_alert(desk.context, engineer, number, "")
    for _ in range(2):
        assert close_alert(desk.context, engineer, number, "ย้ายออกแล้ว").cleared
    assert len(show_alert(desk.context, engineer, number).notes) == 2
    assert len(desk.entries("close_alert")) == 1
    with pytest.raises(Refused):
        acknowledge_alert(desk.context, engineer, number)
    comment_alert(desk.context, engineer, number, "เพิ่มเติม")


def test_a_repair_case_from_an_alert(desk: Desk) -> None:
    """A repair request filled in from it, a case of process 2.7, once."""
    number, engineer = opened(desk, "kkn-a-sw01"), desk.person("engineer1")
    for _ in range(2):
        after = repair_alert(desk.context, engineer, number, place="อาคาร 1 ชั้น 2")
    (case,) = desk.cases()
    assert (after.case, case.process) == (case.number, "2.7")
    assert "kkn-a-sw01" in case.title
    with desk.context.store.read() as conn:
        (kept,) = forms.list_forms(conn)
        filled = forms.load_form(conn, kept.number)
    assert filled.values["site"] == "โรงเรียนตัวอย่าง ก"
    assert filled.values["kind"] == "switch"
    assert str(number) in str(filled.values["symptom"])
    assert case.number in show_alert(desk.context, engineer, number).notes[-1].words
    ours = opened(desk, "kkn-a-x", "not_polled", device="", site="")
    with pytest.raises(InputError):
        repair_alert(desk.context, engineer, ours)


def test_maintenance_windows(desk: Desk) -> None:
    """Planned once, seen by the school it is about, ended by hand."""
    engineer, now = desk.person("engineer1"), desk.clock()
    later = now + timedelta(hours=2)
    for _ in range(2):
        window = plan_maintenance(
            desk.context, engineer, starts=now, ends=later, reason="ย้ายตู้", site=A
        )
    plan_maintenance(
        desk.context,
        engineer,
        starts=now,
        ends=later,
        reason="เปลี่ยนสาย",
        devices=["kkn-b-sw02", "kkn-a-sw01"],
        approved="๑๑๒/๒๕๖๙",
    )
    assert len(list_maintenance(desk.context, engineer)) == 2
    of_a = list_maintenance(desk.context, desk.person("school1"))
    assert [w.devices for w in of_a] == [(), ("kkn-a-sw01",)]
    assert len(list_maintenance(desk.context, desk.person("school2"))) == 1
    desk.clock.forward(minutes=5)
    for _ in range(2):
        assert cancel_maintenance(desk.context, engineer, window.id).ends == desk.clock()
    assert len(desk.entries("plan_maintenance")) == 2
    assert len(desk.entries("cancel_maintenance")) == 1
    desk.clock.forward(hours=3)
    assert list_maintenance(desk.context, engineer) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"site": ""},
        {"reason": " "},
        {"hours": -1},
        {"hours": 24 * 40},
        {"site": "nowhere"},
        {"approved": "2569-2.3-9999"},
    ],
)
def test_windows_that_are_none(desk: Desk, wrong: dict[str, object]) -> None:
    """About nothing, without a reason, backwards, too long, of a case there is not."""
    given = {"site": A, "reason": "ย้าย", "hours": 1, "approved": "", **wrong}
    now = desk.clock()
    with pytest.raises(InputError):
        plan_maintenance(
            desk.context,
            desk.person("engineer1"),
            starts=now,
            ends=now + timedelta(hours=float(str(given["hours"]))),
            reason=str(given["reason"]),
            site=str(given["site"]),
            approved=str(given["approved"]),
        )


def test_availability_from_spans_and_windows(desk: Desk) -> None:
    """Approved maintenance is left out, unapproved is not; a school sees its own."""
    begin = desk.clock()
    end = desk.clock.forward(hours=10)
    names = [d.name for d in desk.context.inventory().devices]
    rows = [Span(n, "up", begin, end) for n in names if n != "kkn-a-dist01"]
    rows += [
        Span("kkn-a-dist01", "up", begin, begin + timedelta(hours=6)),
        Span("kkn-a-dist01", "down", begin + timedelta(hours=6), end, "no answer"),
    ]
    with desk.context.store.begin(audited=False) as conn:
        health_spans.add_spans(conn, rows)
    engineer = desk.person("engineer1")

    def site_a() -> tuple[float | None, str | None]:
        found = show_availability(desk.context, engineer, since=begin, until=end)
        (one,) = [s for s in found.sites if s.site.site == A]
        assert one.reach is not None
        return one.reach.percent, one.first

    percent, first = site_a()
    assert percent == pytest.approx(60)
    assert first == "kkn-a-dist01"
    starts = desk.clock.now
    desk.clock.now = begin
    for approved in ("", "๑/๒๕๖๙"):
        plan_maintenance(
            desk.context,
            engineer,
            starts=begin + timedelta(hours=8),
            ends=end,
            reason="ย้ายตู้",
            site=A,
            approved=approved,
        )
        desk.clock.now = starts
        wanted = 60 if not approved else 75
        assert site_a()[0] == pytest.approx(wanted)
        desk.clock.now = begin
    desk.clock.now = starts
    found = show_availability(desk.context, desk.person("school1"), since=begin)
    assert {d.site for d, _ in found.devices} == {A}
    (down,) = found.whole.downtimes
    assert (down.device, down.length, down.why) == ("kkn-a-dist01", timedelta(hours=2), "no answer")
    with pytest.raises(NotFound):
        show_availability(desk.context, desk.person("school1"), site=B)
    with pytest.raises(InputError):
        show_availability(desk.context, engineer, since=end + timedelta(days=1))


def test_the_rules_as_the_office_has_them(desk: Desk) -> None:
    """With those switched off told as off."""
    (desk.context.root / "inventory/health.yaml").write_text(
        "rules:\n  no_clients: {enabled: false}\n  high_cpu: {threshold: 99}\n", encoding="utf-8"
    )
    told = list_rules(desk.context, desk.person("school1"))
    assert {r.rule for r, on in told if not on} == {"no_clients"}
    assert [r.threshold for r, _ in told if r.rule == "high_cpu"] == [99]
