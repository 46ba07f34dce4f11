"""A terminal of a Cisco-like switch: one command, one answer, without netmiko's waiting.

netmiko opens the line; from there on we read its SSH channel ourselves. Its own `send_command`
types an empty line to look for the prompt before every command and polls with sleeps: two to three
times the processor time and a multiple of the waiting for the same answer. What is kept from it:
the echo is checked, and an answer ends at the device's own prompt and nowhere else.
"""

from __future__ import annotations

import codecs
import re
import time
from typing import Any

from controller.connections.transcript import Transcript
from controller.connections.trouble import TroubleError

PREPARE = ("terminal length 0", "terminal width 511")
NAME_AND_MARK = r"(?P<name>[^\s#>()]+)(?P<mark>[#>])\s?$"
FIRST_PROMPT = re.compile(rf"{PREPARE[-1]}\s*\n(?:[^\n]*\n)*?{NAME_AND_MARK}")
PASSWORD = r"assword:\s?"  # noqa: S105 - what the device asks, not a password
QUESTION = r"(?:\[confirm\]|\]\s?\?|\?\s?\[[^\]\n]*\]:?|\([yY]/[nN]\)\S*)\s?"
NOISE = re.compile("[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
TAIL = 300
MOST_QUESTIONS = 20
LONGEST_ANSWER = 20_000_000


class Terminal:
    """Asks commands on netmiko's SSH channel. Raises `TroubleError`, `OSError`, `EOFError`."""

    def __init__(self, channel: Any, transcript: Transcript, timeout: float) -> None:
        self._channel = channel
        self._transcript = transcript
        self._timeout = timeout
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.hostname = ""
        self._prompt = self._prompt_or_question = FIRST_PROMPT

    def start(self, enable_password: str | None) -> None:
        """Switch paging off, learn the prompt, enter the privileged mode if not in it."""
        for command in PREPARE:
            self._transcript.asked(command)
        # Both at once: the device takes typing ahead, and one round trip is saved.
        self._channel.sendall("\n".join(PREPARE) + "\n")
        text = self._read_until(FIRST_PROMPT, self._timeout)
        match = FIRST_PROMPT.search(text)
        if match is None:
            raise TroubleError("garbage", text[-TAIL:])
        self.expect_hostname(match["name"])
        if match["mark"] == ">":
            self._enable(enable_password)

    def expect_hostname(self, *names: str) -> None:
        """Know the prompt by any of these host names: a commit may change the name."""
        self.hostname = names[0]
        # IOS shortens long names in the prompts of the configuration mode.
        known = "|".join(sorted({re.escape(name[:20]) for name in names}))
        prompt = rf"\n(?:{known})[^\s#>()]*(?:\([^()\n]*\))?[#>]\s?$"
        self._prompt = re.compile(prompt)
        self._prompt_or_question = re.compile(f"{prompt}|{QUESTION}$")

    def ask(
        self,
        command: str,
        *,
        timeout: float | None = None,
        answer_questions: bool = False,
        private: bool = False,
    ) -> str:
        """The answer to `command`, without echo and prompt.

        With `answer_questions` each question back gets the device's default (a return); otherwise
        a question is trouble. `private` keeps the answer out of the transcript.
        """
        limit = timeout or self._timeout
        self._transcript.asked(command, private=private)
        self._channel.settimeout(limit)
        self._channel.sendall(command + "\n")
        text = self._read_until(self._prompt_or_question, limit, echo=command)
        for _ in range(MOST_QUESTIONS):
            if self._prompt.search(text[-TAIL:]):
                break
            if not answer_questions:
                self._transcript.answered(text)
                raise TroubleError("garbage", f"{command}: {text[-TAIL:]}")
            self._channel.sendall("\n")
            text += self._read_until(self._prompt_or_question, limit)
        answer = self._cut_out(text)
        self._transcript.answered(answer)
        return answer

    def _cut_out(self, text: str) -> str:
        _, _, rest = text.partition("\n")
        return self._prompt.sub("\n", rest) if "\n" in rest else ""

    def _enable(self, password: str | None) -> None:
        self._transcript.asked("enable")
        self._channel.sendall("enable\n")
        either = re.compile(f"{self._prompt.pattern}|{PASSWORD}$")
        text = self._read_until(either, self._timeout, echo="enable")
        if re.search(f"{PASSWORD}$", text):
            if not password:
                raise TroubleError("enable")
            self._channel.sendall(password + "\n")
            text = self._read_until(either, self._timeout)
        if not text.rstrip().endswith("#"):
            raise TroubleError("enable")

    def _read_until(self, end: re.Pattern[str], timeout: float, echo: str = "") -> str:
        """Everything from the `echo` up to and with `end`, the last thing on the line.

        What stands before the echo is left over from before the command.
        """
        deadline = time.monotonic() + timeout
        text, echoed = "", not echo
        while True:
            piece = self._receive(deadline - time.monotonic(), text)
            text += piece
            if not echoed and (start := text.find(echo)) >= 0:
                text, echoed = text[start:], True
            if echoed and end.search(text, max(len(text) - TAIL, 0)):
                return text

    def _receive(self, seconds: float, before: str) -> str:
        if seconds <= 0:
            self._transcript.answered(before)
            raise TimeoutError
        self._channel.settimeout(seconds)
        try:
            raw = self._channel.recv(65536)
        except TimeoutError:
            self._transcript.answered(before)
            raise
        if not raw:
            self._transcript.answered(before)
            raise EOFError
        piece = self._decoder.decode(raw).replace("\r", "")
        noise = NOISE.search(piece)
        if noise or len(before) > LONGEST_ANSWER:
            self._transcript.answered(before + piece)
            raise TroubleError("noise" if noise else "garbage", "endless")
        return piece
