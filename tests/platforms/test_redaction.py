"""No secret of a configuration survives redaction, wherever it stands, whatever it looks like."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from controller.platforms.platform import HIDDEN
from controller.platforms.registry import platform

RECORDED = Path(__file__).parents[3] / "shared" / "recorded" / "config" / "backup_sessions"

# Lines that hold secrets: in those of ENDS a secret reaches to the end and may hold blanks.
WORDS = {
    "cisco_ios": (
        "snmp-server community {} RO",
        "no snmp-server community {}",
        "snmp-server host 10.0.0.1 version 2c {}",
        "snmp-server user mon grp v3 auth sha {} priv aes 256 {}",
        "ntp authentication-key 1 md5 {}",
        "archive\n path scp://backup:{}@10.0.0.9/$h",
        "crypto isakmp key {} address 10.0.0.1",
    ),
    "arista_eos": (
        "snmp-server community {} ro",
        "snmp-server host 10.0.0.1 version 2c {}",
        "snmp-server user mon grp v3 auth sha {} priv aes {}",
        "daemon TerminAttr\n   exec /usr/bin/TerminAttr -cvauth=key,{} -taillogs",
        "copy ftp://backup:{}@10.0.0.9/a flash:",
    ),
}
ENDS = {
    "cisco_ios": (
        "enable secret {}",
        "enable secret 9 {}",
        "username admin privilege 15 secret 0 {}",
        "username admin password {}",
        "tacacs-server host 10.0.0.8 key {}",
        "radius server one\n address ipv4 10.0.0.8\n key {}",
        "radius server one\n key 7 {}",
        "line vty 0 4\n password {}\n login",
        "wlan one 1 one\n security wpa psk set-key ascii 0 {}",
        "interface Vlan10\n ip ospf message-digest-key 1 md5 7 {}",
        "router bgp 65000\n neighbor 10.0.0.1 password {}",
        "key chain one\n key 1\n  key-string {}",
        "vtp password {}",
    ),
    "arista_eos": (
        "username admin privilege 15 role network-admin secret sha512 {}",
        "username admin secret {}",
        "enable password {}",
        "tacacs-server host 10.0.0.8 key 7 {}",
        "radius-server key {}",
        "router bgp 65000\n   neighbor 10.0.0.1 password 7 {}",
        "interface Vlan10\n   ip ospf message-digest-key 1 sha512 7 {}",
    ),
}
PLAIN = (
    "hostname a",
    "interface Vlan99\n ip address 10.0.0.1 255.255.255.0",
    "!",
    "ntp server 1.2.3.4",
)
# The first letters make a secret that cannot be found by chance in the other words of a line.
WORD = st.from_regex(r"Zq[A-Za-z0-9$./!@#%^&*()_=:;,<>?|~{}\[\]-]{4,24}", fullmatch=True)
PHRASE = st.lists(WORD, min_size=1, max_size=3).map(" ".join)


@st.composite
def configurations(draw: st.DrawFn, name: str) -> tuple[str, list[str]]:
    """A configuration and the words of all the secrets in it."""
    secrets: list[str] = []
    parts: list[str] = []
    for _ in range(draw(st.integers(1, 6))):
        reaches_end = draw(st.booleans())
        line = draw(st.sampled_from((ENDS if reaches_end else WORDS)[name]))
        for _ in range(line.count("{}")):
            secret = draw(PHRASE if reaches_end else WORD)
            secrets += secret.split(" ")
            line = line.replace("{}", secret, 1) if "{}" not in secret else line
        parts += [line, draw(st.sampled_from(PLAIN))]
    return "\n".join(parts) + "\n", secrets


@pytest.mark.parametrize("name", sorted(WORDS))
@given(
    found=st.data(), sign=st.sampled_from(["", "+", "-", " "]), end=st.sampled_from(["\n", "\r\n"])
)
def test_no_secret_survives(name: str, found: st.DataObject, sign: str, end: str) -> None:
    text, secrets = found.draw(configurations(name))
    shown = re.sub("(?m)^", sign, text).replace("\n", end)
    hidden = platform(name).redact(shown)
    for secret in secrets:
        assert secret not in hidden
    assert platform(name).redact(hidden) == hidden
    assert platform(name).has_plain_secret(shown)


@pytest.mark.parametrize("name", sorted(WORDS))
@given(found=st.data())
def test_references_survive(name: str, found: st.DataObject) -> None:
    """A candidate whose secrets are references is left alone: it is what will be pushed."""
    line = found.draw(st.sampled_from((*WORDS[name], *ENDS[name])))
    text = line.replace("{}", "⟦secret:some_name⟧") + "\nhostname a\n"
    assert platform(name).redact(text) == text
    assert not platform(name).has_plain_secret(text)


@pytest.mark.parametrize("name", sorted(WORDS))
@pytest.mark.parametrize("kind", ["", "RSA ", "EC ", "ENCRYPTED "])
def test_private_keys_do_not_survive(name: str, kind: str) -> None:
    title = f"{kind}PRIVATE {'KEY'}-----"
    text = f"hostname a\n-----BEGIN {title}\nZq1\nZq2==\n-----END {title}\nhostname b\n"
    hidden = platform(name).redact(text)
    assert "Zq" not in hidden
    assert hidden.startswith("hostname a\n")
    assert hidden.endswith("hostname b\n")


@pytest.mark.parametrize("name", sorted(WORDS))
def test_the_makers_own_words_may_be_named_to_take_them_away(name: str) -> None:
    known = platform(name)
    assert not known.has_plain_secret("no snmp-server community public\n")
    assert known.has_plain_secret("snmp-server community public RO\n")
    assert known.has_plain_secret("no snmp-server community Zq1 RO\n")
    assert "public" not in known.redact("no snmp-server community public\n")
    assert known.mask("snmp-server community public RO") == "snmp-server community public RO"
    assert known.mask("snmp-server community Zq1 RO") == f"snmp-server community {HIDDEN} RO"


@pytest.mark.parametrize(
    ("prefix", "name", "dropped"), [("ios", "cisco_ios", True), ("eos", "arista_eos", False)]
)
def test_recorded_sessions(prefix: str, name: str, *, dropped: bool) -> None:
    """What recorded sessions of real devices say must not be shown is not shown.

    `dropped`: the record names lines that must not count as a change either.
    """
    found = sorted(RECORDED.glob(f"{prefix}#*#secret.yaml"))
    if not found:
        pytest.skip("no recorded sessions beside this repository")
    known = platform(name)
    for record in found:
        session = record.name.removesuffix("#secret.yaml")
        texts = yaml.safe_load(
            (RECORDED / f"{session}#simulation.yaml").read_text(encoding="utf-8")
        )
        text = (
            "\n".join(str(answer) for answer in texts["commands"].values())
            if "commands" in texts
            else ""
        )
        told = yaml.safe_load(record.read_text(encoding="utf-8"))
        hidden = known.redact(text)
        present = [word for word in told["fail"] if re.search(word, text)]
        assert present, record.name
        for word in present:
            assert not re.search(word, hidden), f"{record.name}: {word}"
        changes = RECORDED / f"{session}#significant_changes.yaml"
        if dropped:
            _check_changes(name, text, yaml.safe_load(changes.read_text(encoding="utf-8")))


def _check_changes(name: str, text: str, told: dict[str, list[str]]) -> None:
    kept = platform(name).normalise(text)
    for line in told["pass"]:
        assert platform(name).normalise(line).strip() == line.strip()
    for line in told["fail"]:
        assert line in text
        assert line not in kept
