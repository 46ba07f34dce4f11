"""Lines are put into a site file, and everything a person wrote in it stays."""

from __future__ import annotations

import pytest
import yaml

from controller.workspace.site_edits import (
    NewDevice,
    NotEditableError,
    difference,
    quoted,
    with_devices,
    with_moved,
    with_value,
)

FILE = """\
site: s
# the comment of a person
devices:
  - name: sw-1   # first
    model: OLD # not "new"
    serial: 'A: 1'
  # between
  - {name: sw-3, model: flow}
  - name: sw-2
    tags:
      - one

# the end
variables: {}
"""
NEW = NewDevice(
    {"name": "sw-9", "address": "10.0.0.9", "model": "a: #b"}, "found", {"name": "look"}
)


def test_a_device_comes_after_the_last_one_and_nothing_else_moves() -> None:
    after = with_devices("s.yaml", FILE, [NEW, NEW])
    added = [line for line in after.splitlines() if line not in FILE.splitlines()]
    assert [line for line in after.splitlines() if line not in added] == FILE.splitlines()
    assert added[:4] == [
        "  # found",
        "  - name: sw-9  # look",
        "    address: 10.0.0.9",
        "    model: 'a: #b'",
    ]
    read = yaml.safe_load(after)
    assert [d["name"] for d in read["devices"]] == ["sw-1", "sw-3", "sw-2", "sw-9", "sw-9"]
    assert read["devices"][2]["tags"] == ["one"]


@pytest.mark.parametrize("tail", ["", "devices: []\n", "devices:\n", "devices: []  # none yet\n"])
def test_the_first_device_of_a_site_is_put_in_too(tail: str) -> None:
    after = with_devices("s.yaml", f"site: s\n{tail}", [NEW])
    assert yaml.safe_load(after)["devices"][0]["name"] == "sw-9"


@pytest.mark.parametrize("text", ["devices: [{name: a}]\n", "devices: [\n]\n", "a: [\n"])
def test_what_lines_cannot_be_put_into_is_left_to_a_person(text: str) -> None:
    with pytest.raises(NotEditableError):
        with_devices("s.yaml", text, [NEW])


def test_a_value_is_replaced_on_its_line_and_its_comment_stays() -> None:
    after = with_value("s.yaml", FILE, "sw-1", "model", "NEW", "was OLD")
    assert '    # was OLD\n    model: NEW # not "new"\n' in after
    serial = with_value("s.yaml", FILE, "sw-1", "serial", "B", "was A")
    assert yaml.safe_load(serial)["devices"][0]["serial"] == "B"
    added = with_value("s.yaml", FILE, "sw-2", "serial", "1234567890", "told")
    assert yaml.safe_load(added)["devices"][2]["serial"] == "1234567890"
    for device, key in (("sw-3", "model"), ("nobody", "model")):
        with pytest.raises(NotEditableError):
            with_value("s.yaml", FILE, device, key, "x", "y")


@pytest.mark.parametrize(
    "value", ["plain", "0123", "12e4", "true", "a # b", "[x", "ก: ข", "- a", ""]
)
def test_a_value_is_read_back_as_the_same_text(value: str) -> None:
    assert yaml.safe_load(f"a: {quoted(value)}") == {"a": value}


def test_a_difference_is_one_that_git_takes() -> None:
    shown = difference("inventory/sites/s.yaml", FILE, with_devices("s.yaml", FILE, [NEW]))
    assert shown.startswith("--- a/inventory/sites/s.yaml\n+++ b/inventory/sites/s.yaml\n@@ ")
    assert "\\ No newline" in difference("f", "a", "b")


def test_a_device_goes_to_another_file_with_its_own_comments() -> None:
    other = "site: t\n\ndevices:\n    - name: a\n      model: b\n"
    left, right = with_moved("s.yaml", FILE, "t.yaml", other, "sw-1", "moved from s")
    assert [d["name"] for d in yaml.safe_load(left)["devices"]] == ["sw-3", "sw-2"]
    assert "# the comment of a person\n" in left
    assert right == (
        other + "    # moved from s\n    - name: sw-1   # first\n"
        "      model: OLD # not \"new\"\n      serial: 'A: 1'\n"
    )
    first = with_moved("s.yaml", FILE, "t.yaml", "site: t\n", "sw-2", "moved")[1]
    assert yaml.safe_load(first)["devices"] == [{"name": "sw-2", "tags": ["one"]}]
    with pytest.raises(NotEditableError):
        with_moved("s.yaml", FILE, "t.yaml", other, "nobody", "moved")
