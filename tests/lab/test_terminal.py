"""The shell and the terminal of an IOS switch, character by character."""

import pytest

from controller.lab.devices.cisco_ios import server
from controller.lab.devices.cisco_ios.shell import Shell
from controller.lab.devices.cisco_ios.terminal import Terminal
from tests.lab.devices import Bench

assert server.TOPICS


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(Shell(Bench().ios(), "netadmin"))


def type_in(terminal: Terminal, typed: str) -> str:
    return "".join(output.text for output in terminal.feed(typed))


def test_a_line_is_echoed_answered_and_prompted_for(terminal: Terminal) -> None:
    assert terminal.greeting().text == "\r\nkkn-a-sw01#"
    assert type_in(terminal, "show privi") == "show privi"
    shown = type_in(terminal, "lege\n")
    assert shown == "lege\r\nCurrent privilege level is 15\r\nkkn-a-sw01#"


@pytest.mark.parametrize("ending", ["\n", "\r", "\r\n"])
def test_every_kind_of_line_end_is_one(terminal: Terminal, ending: str) -> None:
    assert type_in(terminal, ending) == "\r\nkkn-a-sw01#"


def test_a_rubbed_out_letter_is_gone(terminal: Terminal) -> None:
    assert type_in(terminal, "shox\x7fw") == "shox\b \bw"
    assert "Current privilege" in type_in(terminal, " privilege\n")
    assert type_in(terminal, "\x7f") == ""


def test_prompts_follow_the_mode(terminal: Terminal) -> None:
    prompts = [
        type_in(terminal, line + "\n").rsplit("\r\n", 1)[1]
        for line in (
            "configure terminal",
            "interface Vlan99",
            "vlan 10",
            "ip access-list standard NET",
            "exit",
            "exit",
            "tclsh",
            'puts [open "flash:/x" w+] {',
            "text}",
            "tclquit",
            "disable",
        )
    ]
    assert prompts == [
        "kkn-a-sw01(config)#",
        "kkn-a-sw01(config-if)#",
        "kkn-a-sw01(config-vlan)#",
        "kkn-a-sw01(config-ext-nacl)#",
        "kkn-a-sw01(config)#",
        "kkn-a-sw01#",
        "kkn-a-sw01(tcl)#",
        "+>",
        "kkn-a-sw01(tcl)#",
        "kkn-a-sw01#",
        "kkn-a-sw01>",
    ]
    assert terminal.shell.device.file("flash:/x") == "\ntext\n"


def test_control_z_leaves_the_configuration_mode(terminal: Terminal) -> None:
    type_in(terminal, "configure terminal\ninterface Vlan99\nhalf a li")
    assert type_in(terminal, "\x1a") == "^Z\r\nkkn-a-sw01#"


def test_control_c_takes_a_question_back(terminal: Terminal) -> None:
    type_in(terminal, "reload\n")
    assert type_in(terminal, "\x03") == "\r\nkkn-a-sw01#"
    type_in(terminal, "\n")
    assert terminal.shell.device.problem() is None


def test_a_password_is_not_echoed(terminal: Terminal) -> None:
    type_in(terminal, "disable\n")
    assert type_in(terminal, "enable\n").endswith("Password: ")
    assert type_in(terminal, "wrong\n") == "\r\n% Access denied\r\n\r\nkkn-a-sw01>"
    type_in(terminal, "enable\n")
    assert type_in(terminal, "lettuce\n") == "\r\n\r\nkkn-a-sw01#"


def test_long_answers_come_in_pages(terminal: Terminal) -> None:
    type_in(terminal, "terminal length 5\n")
    shown = type_in(terminal, "show running-config\n")
    assert shown.count("\r\n") == 5
    assert shown.endswith(" --More-- ")
    assert type_in(terminal, "\r").count("\r\n") == 1
    assert type_in(terminal, " ").count("\r\n") == 4
    assert type_in(terminal, "q").endswith("kkn-a-sw01#")


def test_reload_reboots_after_a_confirmation(terminal: Terminal) -> None:
    assert type_in(terminal, "reload\n").endswith("[confirm]")
    type_in(terminal, "\n")
    assert terminal.shell.device.problem() == "rebooting"


def test_a_running_shell_that_is_left_takes_nothing_more(terminal: Terminal) -> None:
    assert type_in(terminal, "exit\nshow version\n") == "exit\r\n"
    assert terminal.shell.closed


def test_lines_typed_one_by_one_are_a_commit_when_the_mode_is_left(terminal: Terminal) -> None:
    device = terminal.shell.device
    device.faults.switch("lose-management", on=True)
    type_in(terminal, "configure terminal\nfile prompt quiet\nend\n")
    type_in(terminal, "configure terminal\nvlan 40\n")
    assert device.problem() is None
    type_in(terminal, "end\n")
    assert device.problem() == "the management path was lost with the last commit"


def test_do_runs_a_command_of_the_exec_mode(terminal: Terminal) -> None:
    type_in(terminal, "configure terminal\n")
    shown = type_in(terminal, "do show privilege\n")
    assert "Current privilege level is 15" in shown
    assert shown.endswith("(config)#")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("configure replace flash:/none force", "%Error opening flash:/none"),
        ("configure replace startup-config force timer 200", "% Invalid input"),
        ("configure replace startup-config sideways", "% Invalid input"),
        ("configure confirm", "%No Rollback Confirmed Change pending"),
        ("configure revert now", "%No Rollback Confirmed Change pending"),
        ("configure terminal revert timer 0", "% Invalid input"),
        ("show archive config rollback timer", "%No Rollback Confirmed Change pending"),
        ("show archive config differences", "!No changes were found"),
        ("dir nvram:", "%Error opening nvram:"),
        ("delete /force flash:/none", "%Error deleting flash:/none"),
        ("verify /md5 flash:/none", "%Error verifying flash:/none"),
        ("show running-config | flurb x", "% Invalid input"),
        ("show running-config | include [", "% Invalid input"),
    ],
)
def test_exec_commands_that_come_to_nothing(terminal: Terminal, command: str, words: str) -> None:
    type_in(terminal, "terminal length 0\n")
    assert words in type_in(terminal, command + "\n")


def test_a_replace_without_force_asks_first(terminal: Terminal) -> None:
    device = terminal.shell.device
    type_in(terminal, "terminal length 0\n")
    device.merge(["vlan 40"], "netadmin")
    assert type_in(terminal, "configure replace nvram:startup-config\n").endswith("[no]: ")
    type_in(terminal, "n\n")
    assert "vlan 40" in device.running.lines
    type_in(terminal, "configure replace nvram:startup-config\n")
    assert "Rollback Done" in type_in(terminal, "y\n")
    assert "vlan 40" not in device.running.lines


def test_a_file_without_a_version_is_no_configuration(terminal: Terminal) -> None:
    terminal.shell.device.store("flash:/x", "hostname x\nend\n")
    shown = type_in(terminal, "configure replace flash:/x force\n")
    assert "not a valid config file" in shown
    assert terminal.shell.device.hostname == "kkn-a-sw01"


def test_a_second_timer_while_one_runs_is_refused(terminal: Terminal) -> None:
    type_in(terminal, "configure terminal revert timer 5\nend\n")
    assert "already pending" in type_in(terminal, "configure terminal revert timer 5\n")
