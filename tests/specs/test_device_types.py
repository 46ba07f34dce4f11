"""NetBox device types: what is told is read exactly, what is not is left out and said."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.specs.attribute import attributes
from controller.specs.described_kind import described_kind
from controller.specs.device_type import NoDeviceTypeError, read_device_type
from controller.specs.model import Model
from controller.specs.model_answers import fault_of_fact
from tests.recorded import recorded

# By hand from the files: interfaces counted by type, inlets, height and weight.
NONE = {"sfp": 0, "sfp_plus": 0, "sfp28": 0, "qsfp": 0}
EXACT: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "Ruckus/r350.yaml": (
        {"model": "R350", "part_number": "901-R350-XX02", "ports": 1, "port_mbps": 1000, "wifi": 6},
        {"ports_1g": 1, "ports_2g5": 0, "powered_by": ("IEEE 802.3at",), "power_draw": 13,
         "weight": 0.368, **NONE},
    ),
    "Ruckus/r650.yaml": (
        {"ports": 2, "port_mbps": None, "wifi": 6},
        {"ports_1g": 2, "ports_2g5": 1, "powered_by": ("IEEE 802.3af", "IEEE 802.3at")},
    ),
    "HPE/Aruba-AP-505H.yaml": (
        {"ports": 5, "uplink_mbps": 2500, "poe_ports": 2, "wifi": 6},
        {"bands": ("2.4 GHz", "5 GHz"), "poe_standard": "IEEE 802.3af",
         "powered_by": ("IEEE 802.3at",)},
    ),
    "Ubiquiti/E7-Campus-US.yaml": (
        {"wifi": 7, "ports": 2},
        {"bands": ("2.4 GHz", "5 GHz", "6 GHz"), "ports_10g": 1, "weight": 2.223},
    ),
    "Zyxel/WAX610D.yaml": ({"wifi": None, "poe_ports": None}, {"ports_2g5": 1}),
    "Cisco/SG350-28P-K9.yaml": (
        {"model": "SG350-28P", "ports": 28, "port_mbps": 1000, "uplink_mbps": 1000,
         "poe_ports": 24, "poe_watts": None, "wifi": None},
        {"ports_100m": 24, "ports_1g": 24, "sfp": 4, "sfp_plus": 0, "poe_standard": "IEEE 802.3at",
         "power_draw": 255, "rack_units": 1, "weight": 3.83},
    ),
    "Cisco/WS-C3650-24PDM-L.yaml": (
        {"ports": 28, "uplink_mbps": 10000, "poe_ports": 24},
        {"sfp": 4, "sfp_plus": 2, "power_draw": 640, "weight": 5.561},
    ),
    "Cisco/SF350-24P.yaml": (
        {"port_mbps": 100, "uplink_mbps": 1000, "poe_ports": 24},
        {"ports_100m": 26, "ports_1g": 2, "ports_2g5": None, "sfp": 2, "sfp_plus": None},
    ),
    "Cisco/C9200-48P.yaml": ({"ports": 48, "uplink_mbps": None}, {"ports_1g": 48, "sfp": None}),
    "Juniper/EX2300-24P.yaml": (
        {"part_number": "", "ports": 28, "uplink_mbps": 10000}, {"sfp": 4, "sfp_plus": 4},
    ),
    "MikroTik/RB2011UiAS-RM.yaml": (
        {"ports": 11, "poe_ports": None}, {"ports_100m": 10, "ports_1g": 5, "sfp": 1},
    ),
    "Ubiquiti/USW-Pro-Max-48-PoE.yaml": (
        {"ports": 52, "poe_ports": 48}, {"ports_1g": 48, "ports_2g5": 16, "weight": 6.305},
    ),
    "Huawei/CE6881-48S6CQ.yaml": (
        {"port_mbps": 10000, "uplink_mbps": 100000},
        {"sfp_plus": 48, "qsfp": 6, "ports_1g": 0, "power_draw": None},
    ),
    "APC/AP4421A.yaml": ({"ports": None, "port_mbps": None}, {"ports_1g": None, "rack_units": 1}),
}  # fmt: skip
MAKERS = {
    "Cisco": 83, "HPE": 68, "Ubiquiti": 68, "MikroTik": 53, "Huawei": 38, "Fortinet": 30,
    "TP-Link": 28, "Netgear": 25, "Zyxel": 24, "APC": 23, "Allied Telesis": 23,
    "Extreme Networks": 23, "Juniper": 23, "D-Link": 16, "Dell": 15, "FS": 12, "Hikvision": 11,
    "TrendNet": 10, "CyberPower": 9, "Eaton": 9, "Palo Alto": 9, "Brocade": 8, "QNAP": 8,
    "SonicWall": 8, "Sophos": 8, "Synology": 8, "Ruckus": 7, "3Com": 6, "Edgecore": 4,
    "EnGenius": 3, "Ruijie": 2, "PLANET": 1,
}  # fmt: skip


def loaded(path: Path) -> dict[str, Any]:
    """A device type as plain values."""
    value: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return value


@pytest.fixture(scope="module")
def read() -> dict[str, Model]:
    """Every recorded device type by its path, read."""
    folder = recorded("devicetypes")
    paths = sorted(path for path in folder.rglob("*") if path.suffix in {".yaml", ".yml"})
    return {
        path.relative_to(folder).as_posix(): read_device_type(loaded(path))[0] for path in paths
    }


def test_every_recorded_device_type_is_read(read: dict[str, Model]) -> None:
    """All 663, by maker; every fact is one the catalogue takes, nothing negative or untold is."""
    assert Counter(model.maker for model in read.values()) == MAKERS
    for path, model in read.items():
        assert model.source.startswith("NetBox device type "), path
        assert model.kind == "", path
        for name, fact in model.attributes.items():
            assert fault_of_fact(attributes()[name], fact) is None, (path, name, fact)


@pytest.mark.parametrize("path", EXACT)
def test_the_hand_checked_ones_are_exact(read: dict[str, Model], path: str) -> None:
    """Ports by speed, transceivers, PoE both ways, Wi-Fi, what it draws and weighs."""
    fields, told = EXACT[path]
    model = read[path]
    assert {name: getattr(model, name) for name in fields} == fields
    assert {name: model.attributes.get(name) for name in told} == told


def device(*interfaces: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A small device type."""
    told = {"manufacturer": "ยี่ห้อ ก", "model": "ก-1", "slug": "a-1"}
    return {**told, "interfaces": [*interfaces], **more}


def port(name: str, kind: str = "1000base-t", **more: Any) -> dict[str, Any]:
    """An interface."""
    return {"name": name, "type": kind, **more}


def noted(told: dict[str, Any]) -> str:
    """What could not be told, in English."""
    return "; ".join(note.en for note in read_device_type(told)[1])


def test_no_power_named_is_not_no_power() -> None:
    """Silence is left out and said; passive power is no PoE of IEEE; what it needs is."""
    silent = device(port("1"), port("2"))
    assert read_device_type(silent)[0].poe_ports is None
    assert "does not mean" in noted(silent) or "does not say" in noted(silent)
    passive = device(port("1", poe_mode="pse", poe_type="passive-24v-2pair"))
    assert read_device_type(passive)[0].poe_ports is None
    assert "1 ports give passive power" in noted(passive)
    mixed = device(
        port("1", poe_mode="pse", poe_type="type2-ieee802.3at"), port("2", poe_mode="pse")
    )
    model = read_device_type(mixed)[0]
    assert (model.poe_ports, model.attributes.get("poe_standard")) == (2, None)


def test_a_key_written_with_a_dash_is_read_and_said() -> None:
    """Three of the published files have it so."""
    told = device(port("1", **{"poe-mode": "pse", "poe-type": "type1-ieee802.3af"}))
    assert read_device_type(told)[0].poe_ports == 1
    assert "poe-mode" in noted(told)


def test_of_as_many_slow_as_fast_ports_no_speed_is_that_of_most() -> None:
    """A tie is left out and said."""
    told = device(port("1", "100base-tx"), port("2"))
    model = read_device_type(told)[0]
    assert (model.ports, model.port_mbps, model.uplink_mbps) == (2, None, None)
    assert "the speed of most is left out" in noted(told)


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({}, "manufacturer"),
        ({"manufacturer": "ยี่ห้อ ก"}, "model"),
        ({"manufacturer": "ยี่ห้อ ก", "model": ["x"]}, "model"),
        (device() | {"interfaces": {"1": "1000base-t"}}, "interfaces"),
        (device() | {"interfaces": ["1000base-t"]}, "interfaces"),
        (device() | {"power-ports": "two"}, "power-ports"),
        (device() | {"module-bays": [1]}, "module-bays"),
    ],
)
def test_what_is_no_device_type_is_refused_at_its_place(told: dict[str, Any], key: str) -> None:
    """The key is named, so that the file can be pointed at."""
    with pytest.raises(NoDeviceTypeError) as caught:
        read_device_type(told)
    assert caught.value.key == key
    assert caught.value.text.th


@pytest.mark.parametrize("value", [True, "many", -1, float("inf"), 10**9, [1]])
def test_numbers_that_are_none_are_left_out(value: object) -> None:
    """A weight of a million, a height of yes."""
    told = device(weight=value, weight_unit="kg", u_height=value)
    told["power-ports"] = [{"name": "1", "maximum_draw": value}]
    assert read_device_type(told)[0].attributes == {}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["1000base-t", "ieee802.11ax", "pse", "type2-ieee802.3at", "kg"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["name", "type", "poe_mode", "poe_type", "maximum_draw", "mgmt_only"]),
        inner, max_size=4,
    ),
    max_leaves=8,
)  # fmt: skip
KEYS = (
    "manufacturer", "model", "part_number", "slug", "interfaces", "module-bays", "power-ports",
    "u_height", "weight", "weight_unit", "comments",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES))
def test_whatever_is_handed_over_is_a_model_or_none(told: dict[str, Any]) -> None:
    """Never anything else than the refusal; every fact is one the catalogue takes."""
    try:
        model, _ = read_device_type({**device(), **told})
    except NoDeviceTypeError:
        return
    described_kind(told, model)
    for name, fact in model.attributes.items():
        assert fault_of_fact(attributes()[name], fact) is None
