"""Graphs over HTTP: the page, the picture, the API; a school sees its own."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from controller.app import open_app
from controller.facts.measured import Measured, Processor
from controller.health.observed import PortTable
from controller.store.device_health import DeviceHealth, save_health
from tests.server.served import Served, seen
from tests.store.archive.polls import STEP, polled

SWITCH = "kkn-a-sw01"
PORT = 'Gi"0/1<b>'
PAGE = f"/devices/{SWITCH}/graph"
PICTURE = f"/devices/{SWITCH}/graphs/cpu.svg"


@pytest.fixture(scope="module")
def polled_once(served: Served) -> Served:
    """A server over an office of which one switch answered for two hours."""
    now = datetime.now(UTC)
    with open_app(served.root, apart=True) as context:
        for number in range(24):
            context.archive().append([polled(SWITCH, now - timedelta(hours=2) + number * STEP)])
    return served


@pytest.mark.parametrize("size", ["wide", "small"])
def test_the_picture_is_one(polled_once: Served, size: str) -> None:
    """Well-formed, with a line, letters a phone can show, and nothing that runs."""
    with polled_once.browser("school1") as browser:
        answer = browser.get(f"{PICTURE}?range=day&size={size}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in answer.headers["content-security-policy"]
    root = ET.fromstring(answer.content)
    assert root.get("width") == ("358" if size == "small" else "720")
    assert root.find("{*}polyline") is not None
    assert "เฉลี่ย 20%" in "".join(root.itertext())
    assert "<script" not in answer.text


def test_the_page_tells_the_same_in_words(polled_once: Served) -> None:
    """The picture's alternative text, the table of figures, links to other ranges."""
    with polled_once.browser("director") as browser:
        page = seen(browser.get(f"{PAGE}?metric=cpu&range=week"))
    assert 'alt="การใช้ซีพียู, kkn-a-sw01, สัปดาห์, การใช้ซีพียู เฉลี่ย 20% สูงสุด 20%"' in page
    assert f"{PAGE}?metric=cpu&amp;range=year" in page
    assert "<summary>ตัวเลข</summary>" in page
    assert "ไม่ทราบ" in page


def test_whatever_a_port_is_called_it_stays_text(polled_once: Served) -> None:
    """The name comes from the address here, and from the device elsewhere."""
    with polled_once.browser("engineer1") as browser:
        page = browser.get(PAGE, params={"metric": "traffic", "port": PORT})
        picture = browser.get(
            f"/devices/{SWITCH}/graphs/traffic.svg", params={"port": PORT, "range": "day"}
        )
    assert page.status_code == picture.status_code == 200
    assert "<b>" not in page.text
    ET.fromstring(picture.content)


def test_a_school_sees_nothing_of_another(polled_once: Served) -> None:
    """Neither the page nor the picture."""
    with polled_once.browser("school2") as browser:
        assert browser.get(PAGE).status_code == 404
        assert browser.get(PICTURE).status_code == 404
    with polled_once.browser() as browser:
        assert browser.get(PICTURE).status_code == 303


def test_what_there_is_not_is_said(polled_once: Served) -> None:
    """With a way on."""
    with polled_once.browser("engineer1") as browser:
        assert browser.get(f"{PAGE}?metric=cpus").status_code == 422
        assert browser.get(f"{PAGE}?range=decade").status_code == 422


def test_the_devices_page_shows_how_it_is(polled_once: Served) -> None:
    """Status, figures, ports with their use, graphs; what a device calls its port stays text."""
    now = datetime.now(UTC)
    ports = PortTable(
        rates={"in_bps": {"1": 5e8}, "out_bps": {"1": 1e6}},
        oper={"1": 1, "2": 2},
        admin={"2": 2},
        speed={"1": 10**9},
        duplex={"1": 3},
        names={"1": PORT},
    )
    known = DeviceHealth(
        device=SWITCH, status="up", since=now, at=now, answered=now, ports=ports,
        measured=Measured(uptime=90000.0, processors=(Processor("1", "cpu", 42.0),)),
    )  # fmt: skip
    with (
        open_app(polled_once.root, apart=True) as context,
        context.store.begin(audited=False) as conn,
    ):
        save_health(conn, [known])
    with polled_once.browser("school1") as browser:
        page = seen(browser.get(f"/devices/{SWITCH}?range=week"))
    assert "<dd>42%</dd>" in page
    assert "500 Mbit/s" in page
    assert '<td class="number" data-name="ใช้ไป">50%</td>' in page
    assert "ปิดไว้" in page
    assert "<b>" not in page
    assert f"/devices/{SWITCH}/graphs/cpu.svg?range=week&amp;size=small" in page


def test_the_figures_for_prometheus_tell_of_health(polled_once: Served) -> None:
    """Counts always; each device's own only when asked for, and a silent one's old ones never."""
    now = datetime.now(UTC)
    measured = Measured(uptime=5.0, processors=(Processor("1", "cpu", 42.0),))
    up = DeviceHealth(device=SWITCH, status="up", since=now, at=now, measured=measured)
    down = replace(up, device="kkn-a-sw02", status="down")
    with (
        open_app(polled_once.root, apart=True) as context,
        context.store.begin(audited=False) as conn,
    ):
        save_health(conn, [up, down])
    few = httpx.get(f"{polled_once.address}/metrics").text
    assert 'khaen_device_status{status="down"} 1.0' in few
    assert "khaen_last_poll_seconds" in few
    assert SWITCH not in few
    every = httpx.get(f"{polled_once.address}/metrics?devices=1").text
    assert f'khaen_device_cpu_percent{{device="{SWITCH}"}} 42.0' in every
    assert 'khaen_device_up{device="kkn-a-sw02"} 0.0' in every
    assert 'cpu_percent{device="kkn-a-sw02"}' not in every
