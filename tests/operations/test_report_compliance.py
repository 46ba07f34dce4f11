"""The compliance report out of the real store: what it counts, and for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from controller.compliance.finding import Detail, Finding
from controller.compliance.rule import RuleFile, Waiver
from controller.compliance.rulebook import RuleBook
from controller.compliance.scores import tally_of
from controller.errors import NotFound
from controller.operations.context import Context
from controller.operations.report_compliance import file_name, print_compliance, report_compliance
from controller.store import audits, findings
from controller.thai import bangkok_date
from tests.operations.office import Desk

BAD, GOOD, ELSEWHERE = "kkn-a-sw01", "kkn-a-sw02", "kkn-b-sw01"
RULES = [
    {
        "id": name,
        "title": {"th": f"เกณฑ์ {name}", "en": name},
        "why": [{"kind": "office", "reference": "ประกาศ"}],
        "severity": severity,
        "checks": [{"configuration": {"required": "x"}}],
    }
    for name, severity in (("small", "notice"), ("grave", "critical"))
]
WAIVER = Waiver(
    id="old",
    rule="grave",
    select="all",
    reason="รออุปกรณ์",
    approved_by="ผู้อำนวยการ",
    case="2569-2.3-0001",
    until=date(2020, 1, 1),
)
TELNET = Detail("extra", ("line vty 0 4",), "transport input telnet", 7)


@pytest.fixture
def judged(desk: Desk) -> Context:
    """Three switches judged: one fails both rules, one of another school the grave one."""
    book = RuleBook(RuleFile.model_validate({"rules": RULES}).rules, (WAIVER,))
    context = replace(desk.context, rulebook=lambda: book)
    now = context.clock()
    found = {
        BAD: (
            Finding("small", BAD, "fail", (TELNET,)),
            Finding("grave", BAD, "fail", (TELNET,), expired="old"),
        ),
        GOOD: (Finding("small", GOOD, "fail"), Finding("grave", GOOD, "pass")),
        ELSEWHERE: (
            Finding("small", ELSEWHERE, "unknown"),
            Finding("grave", ELSEWHERE, "waived", waiver="old"),
        ),
    }
    severities = {rule.id: rule.severity for rule in book.rules}
    with context.store.begin(audited=False) as conn:
        audit = audits.start_audit(
            conn, at=now, by="engineer1", why="asked", selector="all", devices=3, rulebook=""
        )
        findings.save_findings(conn, audit, now, found, whole=True)
        tally = tally_of(
            (one.verdict, severities[one.rule]) for rows in found.values() for one in rows
        )
        audits.end_audit(conn, audit, judged=3, changed=6, tally=tally)
        audits.save_tallies(conn, bangkok_date(now), {("office", audits.OFFICE): tally})
    return context


def test_the_office_is_added_up(judged: Context, desk: Desk) -> None:
    """Sites the worst first, what costs most first, waivers with what they hold."""
    found = report_compliance(judged, desk.person("officer1"))
    school = next(one for one in found.sites if one.site == "kkn-school-a")
    assert [rule.rule.id for rule in school.rules] == ["grave", "small"]
    assert school.rules[1].failing == (BAD, GOOD)
    assert [one.device for one in school.devices][:2] == [BAD, GOOD]
    assert (found.tally.failed, found.tally.unknown, found.tally.waived) == (3, 1, 1)
    assert [(one.findings, one.expired) for one in found.waivers] == [(1, True)]
    told = next(one.told for one in found.listed if (one.device, one.rule) == (BAD, "grave"))
    assert "สิ้นสุดแล้ว" in told
    assert "transport input telnet" in told


def test_a_site_alone_has_its_own_figures(judged: Context, desk: Desk) -> None:
    """And a school gets its own without asking, another's never."""
    officer, school = desk.person("officer1"), desk.person("school1")
    alone = report_compliance(judged, officer, "kkn-school-a")
    assert [one.site for one in alone.sites] == ["kkn-school-a"]
    assert (alone.tally.failed, alone.tally.unknown) == (3, 0)
    assert {one.device for one in alone.listed} == {BAD, GOOD}
    assert report_compliance(judged, school).sites == alone.sites
    with pytest.raises(NotFound):
        report_compliance(judged, school, "kkn-school-b")
    with pytest.raises(NotFound):
        report_compliance(judged, officer, "nowhere")


@pytest.mark.parametrize("site", [None, "kkn-school-a"])
def test_every_kind_of_file_is_made(judged: Context, desk: Desk, site: str | None) -> None:
    """Of the office and of one site."""
    officer = desk.person("officer1")
    assert print_compliance(judged, officer, "pdf", site).startswith(b"%PDF-")
    assert print_compliance(judged, officer, "docx", site).startswith(b"PK")
    assert print_compliance(judged, officer, "xlsx", site).startswith(b"PK")
    assert file_name("pdf", site) == ("compliance-kkn-school-a.pdf" if site else "compliance.pdf")
