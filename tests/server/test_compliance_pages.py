"""The pages of compliance: scores, heat map, drill-down to the very lines, files, who sees what."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.server.judged_office import SECRET, judge
from tests.server.served import Served, make_office, seen, serving

_CELL = re.compile(r'<td class="(\w+)">(?:<a [^>]*>)?([^<]*)')


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over an office that was audited."""
    people = ("admin", "engineer1", "director", "school1")
    root = make_office(tmp_path_factory.mktemp("judged") / "office", people)
    judge(root)
    with serving(root) as running:
        yield running


def test_the_heat_map_leads_from_the_office_to_the_line(judged: Served) -> None:
    """Overview, site, rule, device: each names the next, down to line 4 of a configuration."""
    with judged.browser("director") as browser:
        overview = seen(browser.get("/compliance"))
        assert "/compliance/sites/kkn-school-a?rule=no-telnet" in overview
        assert "แนวโน้มคะแนน" in overview
        site = seen(browser.get("/compliance/sites/kkn-school-a"))
        assert "/compliance/devices/kkn-a-sw01#no-telnet" in site
        rule = seen(browser.get("/compliance/rules/no-telnet"))
        assert "transport input telnet" in rule
        assert "/compliance/devices/kkn-b-sw01#no-telnet" in rule
        device = seen(browser.get("/compliance/devices/kkn-a-sw01"))
        assert 'href="#L4"' in device
        assert '<span id="L4" class="bad">' in device
        # A line that is missing is looked for in its section.
        assert '<span id="L3" class="gap">' in device
        assert SECRET not in device


def test_no_cell_is_told_by_colour_alone(judged: Served) -> None:
    """Every cell of the heat map has a sign or a number in it."""
    with judged.browser("director") as browser:
        cells = _CELL.findall(seen(browser.get("/compliance")))
    kinds = {kind for kind, _ in cells}
    assert {"unknown", "some"} & kinds or {"most", "many"} & kinds
    assert all(words.strip() for _, words in cells), cells


def test_the_heat_map_can_be_narrowed(judged: Served) -> None:
    """By severity, to rules that something fails; the address holds the choice."""
    with judged.browser("director") as browser:
        critical = seen(browser.get("/compliance?severity=critical"))
        assert 'title="ห้ามเข้าด้วย Telnet"' in critical
        assert 'title="ใช้ SSH รุ่น 2"' not in critical
        nowhere = seen(browser.get("/compliance?severity=nothing"))
        assert "ไม่มีเกณฑ์ตามที่เลือก" in nowhere
        alone = seen(browser.get("/compliance/sites/kkn-school-a?rule=ssh-2"))
        assert "no-telnet" not in alone


def test_a_school_sees_its_own_alone(judged: Served) -> None:
    """Of another school there is nothing, not even its name; no configuration is shown."""
    with judged.browser("school1") as browser:
        overview = seen(browser.get("/compliance"))
        assert "kkn-school-a" in overview
        assert "kkn-school-b" not in overview
        for path in ("sites/kkn-school-b", "devices/kkn-b-sw01", "report.pdf?site=kkn-school-b"):
            assert browser.get(f"/compliance/{path}").status_code == 404, path
        device = seen(browser.get("/compliance/devices/kkn-a-sw01"))
        assert "ห้ามเข้าด้วย Telnet" in device
        assert 'id="L4"' not in device
        rule = seen(browser.get("/compliance/rules/no-telnet"))
        assert "kkn-b-sw01" not in rule
        assert browser.get("/compliance/report.pdf").content.startswith(b"%PDF-")


def test_the_report_is_a_file_of_each_kind(judged: Served) -> None:
    """Of the office and of one school, in the browser and over the API."""
    with judged.browser("director") as browser:
        for kind, magic in (("pdf", b"%PDF-"), ("docx", b"PK"), ("xlsx", b"PK")):
            assert browser.get(f"/compliance/report.{kind}").content.startswith(magic)
        one = browser.get("/compliance/report.pdf?site=kkn-school-a")
        assert "compliance-kkn-school-a.pdf" in one.headers["content-disposition"]
        assert browser.get("/compliance/report.pdf?site=nowhere").status_code == 404


def test_home_and_the_pages_of_sites_and_devices_lead_there(judged: Served) -> None:
    """The score of the office with the site that has the lowest, in one line."""
    with judged.browser("director") as browser:
        home = seen(browser.get("/"))
        assert "คะแนนตามเกณฑ์" in home
        assert "/compliance/sites/kkn-" in home
        assert "/compliance/devices/kkn-a-sw01" in seen(browser.get("/devices/kkn-a-sw01"))
        assert "/compliance/sites/kkn-school-a" in seen(browser.get("/sites/kkn-school-a"))


def test_lines_no_rule_speaks_of_are_shown_to_who_may_read_them(judged: Served) -> None:
    """Reached from the device's page; secrets are hidden; a school reads no configuration."""
    address = "/compliance/devices/kkn-a-sw01/unclaimed"
    with judged.browser("director") as browser:
        assert address in seen(browser.get("/compliance/devices/kkn-a-sw01"))
        page = seen(browser.get(address))
    assert "enable secret 9" in page
    assert "transport input telnet" not in page
    assert SECRET not in page
    with judged.browser("school1") as browser:
        assert "hostname x" not in seen(browser.get(address))


def test_nothing_judged_is_no_score(served: Served) -> None:
    """An office that never audited is told so."""
    with served.browser("director") as browser:
        told = seen(browser.get("/compliance"))
        assert "ยังไม่เคยตรวจ" in told
        assert "ยังไม่มีคะแนน" in told
        assert "คะแนนตามเกณฑ์" not in seen(browser.get("/"))
        assert browser.get("/compliance/report.pdf").content.startswith(b"%PDF-")
        assert browser.get("/compliance/devices/kkn-a-sw01").status_code == 200
