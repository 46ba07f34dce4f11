"""A person's browser window: it notes down everything that goes wrong in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from tests.browser.checks import faults_of
from tests.browser.words import foreign_words
from tests.server.served import password_of

SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"
HEIGHTS = {390: 844, 1280: 800, 1920: 1080}
# The browser tells of these itself; the tests that provoke them look at the page.
_EXPECTED = re.compile(r"status of (403|409|422)")


@dataclass
class Window:
    """One window; `faults` fills with errors of scripts, requests, the content policy, and pages.

    `typed` is what people wrote that may stand on a page of either language.
    """

    page: Page
    address: str
    language: str
    typed: str = ""
    faults: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, browser: Browser, address: str, *, width: int, language: str) -> Window:
        """A window with no history and no cookie but that of the language."""
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            locale="th-TH" if language == "th" else "en-GB",
            timezone_id="Asia/Bangkok",
            has_touch=width < 600,
            is_mobile=width < 600,
        )
        context.add_cookies([{"name": "khaen_language", "value": language, "url": address}])
        context.set_default_timeout(15_000)
        window = cls(context.new_page(), address, language)
        window.page.on("console", window._heard)
        window.page.on("pageerror", lambda error: window._note(f"script: {error}"))
        window.page.on("requestfailed", window._failed)
        window.page.on("response", window._answered)
        return window

    def go(self, path: str) -> None:
        """Open a page of the office and wait until it can be used."""
        self.page.goto(self.address + path)
        self.ready()

    def ready(self) -> None:
        """Wait until the page listens: NiceGUI's socket stands, or there is none on the page."""
        self.page.wait_for_load_state("load")
        self.page.wait_for_function("!window.createApp || window.did_handshake === true")

    def sign_in(self, person: str, path: str = "/", password: str | None = None) -> None:
        """Sign in by typing; ends on `path` when the password is right."""
        self.page.goto(f"{self.address}/sign-in?next={path}")
        self.page.get_by_label(self.t("ชื่อผู้ใช้", "User name")).fill(person)
        field_ = self.page.get_by_label(self.t("รหัสผ่าน", "Password"))
        field_.fill(password or password_of(person))
        with self.moving():
            field_.press("Enter")

    @contextmanager
    def moving(self) -> Iterator[None]:
        """What is done inside leads to another page; the end of the block waits for it."""
        with self.page.expect_navigation():
            yield
        self.ready()

    def t(self, th: str, en: str) -> str:
        """The words as this window's language has them."""
        return th if self.language == "th" else en

    def press(self, th: str, en: str) -> None:
        """Press the button with these words."""
        self.page.get_by_role("button", name=self.t(th, en), exact=True).first.click()

    def follow(self, th: str, en: str) -> None:
        """Follow the link with these words."""
        with self.moving():
            self.page.get_by_role("link", name=self.t(th, en), exact=True).first.click()

    def look(self, name: str, *widths: int) -> None:
        """Take pictures of the page as it stands and check it, at each width (390 and 1920)."""
        was = self.page.viewport_size
        SCREENS.mkdir(parents=True, exist_ok=True)
        for width in widths or (390, 1920):
            self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            self.page.wait_for_timeout(150)
            file = SCREENS / f"{name}-{self.language}-{width}.png"
            over = self.page.get_by_role("dialog").count() > 0  # it stands in the window, not below
            self.page.screenshot(path=file, full_page=not over)
            for fault in faults_of(self.page, self.language):
                self._note(f"{name} at {width} px: {fault}")
        for words in foreign_words(self.page, self.language, self.typed):
            self._note(f"{name} in {self.language}: not in this language: {words}")
        if was is not None:
            self.page.set_viewport_size(was)

    def _note(self, fault: str) -> None:
        if fault not in self.faults:
            self.faults.append(fault)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _EXPECTED.search(message.text):
            self._note(f"console of {self.page.url}: {message.text}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # left behind by going to another page
            self._note(f"request {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in {403, 409, 422}:
            self._note(f"{response.request.method} {response.url}: {response.status}")
