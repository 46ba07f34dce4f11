"""How long a real browser takes until a page can be used, with nothing in its cache."""

from __future__ import annotations

import shutil
import time
from collections import defaultdict

from playwright.sync_api import BrowserContext, sync_playwright

from bench.web_office import password_of

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
USABLE = "!window.createApp || window.did_handshake === true"


def first_pages(address: str, bare: str, rounds: int = 7) -> dict[str, list[float]]:
    """Seconds by page, in a fresh browser profile each time; empty without Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    took: dict[str, list[float]] = defaultdict(list)
    if program is None:
        return took
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=FLAGS)
        for _ in range(rounds):
            context = browser.new_context(viewport={"width": 390, "height": 844})
            took["signing in"].append(_opened(context, f"{address}/sign-in"))
            cookies = _signed_in(context, address)
            context.close()
            fresh = browser.new_context(viewport={"width": 1280, "height": 800})
            took["a bare NiceGUI page"].append(_opened(fresh, f"{bare}/page"))
            fresh.close()
            for name, path in (("home", "/"), ("cases", "/cases")):
                fresh = browser.new_context(viewport={"width": 1280, "height": 800})
                fresh.add_cookies(cookies)
                took[name].append(_opened(fresh, address + path))
                fresh.close()
        browser.close()
    return took


def _opened(context: BrowserContext, address: str) -> float:
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_function(USABLE)
    return time.perf_counter() - start


def _signed_in(context: BrowserContext, address: str) -> list:  # type: ignore[type-arg]
    page = context.pages[0]
    page.locator("[name=username]").fill("engineer1")
    page.locator("[name=password]").fill(password_of("engineer1"))
    with page.expect_navigation():
        page.locator("[name=password]").press("Enter")
    return context.cookies(address)
