"""The pages of sites, devices and the register: who sees what, and that it is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from controller.app import open_app
from controller.platforms.registry import platform
from controller.store import device_history, snapshots
from controller.store.tables import device_facts
from tests.server.history import INERT, NASTY
from tests.server.served import Served, make_office, seen, serving

SECRET = "kept-between-us"
OWN, OTHER = "kkn-school-a", "kkn-school-b"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A served office with three versions of one device's configuration, and hostile words."""
    root = make_office(tmp_path_factory.mktemp("inventory") / "office")
    site = root / f"inventory/sites/{OWN}.yaml"
    spoilt = site.read_text(encoding="utf-8").replace("computer-room", f"'{NASTY}'")
    site.write_text(spoilt, encoding="utf-8")
    register = root / f"inventory/assets/{OWN}.csv"
    rows = register.read_text(encoding="utf-8").replace("ห้องพักครู", f'"{NASTY}"')
    register.write_text(rows, encoding="utf-8")
    lab = root / "var/lab"
    lab.mkdir(parents=True, exist_ok=True)
    (lab / "snmp_ro").write_text(SECRET, encoding="utf-8")
    at = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
    with open_app(root, apart=True) as context, context.store.begin(audited=False) as conn:
        for line in ("", f"description {NASTY}\n"):
            text = f"hostname kkn-a-sw01\nsnmp-server community {SECRET} RO\n{line}end\n"
            blob = context.backups.write(f"{OWN}/kkn-a-sw01.cfg", text)
            mark = platform("cisco_ios").fingerprint(text)
            snapshots.save_snapshot(conn, "kkn-a-sw01", mark, blob, at, "backup")
        said = {"Gi0/1": {"is_up": True, "description": NASTY}}
        look = device_history.Look("kkn-a-sw01", at, {"hostname": NASTY}, said)
        device_history.save_look(conn, look)
        damaged = {"kkn-a-sw02": "{}", "kkn-a-sw03": "no JSON", "kkn-a-sw04": '{"facts": [1]}'}
        damaged["kkn-a-sw05"] = (
            '{"facts": {"uptime": "x"}, "interfaces": {"Gi0/9": {"speed": "?"}}}'
        )
        for device, content in damaged.items():
            device_history.save_look(conn, device_history.Look(device, at, {}, {}))
            row = device_facts.c.device == device
            conn.execute(device_facts.update().where(row).values(content=content))
    with serving(root) as running:
        yield running


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_of_a_damaged_record_of_facts_the_page_says_unknown(office: Served, number: int) -> None:
    """An older record lacks keys; the device's page is there all the same."""
    with office.browser("engineer1") as browser:
        answer = browser.get(f"/devices/kkn-a-sw0{number}")
        assert answer.status_code == 200
        assert "<dd>ไม่ทราบ</dd>" in seen(answer)
        assert ("Gi0/9" in seen(answer)) is (number == 5)
        known = browser.get(f"/devices/kkn-a-sw0{number}/evidence")
        assert known.status_code == 200
        assert "WS-C2960G-24TC-L" in seen(known)
        told = browser.get("/devices/kkn-a-sw01")
        assert told.status_code == 200


def test_districts_and_platforms_have_names_for_people(office: Served) -> None:
    """The office's own name of a district, and of a platform what it is called everywhere."""
    with office.browser("engineer1") as browser:
        assert "อำเภอเมืองขอนแก่น" in seen(browser.get(f"/sites/{OWN}"))
        sites = seen(browser.get("/sites?district=mueang-khon-kaen"))
        assert '<option value="mueang-khon-kaen" selected>เมืองขอนแก่น</option>' in sites
        devices = seen(browser.get("/devices"))
        assert "<td>Cisco IOS and IOS-XE</td>" in devices
        assert "cisco_ios</td>" not in devices


def test_everybody_of_the_office_finds_their_way(office: Served) -> None:
    """Sites, devices and the register; each leads to the next."""
    with office.browser("director") as browser:
        assert f'href="/sites/{OWN}"' in seen(browser.get("/sites"))
        site = seen(browser.get(f"/sites/{OWN}"))
        assert 'href="/devices/kkn-a-sw01"' in site
        assert f"/register?site={OWN}" in site
        assert "/register/import" not in site
        assert browser.get("/register/import").status_code == 403


@pytest.mark.parametrize(
    ("path", "there", "not_there"),
    [
        ("/sites?q=ตัวอย่าง ข", f"/sites/{OTHER}", f"/sites/{OWN}"),
        ("/devices?q=kkn-a&role=access", "/devices/kkn-a-sw01", "/devices/kkn-a-dist01"),
        ("/devices?sort=-name&q=kkn", "/devices/kkn-off-sw04", "nothing"),
        ("/register?q=๗๔๔๐-๐๐๙ cisco", "7440-009-0015/65", "6130-001-0001/66"),
        (f"/register?kind=switch&site={OTHER}", "7440-009-0015/65", "7440-009-0008/64"),
        ("/register?page=2", 'rel=\\"prev\\"', "6130-001-0001/66"),
        ("/register?q=nothing-like-this", "ไม่พบรายการ", "7440"),
    ],
)
def test_the_address_says_what_is_looked_for(
    office: Served, path: str, there: str, not_there: str
) -> None:
    """So that a bookmark and the back button work."""
    with office.browser("engineer1") as browser:
        shown = seen(browser.get(quote(path, safe="/?&=-")))
    found = shown.partition("<main")[2] or shown
    assert there.replace("\\", "") in found.replace("\\", "")
    assert not_there not in found


def test_an_order_there_is_not_is_told(office: Served) -> None:
    with office.browser("engineer1") as browser:
        assert browser.get("/register?sort=colour").status_code == 422
        assert browser.get("/devices?site=nowhere").status_code == 404
        assert browser.get("/sites/nowhere").status_code == 404
        assert browser.get("/devices/nowhere").status_code == 404
        assert browser.get("/register?page=x&page=-1").status_code == 200


def test_a_school_sees_its_own_page_and_register(office: Served) -> None:
    with office.browser("school1") as browser:
        assert browser.get(f"/sites/{OWN}").status_code == 200
        assert browser.get("/register").status_code == 200
        listed = seen(browser.get("/sites"))
        assert f"/sites/{OWN}" in listed
        assert f"/sites/{OTHER}" not in listed
        assert "7440-009-0015/65" not in seen(browser.get("/register?q=7440-009-0015"))
        for path in (
            f"/sites/{OTHER}",
            "/devices/kkn-b-sw01",
            f"/register?site={OTHER}",
            f"/register/export.xlsx?site={OTHER}",
        ):
            assert browser.get(path).status_code == 404, path
        for path in ("/register/import", "/devices/kkn-a-sw01/configuration"):
            assert browser.get(path).status_code == 403, path
        own = seen(browser.get("/devices/kkn-a-sw01"))
        assert "127.23.1.11" not in own
        assert "ประวัติการตั้งค่า" not in own


def test_what_people_and_devices_write_is_inert(office: Served) -> None:
    """Tags, rooms, facts, interfaces, lines of configuration."""
    with office.browser("engineer1") as browser:
        for path in (
            f"/sites/{OWN}",
            "/devices?q=kkn-a-sw06",
            "/devices/kkn-a-sw01",
            "/devices/kkn-a-sw01/configuration",
            f"/register?site={OWN}",
        ):
            answer = browser.get(path)
            assert NASTY not in answer.text, path
            assert INERT in seen(answer), path


def test_versions_are_compared_without_their_secrets(office: Served) -> None:
    """Side by side, and in one column for a phone; each version whole as well."""
    with office.browser("engineer1") as browser:
        shown = seen(browser.get("/devices/kkn-a-sw01/configuration"))
        assert '<table class="sides">' in shown
        assert "one-column" in shown
        version = shown.partition("?version=")[2][:40]
        whole = seen(browser.get(f"/devices/kkn-a-sw01/configuration?version={version}"))
        assert "hostname kkn-a-sw01" in whole
        assert "⟦secret:snmp_ro⟧" in whole
        assert SECRET not in shown + whole
        assert browser.get("/devices/kkn-a-sw01/configuration?version=ffff").status_code == 404
        none = seen(browser.get("/devices/kkn-a-sw02/configuration"))
        assert "ยังไม่เคยสำรอง" in none


def test_what_is_found_is_saved_as_a_file(office: Served) -> None:
    with office.browser("auditor1") as browser:
        sheet = browser.get(f"/register/export.xlsx?site={OWN}&kind=switch")
        assert sheet.content.startswith(b"PK")
        assert "register.xlsx" in sheet.headers["content-disposition"]
        plain = browser.get(f"/register/export.csv?site={OWN}&kind=switch").text
        assert plain.count("\n") == 9
    with office.browser() as stranger:
        assert stranger.get("/register/export.xlsx").status_code == 303


def test_models_are_shown_to_schools_too(office: Served) -> None:
    """What is known of each, and how many the school has; what is not told is unknown."""
    with office.browser("school1") as browser:
        page = seen(browser.get("/models"))
        assert "WS-C2960G-24TC-L" in page
        assert "ไม่ทราบ" in page
        assert browser.get("/devices/kkn-a-sw01/evidence").status_code == 403
        assert "/models/import" not in page
        assert browser.get("/models/import").status_code == 403
        found = seen(browser.get("/models?q=ruckus&kind=access-point"))
        assert "R350" in found
        assert "WS-C2960G-24TC-L" not in found
        one = seen(browser.get("/models/one?number=r350"))
        assert "IEEE 802.11ax" in one
        assert "ข้อมูลไม่พอ" in one
        assert browser.get("/models/one?number=nothing").status_code == 404
    with office.browser("officer1") as browser:
        assert "เลือกไฟล์ .yaml หรือ .zip" in seen(browser.get("/models/import"))


def test_a_version_can_be_put_back_by_an_engineer_only(office: Served) -> None:
    """The button on a version, and the page that makes the plan; nobody else sees either."""
    with office.browser("engineer1") as browser:
        with open_app(office.root, apart=True) as context, context.store.read() as conn:
            kept = snapshots.latest(conn, "kkn-a-sw01")
        assert kept is not None
        place = f"/devices/kkn-a-sw01/restore?version={kept.blob}"
        assert place in seen(browser.get(f"/devices/kkn-a-sw01/configuration?version={kept.blob}"))
        shown = seen(browser.get(place))
        assert "ถามอุปกรณ์และจัดทำแผน" in shown
        assert SECRET not in shown
    with office.browser("auditor1") as browser:
        told = seen(browser.get(f"/devices/kkn-a-sw01/configuration?version={kept.blob}"))
        assert "/restore" not in told
        assert browser.get(place).status_code == 403


def test_drift_is_shown_by_site_without_secrets(office: Served) -> None:
    with office.browser("auditor1") as browser:
        assert "ตรวจดู" in seen(browser.get("/drift"))
        shown = seen(browser.get(f"/drift?site={OWN}"))
        assert "คลาดเคลื่อน" in shown
        assert SECRET not in shown
        assert "/plans/new?select=name=" not in shown
    with office.browser("school1") as browser:
        assert browser.get(f"/drift?site={OWN}").status_code == 403
