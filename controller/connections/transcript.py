"""What was said on the line, kept short: for the message of an error, never for a log."""

from __future__ import annotations

from collections import deque

EXCHANGES = 8
LINES = 12


class Transcript:
    """The last few commands with the last lines of their answers."""

    def __init__(self) -> None:
        self._said: deque[tuple[str, str]] = deque(maxlen=EXCHANGES)
        self._private = False

    def asked(self, command: str, *, private: bool = False) -> None:
        """A command was sent; of the answer to a `private` one only the size will be kept."""
        self._said.append((command, ""))
        self._private = private

    def answered(self, answer: str) -> None:
        """The answer to the last command, or what came of it."""
        if self._said:
            command, _ = self._said[-1]
            self._said[-1] = (command, _size(answer) if self._private else _last_lines(answer))

    def text(self) -> str:
        """All of it, with secrets still in it: hide them before it goes anywhere."""
        return "\n".join(f"> {command}\n{answer}".rstrip() for command, answer in self._said)


def _size(answer: str) -> str:
    return f"({len(answer.splitlines())} lines, not shown)"


def _last_lines(answer: str) -> str:
    lines = [line for line in answer.splitlines() if line.strip()]
    kept = lines[-LINES:]
    return "\n".join(["…", *kept] if len(lines) > LINES else kept)
