"""The same verdicts and the same mending by the peers' libraries, beside ours, in one run."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from bench.configurations import Configurations, a_days_work
from bench.report import say
from controller.configuration.comparing import compare
from controller.configuration.lines import count_lines, read_lines
from controller.configuration.mending import mend
from controller.configuration.sections import beginning
from controller.platforms.grammars import grammar
from controller.platforms.manner import manner

T = TypeVar("T")
Pair: TypeAlias = "tuple[str, str]"
"""A configuration as wanted, and as it is."""

PLATFORM = "cisco_ios"
# Features as netutils knows them: a name, and how its outermost lines begin.
FEATURES = (
        "aaa", "access-list", "archive", "banner", "boot", "call-home", "class-map", "clock",
        "control-plane", "crypto", "dot1x", "enable", "errdisable", "event", "file", "flow",
        "hostname", "interface Vlan", "interface GigabitEthernet0/", "interface GigabitEthernet1/",
        "interface Loopback", "ip access-list", "ip arp", "ip cef", "ip default-gateway", "ip dhcp",
        "ip domain", "ip forward-protocol", "ip http", "ip name-server", "ip prefix-list",
        "ip route", "ip scp", "ip ssh", "ip tacacs", "ipv6", "key chain", "license", "line",
        "lldp", "logging", "mac", "monitor", "ntp", "policy-map", "port-channel", "power",
        "radius", "redundancy",
        "route-map", "router", "sdm", "service", "snmp-server", "spanning-tree", "tacacs",
        "track", "username", "version", "vlan", "vtp",
)  # fmt: skip


def compare_with_peers(count: int) -> None:
    """Print what so many configurations cost by each way."""
    made = Configurations(PLATFORM)
    drawn = [(made.text(n), a_days_work(made.text(n), n, 5)) for n in range(count)]
    pairs = [pair for pair in drawn if all(map(_read_by_peers, pair))]
    say(f"netutils or hier_config cannot read {len(drawn) - len(pairs)} of {count}: left out")
    _verdicts(pairs)
    _mending(pairs)


def _verdicts(pairs: Sequence[Pair]) -> None:
    from netutils.config import compliance

    rules = grammar(PLATFORM)
    features: list[dict[str, str | bool | list[str]]] = [
        {"name": f, "ordered": False, "section": [f]} for f in FEATURES
    ]

    def by_us() -> list[bool]:
        told = []
        for wanted, actual in pairs:
            left, right = read_lines(wanted, rules), read_lines(actual, rules)
            for feature in FEATURES:
                found = compare(beginning(left, [feature]), beginning(right, [feature]))
                told.append(not found.missing and not found.extra)
        return told

    def by_netutils() -> list[bool]:
        told = []
        for wanted, actual in pairs:
            found = compliance.compliance(features, actual, wanted, PLATFORM, "string")
            told += [bool(found[feature]["compliant"]) for feature in FEATURES]
        return told

    ours, our_seconds = _timed(by_us)
    theirs, their_seconds = _timed(by_netutils)
    differ = sum(a != b for a, b in zip(ours, theirs, strict=True))
    say(f"\n{len(pairs)} configurations × {len(FEATURES)} features, wanted beside actual\n")
    say("| way | CPU ms a configuration | Khaen = 1 | fail | verdicts unlike ours |")
    say("|---|---|---|---|---|")
    _row("Khaen", our_seconds, our_seconds, len(pairs), f"{ours.count(False)} |")
    told = f"{theirs.count(False)} | {differ} of {len(ours)}"
    _row("netutils.config.compliance", their_seconds, our_seconds, len(pairs), told)


def _read_by_peers(text: str) -> bool:
    from hier_config import Platform, get_hconfig
    from hier_config.exceptions import DuplicateChildError
    from netutils.config.parser import IOSConfigParser

    try:
        IOSConfigParser(text)
        get_hconfig(Platform.CISCO_IOS, text)
    except (IndexError, ValueError, DuplicateChildError):
        # A line twice in a section, a banner without an end.
        return False
    return True


def _mending(pairs: Sequence[Pair]) -> None:
    from hier_config import Platform, WorkflowRemediation, get_hconfig

    rules, how = grammar(PLATFORM), manner(PLATFORM)

    def by_us() -> list[int]:
        return [
            count_lines(mend(read_lines(actual, rules), read_lines(wanted, rules), how))
            for wanted, actual in pairs
        ]

    def by_hier_config() -> list[int]:
        told = []
        for wanted, actual in pairs:
            sides = (get_hconfig(Platform.CISCO_IOS, text) for text in (actual, wanted))
            mended = WorkflowRemediation(*sides).remediation_config
            told.append(sum(1 for _ in mended.all_children()))
        return told

    ours, our_seconds = _timed(by_us)
    theirs, their_seconds = _timed(by_hier_config)
    say(f"\n{len(pairs)} configurations mended\n")
    say("| way | CPU ms a configuration | Khaen = 1 | lines to type |\n|---|---|---|---|")
    _row("Khaen", our_seconds, our_seconds, len(pairs), str(sum(ours)))
    _row("hier_config", their_seconds, our_seconds, len(pairs), str(sum(theirs)))


def _row(name: str, seconds: float, ours: float, count: int, more: str) -> None:
    say(f"| {name} | {1000 * seconds / count:.1f} | {seconds / ours:.1f} | {more} |")


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    return work(), time.process_time() - start
