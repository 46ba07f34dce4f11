"""One eAPI request: commands that share a mode, as lines typed one after the other do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from controller.lab.command_table import CommandTable
from controller.lab.configuration.dialect import RefusedLineError
from controller.lab.configuration.tree import Configuration, Section
from controller.lab.device import LineCutError
from controller.lab.devices.arista_eos.device import CommandError, EosDevice


@dataclass(frozen=True)
class Answer:
    """What a command answers: as text, and as JSON (None where EOS has no JSON for it)."""

    text: str = ""
    json: Mapping[str, Any] | None = None


SILENCE = Answer(json={})
COMMANDS: "CommandTable[Request, Answer]" = CommandTable()


class Request:
    """The state that the commands of one request share."""

    def __init__(self, device: EosDevice, user: str) -> None:
        self.device = device
        self.user = user
        self.editing: Configuration | None = None
        self.session: str | None = None
        self.section: Section = ()
        self._before: str | None = None
        self._changes = 0

    def run(self, command: str, text_input: str, style: str) -> Mapping[str, Any]:
        """Run one command; gives its result object. Raises `CommandError`."""
        line = command.strip()
        if not line or line.startswith(("!", "#")):
            return self._result(SILENCE, style)
        found = COMMANDS.find(line)
        if found is not None:
            return self._result(found[0].run(self, *found[1]), style)
        if self.editing is None:
            raise invalid(line)
        if line == "comment":
            return self._result(SILENCE, style)
        self._type(f"{line}\n{text_input.rstrip()}\nEOF" if line.startswith("banner ") else line)
        return self._result(SILENCE, style)

    def edit_running(self) -> None:
        """Enter the configuration mode without a session: lines take effect one by one."""
        self.finish()
        self.editing, self.session, self.section = self.device.running, None, ()
        self._before = self.device.fingerprint()

    def edit_session(self, name: str) -> None:
        """Enter the configuration mode of a session: nothing takes effect before its commit."""
        self.finish()
        self.editing, self.section = self.device.session(name).candidate, ()
        self.session = name

    def finish(self) -> None:
        """Leave the configuration mode."""
        if self._changes and self._before is not None:
            self._changes = 0
            self.device.finish_commit(self._before, self.user)
        self.editing, self.session, self.section = None, None, ()

    def _type(self, line: str) -> None:
        if self.editing is None:
            return
        self.device.typed.append(line)
        if self.session is None and self.device.faults.strikes("reboot"):
            self.device.reboot()
            raise LineCutError
        try:
            typed = self.editing.type(self.section, line)
        except RefusedLineError as refusal:
            raise invalid(refusal.line, refusal.position, incomplete=refusal.incomplete) from None
        self.section = typed.section
        if self.session is None and typed.changed:
            self._changes += 1
            self.device.touch(self.user)
            self._strike_half_commit()

    def _strike_half_commit(self) -> None:
        faults = self.device.faults
        limit = faults.number("half-commit", 2)
        if limit and self._changes >= limit and faults.strikes("half-commit"):
            raise LineCutError

    def _result(self, answer: Answer, style: str) -> Mapping[str, Any]:
        if style == "text":
            return {"output": answer.text}
        if answer.json is None:
            raise CommandError(
                "Command cannot be used over the API at this time", "unconverted command"
            )
        return answer.json


def invalid(line: str, position: int = 0, *, incomplete: bool = False) -> CommandError:
    """The error for a line that EOS does not understand."""
    if incomplete:
        token = len(line.split())
        return CommandError(f"Incomplete command (at token {token}: None)", "incomplete command")
    token = len(line[:position].split())
    words = line.split()
    word = words[token] if token < len(words) else words[-1]
    return CommandError(f"Invalid input (at token {token}: '{word}')", "invalid command")
