"""What is secret in the configurations of platforms that are only watched, and what is not."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from controller.platforms.platform import HIDDEN
from controller.platforms.registry import PLATFORMS
from controller.platforms.texts import text_rules

TABLE: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "watched_texts.yaml").read_text(encoding="utf-8")
)
HIDES = [(name, line) for name, told in TABLE.items() for line in told["hidden"]]
KEEPS = [(name, line) for name, told in TABLE.items() for line in told["kept"]]


@pytest.mark.parametrize(("name", "line"), HIDES)
def test_hidden(name: str, line: str) -> None:
    """The secret and nothing beside it; also in a difference, and as it comes over the wire."""
    rules = text_rules(name)
    assert rules.redact(line).replace(f'"{HIDDEN}"', HIDDEN) == re.sub(
        "[\"']?S3cret.[\"']?", HIDDEN, line
    )
    assert rules.has_plain_secret(line)
    for text in (
        re.sub("(?m)^", "+", line),
        line.replace("\n", "\r\n") + "\r\n",
        f"{line}\n{line}",
    ):
        hidden = rules.redact(text)
        assert "S3cret" not in hidden, text
        assert rules.redact(hidden) == hidden


@pytest.mark.parametrize(("name", "line"), KEEPS)
def test_kept(name: str, line: str) -> None:
    rules = text_rules(name)
    assert rules.redact(line) == line
    assert not rules.has_plain_secret(line)


def test_every_platform_has_its_lines() -> None:
    """Those that write what another one writes are told in their files."""
    here = files("controller.platforms")
    own: list[str] = []
    for folder in here.iterdir():
        if folder.name not in PLATFORMS and (folder / "redact.yaml").is_file():
            told: dict[str, Any] = yaml.safe_load((folder / "redact.yaml").read_text("utf-8"))
            assert (folder / "normalise.yaml").is_file(), folder.name
            own += [] if "same_as" in told else [folder.name]
    assert sorted(own) == sorted(TABLE)


def test_a_platform_nobody_knows_has_no_rules() -> None:
    for name in ("windows", "nonsense", "../cisco_ios"):
        with pytest.raises(KeyError):
            text_rules(name)
