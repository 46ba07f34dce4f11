"""A terminal line of an IOS switch: echo, editing keys, paging; characters in, characters out."""

from dataclasses import dataclass

from controller.lab.devices.cisco_ios.shell import Shell

MORE = " --More-- "
ERASE_MORE = "\b" * 10 + " " * 10 + "\b" * 10
CONTROL_C, CONTROL_Z = "\x03", "\x1a"


@dataclass(frozen=True)
class Output:
    """Characters to send; `command` is the line they answer, None for an echo."""

    text: str
    command: str | None = None


class Terminal:
    """One terminal in front of one shell."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self._line = ""
        self._pages: list[str] = []
        self._after_return = False

    def greeting(self) -> Output:
        """What stands on the screen after the login."""
        return Output("\r\n" + self.shell.prompt())

    def feed(self, typed: str) -> list[Output]:
        """Take characters; gives what to send back. May raise what the device raises."""
        outputs: list[Output] = []
        echo: list[str] = []
        for character in typed:
            if self.shell.closed:
                break
            if self._pages:
                echo.append(self._turn_page(character))
            elif character in "\r\n":
                if character == "\n" and self._after_return:
                    self._after_return = False
                    continue
                line, self._line = self._line, ""
                outputs.append(Output("".join(echo) + "\r\n"))
                echo = []
                outputs.append(Output(self._answer(line), line))
            else:
                echo.append(self._key(character))
            self._after_return = character == "\r"
        # CR LF counts as one key only when both come at once.
        self._after_return = False
        if echo:
            outputs.append(Output("".join(echo)))
        return outputs

    def _key(self, character: str) -> str:
        if character == CONTROL_Z and self.shell.config is not None:
            self._line = ""
            self.shell.leave_config()
            return "^Z\r\n" + self.shell.prompt()
        if character == CONTROL_C:
            self._line = ""
            self.shell.interrupt()
            return "\r\n" + self.shell.prompt()
        if character in "\x7f\b":
            self._line, rubbed = self._line[:-1], bool(self._line)
            return "\b \b" if rubbed else ""
        if character < " " and character != "\t":
            return ""
        self._line += character
        return "" if self.shell.hidden else character

    def _answer(self, line: str) -> str:
        text = self.shell.enter(line)
        if self.shell.closed:
            return ""
        if not text.endswith("\n"):
            return text.replace("\n", "\r\n") + self.shell.prompt()
        lines = text[:-1].split("\n")
        if self.shell.rows and len(lines) >= self.shell.rows:
            self._pages = lines
            return self._page(self.shell.rows - 1)
        return "\r\n".join(lines) + "\r\n" + self.shell.prompt()

    def _turn_page(self, key: str) -> str:
        if key == "q":
            self._pages = []
            return ERASE_MORE + self.shell.prompt()
        if key in "\r\n":
            return ERASE_MORE + self._page(1)
        return ERASE_MORE + self._page(max(self.shell.rows - 1, 1)) if key == " " else ""

    def _page(self, rows: int) -> str:
        shown, self._pages = self._pages[:rows], self._pages[rows:]
        text = "".join(line + "\r\n" for line in shown)
        return text + (MORE if self._pages else self.shell.prompt())
