"""Debian's Chromium, and offices for it to look at.

Everything here lasts for one module, no longer: while playwright runs, no other test of the same
thread may start an event loop.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.window import Window
from tests.journeys.office import Office
from tests.server.served import Served, make_office, serving

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--lang=th",
)  # fmt: skip
Opens = Callable[..., Window]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's own browser, without a screen; playwright's is not downloaded."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over an office without devices: enough for pages that only read."""
    with serving(make_office(tmp_path_factory.mktemp("plain") / "office")) as running:
        yield running


@pytest.fixture(scope="module")
def alive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over an office whose 24 simulated devices run."""
    root = make_office(tmp_path_factory.mktemp("alive") / "office")
    lab = Office(root)
    lab.khaen("lab", "up", "--share", "--minute-seconds", "2")
    try:
        with serving(root) as running:
            yield running
    finally:
        lab.khaen("lab", "down")


@pytest.fixture
def opens(chromium: Browser) -> Iterator[Opens]:
    """`opens(served, width=390, language="en")`: somebody's browser, closed after the test.

    When the test is over nothing may have gone wrong in any of them.
    """
    windows: list[Window] = []

    def opened(served: Served, *, width: int = 1280, language: str = "th") -> Window:
        windows.append(Window.open(chromium, served.address, width=width, language=language))
        return windows[-1]

    yield opened
    faults = [fault for window in windows for fault in window.faults]
    for window in windows:
        window.page.context.close()
    assert not faults, "\n".join(faults)
