"""Whole configurations of real devices: read without loss, and every line finds its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from controller.configuration.comparing import compare
from controller.configuration.lines import count_lines, line_numbers, paths, read_lines, write_lines
from controller.platforms.grammars import grammar
from tests.recorded import recorded

# Beginnings of folders, and endings of files in them, by platform; the rest is not ours to read.
FOLDERS = {
    "batfish_arista": "arista_eos",
    "batfish_cisco": "cisco_ios",
    "batfish_example_live": "cisco_ios",
    "batfish_fortios": "fortinet_fortios",
    "batfish_juniper": "juniper_junos",
    "batfish_nxos": "cisco_nxos",
    "batfish_paloalto": "paloalto_panos",
}
ENDINGS = {".ios": "cisco_ios", ".iosxr": "cisco_iosxr", ".junos": "juniper_junos"}
BACKUPS = {
    "aoscx": "aruba_aoscx",
    "aosw": "aruba_os",
    "asa": "cisco_asa",
    "eos": "arista_eos",
    "fastiron": "ruckus_fastiron",
    "firelinuxos": "cisco_ftd",
    "fortigate": "fortinet_fortios",
    "fsos": "fs_bdcom",
    "h3c": "hp_comware",
    "ios": "cisco_ios",
    "ironware": "ruckus_fastiron",
    "junos": "juniper_junos",
    "nxos": "cisco_nxos",
    "routeros": "mikrotik_routeros",
    "tplink": "tplink_jetstream",
    "vyos": "ubiquiti_edgerouter",
}


def _files() -> Iterator[tuple[Path, str]]:
    for path in sorted(recorded("config", "device_configs").rglob("*")):
        name = FOLDERS.get(path.parent.name) or ENDINGS.get(path.suffix)
        if path.is_file() and name:
            yield path, name
    for path in sorted(recorded("config", "backup_sessions").glob("*#output.txt")):
        name = BACKUPS.get(path.name.partition("#")[0])
        if name:
            yield path, name


def test_what_is_read_can_be_written_and_read_again() -> None:
    """Nothing is lost, nothing moves, and both say the same of every line."""
    count = 0
    for path, name in _files():
        rules = grammar(name)
        text = path.read_text(encoding="utf-8", errors="replace")
        lines = read_lines(text, rules)
        again = read_lines(write_lines(lines, rules.indent), rules)
        assert again == lines, path.name
        assert compare(lines, again).in_order, path.name
        assert set(line_numbers(text, rules)) == set(paths(lines)), path.name
        count += count_lines(lines)
    assert count > 10_000


def test_a_line_stands_where_its_number_says() -> None:
    """The line of the text begins as the line of the tree does, in platforms without braces."""
    for path, name in _files():
        rules = grammar(name)
        if rules.layout != "indented":
            continue
        text = path.read_text(encoding="utf-8", errors="replace").replace("\r", "")
        rows = text.split("\n")
        for found, number in line_numbers(text, rules).items():
            # A name of an interface, or the mark of a banner, may be spelled otherwise there.
            assert rows[number - 1].split()[:1] == found[-1].split()[:1], (path.name, number)
