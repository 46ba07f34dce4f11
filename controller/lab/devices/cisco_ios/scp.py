"""The device's side of SCP: the old protocol of ``scp -t`` and ``scp -f``, without any socket."""

import re
from collections.abc import Callable

OK = b"\0"
COPY = re.compile(rb"C[0-7]{4} (\d+) (.*)\n")
LARGEST = 4_000_000
"""More than any configuration; a larger file is refused."""


def scp_error(message: str) -> bytes:
    """An error as the client shows it."""
    return b"\x01" + message.encode() + b"\n"


class ScpSink:
    """``scp -t``: takes one file and hands its bytes to `store` when it is complete."""

    greeting = OK

    def __init__(self, store: Callable[[bytes], None]) -> None:
        self._store = store
        self._buffer = b""
        self._expected: int | None = None

    def feed(self, received: bytes) -> bytes:
        """Take bytes from the client; gives the bytes to answer with."""
        self._buffer += received
        answer = b""
        while True:
            step = self._line() if self._expected is None else self._content(self._expected)
            if step is None:
                return answer
            answer += step

    def _line(self) -> bytes | None:
        line, newline, rest = self._buffer.partition(b"\n")
        if not newline:
            return None
        self._buffer = rest
        match = COPY.fullmatch(line + newline)
        if match is None:
            # Times (T...) are acknowledged and ignored; folders are refused.
            return OK if line.startswith(b"T") else scp_error("scp: only single files")
        if int(match[1]) > LARGEST:
            return scp_error("scp: no space left on device")
        self._expected = int(match[1])
        return OK

    def _content(self, expected: int) -> bytes | None:
        if len(self._buffer) <= expected:
            return None
        content, self._buffer = self._buffer[:expected], self._buffer[expected + 1 :]
        self._expected = None
        self._store(content)
        return OK


class ScpSource:
    """``scp -f``: sends one file, a step for each acknowledgement of the client."""

    greeting = b""

    def __init__(self, name: str, content: bytes) -> None:
        header = f"C0644 {len(content)} {name.rpartition('/')[2]}\n".encode()
        self._steps = [header, content + OK]

    def feed(self, received: bytes) -> bytes:
        """Take acknowledgements from the client; gives the bytes to answer with."""
        answer = b""
        for _ in received:
            if self._steps:
                answer += self._steps.pop(0)
        return answer
