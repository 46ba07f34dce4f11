"""What the lab's devices say over SNMP: their own live state, in all versions, and their faults."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from controller.connections.snmp.engine import SnmpError, SnmpTarget, SnmpUser
from controller.connections.snmp.gufo import GufoEngine
from controller.facts.answers import Answers, Request
from controller.lab.definition import read_definition
from controller.lab.snmp.ber import dotted, object_id
from controller.platforms.told_lines import told_change
from tests.lab.clients import netmiko_session
from tests.lab.targets import Target, device_row, run_lab, wait_until, worker_network, write_lab

UPTIME, NAME = "1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.1.5.0"
DESCRIPTION, OBJECT = "1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.2.0"
IF, IFX = "1.3.6.1.2.1.2.2.1", "1.3.6.1.2.1.31.1.1.1"
ADMIN, OPER, ERRORS, OCTETS = f"{IF}.7", f"{IF}.8", f"{IF}.14", f"{IFX}.6"
NAMES, DUPLEX = f"{IF}.2", "1.3.6.1.2.1.10.7.2.1.19"
PHYSICAL = "1.3.6.1.2.1.47.1.1.1.1"
LLDP_NAME, LLDP_PORT = "1.0.8802.1.1.2.1.4.1.1.9", "1.0.8802.1.1.2.1.4.1.1.7"
CDP_NAME = "1.3.6.1.4.1.9.9.23.1.2.1.1.6"
CISCO_CPU, HOST_CPU = "1.3.6.1.4.1.9.9.109.1.1.1.1.7", "1.3.6.1.2.1.25.3.3.1.2"
CELSIUS = "1.3.6.1.2.1.99.1.1.1.4"
FORWARDING = "1.3.6.1.2.1.17.7.1.2.2.1.2"


@pytest.fixture(scope="module")
def ear() -> Iterator[socket.socket]:
    """Where the devices' traps come to."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.settimeout(5)
        yield listening


def heard(ear: socket.socket, kind: str, device: Target, words: str = "") -> None:
    """Wait for a trap of this kind, with these words, of this device."""
    mark = object_id(dotted(kind))
    while True:
        message, (address, _) = ear.recvfrom(2000)
        if mark in message and words.encode() in message and address == device.address:
            return


def logged(ear: socket.socket, device: Target) -> None:
    """Wait for a line of syslog that says the device was configured, and by whom."""
    while True:
        message, (address, _) = ear.recvfrom(2000)
        found = told_change(device.platform, message)
        if found is not None and address == device.address:
            assert (found.who, found.where_from) == ("netadmin", "127.0.0.1")
            return


@pytest.fixture(scope="module")
def office(
    tmp_path_factory: pytest.TempPathFactory, ear: socket.socket
) -> Iterator[dict[str, Target]]:
    """A core, a distribution switch below it, two access switches below that."""
    folder = tmp_path_factory.mktemp("snmp")
    network = worker_network()
    kinds = {"core": "arista_eos", "dist": "cisco_ios", "sw1": "cisco_ios", "sw2": "arista_eos"}
    above = {"dist": "core", "sw1": "dist", "sw2": "dist"}
    rows = [
        device_row(name, platform, f"{network}.9.{number}", uplink_to=above.get(name, ""))
        for number, (name, platform) in enumerate(kinds.items(), 1)
    ]
    snmp = {
        "community_file": str(folder / "community"),
        "user": "watcher",
        "password_file": str(folder / "snmp-password"),
        "authentication": "sha256",
        "privacy": "aes256",
        "trap_port": ear.getsockname()[1],
        "syslog_port": ear.getsockname()[1],
    }
    started = run_lab("up", str(write_lab(folder, rows, snmp=snmp)))
    assert started.returncode == 0, started.stderr
    state_dir = folder / "state"
    try:
        places = json.loads((state_dir / "addresses.json").read_text(encoding="utf-8"))
        password = (folder / "password").read_text(encoding="utf-8").strip()
        yield {
            name: Target(state_dir, name, platform, **places[name], password=password)
            for name, platform in kinds.items()
        }
    finally:
        assert run_lab("down", str(state_dir)).returncode == 0


def _secret(device: Target, file: str) -> SecretStr:
    return SecretStr((device.state_dir.parent / file).read_text(encoding="utf-8").strip())


def told(device: Target, *columns: str, **changes: object) -> Answers:
    """What a device answers."""
    target = SnmpTarget(
        name=device.name,
        address=device.address,
        port=device.snmp_port,
        community=_secret(device, "community"),
        timeout=0.5,
    )
    target = dataclasses.replace(target, **changes)  # type: ignore[arg-type]
    request = Request((DESCRIPTION, OBJECT, UPTIME, NAME), columns)
    return asyncio.run(GufoEngine().ask(target, request))


def is_silent(device: Target) -> bool:
    try:
        told(device, timeout=0.1, retries=0)
    except SnmpError as error:
        return error.silent
    return False


def watcher(device: Target) -> SnmpUser:
    password = _secret(device, "snmp-password")
    return SnmpUser(
        name="watcher",
        authentication="sha256",
        authentication_password=password,
        privacy="aes256",
        privacy_password=password,
    )


@pytest.mark.parametrize("name", ["core", "sw1"])
def test_the_same_in_every_version(office: dict[str, Target], name: str) -> None:
    device = office[name]
    columns = (NAMES, ADMIN, OPER, LLDP_NAME)
    second = told(device, *columns)
    first = told(device, *columns, version="1")
    third = told(device, *columns, version="3", community=None, user=watcher(device))
    for answers in (first, third):
        assert answers.columns == second.columns
        assert answers.text(NAME) == second.text(NAME) == name
    assert len(second.column(NAMES)) > 24
    assert not second.partial


def test_the_label_is_that_of_show_version(office: dict[str, Target]) -> None:
    device = office["sw1"]
    with netmiko_session(device) as session:
        shown = str(session.send_command("show version"))
    answers = told(device, *(f"{PHYSICAL}.{n}" for n in (10, 11, 13)))
    for column in (10, 11, 13):
        word = answers.column(f"{PHYSICAL}.{column}")["1"]
        assert isinstance(word, bytes)
        assert word.decode() in shown
    assert answers.text(DESCRIPTION).splitlines()[0] in shown
    assert answers.text(OBJECT).startswith("1.3.6.1.4.1.9.1.")


def test_a_wrong_community_gets_no_answer(office: dict[str, Target]) -> None:
    with pytest.raises(SnmpError) as caught:
        told(office["core"], community=SecretStr("public"), timeout=0.1)
    assert caught.value.silent


def test_an_interface_that_is_shut_is_down(office: dict[str, Target]) -> None:
    device = office["sw1"]
    device.type("interface GigabitEthernet0/3", "shutdown")
    device.type("interface GigabitEthernet0/24", "duplex half")
    answers = told(device, NAMES, ADMIN, OPER, DUPLEX)
    index = {name: number for number, name in answers.column(NAMES).items()}
    assert answers.column(ADMIN)[index[b"GigabitEthernet0/3"]] == 2
    assert answers.column(OPER)[index[b"GigabitEthernet0/3"]] == 2
    assert answers.column(DUPLEX)[index[b"GigabitEthernet0/24"]] == 2


def test_counters_grow_where_there_is_link(office: dict[str, Target]) -> None:
    device = office["core"]
    before = told(device, OCTETS, OPER)
    time.sleep(1.1)
    after = told(device, OCTETS)
    grown = {i for i, v in after.column(OCTETS).items() if v != before.column(OCTETS)[i]}
    up = {i for i, v in before.column(OPER).items() if v == 1}
    assert grown == up
    assert max(v for v in after.column(OCTETS).values() if isinstance(v, int)) > 1 << 32


def test_neighbours_on_both_sides(office: dict[str, Target]) -> None:
    above = told(office["dist"], LLDP_NAME, LLDP_PORT, CDP_NAME, FORWARDING)
    assert sorted(above.column(LLDP_NAME).values(), key=str) == [b"core", b"sw1", b"sw2"]
    assert list(above.column(CDP_NAME).values()) == [b"sw1"]
    assert len(above.column(FORWARDING)) > 10
    below = told(office["sw1"], LLDP_NAME, LLDP_PORT)
    assert list(below.column(LLDP_NAME).values()) == [b"dist"]
    assert list(below.column(LLDP_PORT).values()) == [b"Gi0/1"]


def test_a_pulled_cable(office: dict[str, Target]) -> None:
    device = office["sw2"]
    device.fault("link-down")
    answers = told(device, NAMES, OPER, LLDP_NAME)
    index = {name: number for number, name in answers.column(NAMES).items()}
    assert answers.column(OPER)[index[b"Ethernet24"]] == 2
    assert not answers.column(LLDP_NAME)
    wait_until(lambda: b"sw2" not in told(office["dist"], LLDP_NAME).column(LLDP_NAME).values())
    device.fault("link-down", on=False)


@pytest.mark.parametrize(("name", "column"), [("sw1", CISCO_CPU), ("sw2", HOST_CPU)])
def test_a_busy_processor_and_heat(office: dict[str, Target], name: str, column: str) -> None:
    device = office[name]
    calm = told(device, column, CELSIUS)
    assert all(isinstance(v, int) and v < 50 for v in calm.column(column).values())
    device.fault("high-cpu", value="99")
    device.fault("high-temperature")
    hot = told(device, column, CELSIUS)
    assert set(hot.column(column).values()) == {99}
    assert list(hot.column(CELSIUS).values()) == [78]
    device.fault("high-cpu", on=False)
    device.fault("high-temperature", on=False)


def test_damaged_frames(office: dict[str, Target]) -> None:
    device = office["sw2"]
    told(device, ERRORS)
    device.fault("port-errors", value="1000")
    wait_until(lambda: any(v for v in told(device, ERRORS).column(ERRORS).values()))
    device.fault("port-errors", on=False)


@pytest.mark.parametrize("fault", ["silent-snmp", "freeze"])
def test_told_to_be_silent(office: dict[str, Target], fault: str) -> None:
    device = office["sw2"]
    device.fault(fault)
    assert is_silent(device)
    device.fault(fault, on=False)
    assert not is_silent(device)


def test_a_reboot(office: dict[str, Target]) -> None:
    device = office["sw2"]
    assert told(device).number(UPTIME) > 250_000 * 100  # type: ignore[operator]
    assert run_lab("reboot", str(device.state_dir), device.name).returncode == 0
    assert is_silent(device)
    wait_until(lambda: not is_silent(device))
    answers = told(device, OCTETS, version="3", community=None, user=watcher(device))
    assert answers.number(UPTIME) < 60 * 100  # type: ignore[operator]
    assert all(isinstance(v, int) and v < 1 << 28 for v in answers.column(OCTETS).values())


def test_what_happens_is_told(office: dict[str, Target], ear: socket.socket) -> None:
    """Links, configuration, a wrong community, a start; from the device's own address."""
    ios, eos = office["sw1"], office["sw2"]
    ios.fault("link-down", value="gi0/24")
    ios.fault("link-down", on=False)
    heard(ear, "1.3.6.1.6.3.1.1.5.3", ios, "GigabitEthernet0/24")
    heard(ear, "1.3.6.1.6.3.1.1.5.4", ios, "GigabitEthernet0/24")
    ios.type("interface GigabitEthernet0/2", "description Library")
    heard(ear, "1.3.6.1.4.1.9.9.43.2.0.1", ios)
    logged(ear, ios)
    eos.type("interface Ethernet2", "description Library")
    heard(ear, "1.3.6.1.4.1.30065.3.9.3.0.1", eos)
    logged(ear, eos)
    with pytest.raises(SnmpError):
        told(eos, community=SecretStr("public"), timeout=0.1)
    heard(ear, "1.3.6.1.6.3.1.1.5.5", eos)
    assert run_lab("reboot", str(eos.state_dir), eos.name).returncode == 0
    heard(ear, "1.3.6.1.6.3.1.1.5.1", eos)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ([], "snmp: must be a JSON object"),
        ({"colour": "red"}, "snmp: unknown key 'colour'"),
        ({"user": "x", "password_file": "p"}, "community_file must be a text"),
        ({"community_file": "c", "user": "x", "password_file": "p", "privacy": "rot13"}, "rot13"),
    ],
)
def test_what_is_wrong_in_the_definition(tmp_path: Path, part: object, words: str) -> None:
    from controller.lab.complaints import LabError

    row = device_row("sw", "cisco_ios", "127.0.0.1")
    with pytest.raises(LabError) as caught:
        read_definition(write_lab(tmp_path, [row], snmp=part))
    assert words in caught.value.en
