"""The picture of a site's network, its tables, and the same over HTTP; a school sees its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from controller.web.pages.topology import fitted, shortened, spoken_speed
from tests.server.served import Served, make_office, seen, serving
from tests.server.wired_office import wire_up

A, B = "/topology/kkn-school-a", "/topology/kkn-school-b"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A served office whose devices have told whom they see."""
    people = ("admin", "engineer1", "school1")
    root = make_office(tmp_path_factory.mktemp("topology") / "office", people)
    wire_up(root)
    with serving(root) as running:
        yield running


def test_the_list_of_sites_tells_how_their_devices_are(office: Served) -> None:
    with office.browser("engineer1") as browser:
        page = seen(browser.get("/topology"))
        assert page.count('href="/topology/kkn-') == 4
        assert "ติดต่อไม่ได้ 5" in page
        found = seen(browser.get("/topology?q=ตัวอย่าง+ข"))
        assert found.count('href="/topology/kkn-') == 1


def test_the_picture_has_every_device_and_how_its_way_up_is(office: Served) -> None:
    with office.browser("engineer1") as browser:
        page = seen(browser.get(A))
    assert page.count("<svg") == 2
    about = re.findall(r'aria-label="(kkn-a-sw0[1-5] [^"]*)"', page)
    told = dict(line.split(" · ", 1) for line in about)
    assert told["kkn-a-sw01"] == "ใช้งานได้ · สวิตช์ปลายทาง · Gi0/24 → Et1 · ใช้งานได้"
    assert told["kkn-a-sw02"].endswith("Gi0/23 → Et2 · ใช้งานได้")
    assert told["kkn-a-sw03"].endswith("Gi0/24 → Et3 · ขาดการเชื่อมต่อ")
    assert told["kkn-a-sw05"].endswith("ยังไม่พบลิงก์")
    assert "ทางสำรอง" in page
    assert 'class="extra is-up"' in page
    assert "<b>5 GHz</b>" not in page.replace("&lt;b>", "")


def test_what_does_not_fit_the_inventory_is_shown(office: Served) -> None:
    with office.browser("engineer1") as browser:
        page = seen(browser.get(A))
    assert "ลิงก์ขึ้นไม่ตรงกับทะเบียน" in page
    assert "GigabitEthernet0/23" in page
    assert "ap-library" in page


def test_a_school_is_told_of_its_own_network_only(office: Served) -> None:
    """Of the office's core it learns that something is there, and nothing else."""
    with office.browser("school1") as browser:
        page = seen(browser.get(A))
        listed = seen(browser.get("/topology"))
        assert browser.get(B).status_code == 404
    assert "kkn-a-dist01" in page
    assert "นอกสถานศึกษา" in page
    assert "kkn-off-core01" not in page + listed
    assert "kkn-school-b" not in listed


def test_words_in_boxes_are_cut_where_the_box_ends() -> None:
    assert shortened("GigabitEthernet0/24") == "Gi0/24"
    assert shortened("Ethernet3") == "Et3"
    assert shortened("eth0") == "eth0"
    assert shortened("D-Link DGS-3627G Port 3") == "D-Link DGS-…"
    assert fitted("ติดต่อไม่ได้", 9) == "ติดต่อไม่ได้"
    assert fitted("abcdef", 4) == "abc…"
    assert (spoken_speed(10**9), spoken_speed(10**8), spoken_speed(None)) == (
        "1 Gbit/s", "100 Mbit/s", "",
    )  # fmt: skip


def test_discovery_is_for_engineers(office: Served) -> None:
    """The page is there with what the address asks for; a school is told who may."""
    with office.browser("engineer1") as browser:
        assert 'href="/discover"' in seen(browser.get("/topology"))
        page = seen(browser.get("/discover?prefix=10.23.0.0/24&site=kkn-school-a"))
        assert "10.23.0.0/24" in page
    with office.browser("school1") as browser:
        assert browser.get("/discover").status_code == 403
        assert 'href="/discover"' not in seen(browser.get("/topology"))
