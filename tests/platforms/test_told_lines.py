"""Who configured a device and from where, by the lines of syslog it writes."""

from __future__ import annotations

import pytest

from controller.platforms.told_lines import Told, told_change

LINES = [
    (
        "cisco_ios",
        (
            "<189>41: *Nov 27 03:14:15.926: %SYS-5-CONFIG_I: Configured from console "
            "by noc on vty0 (10.9.8.7)"
        ),
        Told("noc", "10.9.8.7"),
    ),
    (
        "cisco_iosxe",
        "<189>41: sw01: %SYS-5-CONFIG_I: Configured from console by vty1 (10.9.8.7)",
        Told("", "10.9.8.7"),
    ),
    (
        "cisco_ios",
        "<189>7: %SYS-5-CONFIG_I: Configured from console by console",
        Told("console", ""),
    ),
    (
        "arista_eos",
        (
            "<189>Nov 27 03:14:15 sw02 ConfigAgent: %SYS-5-CONFIG_I: Configured from console "
            "by noc on vty5 (10.9.8.7)"
        ),
        Told("noc", "10.9.8.7"),
    ),
    (
        "cisco_nxos",
        (
            "<189>: 2026 Nov 27 03:14:15 UTC: %VSHD-5-VSHD_SYSLOG_CONFIG_I: Configured from vty "
            "by noc on 10.9.8.7@pts/0"
        ),
        Told("noc", "10.9.8.7"),
    ),
    (
        "cisco_iosxr",
        (
            "<189>1: RP/0/0/CPU0:Nov 27 03:14:15: config[65710]: %MGBL-CONFIG-6-DB_COMMIT : "
            "Configuration committed by user 'noc'. Use 'show configuration commit changes'"
        ),
        Told("noc", ""),
    ),
    (
        "juniper_junos",
        (
            "<190>1 2026-11-27T03:14:15.926+07:00 sw03 mgd 4163 UI_COMMIT - UI_COMMIT: User 'noc' "
            "requested 'commit' operation (comment: none)"
        ),
        Told("noc", ""),
    ),
    (
        "hp_comware",
        (
            "<189>Nov 27 03:14:15 2026 sw04 %%10CFGMAN/5/CFGMAN_CFGCHANGED: -EventIndex=6; "
            "Configuration changed."
        ),
        Told(),
    ),
    (
        "cisco_asa",
        "<165>%ASA-5-111010: User 'noc', running 'CLI' from IP 10.9.8.7, executed 'hostname fw'",
        Told("noc", "10.9.8.7"),
    ),
    (
        "fortinet_fortios",
        (
            '<189>date=2026-11-27 logid="0100044547" logdesc="Object attribute configured" '
            'level="information" user="noc" ui="GUI(10.9.8.7)" action="Edit"'
        ),
        Told("noc", "10.9.8.7"),
    ),
    (
        "mikrotik_routeros",
        "<30>system,info filter rule changed by winbox-3.41:noc@10.9.8.7/terminal",
        Told("noc", "10.9.8.7"),
    ),
]


@pytest.mark.parametrize(("platform", "line", "told"), LINES)
def test_a_line_tells_who_and_from_where(platform: str, line: str, told: Told) -> None:
    assert told_change(platform, line.encode()) == told


@pytest.mark.parametrize("platform", sorted({platform for platform, _, _ in LINES}))
@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"<189>",
        b"\xff\xfe\x00",
        b"<189>1: %LINK-3-UPDOWN: Interface Gi0/1, changed state to up",
        b"<190>1 2026-11-27T03:14:15Z sw03 sshd 1 - - Accepted password for noc from 10.9.8.7",
        b"x" * 70_000,
    ],
)
def test_other_lines_tell_nothing(platform: str, line: bytes) -> None:
    assert told_change(platform, line) is None


def test_of_a_platform_nobody_described_nothing_is_told() -> None:
    assert told_change("cyberpower", LINES[0][1].encode()) is None
