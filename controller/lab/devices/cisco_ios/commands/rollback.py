"""Commands of the way back: archive, configure replace, confirm, revert."""

import re
import time

from controller.lab.configuration.differences import contextual, incremental
from controller.lab.configuration.tree import Configuration
from controller.lab.devices.cisco_ios.commands.files import missing
from controller.lab.devices.cisco_ios.shell import COMMANDS, Answer, Question, Shell

ARCHIVE_OFF = "%Please turn config archive on before using this command\n"
NOT_PENDING = "%No Rollback Confirmed Change pending\n"
PENDING = "%A Rollback Confirmed Change is already pending\n"
DONE = "\nTotal number of passes: 1\nRollback Done\n\n"
REPLACE_OPTIONS = re.compile(
    r"(?P<force>force)?\s*(?P<trigger>revert trigger error)?\s*"
    r"(?:(?:revert )?timer (?P<timer>\d+))?"
)
LONGEST_TIMER = 120
REPLACE_QUESTION = (
    "This will apply all necessary additions and deletions\n"
    "to replace the current running configuration with the\n"
    "contents of the specified configuration file, which is\n"
    "assumed to be a complete configuration, not a partial\n"
    "configuration. Enter Y if you are sure you want to proceed. ? [no]: "
)


@COMMANDS.add("show archive")
def show_archive(shell: Shell) -> Answer:
    """Whether configurations are archived: clients ask before they use timers."""
    if not shell.device.archive_on:
        return "Archive feature not enabled\n"
    return (
        "The maximum archive configurations allowed is 5.\n"
        "There are currently 0 archive configurations saved.\n"
        "The next archive file will be named flash:archive-1\n"
    )


@COMMANDS.add("show archive config rollback timer")
def show_timer(shell: Shell) -> Answer:
    """The pending revert timer."""
    timer = shell.device.timer
    if timer is None:
        return NOT_PENDING
    return (
        f"Time configured(or reconfigured): {stamp(timer.armed_at)}\n"
        f"Timer type: absolute timer\nTimer value: {timer.minutes:g} min\nUser: {timer.user}\n"
    )


@COMMANDS.add("show archive config incremental-diffs *")
@COMMANDS.add("show archive config incremental-diffs * ignorecase")
def show_incremental(shell: Shell, name: str) -> Answer:
    """The commands of a file that would change something if it were merged."""
    text = shell.device.file(name)
    if text is None:
        return missing(name)
    lines = incremental(shell.device.running.copy().merge(text))
    body = "".join(line + "\n" for line in lines)
    return f"!List of Commands:\n{body}end\n" + ("" if lines else "!No changes were found\n")


@COMMANDS.add("show archive config differences")
@COMMANDS.add("show archive config differences *")
@COMMANDS.add("show archive config differences * *")
def show_differences(
    shell: Shell, first: str = "startup-config", second: str = "running-config"
) -> Answer:
    """The contextual difference of two configuration files."""
    device = shell.device
    configurations: list[Configuration] = []
    for name in (first, second):
        text = device.file(name)
        if text is None:
            return missing(name)
        configurations.append(device.read(text))
    lines = contextual(*configurations)
    body = "".join(line + "\n" for line in lines) or "!No changes were found\n"
    return f"!Contextual Config Diffs:\n{body}"


@COMMANDS.add("configure terminal revert timer *")
def configure_with_timer(shell: Shell, minutes: str) -> Answer:
    """Enter the configuration mode; what follows is taken back unless confirmed."""
    problem = _arm(shell, minutes)
    if problem:
        return problem
    backup = "Rollback Confirmed Change: Backing up current running config to flash:archive-1\n\n"
    return backup + shell.start_config()


@COMMANDS.add("configure confirm")
def confirm(shell: Shell) -> Answer:
    """The pending change stays."""
    if shell.device.timer is None:
        return NOT_PENDING
    shell.device.disarm()
    return ""


@COMMANDS.add("configure revert now")
def revert_now(shell: Shell) -> Answer:
    """Take the pending change back without waiting."""
    if shell.device.timer is None:
        return NOT_PENDING
    shell.device.revert(shell.user)
    return DONE


@COMMANDS.add("configure replace *")
@COMMANDS.add("configure replace * **")
def replace(shell: Shell, name: str, options: str = "") -> Answer:
    """Replace the whole running configuration by a file."""
    match = REPLACE_OPTIONS.fullmatch(options)
    if match is None:
        return shell.invalid(
            f"configure replace {name} {options}", len(f"configure replace {name} ")
        )
    if (match["trigger"] or match["timer"]) and not shell.device.archive_on:
        return ARCHIVE_OFF

    def go(answer: str) -> Answer:
        if not answer.lower().startswith("y"):
            return ""
        return _replace(shell, name, match["timer"], restore=match["trigger"] is not None)

    return go("yes") if match["force"] else Question(REPLACE_QUESTION, go)


def _replace(shell: Shell, name: str, minutes: str | None, *, restore: bool) -> str:
    device = shell.device
    text = device.file(name)
    if text is None:
        return missing(name)
    if not re.search(r"^version ", text, re.MULTILINE):
        return "%The input file is not a valid config file.\n"
    target = Configuration(device.dialect, device.ports)
    refusals = target.merge(text).refusals
    if refusals and restore:
        return _failed(refusals) + "The original configuration has been successfully restored\n"
    if minutes and (problem := _arm(shell, minutes)):
        return problem
    device.commit(target, shell.user)
    return _failed(refusals) if refusals else DONE


def _failed(refusals: tuple[Exception, ...]) -> str:
    lines = "".join(f"{refusal}\n" for refusal in refusals)
    return (
        "\nThe following commands are failed to apply to the IOS image.\n********\n"
        f"{lines}********\n\nRollback aborted after 5 passes\n"
    )


def _arm(shell: Shell, minutes: str) -> str:
    if not shell.device.archive_on:
        return ARCHIVE_OFF
    if not minutes.isdigit() or not 1 <= int(minutes) <= LONGEST_TIMER:
        return shell.invalid(
            f"configure terminal revert timer {minutes}", len("configure terminal revert timer ")
        )
    if shell.device.timer is not None:
        return PENDING
    shell.device.arm("rollback", shell.user, int(minutes))
    return ""


def stamp(at: float) -> str:
    """A moment as IOS writes it."""
    return time.strftime("%H:%M:%S UTC %a %b %d %Y", time.gmtime(at))
