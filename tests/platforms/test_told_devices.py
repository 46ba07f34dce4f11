"""Devices that tell only who they are, described as their makers usually do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from controller.facts.answers import Answers
from controller.platforms.identifying import identify
from controller.platforms.recognising import DESCRIPTION, OBJECT_ID
from controller.platforms.systems import systems

TOLD: list[list[Any]] = yaml.safe_load(
    Path(__file__).with_name("told_devices.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("object_id", "description", "platform", "model", "version"),
    TOLD,
    ids=[f"{row[2]}-{number}" for number, row in enumerate(TOLD)],
)
def test_a_device_is_taken_for_what_it_says(
    object_id: str, description: str, platform: str, model: str, version: str
) -> None:
    found = identify(Answers({OBJECT_ID: object_id, DESCRIPTION: description.encode()}))
    assert (found.platform, found.model, found.version) == (platform, model, version)


def test_seven_hundred_systems_are_known() -> None:
    """By name, each once."""
    assert len(systems().by_name) > 700
