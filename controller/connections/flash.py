"""The files of a Cisco switch: a candidate goes there by SCP and is proved by its checksum."""

from __future__ import annotations

import hashlib
import io
import re
from typing import Any

from netmiko.scp_handler import SCPConn

from controller.connections import ssh_line
from controller.connections.target import Target
from controller.connections.terminal import Terminal
from controller.connections.trouble import TroubleError

MD5 = re.compile(r"=\s*([0-9a-f]{32})\b")
FREE = re.compile(r"\((\d+) bytes free\)")
OURS = re.compile(r"\b(khaen-[0-9a-f]{16}\.cfg)\b")
KEPT = 8
"""Candidates of plans that nobody carried out; older ones are deleted."""


class Flash:
    """Files named after the candidate they hold.

    So two sessions never write to the same name with different content: what was compared is what
    is merged, whoever else plans meanwhile. The name is made of the candidate with references, so
    that it tells nothing about the secrets in the file.
    """

    def __init__(self, line: Any, target: Target, system: str) -> None:
        self._line = line
        self._target = target
        self._system = system

    def path(self, file: str) -> str:
        """The full path on the device."""
        return f"{self._system}/{file}"

    def put(self, terminal: Terminal, operation: str, candidate: str, text: str) -> str:
        """Bring `text` to the device unless it is there already; the name of its file.

        A candidate that was planned earlier still lies there: that saves a second login for SCP.
        """
        digest = hashlib.sha256(f"{operation}\n{candidate}".encode()).hexdigest()
        file = f"khaen-{digest[:16]}.cfg"
        content = text.encode()
        wanted = hashlib.md5(content, usedforsecurity=False).hexdigest()
        if self._md5(terminal, file) == wanted:
            return file
        self._make_room(terminal, len(content))
        self._copy(file, content)
        if self._md5(terminal, file) != wanted:
            raise TroubleError("no copy", "the checksum differs after the transfer")
        return file

    def delete(self, terminal: Terminal, file: str) -> None:
        """Delete a file; it need not be there."""
        terminal.ask(f"delete /force {self.path(file)}", answer_questions=True)

    def _md5(self, terminal: Terminal, file: str) -> str:
        # Not in the transcript: a digest of a text with one unknown word lets the word be guessed.
        match = MD5.search(terminal.ask(f"verify /md5 {self.path(file)}", private=True))
        return match[1] if match else ""

    def _make_room(self, terminal: Terminal, size: int) -> None:
        listing = terminal.ask(f"dir {self._system}")
        free = FREE.search(listing)
        if free is None:
            raise TroubleError("garbage", listing)
        if int(free[1]) <= size:
            raise TroubleError("disk full", f"{free[1]} bytes free")
        for file in OURS.findall(listing)[:-KEPT]:
            self.delete(terminal, file)

    def _copy(self, file: str, content: bytes) -> None:
        # A login of its own: IOS allows one channel on a connection.
        ssh_line.plug_in(self._line, self._target)
        copier = SCPConn(self._line)
        try:
            copier.scp_client.putfo(io.BytesIO(content), self.path(file), size=len(content))
        finally:
            copier.close()
