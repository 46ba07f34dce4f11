"""Ports and power of a device, read over SNMP from what every maker's agent may have.

A port's speed is the greatest of what its link runs at, what its name says and what its row in
ENTITY-MIB says; its plug is what MAU-MIB says, else those words. What nobody tells stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from controller.facts.answers import Answers, Request, as_number, as_text
from controller.facts.hardware import Hardware, Medium, PortFact

_TYPE, _DESCRIPTION = "1.3.6.1.2.1.2.2.1.3", "1.3.6.1.2.1.2.2.1.2"
_NAME, _SPEED, _CONNECTOR = (f"1.3.6.1.2.1.31.1.1.1.{column}" for column in (1, 15, 17))
_JACK = "1.3.6.1.2.1.26.2.2.1.2"  # ifJackType, RFC 4836
_PHYSICAL_CLASS, _PHYSICAL_WORDS = "1.3.6.1.2.1.47.1.1.1.1.5", "1.3.6.1.2.1.47.1.1.1.1.2"
_ALIAS = "1.3.6.1.2.1.47.1.3.2.1.2"  # entAliasMappingIdentifier, RFC 6933
_POE_PORT, _POE_WATTS = "1.3.6.1.2.1.105.1.1.1.3", "1.3.6.1.2.1.105.1.3.1.1.2"

_ETHERNET = {6, 62, 69, 117}
_RJ45, _PORT_CLASS, _NO_CONNECTOR = 2, 10, 2
_FIBRE = {4, 5, 6, 7, 12, 13, 14}
_NOT_A_PORT = re.compile(
    r"^(?:br|vlan|vl|wlan|wifi|wl|ath|ra|lo|bond|team|tun|tap|dummy|sit|docker|veth|port-?channel|po"
    r"|trk|lag|ae|agg|bridge|null|irb|vme|cpu|inband|switch\b)[-\s]?\d*|\.\d+$",
    re.IGNORECASE,
)
_MANAGEMENT = re.compile(r"^(?:mgmt|management|ma\d|oob|fxp0|em0|me0|meth|outband)", re.IGNORECASE)
_SPEEDS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (mbps, re.compile(words, re.IGNORECASE))
    for mbps, words in (
        (100_000, r"hundred-?gig|\b100g"),
        (40_000, r"fo(?:rty|ur)-?gig|\b40g"),
        (25_000, r"twenty-?five-?gig|\b25g"),
        (10_000, r"ten-?gig|^xgigabit|^te\d|^xe-|^xge|\b10g|\b10000(?:base|mbps|\b)"),
        (5_000, r"^five-?gig|\b5g(?:b|e|$|\W)|\b5000(?:base|\b)"),
        (2_500, r"two(?:point)?five-?gig|2\.5\s?g|\b2500(?:base|\b)"),
        (1_000, r"^gigabit|^gi\d|^ge[-\d]|10/100/1000|\b1000(?:base|\b)|\bgigabit"),
        (100, r"^fast|^fa\d|10/100\b|\b100base"),
    )
)
_SFP = re.compile(
    r"\bx?[qs]?sfp\d*\b|base-?(?:x|sx|lx|lr|sr|zx|er)\b|\bfib(?:er|re)\b", re.IGNORECASE
)
_COPPER = re.compile(r"\brj-?45\b|base-?tx?\b|\bcopper\b", re.IGNORECASE)


def hardware_request() -> Request:
    """What is asked for `read_hardware`."""
    return Request(
        columns=(
            _TYPE, _DESCRIPTION, _NAME, _SPEED, _CONNECTOR, _JACK, _PHYSICAL_CLASS,
            _PHYSICAL_WORDS, _ALIAS, _POE_PORT, _POE_WATTS,
        )
    )  # fmt: skip


def read_hardware(answers: Answers) -> Hardware:
    """The ports and the power, as far as the device has told."""
    powering = answers.column(_POE_PORT)
    watts = [w for value in answers.column(_POE_WATTS).values() if (w := as_number(value))]
    return Hardware(
        ports=tuple(_ports(answers)),
        poe_ports=len(powering) if powering and _POE_PORT not in answers.partial else None,
        poe_watts=sum(watts) if watts and _POE_WATTS not in answers.partial else None,
    )


def read_interfaces(interfaces: Mapping[str, Mapping[str, Any]]) -> Hardware:
    """The ports among NAPALM's interfaces, by their names and the speed (Mbit/s) they run at."""
    ports = []
    for name, told in interfaces.items():
        if _NOT_A_PORT.search(name) or _MANAGEMENT.match(name):
            continue
        speed = as_number(told.get("speed")) or 0
        ports.append(PortFact(name, max(0, int(speed), _speed(name)), _medium(name)))
    return Hardware(tuple(ports))


def _ports(answers: Answers) -> Iterator[PortFact]:
    words, jacks = _physical_words(answers), _jacks(answers)
    for index, kind in answers.column(_TYPE).items():
        if as_number(kind) not in _ETHERNET:
            continue
        if as_number(answers.column(_CONNECTOR).get(index)) == _NO_CONNECTOR:
            continue
        told = as_text(answers.column(_DESCRIPTION).get(index))
        name = as_text(answers.column(_NAME).get(index)) or told
        if _NOT_A_PORT.search(name) or any(_MANAGEMENT.match(word) for word in (name, told)):
            continue
        said = (told, name, words.get(index, ""))
        speed = as_number(answers.column(_SPEED).get(index)) or 0
        mbps = max(int(speed), *(_speed(word) for word in said))
        yield PortFact(name, mbps, jacks.get(index) or _medium(" ".join(said)))


def _speed(words: str) -> int:
    return next((mbps for mbps, pattern in _SPEEDS if pattern.search(words)), 0)


def _medium(words: str) -> Medium:
    sfp, copper = _SFP.search(words) is not None, _COPPER.search(words) is not None
    # A port that may be either (a combo port) is not counted as one of them.
    return "" if sfp == copper else "sfp" if sfp else "copper"


def _jacks(answers: Answers) -> dict[str, Medium]:
    """ifIndex -> plug, of ports with one kind of plug only."""
    found: dict[str, set[Medium]] = {}
    for index, value in answers.column(_JACK).items():
        jack = as_number(value)
        medium: Medium = "copper" if jack == _RJ45 else "sfp" if jack in _FIBRE else ""
        found.setdefault(index.split(".")[0], set()).add(medium)
    return {index: media.pop() for index, media in found.items() if len(media) == 1}


def _physical_words(answers: Answers) -> dict[str, str]:
    """ifIndex -> what ENTITY-MIB calls the port."""
    kinds, words = answers.column(_PHYSICAL_CLASS), answers.column(_PHYSICAL_WORDS)
    return {
        as_text(pointer).rsplit(".", 1)[-1]: as_text(words.get(index.split(".")[0]))
        for index, pointer in answers.column(_ALIAS).items()
        if as_number(kinds.get(index.split(".")[0])) == _PORT_CLASS
    }
