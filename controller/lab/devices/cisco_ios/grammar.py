"""The configuration language of a Cisco IOS access switch, as far as the lab speaks it."""

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
    "fa": "FastEthernet",
    "gi": "GigabitEthernet",
    "te": "TenGigabitEthernet",
    "po": "Port-channel",
    "vl": "Vlan",
    "lo": "Loopback",
    "do": "Dot11Radio",
    "bv": "BVI",
}
BANNER = re.compile(r"\s*banner (\w+) (\^C|\x03|\S)(.*)", re.DOTALL)
BANNER_END = "^C"

_IP_GLOBAL = one_of(
    *("default-gateway", "domain-name", "domain-lookup", "name-server", "http", "ssh", "scp"),
    *("route", "routing", "access-list", "dhcp", "igmp", "arp", "tftp", "forward-protocol", "cef"),
    *("device", "classless", "subnet-zero", "radius", "tacacs", "host", "source-route", "finger"),
    *("prefix-list", "multicast-routing", "sla", "nat", "admission", "verify"),
)
_IP_INTERFACE = (
    rf"(?:address (?:{ADDRESS} {ADDRESS}(?: secondary)?|dhcp)"
    r"|(?:helper-address|access-group|igmp|arp|verify|mtu|ospf|source)\s.*"
    r"|dhcp (?:snooping (?:trust|limit .+)|relay .+|client .+)"
    r"|proxy-arp|redirects|unreachables|directed-broadcast|route-cache)"
)
_SWITCHPORT = (
    rf"(?:mode (?:access|trunk|dynamic auto|dynamic desirable)|access vlan {VLAN}"
    rf"|voice vlan (?:{VLAN}|none)|trunk native vlan {VLAN}|trunk encapsulation dot1q"
    rf"|trunk allowed vlan (?:(?:add |remove |except )?{VLANS}|all|none)"
    r"|nonegotiate|protected|block (?:unicast|multicast)|port-security(?:\s.*)?)?"
)

ACCEPTED = {
    GLOBAL: table(
        {
            "version": r"\S+",
            "hostname": r"[A-Za-z][\w.-]{0,62}",
            "boot": r".+",
            "service": one_of(
                *("timestamps", "password-encryption", "pad", "tcp-keepalives-in"),
                *("tcp-keepalives-out", "dhcp", "sequence-numbers", "call-home", "config"),
                *("unsupported-transceiver", "compress-config", "nagle"),
            ),
            "logging": one_of(
                *(
                    "host",
                    "buffered",
                    "trap",
                    "console",
                    "monitor",
                    "facility",
                    "on",
                    "discriminator",
                ),
                *("source-interface", "origin-id", "userinfo", "rate-limit", "synchronous"),
                ADDRESS,
            ),
            "enable": one_of("secret", "password"),
            "username": r"\S+ .+",
            "aaa": one_of(
                "new-model", "authentication", "authorization", "accounting", "session-id", "group"
            ),
            "clock": one_of("timezone", "summer-time"),
            "vtp": one_of("mode", "domain", "version", "password"),
            "ip": _IP_GLOBAL,
            "ipv6": one_of("unicast-routing", "route", "nd", "access-list", "host"),
            "file": r"prompt (?:quiet|alert|noisy)",
            "errdisable": one_of("recovery", "detect"),
            "spanning-tree": one_of(
                *(
                    "mode",
                    "extend",
                    "pathcost",
                    "loopguard",
                    "backbonefast",
                    "uplinkfast",
                    "logging",
                ),
                *("mst", "vlan", "portfast", "etherchannel"),
            ),
            "lldp": one_of("run", "timer", "holdtime", "reinit", "tlv-select"),
            "cdp": one_of("run", "timer", "holdtime", "advertise-v2"),
            "udld": one_of("enable", "aggressive", "message"),
            "snmp-server": one_of(
                *("community", "location", "contact", "host", "enable", "group", "user", "view"),
                *("trap-source", "ifindex", "chassis-id", "engineID", "source-interface"),
            ),
            "radius-server": r".+",
            "tacacs-server": r".+",
            "access-list": r"\d+ (?:permit|deny|remark) .+",
            "banner": r"(?:motd|login|exec|incoming) \^C\n.*",
            "ntp": one_of(
                *("server", "source", "peer", "authenticate", "authentication-key", "trusted-key"),
                *("access-group", "logging", "update-calendar", "master"),
            ),
            "crypto": r".+",
            "key": r".+",
            "mac": one_of("address-table", "access-list"),
            "monitor": r"session .+",
            "mls": r".+",
            "qos": r".+",
            "dot1x": one_of("system-auth-control", "critical"),
            "port-channel": r"load-balance \S+",
            "system": r".+",
            "alias": r".+",
            "privilege": r".+",
            "login": one_of("block-for", "delay", "on-failure", "on-success", "quiet-mode"),
            "default": r".+",
            "vstack": r"",
            "transceiver": r".+",
            "network-clock": r".+",
        }
    ),
    "interface": table(
        {
            "description": r".{1,240}",
            "switchport": _SWITCHPORT,
            "ip": _IP_INTERFACE,
            "ipv6": one_of("address", "enable", "nd", "traffic-filter"),
            "shutdown": r"",
            "speed": r"(?:10|100|1000|auto|nonegotiate)",
            "duplex": r"(?:auto|full|half)",
            "mtu": r"\d{3,4}",
            "bandwidth": r"\d+",
            "delay": r"\d+",
            "power": r"inline .+",
            "spanning-tree": (
                r"(?:portfast(?: (?:edge|network|trunk|disable)(?: trunk)?)?"
                r"|bpduguard (?:enable|disable)|bpdufilter (?:enable|disable)"
                r"|guard (?:root|loop|none)|link-type \S+|(?:cost|port-priority) \d+"
                r"|vlan \S+ (?:cost|port-priority) \d+)"
            ),
            "storm-control": (
                r"(?:(?:broadcast|multicast|unicast) level .+|action (?:shutdown|trap))"
            ),
            "channel-group": r"\d+ mode (?:on|active|passive|auto|desirable)",
            "channel-protocol": r"(?:lacp|pagp)",
            "lldp": r"(?:transmit|receive|med-tlv-select .+)",
            "cdp": r"enable",
            "udld": r"port(?: \S+)?",
            "logging": r"event \S+(?: \S+)?",
            "snmp": r"(?:trap|ifindex) .+",
            "load-interval": r"\d+",
            "keepalive": r"(?:\d+)?",
            "authentication": r".+",
            "dot1x": r".+",
            "mab": r"(?:eap)?",
            "mls": r"qos .+",
            "srr-queue": r".+",
            "priority-queue": r"out",
            "service-policy": r"(?:input|output) \S+",
            "negotiation": r"auto",
            "media-type": r"\S+",
            "carrier-delay": r".+",
            "flowcontrol": r"\S+ \S+",
            "encapsulation": r".+",
            "device-tracking": r".+",
            "bridge-group": r"\d{1,3}(?: .+)?",
            "encryption": r"(?:vlan \d+ )?mode ciphers .+",
            "ssid": r"\S{1,32}",
            "station-role": r".+",
            "channel": r".+",
        }
    ),
    "dot11": table(
        {
            "vlan": VLAN,
            "authentication": r".+",
            "guest-mode": r"",
            "mbssid": r"guest-mode.*",
            "wpa-psk": r"ascii .+",
            "max-associations": r"\d+",
        }
    ),
    "vlan": table({"name": r"\S{1,32}", "state": r"(?:active|suspend)", "remote-span": r""}),
    "line": table(
        {
            "login": r"(?:local|authentication \S+)?",
            "password": r".+",
            "transport": (
                r"(?:input|output|preferred) (?:all|none|ssh|telnet|telnet ssh|ssh telnet)"
            ),
            "exec-timeout": r"\d+(?: \d+)?",
            "session-timeout": r"\d+",
            "privilege": r"level \d+",
            "access-class": r"\S+ (?:in|out)(?: vrf-also)?",
            "logging": r"synchronous(?: .+)?",
            "length": r"\d+",
            "width": r"\d+",
            "history": r"size \d+",
            "stopbits": r"\d",
            "speed": r"\d+",
            "authorization": r".+",
            "accounting": r".+",
            "exec": r"(?:prompt .+)?",
            "motd-banner": r"",
        }
    ),
    "archive": table(
        {
            "path": r"\S+",
            "maximum": r"\d+",
            "write-memory": r"",
            "time-period": r"\d+",
            "log": r"config",
            "rollback": r".+",
        }
    ),
    "ip": table(dict.fromkeys(("permit", "deny", "remark"), r".+")),
    "radius": table({"address": r".+", "key": r".+", "timeout": r"\d+", "retransmit": r"\d+"}),
    "tacacs": table({"address": r".+", "key": r".+", "timeout": r"\d+"}),
    "router": table(
        {
            **dict.fromkeys(("network", "redistribute", "passive-interface", "neighbor"), r".+"),
            **dict.fromkeys(("router-id", "default-information", "version"), r".+"),
            "auto-summary": r"",
        }
    ),
}

SECTIONS = re.compile(
    r"(interface |vlan \d|line |archive$|ip access-list |radius server |tacacs server |router "
    r"|dot11 ssid )"
)
ACCEPTED[GLOBAL] = {
    **ACCEPTED[GLOBAL],
    **table(
        dict.fromkeys(("interface", "vlan", "line", "router", "radius", "tacacs", "dot11"), r"(?!)")
    ),
    **table({"archive": r""}),
}

SINGLE = re.compile(
    r"(?:version|hostname|description|name|state|switchport (?:mode|access vlan|voice vlan|trunk "
    r"(?:native vlan|allowed vlan|encapsulation))|ip address(?! .* secondary)|ip default-gateway"
    r"|speed|duplex|mtu|bandwidth|delay|load-interval|channel-group|snmp-server (?:location|contact"
    r"|trap-source|community \S+)|enable (?:secret|password)|exec-timeout|session-timeout"
    r"|ip domain-name|ip ssh (?:version|time-out|authentication-retries)|vtp (?:mode|domain)"
    r"|spanning-tree (?:mode|portfast(?! (?:bpduguard|bpdufilter|default|edge b))"
    r"|bpduguard|bpdufilter|guard|cost|port-priority|vlan \S+ priority)|password"
    r"|login(?! (?:block-for|delay|on-failure|on-success|quiet-mode))"
    r"|privilege level|clock (?:timezone|summer-time)|path|maximum|time-period|banner \w+"
    r"|username \S+|ntp source|logging (?:buffered|trap|console|monitor|facility|source-interface)"
    r"|transport (?:input|output|preferred)|length|width|history size|router-id"
    r"|service timestamps (?:log|debug)|storm-control (?:broadcast|multicast|unicast) level"
    r"|file prompt|power inline|encapsulation|bridge-group|vlan|snmp-server user \S+)(?=\s|$)"
)
NEGATIVES = re.compile(
    r"\|(?:service pad|ip domain-lookup|ip http (?:server|secure-server)|ip source-route|vstack"
    r"|cdp run|ip routing|ip dhcp snooping information option)"
    r"|(?:interface\|(?:cdp enable|lldp transmit|lldp receive|keepalive"
    r"|ip proxy-arp))"
)
SILENT = re.compile(
    r"\|(?:service pad|ip domain-lookup|ip source-route|cdp run|vstack|no ip routing"
    r"|ip dhcp snooping information option)"
    r"|interface\|(?:cdp enable|lldp transmit|lldp receive|keepalive|ip proxy-arp|switchport"
    r"|no switchport|no ip address|switchport access vlan 1|switchport trunk native vlan 1"
    r"|speed auto|duplex auto|switchport trunk allowed vlan (?:all|1-4094)|mtu 1500"
    r"|power inline auto)|\|file prompt alert|vlan\|state active|line\|exec-timeout 10(?: 0)?"
)
_TOP_ORDER = (
    *("version ", "(no )?service ", "hostname ", "boot ", "file ", "logging (?!host)", "enable "),
    *(
        "username ",
        "aaa ",
        "clock ",
        "system ",
        "vtp ",
        "errdisable ",
        "(no )?ip routing",
        "ip dhcp ",
    ),
    *("ip domain", "(no )?ip name", "archive$", "spanning-tree ", "vlan ", "lldp ", "(no )?cdp "),
    *("dot11 ", "interface Loopback", "interface Port-channel", "interface FastEthernet"),
    "interface Dot11Radio",
    *("interface GigabitEthernet", "interface TenGigabitEthernet", "interface Vlan", "router "),
    *("ip default-gateway", "(no )?ip http", "(no )?ip route", "ip ssh", "ip scp"),
    *("ip access-list", "(no )?ip ", "access-list ", "logging host", "snmp-server ", "radius"),
    *("tacacs", "banner ", "line con", "line vty", "ntp "),
)
_INTERFACE_ORDER = (
    *(
        "description",
        "encapsulation",
        "switchport access",
        "switchport trunk",
        "switchport mode",
        "switchport",
    ),
    *("(no )?ip address", "ip ", "shutdown", "speed", "duplex", "storm-control", "spanning-tree"),
)
_LINE_ORDER = ("exec-timeout", "password", "logging", "login", "transport")


def _patterns(words: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(word) for word in words)


def _canonical(kind: str, raw: str) -> str:
    if kind == GLOBAL and raw.startswith("banner "):
        return _canonical_banner(raw)
    line = " ".join(raw.split())
    if kind == GLOBAL:
        return _canonical_global(line)
    return {"shut": "shutdown", "no shut": "no shutdown"}.get(line, line)


def _canonical_global(line: str) -> str:
    line = re.sub(r"^int ", "interface ", line)
    if line.startswith("interface ") and not re.search(r"[,]|range|\d-", line):
        name = full_interface(line.removeprefix("interface ").strip(), FAMILIES)
        return f"interface {name}" if name else line
    line = re.sub(r"^((?:no )?ip) domain (name|lookup)", r"\1 domain-\2", line)
    line = re.sub(rf"^logging ({ADDRESS})$", r"logging host \1", line)
    if line.startswith("snmp-server community "):
        return re.sub(r" (ro|rw)\b", lambda match: match[0].upper(), line, count=1)
    return re.sub(
        r"^((?:username \S+(?: privilege \d+)?|enable) secret) (?:0 )?(?!\d )(\S+)$", _hashed, line
    )


def _hashed(match: re.Match[str]) -> str:
    """A plain secret is kept only as a hash (without salt: the lab's output is reproducible)."""
    digest = hashlib.sha256(match[2].encode()).hexdigest()
    return f"{match[1]} 9 $9$lab${digest[:43]}"


def _canonical_banner(raw: str) -> str:
    match = BANNER.fullmatch(raw)
    if match is None or not match[3]:
        return raw
    text = match[3].split(match[2], 1)[0].strip("\r\n")
    return f"banner {match[1]} {BANNER_END}\n{text}\n{BANNER_END}"


def _expand(line: str) -> tuple[str, ...]:
    if line.startswith("interface "):
        return interface_range(line, FAMILIES)
    return vlan_sections(line) if line.startswith("vlan ") else (line,)


def statements(text: str) -> Iterator[str]:
    """The lines of a file; a banner over several lines is one statement."""
    lines = iter(text.splitlines())
    for line in lines:
        match = BANNER.fullmatch(line)
        if match is None or match[2] in match[3]:
            yield line
            continue
        collected = [line.strip()]
        for following in lines:
            collected.append(following)
            if match[2] in following:
                break
        yield "\n".join(collected)


DIALECT = Dialect(
    platform="cisco_ios",
    indent=1,
    accepted=ACCEPTED,
    sections=SECTIONS,
    single=SINGLE,
    negatives=NEGATIVES,
    silent=SILENT,
    ordered=re.compile(r"ip access-list "),
    ranks={
        GLOBAL: _patterns(_TOP_ORDER),
        "interface": _patterns(_INTERFACE_ORDER),
        "line": _patterns(_LINE_ORDER),
    },
    physical=re.compile(r"(?:Fast|Gigabit|TenGigabit)Ethernet|Dot11Radio"),
    parted=re.compile(r"Dot11Radio"),
    hidden=re.compile(r"snmp-server user "),
    canonical=_canonical,
    expand=_expand,
    statements=statements,
)
