"""Needs out of the real store: health, findings and ports of the sample office, and who may see."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from controller.compliance.finding import Detail, Finding
from controller.errors import InputError, NotAllowed, NotFound, Text
from controller.health.observed import PortTable
from controller.inventory.asset import KINDS
from controller.inventory.inventory import Inventory
from controller.operations.list_needs import (
    FORMATS,
    NeedQuery,
    list_needs,
    needs_to_draft,
    paper_of,
    print_needs,
)
from controller.procurement.need import Needs
from controller.store import audits, findings
from controller.store.alerts import (
    Alert,
    add_alerts,
    clear_alerts,
    open_alerts,
    set_muted,
    set_shadows,
)
from controller.store.device_health import DeviceHealth, save_health
from controller.store.health_spans import Span, add_spans
from tests.operations.office import Desk

DAYS = timedelta(days=1)
OLD, SPOILT, WELL, QUIET = "kkn-a-sw01", "kkn-a-sw02", "kkn-b-sw01", "kkn-a-dist01"


@pytest.fixture
def watched(desk: Desk) -> Desk:
    """Three switches watched all the time; the first fails by itself, the second in shadow."""
    now = desk.clock()
    site = "kkn-school-a"

    def down(device: str, days_ago: int, port: str = "") -> Alert:
        return Alert(
            rule="down",
            device=device,
            port=port,
            site=site,
            severity="critical",
            opened=now - days_ago * DAYS,
            words=Text(th="ไม่ตอบ", en="no answer"),
        )

    with desk.context.store.begin() as conn:
        add_spans(conn, [Span(d, "up", now - 200 * DAYS, now) for d in (OLD, SPOILT, WELL, QUIET)])
        for days_ago in (80, 40, 20):
            add_alerts(conn, [down(OLD, days_ago)])
            clear_alerts(conn, [a.id for a in open_alerts(conn)], now - days_ago * DAYS + DAYS)
        # Before the period, and over by then.
        add_alerts(conn, [down(WELL, 150)])
        clear_alerts(conn, [a.id for a in open_alerts(conn)], now - 140 * DAYS)
        # Down for long, but only because of the one above it; and quiet in maintenance.
        add_alerts(conn, [down(SPOILT, 60), down(QUIET, 60)])
        shadow, cause = sorted(open_alerts(conn), key=lambda a: a.device, reverse=True)
        set_shadows(conn, {shadow.id: cause.id}, now)
        set_muted(conn, [cause.id], True, now)
    return desk


def of_unit(needs: Needs, device: str) -> Sequence[str]:
    """The English evidence of a device; nothing where it does not count."""
    return [
        one.words.en
        for line in needs.lines
        for worn in line.worn
        if worn.unit.device == device
        for one in worn.evidence
    ]


def test_health_is_a_device_s_own(watched: Desk) -> None:
    """Its own alerts count, those in the shadow of others and in maintenance do not."""
    found = list_needs(watched.context, watched.person("officer1"), NeedQuery(causes=("health",)))
    assert [w.unit.device for line in found.lines for w in line.worn] == [OLD]
    assert of_unit(found, OLD)[0].startswith("3 alerts in 90 days (device down 3)")
    unknown = {one.words.en: {u.device for u in one.units} for one in found.untold}
    assert not any({SPOILT, WELL, QUIET} & devices for devices in unknown.values())
    # Looked at for longer, the other one's ten days count as well: 5 % of 200 days.
    longer = NeedQuery(causes=("health",), days=200)
    found = list_needs(watched.context, watched.person("officer1"), longer)
    assert "down by itself for 240 hours (5.0 % of the time measured)" in of_unit(found, WELL)[0]


def test_rules_on_equipment_count_for_what_they_ask(desk: Desk) -> None:
    """A lack of speed for compliance, an age for age; a rule on configuration for nothing."""
    now = desk.clock()
    slow = Detail("value", words=Text(th="ช้า", en="slow"))
    judged = {
        OLD: (
            Finding("gigabit-ports", OLD, "fail", (slow,)),
            Finding("no-telnet", OLD, "fail"),
        ),
        SPOILT: (Finding("gigabit-ports", SPOILT, "unknown"),),
        WELL: (Finding("gigabit-ports", WELL, "waived", waiver="w"),),
    }
    with desk.context.store.begin(audited=False) as conn:
        audit = audits.start_audit(
            conn, at=now, by="x", why="asked", selector="all", devices=3, rulebook=""
        )
        findings.save_findings(conn, audit, now, judged, whole=True)
        findings.mark_judged(conn, audit, now, dict.fromkeys(judged, ""))
    officer = desk.person("officer1")
    found = list_needs(desk.context, officer, NeedQuery(causes=("compliance",)))
    assert [w.unit.device for line in found.lines for w in line.worn] == [OLD]
    assert "slow" in of_unit(found, OLD)[0]
    unknown = {one.words.en: {u.device for u in one.units} for one in found.untold}
    assert unknown["some rules on its equipment could not be judged"] == {SPOILT}
    assert not any(WELL in devices for devices in unknown.values())


def test_ports_of_a_site_that_are_nearly_full(desk: Desk) -> None:
    """VLANs are no ports; the model's number of ports goes before the named ones."""
    at = desk.clock()
    names = {str(n): f"GigabitEthernet0/{n}" for n in range(1, 27)} | {"90": "Vlan99"}
    oper = {index: 1 if int(index) <= 24 or index == "90" else 2 for index in names}
    switches = ("kkn-c-dist01", "kkn-c-sw01", "kkn-c-sw02")
    rows = [
        DeviceHealth(
            device=name,
            status="up",
            since=at,
            at=at,
            answered=at,
            ports=PortTable(oper=oper, names=names),
        )
        for name in switches
    ]
    with desk.context.store.begin(audited=False) as conn:
        save_health(conn, rows)
    asked = NeedQuery(causes=("growth",), site="kkn-school-c")
    (line,) = list_needs(desk.context, desk.person("officer1"), asked).lines
    words = line.extras[0].evidence[0].words.en
    assert line.quantity == 1
    assert words == "72 of 72 ports are in use (100 %); with 1 more of 24 ports it is 75 %"


def test_the_report_prints_in_every_format(desk: Desk) -> None:
    """With the paper a draft begins with beside it."""
    asked = NeedQuery(years=5, causes=("age",), kinds=("access-point",))
    officer = desk.person("officer1")
    magic = {"pdf": b"%PDF-", "docx": b"PK", "xlsx": b"PK"}
    for wanted in FORMATS:
        assert print_needs(desk.context, officer, wanted, asked).startswith(magic[wanted])
    paper = needs_to_draft(desk.context, officer, asked)
    assert {item.kind for item in paper.items} == {"access-point"}
    assert paper.items[0].places[0].replaces
    nothing = replace(asked, years=30)
    assert paper_of(desk.context, list_needs(desk.context, officer, nothing)) is None
    assert print_needs(desk.context, officer, "pdf", nothing).startswith(b"%PDF-")
    with pytest.raises(InputError):
        needs_to_draft(desk.context, officer, nothing)


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (NeedQuery(causes=("old",)), InputError),
        (NeedQuery(kinds=("swich",)), InputError),
        (NeedQuery(district="nowhere"), InputError),
        (NeedQuery(site="kkn-school-z"), NotFound),
        (NeedQuery(days=0), InputError),
        (NeedQuery(years=31), InputError),
        (NeedQuery(asks=("x",) * 201), InputError),
        (NeedQuery(asks=("7440-none=x",)), InputError),
    ],
)
def test_what_is_no_question_is_refused(desk: Desk, asked: NeedQuery, error: type) -> None:
    """Unknown words, sites, days and years."""
    with pytest.raises(error):
        list_needs(desk.context, desk.person("officer1"), asked)


def test_a_school_is_not_asked(desk: Desk) -> None:
    """What the office buys is the office's to find out."""
    with pytest.raises(NotAllowed):
        list_needs(desk.context, desk.person("school1"))


def test_the_office_lays_down_years_of_service(desk: Desk) -> None:
    """In its own file, kind by kind, before any edition."""
    place = desk.context.root / "inventory/office.yaml"
    place.write_text(
        place.read_text(encoding="utf-8") + "\nservice_years: {ups: 2, switch: 30}\n",
        encoding="utf-8",
    )
    found = list_needs(desk.context, desk.person("officer1"), NeedQuery(causes=("age",)))
    assert (found.lives["ups"].years, found.lives["switch"].years) == (2, 30)
    assert "ups" in found.kinds
    assert "switch" not in found.kinds


def test_twenty_thousand_rows_answer_within_a_second(desk: Desk) -> None:
    """The whole register, every cause; what the inventory keeps ready is made anew here."""
    inventory = desk.context.inventory()
    row = inventory.assets[0]
    rows = tuple(
        replace(
            row,
            number=f"7440-{n:06}",
            serial=f"S{n}",
            kind=KINDS[n % len(KINDS)],
            site=inventory.sites[n % len(inventory.sites)].site,
            acquired=date(2012 + n % 14, 1 + n % 12, 1 + n % 28),
        )
        for n in range(20_000)
    )
    crowd = Inventory(inventory.office, inventory.sites, inventory.groups, rows)
    context = replace(desk.context, inventory=lambda: crowd)
    began = time.process_time()
    found = list_needs(context, desk.person("officer1"), NeedQuery(years=5))
    taken = time.process_time() - began
    assert found.looked >= 20_000
    assert found.quantity > 10_000
    assert taken < 1.0, f"{taken:.2f} s"
