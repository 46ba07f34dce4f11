"""Commands about the session itself: terminal, privilege, configuration mode, leaving."""

from controller.lab.devices.cisco_ios.shell import COMMANDS, Answer, Question, Shell


@COMMANDS.add("terminal length *", everybody=True)
def terminal_length(shell: Shell, rows: str) -> Answer:
    """Page after so many rows; 0 for never."""
    if not rows.isdigit():
        return shell.invalid(f"terminal length {rows}", len("terminal length "))
    shell.rows = int(rows)
    return ""


@COMMANDS.add("terminal width *", "terminal monitor", "terminal no monitor", everybody=True)
def terminal_other(shell: Shell, *_: str) -> Answer:
    """Settings without an effect here."""
    return ""


@COMMANDS.add("enable", "enable *", everybody=True)
def enable(shell: Shell, *_: str) -> Answer:
    """Become privileged; the enable password is the lab's password."""
    if shell.privileged:
        return ""

    def check(password: str) -> Answer:
        if password != shell.device.around.password:
            return "% Access denied\n\n"
        shell.privileged = True
        return "\n"

    return Question("Password: ", check, hidden=True)


@COMMANDS.add("disable", everybody=True)
def disable(shell: Shell) -> Answer:
    """Give the privilege up."""
    shell.privileged = False
    return ""


@COMMANDS.add("exit", "quit", "logout", everybody=True)
def leave(shell: Shell) -> Answer:
    """End the session."""
    shell.closed = True
    return ""


@COMMANDS.add("show privilege", everybody=True)
def show_privilege(shell: Shell) -> Answer:
    """The privilege level."""
    return f"Current privilege level is {15 if shell.privileged else 1}\n"


@COMMANDS.add("configure terminal")
def configure_terminal(shell: Shell) -> Answer:
    """Enter the configuration mode."""
    return shell.start_config()


@COMMANDS.add("tclsh")
def tclsh(shell: Shell) -> Answer:
    """Enter the Tcl shell, by which clients write files line by line."""
    shell.tcl = ""
    return ""


@COMMANDS.add("reload")
def reload(shell: Shell) -> Answer:
    """Reboot after a confirmation."""

    def confirmed(_: str) -> Answer:
        shell.device.reboot()
        return ""

    return Question("Proceed with reload? [confirm]", confirmed)
