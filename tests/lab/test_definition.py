"""LAB.json: what is wrong is named with its place, in both languages."""

import json
from pathlib import Path

import pytest

from controller.lab.complaints import LabError
from controller.lab.definition import read_definition

SWITCH = {"name": "sw1", "platform": "cisco_ios", "address": "127.23.1.11"}
LAB = {"state_dir": "var/lab", "username": "netadmin", "password_file": "pw", "devices": [SWITCH]}


def read(tmp_path: Path, document: object) -> object:
    path = tmp_path / "LAB.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return read_definition(path)


def test_what_is_left_out_has_defaults_by_platform(tmp_path: Path) -> None:
    eos = {**SWITCH, "name": "sw2", "platform": "arista_eos"}
    path = tmp_path / "LAB.json"
    path.write_text(json.dumps({**LAB, "devices": [SWITCH, eos]}), encoding="utf-8")
    lab = read_definition(path)
    first, second = lab.devices
    assert (lab.minute_seconds, lab.latency_ms) == (60.0, 0.0)
    assert (first.port, first.management_interface) == (8022, "Vlan99")
    assert (second.port, second.management_interface) == (8443, "Management1")
    assert first.config is None


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ([], "must hold a JSON object"),
        ({**LAB, "devices": []}, "at least one device"),
        ({**LAB, "colour": "red"}, "unknown key 'colour'"),
        ({**LAB, "username": ""}, "username must be a text"),
        ({**LAB, "minute_seconds": "slow"}, "minute_seconds must be a number"),
        ({**LAB, "minute_seconds": 0}, "minute_seconds = 0 is out of range"),
        ({**LAB, "devices": ["sw1"]}, "devices[0]: must be a JSON object"),
        ({**LAB, "devices": [SWITCH, SWITCH]}, "the device name sw1 is used twice"),
        ({**LAB, "devices": [{**SWITCH, "platform": "junos"}]}, "unknown platform 'junos'"),
        ({**LAB, "devices": [{**SWITCH, "address": "10.0.0.1"}]}, "is not in 127.0.0.0/8"),
        ({**LAB, "devices": [{**SWITCH, "address": "here"}]}, "is no IP address"),
        ({**LAB, "devices": [{**SWITCH, "port": 70000}]}, "port = 70000 is out of range"),
        ({**LAB, "devices": [{**SWITCH, "config": 1}]}, "config must be a text or null"),
        ({**LAB, "devices": [{**SWITCH, "speed": 1}]}, "unknown key 'speed'"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, document: object, words: str) -> None:
    with pytest.raises(LabError) as caught:
        read(tmp_path, document)
    assert words in caught.value.en
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in caught.value.th)


def test_a_file_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "LAB.json").write_text("{", encoding="utf-8")
    with pytest.raises(LabError, match="not valid JSON"):
        read_definition(tmp_path / "LAB.json")
