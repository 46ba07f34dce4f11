"""What is wrong with a page as it stands in a browser, found without looking at it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

_MEASURE = """() => {
  const wide = document.scrollingElement.scrollWidth - window.innerWidth;
  const clipped = e => {
    for (let p = e.parentElement; p; p = p.parentElement)
      if (getComputedStyle(p).overflowX !== 'visible' && p !== document.body
          && p !== document.documentElement) return true;
    return false;
  };
  const name = e => e.tagName.toLowerCase() + (e.className && e.className.baseVal === undefined
    ? '.' + e.className.trim().split(/\\s+/).join('.') : '') + ' "' +
    (e.textContent || '').trim().slice(0, 30) + '"';
  const beyond = wide <= 0 ? [] : [...document.body.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1 && !clipped(e))
    .slice(-3).map(name);
  const shown = e => e.type !== "hidden" && e.checkVisibility() && !e.closest("[aria-hidden=true]");
  const nameless = [...document.querySelectorAll('input, select, textarea')].filter(shown)
    .filter(e => !(e.labels && [...e.labels].some(l => l.textContent.trim()))
      && !e.getAttribute('aria-label') && !e.getAttribute('aria-labelledby'))
    .map(e => `${e.tagName.toLowerCase()} ${e.name || e.id || e.className}`);
  const mute = [...document.querySelectorAll('button, a[href], summary')].filter(shown)
    .filter(e => !e.innerText.trim() && !e.getAttribute('aria-label') && !e.title
      && !e.querySelector('img[alt], svg title'))
    .map(e => `${e.tagName.toLowerCase()}.${e.className}`);
  const pictures = [...document.querySelectorAll('img')]
    .filter(e => !e.hasAttribute('alt') || (e.complete && !e.naturalWidth)).map(e => e.src);
  return {wide, beyond, nameless, mute, pictures, title: document.title,
    lang: document.documentElement.lang, headings: document.querySelectorAll('h1').length};
}"""


def faults_of(page: Page, language: str) -> list[str]:
    """Everything wrong with how the page is built, in plain words; empty when nothing is."""
    told: dict[str, Any] = page.evaluate(_MEASURE)
    faults = []
    if told["wide"] > 0:
        faults.append(f"{told['wide']} px wider than the window: {told['beyond']}")
    faults += [f"no label: {field}" for field in told["nameless"]]
    faults += [f"a button or link without words: {thing}" for thing in told["mute"]]
    faults += [f"a picture is missing, or has no alt text: {source}" for source in told["pictures"]]
    if not told["title"].strip(" ·"):
        faults.append("no title")
    if not told["lang"].startswith(language):
        faults.append(f"lang is {told['lang']!r}")
    if told["headings"] != 1:
        faults.append(f"{told['headings']} headings of the first order")
    return faults
