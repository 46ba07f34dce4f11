"""Whether a page is in one language; words of the other may only be what people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from controller.processes.forms.catalogue import form
from controller.processes.manual import MANUAL

ROOT = Path(__file__).resolve().parents[2]
# Every text a reader meets, the names of fields and pictures included; not what is marked as being
# in the other language, and not what devices say.
_TEXTS = """language => {
  const skip = `code, pre, kbd, samp, script, style, textarea, i.q-icon, .material-icons,
    [translate=no], [lang]:not(html):not([lang^=${language}])`;
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n; n = walker.nextNode();)
    if (!n.parentElement.closest(skip) && n.parentElement.checkVisibility()) texts.push(n.data);
  for (const e of document.body.querySelectorAll(`[aria-label], [title], [alt], [placeholder],
      [data-name]`))
    if (!e.closest(skip) && e.checkVisibility())
      for (const a of ['aria-label', 'title', 'alt', 'placeholder', 'data-name'])
        if (e.hasAttribute(a)) texts.push(e.getAttribute(a));
  texts.push(document.title);
  return texts.map(t => t.replace(/\\s+/g, ' ').trim()).filter(Boolean);
}"""
# Names that are the same in both languages, or that a Thai officer writes in English.
_SAME = frozenset({
    "api", "app", "arista", "authenticator", "bearer", "cisco", "core", "csv", "dhcp", "docx",
    "eapi", "english", "enter", "eos", "excel", "git", "html", "ios", "iosxe", "ipv", "jpeg", "jpg",
    "json", "khaen", "mac", "mtu", "napalm", "ntp", "oidc", "pdf", "png", "poe", "postgresql",
    "router", "sha", "snmp", "sqlite", "ssh", "switch", "token", "totp", "uplink", "url", "utf",
    "vlan", "webp", "xlsx", "yaml",
})  # fmt: skip
_LATIN = re.compile(r"[A-Za-z]{3,}")
_THAI = re.compile(r"[ก-๛]+")
_ENGLISH_DATE = re.compile(r"(?<![\d-])20\d\d-\d\d-\d\d(?![\d-])|\b\d{1,2}/\d{1,2}/20\d\d\b")
# What names a thing: parts joined by marks, digits inside words, an address, a path, an id.
_NAME = re.compile(r"\S*(?:[\w@][./_:@=\-]\w|\d)\S*")


@cache
def _office_words() -> str:
    """Everything that stands in the sample office's files, as one text."""
    folder = ROOT / "inventory"
    files = sorted(p for p in folder.rglob("*") if p.suffix in {".yaml", ".csv", ".j2"})
    read = [p.read_text(encoding="utf-8") for p in (*files, ROOT / "khaen.toml")]
    return " ".join((*read, *_manual_words()))


def _manual_words() -> Iterator[str]:
    """What the manual and its forms have in Thai alone, as the law and the papers word it."""
    yield MANUAL.edition.authority
    for process in MANUAL.processes:
        yield from (process.title.th, *process.objectives)
    for slug in (*MANUAL.forms, *MANUAL.annexes):
        definition = form(slug)
        yield from (definition.recipient or "", definition.opening or "", definition.closing or "")
        yield from definition.notes
        yield from (f"({unit})" for unit in {field.unit for field in definition.fields} if unit)


def foreign_words(page: Page, language: str, typed: str) -> list[str]:
    """The texts on the page in the wrong language.

    `typed` is what the people of the test wrote, besides the files of the sample office. On a Thai
    page a date must be in the Buddhist era, too.
    """
    office = f"{_office_words()} {typed}"
    texts = dict.fromkeys(page.evaluate(_TEXTS, language))
    if language == "th":
        faults = [text for text in texts if _english(text, office)]
        return faults + [f"an English date: {t}" for t in texts if _ENGLISH_DATE.search(t)]
    return [text for text in texts if _thai(text, office)]


def _english(text: str, office: str) -> list[str]:
    if text in office:
        return []
    words = _LATIN.findall(_NAME.sub(" ", text))
    return [w for w in words if w.lower() not in _SAME and w not in office]


def _thai(text: str, office: str) -> list[str]:
    return [] if text in office else [run for run in _THAI.findall(text) if run not in office]
