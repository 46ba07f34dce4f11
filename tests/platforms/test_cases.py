"""Each platform's data does to texts what its table of cases says."""

from __future__ import annotations

import re
from typing import Any

import pytest

from controller.plans.difference import hidden_sections, read_difference
from controller.plans.predicted import predict
from controller.platforms.platform import HIDDEN
from controller.platforms.registry import PLATFORMS, platform
from tests.platforms.tables import CASES, rows

TABLES = ("normalise", "redact", "diff", "merge")


def test_every_platform_has_every_table() -> None:
    lacking = [
        f"{p}/{t}" for p in PLATFORMS for t in TABLES if not (CASES / p / f"{t}.yaml").exists()
    ]
    assert not lacking


@pytest.mark.parametrize(("name", "row"), rows("normalise"))
def test_normalise(name: str, row: dict[str, str]) -> None:
    known = platform(name)
    assert known.normalise(row["text"]) == row["kept"]
    assert known.normalise(row["kept"]) == row["kept"]
    assert known.fingerprint(row["text"]) == known.fingerprint(row["kept"].replace("\n", "\r\n"))


@pytest.mark.parametrize(("name", "row"), rows("redact"))
def test_redact(name: str, row: dict[str, Any]) -> None:
    known = platform(name)
    hidden = known.redact(row["text"])
    for shown in row["shown"]:
        assert shown in hidden
    for gone in ("S3cret", *row.get("gone", ())):
        assert gone not in hidden
    assert known.redact(hidden) == hidden
    assert known.has_plain_secret(row["text"]) == (hidden != row["text"])


@pytest.mark.parametrize(("name", "row"), rows("redact"))
def test_redact_in_differences_and_on_the_wire(name: str, row: dict[str, Any]) -> None:
    """A sign before each line, before or after its margin, or carriage returns, change nothing."""
    texts = (
        re.sub(r"(?m)^(?![+-])", "+", row["text"]),
        re.sub(r"(?m)^( *)(?![+-])(?=\S)", r"\1-", row["text"]),
        row["text"].replace("\n", "\r\n"),
    )
    for text in texts:
        hidden = platform(name).redact(text)
        for gone in ("S3cret", *row.get("gone", ())):
            assert gone not in hidden, text


@pytest.mark.parametrize(("name", "row"), rows("diff"))
def test_diff(name: str, row: dict[str, Any]) -> None:
    known = platform(name)
    tidy = known.tidy_diff(row["raw"])
    assert known.tidy_diff(tidy) == tidy
    told = row.get("edits")
    if told == []:
        assert tidy == ""
        return
    sections = hidden_sections(tidy, row["running"]) if "running" in row else ()
    difference = read_difference(tidy, known.diff_style[row["operation"]], sections)
    assert difference.readable == row.get("readable", True)
    if told is not None:
        assert [[e.sign, list(e.path), e.line] for e in difference.edits] == told
        assert difference.located == all(path[:1] != ["?"] for _, path, _ in told)


@pytest.mark.parametrize(("name", "row"), rows("merge"))
def test_merge(name: str, row: dict[str, str]) -> None:
    told = predict(platform(name), row["running"], row["candidate"])
    assert told == row["diff"]
    assert platform(name).tidy_diff(told) == told


def test_hidden_is_never_taken_for_a_secret() -> None:
    """What is hidden once looks the same in a plan made on another day."""
    for known in PLATFORMS.values():
        text = f"snmp-server community {HIDDEN} RO\n"
        assert known.redact(text) == text
