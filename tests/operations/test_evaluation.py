"""The evaluation of a year out of the real store: spans, alerts, windows, the archive, forms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from controller.errors import InputError, NotAllowed, NotFound, Text
from controller.facts.identity import Identity
from controller.health.evaluation.period import fiscal_period
from controller.health.observed import Observed, PortTable
from controller.operations.answer_survey import answer_survey
from controller.operations.close_survey import close_survey
from controller.operations.draft_evaluation_form import draft_evaluation_form, write_draft
from controller.operations.fill_form import fill_form
from controller.operations.open_survey import open_survey
from controller.operations.report_evaluation import (
    attach_evaluation,
    drawn,
    file_name,
    print_evaluation,
    report_evaluation,
)
from controller.processes.forms.filling import fill
from controller.store.alerts import Alert, add_alerts, clear_alerts, open_alerts
from controller.store.device_health import DeviceHealth, save_health
from controller.store.health_spans import Span, add_spans
from controller.store.maintenance import Window, add_window
from tests.operations.office import Desk, example

YEAR = fiscal_period(2569)
SINCE = YEAR.since
DAY = timedelta(days=1)
MAGIC = {"pdf": b"%PDF-", "docx": b"PK", "xlsx": b"PK"}


@pytest.fixture
def measured(desk: Desk) -> Desk:
    """After the end of the fiscal year 2569, with two devices that were watched in it."""
    desk.clock.now = datetime(2026, 11, 27, 3, tzinfo=UTC)
    first, second = _names(desk)[:2]
    site = desk.context.inventory().devices[0].site
    with desk.context.store.begin() as conn:
        add_spans(
            conn,
            [
                Span(first, "up", SINCE - DAY, SINCE + 300 * DAY),
                Span(first, "down", SINCE + 300 * DAY, SINCE + 302 * DAY, "no answer"),
                Span(second, "up", SINCE, SINCE + 30 * DAY),
                Span("gone", "up", SINCE, SINCE + 30 * DAY),
            ],
        )
        for approved in ("2569-2.3-0001", ""):
            add_window(
                conn,
                Window(
                    site=site,
                    devices=(first,),
                    starts=SINCE + 300 * DAY,
                    ends=SINCE + (301 if approved else 302) * DAY,
                    reason="เปลี่ยนสวิตช์",
                    approved=approved,
                    made_by="engineer1",
                    made=SINCE,
                ),
            )
        add_alerts(
            conn,
            [
                Alert(
                    rule="down",
                    device=first,
                    port="",
                    site=site,
                    severity="critical",
                    opened=SINCE + 301 * DAY,
                    words=Text(th="อุปกรณ์ไม่ตอบ", en="the device does not answer"),
                )
            ],
        )
        clear_alerts(conn, [one.id for one in open_alerts(conn)], SINCE + 302 * DAY)
        told = Identity(platform="cisco_ios", model="WS-C2960", version="15.2(7)E4")
        known = DeviceHealth(device=first, status="up", since=SINCE, at=SINCE, identity=told)
        save_health(conn, [known])
    return desk


def test_a_year_is_added_up_from_the_store(measured: Desk) -> None:
    """Approved maintenance is no downtime; what nobody approved is."""
    found = report_evaluation(measured.context, measured.person("officer1"), YEAR)
    first, second = _names(measured)[:2]
    share = found.now.uptime.devices[first]
    assert (share.up, share.down, share.excluded) == (
        300 * DAY.total_seconds(),
        DAY.total_seconds(),
        DAY.total_seconds(),
    )
    assert found.now.uptime.devices[second].little
    assert found.now.uptime.strangers == 1
    assert found.now.incidents is not None
    assert found.now.incidents.whole.to_clear == 24 * 60
    assert [one.version for one in found.now.ages.firmware] == ["15.2(7)E4"]
    # The year before knows the one day of the span that began in it.
    assert found.before.uptime.devices[first].up == DAY.total_seconds()


def test_links_come_from_the_archive(measured: Desk) -> None:
    """The declared uplink of what everything hangs below, by its speed."""
    head = next(d for d in measured.context.inventory().devices if d.uplink)
    at = SINCE + 10 * DAY
    table = PortTable(
        rates={"in_bps": {"1": 9e8}, "out_bps": {"1": 1e8}},
        oper={"1": 1, "2": 2},
        speed={"1": 10**9},
        names={"1": head.uplink or "", "2": "other"},
    )
    polls = [
        Observed(d.name, at + n * timedelta(hours=1), "up", ports=table)
        for d in measured.context.inventory().devices
        for n in range(5)
    ]
    measured.context.archive().append(polls)
    found = report_evaluation(measured.context, measured.person("officer1"), YEAR).now.capacity
    assert found.full
    assert all(one.p95 == pytest.approx(0.9) for one in found.full)
    assert found.full[0].outgoing is not None
    assert found.full[0].outgoing.p95 == pytest.approx(0.1)
    assert sum(one.ports for one in found.ports) == 2 * sum(one.used for one in found.ports)


def test_what_people_said_comes_into_it(measured: Desk) -> None:
    """Surveys closed in the period, and the forms filled in at the schools."""
    officer = measured.person("officer1")
    measured.clock.now = SINCE + 100 * DAY
    opened = open_survey(measured.context, officer, "questionnaire", "ความพึงพอใจ")
    answer_survey(measured.context, officer, opened.id, [example("questionnaire")])
    close_survey(measured.context, officer, opened.id)
    fill_form(measured.context, officer, "network_evaluation", example("network_evaluation"))
    measured.clock.now = YEAR.until + DAY
    found = report_evaluation(measured.context, officer, YEAR)
    assert [one.number for one in found.surveys] == [opened.id]
    assert found.visits is not None
    assert found.visited == 1
    assert not report_evaluation(measured.context, officer, fiscal_period(2570)).surveys


def test_nothing_measured_is_a_report_too(desk: Desk) -> None:
    """In every format; it says so."""
    officer = desk.person("officer1")
    found = report_evaluation(desk.context, officer, YEAR)
    assert found.now.incidents is None
    assert not found.now.uptime.measured
    for wanted, magic in MAGIC.items():
        content = drawn(desk.context, officer, found, wanted)  # type: ignore[arg-type]
        assert content.startswith(magic)


def test_the_report_is_attached_to_its_case(measured: Desk) -> None:
    """Again it is the next revision; the same content is refused as any other paper is."""
    officer = measured.person("officer1")
    case = measured.case("2.8", 3, proposer="officer1")
    attached = attach_evaluation(measured.context, officer, case.number, YEAR)
    (paper,) = attached.papers
    assert (paper.number, paper.revision) == (file_name(YEAR, "pdf"), 1)
    measured.clock.forward(days=1)
    again = attach_evaluation(measured.context, officer, case.number, YEAR)
    assert [one.revision for one in again.papers] == [2]


def test_schools_do_not_see_it(measured: Desk) -> None:
    """Nor its forms."""
    school = measured.person("school1")
    with pytest.raises(NotAllowed):
        report_evaluation(measured.context, school, YEAR)
    with pytest.raises(NotAllowed):
        print_evaluation(measured.context, school, YEAR, "pdf")
    with pytest.raises(NotAllowed):
        draft_evaluation_form(measured.context, school, "evaluation_report", YEAR)


def test_a_school_s_form_is_drafted_and_finished_by_people(measured: Desk) -> None:
    """What is filled in is taken as it stands; only what people know is missing."""
    officer = measured.person("officer1")
    site = measured.context.inventory().devices[0].site
    draft = draft_evaluation_form(measured.context, officer, "network_evaluation", YEAR, site)
    assert draft.values["findings"]
    assert "provider" not in draft.values
    whole = {
        "visited": "2026-06-10",
        "keeper": "หัวหน้างาน",
        "provider": "ผู้ให้บริการ ก",
        "identified": True,
        "log_kept": True,
        "clock": True,
        "informant": "หัวหน้างาน",
    }
    assert fill(draft.definition, {**whole, **draft.values})["findings"]
    for wanted, magic in {"yaml": b"# ", "pdf": b"%PDF-", "docx": b"PK"}.items():
        assert write_draft(measured.context, officer, draft, wanted).startswith(magic)  # type: ignore[arg-type]


def test_the_report_s_form_is_drafted(measured: Desk) -> None:
    """With the period and what was found; people say whether targets were reached."""
    officer = measured.person("officer1")
    draft = draft_evaluation_form(measured.context, officer, "evaluation_report", YEAR)
    assert (draft.values["from"], draft.values["until"]) == ("2025-10-01", "2026-09-30")
    assert draft.values["methods"] == ["measured"]
    assert "reached" not in draft.values
    row = {"side": "การเชื่อมต่ออินเทอร์เน็ต", "mean": "4.12", "level": "high"}
    whole = {"objectives": "เพื่อทราบผล", "reached": "partly", "results": [row]}
    assert fill(draft.definition, {**whole, **draft.values})["subject"]


def test_other_forms_and_places_are_refused(measured: Desk) -> None:
    """The evaluation form needs a site that exists."""
    officer = measured.person("officer1")
    for slug, site, error in (
        ("loan_request", "", InputError),
        ("network_evaluation", "", InputError),
        ("network_evaluation", "nowhere", NotFound),
    ):
        with pytest.raises(error):
            draft_evaluation_form(measured.context, officer, slug, YEAR, site)


def _names(desk: Desk) -> list[str]:
    return [device.name for device in desk.context.inventory().devices]
