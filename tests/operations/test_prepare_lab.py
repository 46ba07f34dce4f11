"""What the lab is told to bring to life."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from controller.errors import InputError
from controller.operations.prepare_lab import prepare_lab
from tests.operations.office import Desk


def test_delivered_devices_stay_in_the_lab(desk: Desk, tmp_path: Path) -> None:
    boxes = [{"name": "ap", "address": "127.9.9.9", "maker": "m", "model": "x", "serial": "s"}]
    file = tmp_path / "boxes.json"
    file.write_text(json.dumps(boxes), encoding="utf-8")
    before = prepare_lab(desk.context, 60)
    after = prepare_lab(desk.context, 60, file)
    assert after.devices == before.devices + 1
    again = prepare_lab(desk.context, 60)
    assert json.loads(again.file.read_text(encoding="utf-8"))["delivered"] == boxes


@pytest.mark.parametrize("text", ["{}", "not json"])
def test_a_file_of_something_else_is_refused(desk: Desk, tmp_path: Path, text: str) -> None:
    file = tmp_path / "boxes.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="no JSON list"):
        prepare_lab(desk.context, 60, file)


def test_what_is_only_watched_is_not_logged_in_to(desk: Desk) -> None:
    before = prepare_lab(desk.context, 60)
    place = desk.context.root / "inventory/sites/kkn-school-c.yaml"
    text = place.read_text(encoding="utf-8").rstrip("\n")
    more = (
        "\n  - {name: kkn-c-ap01, platform: ubiquiti_unifi, role: wireless, address: 127.9.9.9}\n"
    )
    place.write_text(text + more, encoding="utf-8")
    assert desk.context.inventory().device("kkn-c-ap01") is not None
    assert prepare_lab(desk.context, 60).devices == before.devices
