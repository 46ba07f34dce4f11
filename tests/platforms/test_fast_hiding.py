"""The quick way to hide secrets hides exactly what the slow way does: what it misses is a leak."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.platforms.text_rules import HIDDEN, PARTED, REFERENCE, Marked, TextRules
from controller.platforms.texts import text_rules
from tests.recorded import recorded

HERE = files("controller.platforms")
NAMES = sorted(
    folder.name
    for folder in HERE.iterdir()
    if (folder / "redact.yaml").is_file()
    and "same_as:" not in (folder / "redact.yaml").read_text(encoding="utf-8")
)

# Pieces of lines: a pattern's own words come beside them. Ends of lines are pieces too.
PIECES = (
    *("\n", "\n", "\n ", "\r\n", "\r\n  ", "\n+", "\n- ", "\n   +", "\r", "\t", "\x0b", "\u2028"),
    *(" ", " ", "  ", "-", "no ", "key", "key 7", "key 1", "5", "sha", "md5", "auth", "priv aes"),
    *("host 10.0.0.1", "version 2c", "user mon grp", "vrf MGMT", "ABCDEF 0123", "public", "Zq1"),
    *("http", "backup:", "@", "RSA PRIVATE KEY-----", "-----END", "quit", "exit", HIDDEN, '"', "'"),
    *("⟦secret:name⟧", "⟦", "redacted", "encryption", "policy", "level 5", "chain", "one", "set"),
    *(
        "password",
        "secret",
        "ENC ",
        "community",
        "authentication",
        "text",
        "=",
        ": ",
        ";",
        "{",
        "}",
    ),
)
INSIDE_BLOCKS = (
    *(
        "\n",
        "\n",
        "\n",
        "\n ",
        "\n  ",
        "\r\n ",
        "\n+ ",
        " ",
        "AB 01",
        "key 1 ",
        "key 5",
        "quit",
        "exit",
    ),
    *("RSA KEY-----", "-----END", "0F", "Zq", '"', "x"),
)

BEGUN = (
    "",
    "\n",
    " 01\n AB 01\n",
    "RSA KEY-----\n",
    "RSA KEY-----\nAB\n-----END",
    " one\n key 5\n",
)


def _slowly(rules: TextRules, text: str, *, mask: bool) -> str:
    """Every pattern on the whole text, one after the other."""
    for secret in (*rules.blocks, *rules.secrets):
        text = _each(secret, text, lambda found: _shown(rules, found, mask=mask))
    return text


def _each(secret: Marked, text: str, shown: Callable[[re.Match[str]], str]) -> str:
    inner = secret.inner
    if inner is None:
        return secret.pattern.sub(shown, text)
    return secret.pattern.sub(lambda section: inner.sub(shown, section[0]), text)


def _shown(rules: TextRules, found: re.Match[str], *, mask: bool) -> str:
    value = REFERENCE.sub("", found["secret"]).strip(" \t\"'")
    if not value or (mask and value in rules.well_known):
        return found[0]
    start, end = (place - found.start() for place in found.span("secret"))
    return found[0][:start] + HIDDEN + "\n" * found["secret"].endswith("\n") + found[0][end:]


def _plain(rules: TextRules, text: str) -> bool:
    for secret in (*rules.blocks, *rules.secrets):
        inner = secret.inner
        matches = list(secret.pattern.finditer(text))
        if inner is not None:
            matches = [found for match in matches for found in inner.finditer(match[0])]
        for found in matches:
            value = REFERENCE.sub("", found["secret"]).strip(" \t\"'")
            if value and not (found[0].lstrip().startswith("no ") and value in rules.well_known):
                return True
    return False


def _check(name: str, text: str) -> None:
    rules = text_rules(name)
    assert rules.redact(text) == _slowly(rules, text, mask=False)
    assert rules.mask(text) == _slowly(rules, text, mask=True)
    assert rules.has_plain_secret(text) == _plain(rules, text)
    marked, values = rules.parted(text)
    assert PARTED.sub(lambda mark: values.get(mark[0], mark[0]), marked) == text
    text = text.replace("\r", "")
    changed = text
    for block in rules.volatile_blocks:
        changed = block.pattern.sub("", changed)
    kept = (line.rstrip() for line in changed.split("\n"))
    slow = [ln for ln in kept if ln and not any(p.search(ln) for p in rules.volatile)]
    assert rules.normalise(text) == "\n".join(slow) + "\n"


@st.composite
def _lines(draw: st.DrawFn, secrets: tuple[Marked, ...]) -> str:
    """A line such as one of the patterns finds, or nearly: its own plain words, in their order."""
    secret = draw(st.sampled_from(secrets))
    told = re.findall(r"(?<!\\)[A-Za-z][\w:/.-]*", secret.pattern.pattern.replace(r"\ ", " "))
    words = [word for word in told if word != "secret" and draw(st.booleans())]
    words.insert(draw(st.integers(0, len(words))), draw(st.sampled_from(secret.words)))
    margin = draw(st.sampled_from(["", " ", "  ", "+", "-  ", " - ", "no "]))
    tail = draw(
        st.sampled_from(["Zq1", "7 Zq1", "1 md5 Zq1", "Zq1 Zq2", "10.0.0.1 Zq1", "", "public"])
    )
    return f"\n{margin}{' '.join(words)} {tail}"


@pytest.mark.parametrize("name", NAMES)
@given(found=st.data())
@settings(max_examples=50, deadline=None)
def test_any_text(name: str, found: st.DataObject) -> None:
    """Texts of the patterns' own words, of nearly what the patterns find, and of much beside it."""
    rules = text_rules(name)
    every = (*rules.blocks, *rules.secrets)
    words = tuple(word for secret in every for word in secret.words)
    piece = st.one_of(
        _lines(every), st.sampled_from(words), st.sampled_from(PIECES), st.text(max_size=4)
    )
    _check(name, "".join(found.draw(st.lists(piece, max_size=25))))


@pytest.mark.parametrize("name", NAMES)
@given(found=st.data())
@settings(max_examples=60, deadline=None)
def test_blocks_close_together(name: str, found: st.DataObject) -> None:
    """Texts of several lines, one after the other, one in the other, begun and not ended."""
    words = [word for block in text_rules(name).blocks for word in block.words]
    if words:
        begun = st.builds("{}{}".format, st.sampled_from(words), st.sampled_from(BEGUN))
        piece = st.one_of(begun, st.sampled_from(INSIDE_BLOCKS))
        _check(name, "".join(found.draw(st.lists(piece, max_size=25))))


@pytest.mark.parametrize("name", NAMES)
def test_every_line_with_a_word_is_looked_at(name: str) -> None:
    rules = text_rules(name)
    words = [word for secret in rules.secrets for word in secret.words]
    lines = [f"{a}{word}{b}" for word in words for a, b in [("", ""), ("x ", " y"), (" ", "\r")]]
    text = "\n".join(one for line in lines for one in (line, "hostname a", ""))
    found = [text[start:end] for start, end in rules._suspicious(text)]
    assert found == lines


@pytest.mark.parametrize("name", NAMES)
def test_recorded_texts(name: str) -> None:
    """Real configurations, also those of other makers: each platform tries some of them."""
    folder = recorded("config")
    found = [f for p in ("device_configs", "backup_sessions") for f in (folder / p).rglob("*")]
    texts = sorted(file for file in found if file.is_file() and ".yaml" not in file.name)
    for file in texts[NAMES.index(name) % 6 :: 6]:
        _check(name, file.read_text(encoding="utf-8", errors="replace"))


@pytest.mark.parametrize("name", NAMES)
def test_every_secret_of_one_line_is_found_in_that_line(name: str) -> None:
    """A pattern of `secrets` sees one line: one that could reach over two belongs to `blocks`."""
    for secret in text_rules(name).secrets:
        told = re.sub(r"\[\^(?:\\.|[^\]\\])*\]", "", secret.pattern.pattern)
        assert not re.search(r"\\[nsWDZA]|(?<!\\)\.|\(\?s", told), secret.pattern.pattern
        for letters in re.findall(r"\[\^(?:\\.|[^\]\\])*\]", secret.pattern.pattern):
            assert re.search(r"\\n|\\s", letters), secret.pattern.pattern


@pytest.mark.parametrize(
    "told",
    [
        r"password (?P<secret>\S+)",
        r"(?:«password») (?P<secret>\S+)",
        r"«password»? (?P<secret>\S+)",
        r"«password» (?P<secret>\S+)|(?P<other>x)",
        r"x|«password» (?P<secret>\S+)",
        r"(?i)«password» (?P<secret>\S+)",
        r"«password|» (?P<secret>\S+)",
        r"(?:\)«password» (?P<secret>\S+))",
    ],
)
def test_a_pattern_that_could_do_without_its_words_is_refused(told: str) -> None:
    from controller.platforms.texts import _secret

    with pytest.raises(ValueError, match="redact"):
        _secret("x/redact.yaml", told)
