"""Secrets of stored configurations travel by name, and come back where they were or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.errors import InputError
from controller.plans.carrying import carry, kept_values
from controller.platforms.registry import PLATFORMS, platform
from tests.platforms.test_redaction import configurations

BLOB = "0123456789abcdef0123456789abcdef01234567"
IOS = platform("cisco_ios").texts
STORED = """hostname kkn-a-sw01
enable secret 9 $9$Zq1
username admin privilege 15 secret 5 $1$Zq2
snmp-server community public RO
snmp-server community Zq3-office RW
crypto pki certificate chain one
 certificate self-signed 01
  30820330 30820218
  A0030201 02020101
  \tquit
end
"""


def filled(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"⟦secret:{name}⟧", value)
    return text


def test_every_secret_is_a_reference() -> None:
    carried = carry(IOS, STORED, BLOB, {"snmp_rw": "Zq3-office"})
    assert not IOS.has_plain_secret(carried.text)
    assert "Zq" not in carried.text
    assert "snmp-server community ⟦secret:snmp_rw⟧ RW" in carried.text
    assert f"enable secret 9 ⟦secret:backup/{BLOB}/1⟧" in carried.text
    assert f"  ⟦secret:backup/{BLOB}/5⟧\n  \tquit" in carried.text
    values = kept_values(IOS, carried.text, {"snmp_rw": "Zq3-office"}, lambda _blob: STORED)
    assert filled(carried.text, values | {"snmp_rw": "Zq3-office"}) == STORED


@pytest.mark.parametrize("name", sorted(PLATFORMS))
@given(found=st.data())
def test_whatever_stands_there_comes_back(name: str, found: st.DataObject) -> None:
    text, secrets = found.draw(configurations(name))
    rules = platform(name).texts
    carried = carry(rules, text, BLOB, {})
    assert not any(secret in carried.text for secret in secrets)
    assert not rules.has_plain_secret(carried.text)
    values = kept_values(rules, carried.text, {}, lambda _blob: text)
    assert filled(carried.text, values) == text


def test_a_value_of_the_workspace_is_hidden_wherever_it_stands() -> None:
    text = "interface Vlan10\n description key is Zq9-office\n"
    carried = carry(IOS, text, BLOB, {"wifi": "Zq9-office"})
    assert carried.text == "interface Vlan10\n description key is ⟦secret:wifi⟧\n"


def test_a_device_cannot_ask_for_a_secret_of_ours() -> None:
    for planted in ("⟦secret:password⟧", "⟦secret:#0⟧", f"⟦secret:backup/{BLOB}/1⟧"):
        with pytest.raises(InputError, match="reads like a reference"):
            carry(IOS, f"interface Vlan10\n description {planted}\n", BLOB, {})


@pytest.mark.parametrize(
    "candidate",
    [
        f"interface Vlan10\n description ⟦secret:backup/{BLOB}/1⟧\n",
        f"enable secret 9 ⟦secret:backup/{BLOB}/2⟧\n",
        f"enable secret 9 ⟦secret:backup/{BLOB}/9⟧\n",
        f"x enable secret 9 ⟦secret:backup/{BLOB}/1⟧\n",
        f"enable secret 9 ⟦secret:backup/{BLOB}/1⟧ ⟦secret:backup/{BLOB}/2⟧\n",
    ],
)
def test_a_secret_stands_only_where_it_stood(candidate: str) -> None:
    """Nobody can make a device show a stored secret, and no other one gets in its place."""
    with pytest.raises(InputError, match="not where the plan says"):
        kept_values(IOS, candidate, {}, lambda _blob: STORED)


def test_a_candidate_without_references_reads_nothing() -> None:
    def never(_blob: str) -> str:
        raise AssertionError

    assert kept_values(IOS, "hostname a\n⟦secret:snmp_rw⟧\n", {}, never) == {}
