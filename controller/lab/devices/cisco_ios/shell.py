"""The command shell of an IOS switch: what one line typed by a user is answered with.

The shell knows nothing of SSH or of echoing characters; it takes lines and gives replies.
"""

from collections.abc import Callable
from dataclasses import dataclass

from controller.lab.command_table import CommandTable
from controller.lab.devices.cisco_ios.config_mode import ConfigMode
from controller.lab.devices.cisco_ios.device import IosDevice
from controller.lab.devices.cisco_ios.output_filter import filter_output

INVALID = "% Invalid input detected at '^' marker.\n"
UNKNOWN = (
    'Translating "{word}"\n\n% Bad IP address or host name\n'
    "% Unknown command or computer name, or unable to find computer address\n"
)
DEFAULT_ROWS = 24


@dataclass(frozen=True)
class Question:
    """An answer that asks back: `then` takes what the user types. `hidden` input is not echoed."""

    text: str
    then: "Callable[[str], Answer]"
    hidden: bool = False


Answer = str | Question
COMMANDS: "CommandTable[Shell, Answer]" = CommandTable()


class Shell:
    """One user's session at one switch."""

    def __init__(self, device: IosDevice, user: str) -> None:
        self.device = device
        self.user = user
        self.privileged = True
        self.rows = DEFAULT_ROWS
        self.closed = False
        self.config: ConfigMode | None = None
        self.tcl: str | None = None
        self._question: Question | None = None

    @property
    def hidden(self) -> bool:
        """Whether what the user types now must not be echoed."""
        return self._question is not None and self._question.hidden

    def prompt(self) -> str:
        """What stands before the user's cursor now; empty after a question."""
        if self._question is not None or self.closed:
            return ""
        name = self.device.hostname
        if self.tcl is not None:
            return "+>" if self.tcl else f"{name}(tcl)#"
        if self.config is not None:
            return self.config.prompt(name)
        return name + ("#" if self.privileged else ">")

    def enter(self, line: str) -> str:
        """Take one line; gives the text to show before the next prompt."""
        if self._question is not None:
            question, self._question = self._question, None
            return self._settle(question.then(line))
        if self.tcl is not None:
            return self._settle(self._in_tcl(line))
        if self.config is not None:
            return self._settle(self._in_config(line))
        return self._settle(self.execute(line))

    def interrupt(self) -> None:
        """Control-C: forget a question or a half-typed block."""
        self._question = None
        if self.tcl:
            self.tcl = ""

    def execute(self, line: str) -> Answer:
        """Run a command of the exec mode, with its ``| include`` filter if it has one."""
        text, _, pipe = " ".join(line.split()).partition(" | ")
        if not text or text.startswith("!"):
            return ""
        found = COMMANDS.find(text)
        if found is None:
            return self.invalid(line) if " " in text else UNKNOWN.format(word=text)
        command, values = found
        if not (self.privileged or command.everybody):
            return self.invalid(line)
        answer = command.run(self, *values)
        if not pipe or isinstance(answer, Question):
            return answer
        filtered = filter_output(answer, pipe)
        return self.invalid(line, line.index("|") + 2) if filtered is None else filtered

    def invalid(self, line: str, position: int | None = None) -> str:
        """The answer to a line that is no command; the marker stands under `position`."""
        column = len(line) - len(line.lstrip()) if position is None else position
        return " " * (len(self.prompt()) + column) + "^\n" + INVALID + "\n"

    def start_config(self) -> str:
        """Enter the configuration mode."""
        self.config = ConfigMode(self.device, self.user)
        return "Enter configuration commands, one per line.  End with CNTL/Z.\n"

    def leave_config(self) -> None:
        """Back to the exec mode, wherever in the configuration mode one is."""
        if self.config is not None:
            self.config.finish()
        self.config = None

    def _settle(self, answer: Answer) -> str:
        if isinstance(answer, Question):
            self._question = answer
            return answer.text
        return answer

    def _in_config(self, line: str) -> Answer:
        config = self.config
        if config is None:
            return ""
        typed = line.strip()
        if typed.startswith("do ") and not config.collecting:
            return self.execute(typed.removeprefix("do "))
        if config.leaves(typed):
            self.leave_config()
            return ""
        username = config.username_to_remove(typed)
        if username is not None:
            return Question(
                "This operation will remove all username related configurations with same name."
                "Do you want to continue? [confirm]",
                lambda _: config.enter(line, len(self.prompt())),
            )
        return config.enter(line, len(self.prompt()))

    def _in_tcl(self, line: str) -> Answer:
        block = self.tcl or ""
        word = line.strip()
        if not block and word in ("tclquit", "exit"):
            self.tcl = None
            return ""
        if not block and not word.startswith("puts "):
            return self.execute(line)
        block += line + "\n"
        if block.count("{") > block.count("}"):
            self.tcl = block
            return ""
        self.tcl = ""
        opening, _, rest = block.partition("{")
        name = opening.split('"')
        if len(name) > 1:
            self.device.store(name[1], rest.rpartition("}")[0] + "\n")
        return ""
