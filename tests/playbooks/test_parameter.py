"""What people type for a playbook's parameters, and what Ansible is told."""

from __future__ import annotations

from typing import Any

import pytest

from controller.errors import InputError
from controller.playbooks.meta import Meta, Words
from controller.playbooks.parameter import (
    KINDS,
    Parameter,
    Value,
    read_parameters,
    read_value,
    typed,
)

# Kind and more, what is typed, and the value.
TAKEN: list[tuple[dict[str, Any], str, Value]] = [
    ({"kind": "text"}, " ห้องเรียน 1 ", "ห้องเรียน 1"),
    ({"kind": "text", "pattern": "[a-z|]+"}, "a|b", "a|b"),
    ({"kind": "text", "many": True}, "a, b,a", ("a", "b")),
    ({"kind": "integer", "least": 1, "most": 5}, "๕", 5),
    ({"kind": "integer"}, "-3", -3),
    ({"kind": "yes-no"}, "ใช่", True),
    ({"kind": "yes-no"}, "No", False),
    ({"kind": "choice", "choices": ("access", "trunk")}, "trunk", "trunk"),
    ({"kind": "vlan"}, "4094", 4094),
    ({"kind": "vlan", "many": True}, "10,20", ("10", "20")),
    ({"kind": "address"}, "2001:DB8::1", "2001:db8::1"),
    ({"kind": "network"}, "10.20.0.0/24", "10.20.0.0/24"),
    ({"kind": "interface"}, "GigabitEthernet1/0/1", "GigabitEthernet1/0/1"),
    ({"kind": "interface"}, "Dot11Radio0", "Dot11Radio0"),
    ({"kind": "interface"}, "Port-channel 1", "Port-channel 1"),
    ({"kind": "secret"}, "snmp_ro", "snmp_ro"),
    ({"kind": "text", "default": ""}, "", ""),
    ({"kind": "interface", "many": True, "default": ()}, "", ()),
    ({"kind": "yes-no", "default": True}, " ", True),
    ({"kind": "vlan", "default": 20}, "", 20),
    ({"kind": "address", "many": True, "default": ("10.0.0.1", "10.0.0.2")}, "",
     ("10.0.0.1", "10.0.0.2")),
]  # fmt: skip
# Kind and more, what is typed, words of the message, words of the hint.
REFUSED: list[tuple[dict[str, Any], str, str, str]] = [
    ({"kind": "text"}, "a\nb", "no line breaks", "it takes: text"),
    ({"kind": "text"}, "{{ lookup('pipe', 'x') }}", "no line breaks, and no {{", "text"),
    ({"kind": "text"}, "{% raw %}", "Ansible would carry out", "text"),
    ({"kind": "text", "many": True}, "a,{# b #}", "“{# b #}”", "several, with commas"),
    ({"kind": "text"}, "x" * 501, "longer than 500", "text"),
    ({"kind": "text"}, "show run | redirect flash:x", "no | and no >", "text"),
    ({"kind": "text", "pattern": "[a-z]+"}, "A1", "it must match [a-z]+", "text"),
    ({"kind": "integer", "least": 1, "most": 5}, "6", "x does not take “6”", "1–5"),
    ({"kind": "integer"}, "1.5", "“1.5”", "whole number"),
    ({"kind": "yes-no"}, "perhaps", "say yes or no", "yes or no"),
    ({"kind": "choice", "choices": ("access", "trunk")}, "Trunc", "Trunc", "mean trunk?"),
    ({"kind": "choice", "choices": ("access", "trunk")}, "zzz", "zzz", "one of: access, trunk"),
    ({"kind": "vlan"}, "4095", "4095", "VLAN number 1–4094"),
    ({"kind": "vlan", "many": True}, "10,,20", "does not take that", "VLAN"),
    ({"kind": "address"}, "10.0.0.256", "10.0.0.256", "IP address"),
    ({"kind": "network"}, "10.20.0.5/24", "10.20.0.5/24", "did you mean 10.20.0.0/24?"),
    ({"kind": "network"}, "10.20.0.0", "10.20.0.0", "did you mean 10.20.0.0/32?"),
    ({"kind": "interface"}, "Gi1/0/1; reload", "Gi1/0/1; reload", "full name"),
    ({"kind": "secret"}, "Hunter2!", "the name of a secret is wanted", "[secrets]"),
    ({"kind": "vlan"}, "", "x is missing", "--set x=VALUE"),
]


def _parameter(told: dict[str, Any]) -> Parameter:
    return Parameter(th="ค่า", en="Value", **told)


@pytest.mark.parametrize(("told", "text", "value"), TAKEN)
def test_what_is_taken(told: dict[str, Any], text: str, value: Value) -> None:
    """And typed again it is the same value."""
    parameter = _parameter(told)
    found = read_value(parameter, text, "x")
    assert (found, type(found)) == (value, type(value))
    assert read_value(parameter, typed(found), "x") == value


@pytest.mark.parametrize(("told", "text", "message", "hint"), REFUSED)
def test_what_is_refused(told: dict[str, Any], text: str, message: str, hint: str) -> None:
    """With the parameter's name, what it takes, in both languages; a secret is never repeated."""
    with pytest.raises(InputError) as caught:
        read_value(_parameter(told), text, "x")
    assert message in caught.value.message.en
    assert caught.value.hint is not None
    assert hint in caught.value.hint.en
    assert "x" in caught.value.message.th
    assert caught.value.message.th != caught.value.message.en
    assert "Hunter2" not in str(caught.value)


def test_every_kind_has_words() -> None:
    """In both languages."""
    tried = {row[0]["kind"] for row in TAKEN} | {row[0]["kind"] for row in REFUSED}
    assert tried == set(KINDS)


def _meta() -> Meta:
    words = Words(th="ก", en="A")
    return Meta(
        title=words,
        purpose=words,
        risk="read",
        platforms=("cisco_ios",),
        parameters={
            "vlan": _parameter({"kind": "vlan"}),
            "password": _parameter({"kind": "secret", "default": "snmp_ro"}),
            "keys": _parameter({"kind": "secret", "many": True, "default": ()}),
        },
    )


def test_all_are_read_by_name() -> None:
    """What is not given has its default."""
    assert read_parameters(_meta(), {"vlan": "30"}) == (
        ("keys", ()),
        ("password", "snmp_ro"),
        ("vlan", 30),
    )


@pytest.mark.parametrize(
    ("given", "message", "hint"),
    [
        ({}, "vlan is missing: Value", "--set vlan=VALUE"),
        ({"vlan": "3", "vlans": "4"}, "no parameter vlans", "did you mean vlan?"),
        ({"vlan": "3", "zzz": ""}, "no parameter zzz", "it has: keys, password, vlan"),
        ({"vlan": "3", "password": "snmp_rw"}, "no such secret", "did you mean snmp_ro?"),
        ({"vlan": "3", "keys": "snmp_ro,other"}, "no such secret", "it takes: name of a secret"),
    ],
)
def test_what_does_not_fit_is_named(given: dict[str, str], message: str, hint: str) -> None:
    """Unknown names, missing ones, secrets the office does not have."""
    with pytest.raises(InputError) as caught:
        read_parameters(_meta(), given, secrets=("snmp_ro",))
    assert message in caught.value.message.en
    assert caught.value.hint is not None
    assert hint in caught.value.hint.en
