"""The configuration mode of an IOS shell: lines typed one by one take effect one by one."""

import re

from controller.lab.configuration.dialect import RefusedLineError
from controller.lab.configuration.tree import Section
from controller.lab.device import LineCutError
from controller.lab.devices.cisco_ios.device import IosDevice
from controller.lab.devices.cisco_ios.grammar import BANNER

SUBMODES = {
    "interface": "if",
    "vlan": "vlan",
    "line": "line",
    "archive": "archive",
    "ip": "ext-nacl",
}
OWN_LINE = re.compile(r"(no )?file prompt \w+$")
REMOVES_USER = re.compile(r"no username (\S+)$")
NAME_LENGTH = 20
"""IOS shortens the host name to so many letters in the prompts of the configuration mode."""


class ConfigMode:
    """From ``configure terminal`` to ``end``."""

    def __init__(self, device: IosDevice, user: str) -> None:
        self.device = device
        self.user = user
        self.section: Section = ()
        self.collecting: list[str] = []
        self._before = device.fingerprint()
        self._changes = 0

    def prompt(self, name: str) -> str:
        """The prompt here; none while a banner's lines are taken."""
        if self.collecting:
            return ""
        word = self.section[0].split(" ", 1)[0] if self.section else ""
        mode = f"-{SUBMODES.get(word, word)}" if word else ""
        return f"{name[:NAME_LENGTH]}(config{mode})#"

    def leaves(self, typed: str) -> bool:
        """Whether this line leaves the configuration mode."""
        if self.collecting:
            return False
        return typed == "end" or (typed == "exit" and not self.section)

    def username_to_remove(self, typed: str) -> str | None:
        """The user whom the line would remove: the device asks first."""
        match = REMOVES_USER.match(typed)
        tops = self.device.running.lines
        if match and any(top.startswith(f"username {match[1]} ") for top in tops):
            return match[1]
        return None

    def enter(self, line: str, prompt_length: int) -> str:
        """Take one line; gives an error text or nothing."""
        self.device.typed.append(line.strip())
        if self.collecting:
            return self._collect(line, prompt_length)
        banner = BANNER.fullmatch(line)
        if banner and banner[2] not in banner[3]:
            self.collecting = [line.strip()]
            return f"Enter TEXT message.  End with the character '{banner[2]}'.\n"
        return self._type(line, prompt_length)

    def finish(self) -> None:
        """The mode is left: what was typed counts as one commit."""
        if self._changes:
            self._changes = 0
            self.device.finish_commit(self._before, self.user)

    def _collect(self, line: str, prompt_length: int) -> str:
        self.collecting.append(line)
        banner = BANNER.fullmatch(self.collecting[0])
        if banner is None or banner[2] not in line:
            return ""
        text, self.collecting = "\n".join(self.collecting), []
        return self._type(text, prompt_length)

    def _type(self, line: str, prompt_length: int) -> str:
        own = OWN_LINE.match(line.strip()) is not None
        if not own:
            self._strike_reboot(line)
        try:
            typed = self.device.running.type(self.section, line)
        except RefusedLineError as refusal:
            if refusal.incomplete:
                return "% Incomplete command.\n\n"
            column = prompt_length + len(line) - len(line.lstrip()) + refusal.position
            return " " * column + "^\n% Invalid input detected at '^' marker.\n\n"
        self.section = typed.section
        if typed.changed:
            self._changes += not own
            self.device.touch(self.user)
            self._strike_half_commit()
        return ""

    def _strike_reboot(self, line: str) -> None:
        faults = self.device.faults
        if not faults.is_on("reboot"):
            return
        trial = self.device.running.copy()
        try:
            changed = trial.type(self.section, line).changed
        except RefusedLineError:
            return
        if changed and faults.strikes("reboot"):
            self.device.reboot()
            raise LineCutError

    def _strike_half_commit(self) -> None:
        faults = self.device.faults
        limit = faults.number("half-commit", 2)
        if limit and self._changes >= limit and faults.strikes("half-commit"):
            raise LineCutError
