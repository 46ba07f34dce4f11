"""Every word on a page stands there in Thai and in English, and nothing reaches it unescaped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rules.tree import PACKAGE, listed, short, told

TEMPLATES = [p for p in listed() if p.suffix == ".html" and PACKAGE / "web" in p.parents]
# t("ไทย", "English"), in either kind of quotes, also over several lines.
WORDS = re.compile(
    r"""\bt\(\s*(?P<a>"[^"]*"|'[^']*')\s*,\s*(?P<b>"[^"]*"|'[^']*')\s*\)""", re.DOTALL
)
THAI = re.compile(r"[\u0e00-\u0e7f]")
LATIN = re.compile(r"[A-Za-z]{2,}")
# What is not read: markup, and what Jinja fills in or decides.
UNREAD = re.compile(
    r"<!--.*?-->|\{#.*?#\}|<style.*?</style>|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|&\w+;", re.DOTALL
)


def test_there_are_templates() -> None:
    """Or none of the following would mean anything."""
    assert TEMPLATES


@pytest.mark.parametrize("template", TEMPLATES, ids=short)
def test_no_word_stands_in_one_language_only(template: Path) -> None:
    """Words are given as `t("ไทย", "English")`; what stands outside is the same for everybody."""
    text = template.read_text(encoding="utf-8")
    outside = UNREAD.sub(" ", text)
    faults = [word for word in re.findall(r"[^\s\d\W]+", outside) if THAI.search(word)]
    faults += [word for word in LATIN.findall(outside) if word not in SAME]
    for found in WORDS.finditer(text):
        thai, english = found["a"], found["b"]
        if (
            LATIN.search(thai)
            and not THAI.search(thai)
            and thai != english
            and thai[1:-1] not in SAME
        ):
            faults.append(f"no Thai: {thai}")
        if THAI.search(english) and english[1:-1] not in SAME:
            faults.append(f"no English: {english}")
    assert not faults, told(faults)


@pytest.mark.parametrize("template", TEMPLATES, ids=short)
def test_nothing_is_let_through_unescaped(template: Path) -> None:
    """No `safe`, no switched-off escaping: whoever wrote a text, it is shown as text."""
    text = template.read_text(encoding="utf-8")
    faults = re.findall(r"\|\s*safe\b|autoescape\s+false|<script|\bon[a-z]+=|javascript:", text)
    assert not faults, told(faults)


# The same word in both languages.
SAME = {
    "PDF", "DOCX", "XLSX", "CSV", "JSON", "JSONL", "YAML", "VLAN", "SHA", "MB", "GB", "API", "QR",
    "CLI", "TOTP", "OIDC", "HTML", "Khaen", "English", "en", "th", "ไทย", "ID", "IP", "SNMP",
}  # fmt: skip
