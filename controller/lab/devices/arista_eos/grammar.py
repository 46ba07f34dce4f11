"""The configuration language of an Arista EOS switch, as far as the lab speaks it."""

import hashlib
import re
from collections.abc import Iterator

from controller.lab.configuration.dialect import GLOBAL, Dialect, one_of, table
from controller.lab.configuration.words import (
    ADDRESS,
    VLAN,
    VLANS,
    full_interface,
    interface_range,
    vlan_sections,
)

FAMILIES = {
    "et": "Ethernet",
    "ma": "Management",
    "po": "Port-Channel",
    "vl": "Vlan",
    "lo": "Loopback",
}
BANNER = re.compile(r"\s*banner (motd|login)\s*")
BANNER_END = "EOF"

_SWITCHPORT = (
    rf"(?:mode (?:access|trunk|dot1q-tunnel)|access vlan {VLAN}|trunk native vlan {VLAN}"
    rf"|trunk allowed vlan (?:(?:add |remove |except )?{VLANS}|all|none)"
    r"|phone .+|trunk group \S+|port-security(?:\s.*)?)?"
)

ACCEPTED = {
    GLOBAL: {
        **table(
            {
                "hostname": r"[A-Za-z][\w.-]{0,62}",
                "transceiver": r".+",
                "service": r".+",
                "logging": one_of(
                    *("host", "buffered", "trap", "console", "monitor", "facility", "on"),
                    *("source-interface", "format", "level", "synchronous", "vrf"),
                ),
                "enable": one_of("password", "secret"),
                "username": r"\S+ .+",
                "aaa": one_of("authentication", "authorization", "accounting", "group", "root"),
                "clock": one_of("timezone", "source"),
                "dns": r"domain \S+",
                "ip": one_of(
                    *("name-server", "route", "routing", "domain-name", "domain", "access-list"),
                    *("igmp", "virtual-router", "radius", "tacacs", "http", "ssh", "dhcp", "ftp"),
                    *("host", "prefix-list", "domain-lookup"),
                ),
                "ipv6": one_of("unicast-routing", "route"),
                "errdisable": one_of("recovery", "detect"),
                "spanning-tree": one_of(
                    *("mode", "mst", "priority", "vlan-id", "edge-port", "bpduguard", "portfast"),
                    *("root", "hello-time", "forward-time", "max-age", "loopguard"),
                ),
                "lldp": one_of("run", "timer", "hold-time", "reinit", "management-address"),
                "snmp-server": one_of(
                    *("community", "location", "contact", "host", "enable", "group", "user"),
                    *("view", "local-interface", "engineID", "vrf", "chassis-id"),
                ),
                "snmp": r".+",
                "radius-server": r".+",
                "tacacs-server": r".+",
                "banner": r"(?:motd|login)\n.*",
                "ntp": one_of(
                    *("server", "local-interface", "authenticate", "authentication-key"),
                    *("trusted-key", "serve"),
                ),
                "queue-monitor": r".+",
                "agent": r".+",
                "daemon": r".+",
                "qos": r".+",
                "mac": r"address-table .+",
                "switchport": r"default mode \S+",
                "default": r".+",
                "terminal": r".+",
                "system": r".+",
                "alias": r".+",
                "hardware": r".+",
                "platform": r".+",
            }
        ),
        **table(dict.fromkeys(("interface", "vlan", "router", "management"), r"(?!)")),
    },
    "interface": table(
        {
            "description": r".{1,240}",
            "switchport": _SWITCHPORT,
            "ip": (
                rf"(?:address (?:{ADDRESS}/\d{{1,2}}(?: secondary)?|dhcp)"
                r"|(?:access-group|helper-address|igmp|virtual-router|proxy-arp|verify)(?:\s.*)?)"
            ),
            "ipv6": one_of("address", "enable", "nd"),
            "shutdown": r"",
            "speed": r".+",
            "mtu": r"\d{2,5}",
            "spanning-tree": (
                r"(?:portfast(?: (?:edge|network|auto))?|bpduguard (?:enable|disable)"
                r"|bpdufilter (?:enable|disable)|guard (?:root|loop|none)|link-type \S+"
                r"|(?:cost|port-priority) \d+)"
            ),
            "storm-control": r"(?:broadcast|multicast|all|unknown-unicast) level .+",
            "channel-group": r"\d+ mode (?:on|active|passive)",
            "lldp": r"(?:transmit|receive)",
            "logging": r"event .+",
            "snmp": r"trap .+",
            "load-interval": r"\d+",
            "flowcontrol": r".+",
            "qos": r".+",
            "mac": r".+",
            "poe": r"(?:.+)?",
            "dot1x": r".+",
            "service-policy": r".+",
            "vrf": r"\S+",
            "lacp": r".+",
            "error-correction": r".+",
        }
    ),
    "vlan": table({"name": r"\S{1,32}", "state": r"(?:active|suspend)", "trunk": r"group \S+"}),
    "management": table(
        {
            "shutdown": r"",
            "protocol": r".+",
            "idle-timeout": r"\d+",
            "authentication": r".+",
            "connection": r".+",
            "server": r".+",
            "cipher": r".+",
            "key-exchange": r".+",
            "mac": r".+",
            "session": r".+",
            "password": r".+",
            "transport": r".+",
            "login": r".+",
        }
    ),
    "ip": table({**dict.fromkeys(("permit", "deny", "remark"), r".+"), "counters": r".+"}),
    "router": table(
        {
            **dict.fromkeys(("network", "redistribute", "passive-interface", "neighbor"), r".+"),
            **dict.fromkeys(("router-id", "max-lsa", "maximum-paths"), r".+"),
        }
    ),
}
SECTIONS = re.compile(
    r"(interface |vlan \d|ip access-list |router "
    r"|management (?:api \S+|ssh|telnet|console|security))"
)
SINGLE = re.compile(
    r"(?:hostname|description|name|state|switchport (?:mode|access vlan|trunk (?:native vlan"
    r"|allowed vlan))|ip address(?! .* secondary)|speed|mtu|load-interval|channel-group"
    r"|snmp-server (?:location|contact|community \S+|user \S+)"
    r"|spanning-tree (?:mode|portfast|bpduguard|bpdufilter|guard|cost|port-priority|priority)"
    r"|clock timezone|dns domain|banner \w+"
    r"|username \S+|logging (?:buffered|trap|console|monitor|facility)|idle-timeout|router-id"
    r"|ntp local-interface|enable password|storm-control \S+ level|switchport default mode)(?=\s|$)"
)
NEGATIVES = re.compile(
    r"\|(?:lldp run|aaa root|ip routing|ip domain-lookup)"
    r"|interface\|(?:lldp (?:transmit|receive)|switchport)|management\|shutdown"
)
SILENT = re.compile(
    r"\|lldp run|interface\|(?:lldp (?:transmit|receive)|switchport|switchport mode access"
    r"|switchport access vlan 1|switchport trunk native vlan 1|mtu 1500|spanning-tree portfast auto"
    r"|switchport trunk allowed vlan (?:all|1-4094))|management\|shutdown|vlan\|state active"
)
_TOP_ORDER = (
    *(
        "(no )?service ",
        "transceiver ",
        "queue-monitor ",
        "agent ",
        "logging ",
        "hostname ",
        "dns ",
    ),
    *("ip name-server", "(no )?ip domain", "(no )?lldp ", "ntp ", "radius-server", "tacacs-server"),
    *(
        "snmp-server ",
        "spanning-tree ",
        "errdisable ",
        "(no )?aaa ",
        "enable ",
        "username ",
        "clock ",
    ),
    *("vlan ", "interface Port-Channel", "interface Ethernet", "interface Loopback"),
    *("interface Management", "interface Vlan", "ip access-list", "mac ", "(no )?ip routing"),
    *("ip route", "(no )?ip ", "banner ", "router ", "management "),
)
_INTERFACE_ORDER = (
    *("description", "mtu", "shutdown", "speed", "switchport access", "switchport trunk"),
    *("switchport mode", "(no )?switchport", "channel-group", "ip address", "ip ", "storm-control"),
    *("spanning-tree",),
)


def _canonical(kind: str, raw: str) -> str:
    if kind == GLOBAL and raw.startswith("banner ") and "\n" in raw:
        first, _, text = raw.partition("\n")
        body = text.removesuffix(BANNER_END).rstrip("\n")
        return f"{' '.join(first.split())}\n{body}\n{BANNER_END}"
    line = " ".join(raw.split())
    if kind != GLOBAL:
        return line
    if line.startswith("interface ") and not re.search(r"[,]|\d-", line):
        name = full_interface(line.removeprefix("interface ").strip(), FAMILIES)
        return f"interface {name}" if name else line
    if line.startswith("snmp-server community "):
        return re.sub(r" (RO|RW)\b", lambda match: match[0].lower(), line, count=1)
    line = re.sub(r"^((?:no )?)ip domain-name ", r"\1dns domain ", line)
    line = re.sub(_PLAIN_SNMP_USER, _localised, line)
    plain = r"^((?:username \S+(?: privilege \d+)?(?: role \S+)?|enable) (?:secret|password)) "
    return re.sub(plain + r"(?:0 )?(?!(?:sha512|5|7|\*) )(\S+)$", _hashed, line)


_PLAIN_SNMP_USER = re.compile(r"^(snmp-server user \S+ \S+ v3) auth (\S+) (\S+) priv (\S+) (\S+)$")
_ENGINE = "f5717f001c730000ab00"


def _localised(match: re.Match[str]) -> str:
    """Passwords are kept only as keys (of one engine for all: the lab's output is reproducible)."""
    keys = [hashlib.sha1(match[n].encode(), usedforsecurity=False).hexdigest() for n in (3, 5)]
    told = f"localized {_ENGINE} auth {match[2]} {keys[0]} priv {match[4]} {keys[1][:32]}"
    return f"{match[1]} {told}"


def _hashed(match: re.Match[str]) -> str:
    """A plain secret is kept only as a hash (without salt: the lab's output is reproducible)."""
    digest = hashlib.sha512(match[2].encode()).hexdigest()
    return f"{match[1]} sha512 $6$lab${digest[:86]}"


def _expand(line: str) -> tuple[str, ...]:
    if line.startswith("interface "):
        return interface_range(line, FAMILIES)
    return vlan_sections(line) if line.startswith("vlan ") else (line,)


def statements(text: str) -> Iterator[str]:
    """The lines of a file; a banner, which ends in ``EOF``, is one statement."""
    lines = iter(text.splitlines())
    for line in lines:
        if BANNER.fullmatch(line) is None:
            yield line
            continue
        collected = [line.strip()]
        for following in lines:
            collected.append(following)
            if following.strip() == BANNER_END:
                break
        yield "\n".join(collected)


DIALECT = Dialect(
    platform="arista_eos",
    indent=3,
    accepted=ACCEPTED,
    sections=SECTIONS,
    single=SINGLE,
    negatives=NEGATIVES,
    silent=SILENT,
    ordered=re.compile(r"ip access-list "),
    ranks={
        GLOBAL: tuple(re.compile(word) for word in _TOP_ORDER),
        "interface": tuple(re.compile(word) for word in _INTERFACE_ORDER),
    },
    physical=re.compile(r"Ethernet|Management"),
    canonical=_canonical,
    expand=_expand,
    statements=statements,
)
