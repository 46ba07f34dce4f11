"""Markup, scripts and template words that somebody typed are shown as what they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import httpx

from tests.rules.tree import told
from tests.server.security.crawl import Crawled
from tests.server.security.hostile import PAYLOAD

_TABLE = (("&lt;", "<"), ("&gt;", ">"), ("&#96;", "`"), ("&#36;", "$"), ("&amp;", "&"))
_RAW = "<img src=x onerror"


class Markup(HTMLParser):
    """The elements of a piece of HTML that could do something, and all its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.alive: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.alive.append(f"<{tag} {name}={value}>")
            if name == "src" and value == "x":
                self.alive.append(f"<{tag} src=x>")
            self.words.append(value or "")
        if tag in {"script", "object", "embed", "base"}:
            self.alive.append(f"<{tag}>")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def elements(answer: httpx.Response) -> dict[str, Any]:
    """The elements of a NiceGUI page, as its script reads them; empty for other pages."""
    found = re.search(r"parseElements\(String\.raw`(.*?)`\)", answer.text, re.DOTALL)
    if found is None:
        return {}
    text = found[1]
    for written, meant in _TABLE:
        text = text.replace(written, meant)
    told: dict[str, Any] = json.loads(text)
    return told


def strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text in the elements with the name it stands under."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from strings(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one, key)
    elif isinstance(value, str):
        yield key, value


def test_the_payload_is_on_the_pages_at_all(crawled: Crawled) -> None:
    """Else the tests below would look for nothing."""
    reached = {
        name.split()[0]
        for name, answer in crawled.pages()
        for _, text in strings(elements(answer))
        if "onerror" in text
    }
    assert {"/cases", "/plans"} <= reached, reached


def test_a_page_says_nothing_of_its_own_accord(crawled: Crawled) -> None:
    """Nothing of the payload is an element, neither in the page nor in what NiceGUI inserts."""
    faults = []
    for name, answer in crawled.pages():
        if _RAW in answer.text:
            faults.append(f"{name}: raw in the page")
        inserted = elements(answer)
        if not inserted:
            faults += [f"{name}: {one}" for one in Markup(answer.text).alive]
        for key, text in strings(inserted):
            if key in {"innerHTML", "content", "html"} or "<div" in text or "<table" in text:
                faults += [f"{name} in {key}: {one}" for one in Markup(text).alive]
    assert not faults, told(sorted(set(faults)))


def test_nothing_that_was_typed_is_read_as_a_template(crawled: Crawled) -> None:
    """`{{7*7}}` comes back as itself, wherever the payload does."""
    faults = []
    for name, answer in crawled.pages():
        for _, text in strings(elements(answer)):
            words = " ".join(Markup(text).words)
            if "49}}" in words or "\"'49" in words:
                faults.append(name)
    assert not faults, told(faults)


def test_the_interface_answers_data(crawled: Crawled) -> None:
    """Whatever is in it, no browser takes an answer of the API for a page."""
    faults = [
        f"{address}: {answer.headers.get('content-type')}"
        for _, address, route, answer in crawled.answers
        if route.kind == "api" and answer.headers.get("content-type", "").startswith("text/html")
    ]
    assert not faults, told(faults)


def test_a_file_somebody_attached_does_nothing(crawled: Crawled) -> None:
    """It is saved, not shown, and under a name without line ends."""
    faults = []
    for _, address, route, answer in crawled.answers:
        if "{name}" not in route.path or answer.status_code != 200 or "cases" not in route.path:
            continue
        if not answer.headers.get("content-disposition", "").startswith("attachment"):
            faults.append(f"{address}: is shown")
        if "sandbox" not in answer.headers["content-security-policy"]:
            faults.append(f"{address}: could do something")
        if PAYLOAD.encode() not in answer.content:
            faults.append(f"{address}: is another file")
    assert not faults, told(faults)


def test_no_page_breaks(crawled: Crawled) -> None:
    """None answers that we made a mistake."""
    faults = [
        f"{answer.status_code} {address} for {reader}"
        for reader, address, _, answer in crawled.answers
        if answer.status_code >= 500
    ]
    assert not faults, told(faults)
