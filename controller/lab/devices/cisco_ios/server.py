"""SSH in front of an IOS switch: logins, terminal sessions, single commands, SCP."""

import asyncio
import codecs
import re
import socket
from collections.abc import Callable, Iterable
from typing import Any

import asyncssh

from controller.lab.device import Access, LineCutError
from controller.lab.devices.cisco_ios.commands import files, network, rollback, system, terminal
from controller.lab.devices.cisco_ios.device import IosDevice
from controller.lab.devices.cisco_ios.joined_writes import JoinedWrites
from controller.lab.devices.cisco_ios.scp import ScpSink, ScpSource, scp_error
from controller.lab.devices.cisco_ios.shell import Question, Shell
from controller.lab.devices.cisco_ios.terminal import Output, Terminal

TOPICS = (files, network, rollback, system, terminal)
"""Importing these modules fills the table of commands."""
SCP_COMMAND = re.compile(r"scp (?:-\S+ )*?-(?P<way>[tf]) (?:-\S+ |-- )*(?P<path>\S+)")
NOISE = b"\xfe~}\x7f\x0e\x91#%\xff\x00"
SERVER_VERSION = "Cisco-1.25"


class IosServer:
    """The SSH server of one switch, and the connections it has."""

    def __init__(self, device: IosDevice, options: asyncssh.SSHServerConnectionOptions) -> None:
        self.device = device
        self.connections: set[Any] = set()
        self._options = options

    async def listen(self, listener: socket.socket) -> Any:
        """Serve on a bound socket; the answer has ``close()``."""
        return await asyncssh.create_server(
            lambda: Login(self), sock=listener, options=self._options
        )

    def cut(self) -> None:
        """Drop every connection at once, as when a cable is pulled."""
        for connection in tuple(self.connections):
            connection.abort()


def server_options(host_key: Any) -> asyncssh.SSHServerConnectionOptions:
    """The options that all switches of a lab share, so that they are made only once."""
    return asyncssh.SSHServerConnectionOptions(
        server_host_keys=[host_key],
        line_editor=False,
        encoding=None,
        server_version=SERVER_VERSION,
        login_timeout=60,
        gss_host=None,
        agent_forwarding=False,
    )


class Login(asyncssh.SSHServer):
    """One connection: checks the password and opens sessions."""

    def __init__(self, server: IosServer) -> None:
        self.server = server
        self.user = ""
        self._connection: Any = None

    def connection_made(self, conn: Any) -> None:
        """Remember the connection, so that it can be cut."""
        self._connection = conn
        self.server.connections.add(conn)
        # There is no public way to the transport; without this everything works, only slower.
        conn._transport = JoinedWrites(conn._transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self.server.connections.discard(self._connection)

    def begin_auth(self, username: str) -> bool:
        """Everybody needs a password."""
        self.user = username
        return True

    def password_auth_supported(self) -> bool:
        """Passwords are the only way in."""
        return True

    def validate_password(self, username: str, password: str) -> bool:
        """Whether the password is right, and logins are not refused by a fault."""
        device = self.server.device
        good = (username, password) == (device.around.username, device.around.password)
        return good and not device.faults.strikes("refused-login")

    def session_requested(self) -> "Session":
        """A session on this connection."""
        return Session(self.server.device, self.user, self._connection.abort)


class Session(asyncssh.SSHServerSession):  # type: ignore[type-arg]
    """One channel: a terminal, a single command, or a file transfer."""

    def __init__(self, device: IosDevice, user: str, cut: Callable[[], None]) -> None:
        self._device = device
        self._cut = cut
        self._shell = Shell(device, user)
        self._terminal = Terminal(self._shell)
        self._transfer: ScpSink | ScpSource | None = None
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._channel: Any = None
        self._ready_at = 0.0

    def connection_made(self, chan: Any) -> None:
        """Keep the channel to write to."""
        self._channel = chan

    def pty_requested(self, *_: object) -> bool:
        """Terminals of every kind are welcome."""
        return True

    def shell_requested(self) -> bool:
        """The usual session."""
        return True

    def exec_requested(self, command: str) -> bool:
        """A single command, or SCP."""
        return True

    def session_started(self) -> None:
        """Greet, or run the single command."""
        command = self._channel.get_command()
        if command is None:
            self._later("", lambda: self._send([self._terminal.greeting()]))
        elif command.startswith("scp "):
            self._start_transfer(command)
        else:
            self._later("\n", lambda: self._run_single(command))

    def data_received(self, data: bytes, datatype: int | None) -> None:
        """Bytes from the client."""
        if self._device.faults.is_on("freeze"):
            return
        transfer = self._transfer
        if transfer is not None:
            self._channel.write(transfer.feed(data))
            return
        typed = self._decoder.decode(data)
        self._later(typed, lambda: self._feed(typed))

    def eof_received(self) -> bool:
        """The client has nothing more to say."""
        self._exit(0)
        return False

    def _later(self, typed: str, act: Callable[[], None]) -> None:
        """Act after the device's delay, and never before what came earlier."""
        loop = asyncio.get_running_loop()
        delay = 0.0
        if "\n" in typed or "\r" in typed:
            slow = self._device.faults.number("slow-prompt", 2)
            delay = self._device.around.latency_seconds + slow
        self._ready_at = max(self._ready_at, loop.time()) + delay
        if self._ready_at <= loop.time():
            act()
        else:
            loop.call_at(self._ready_at, act)

    def _feed(self, typed: str) -> None:
        if self._channel.is_closing():
            return
        try:
            outputs = self._terminal.feed(typed)
        except LineCutError:
            self._cut()
            return
        if self._device.access() is Access.CLOSED:
            # The command has cut the way on which its answer would go.
            self._cut()
            return
        self._send(outputs)
        if self._shell.closed:
            self._exit(0)

    def _run_single(self, command: str) -> None:
        self._shell.rows = 0
        try:
            answer = self._shell.execute(command)
        except LineCutError:
            self._cut()
            return
        text = answer.text if isinstance(answer, Question) else answer
        self._send([Output(text.replace("\n", "\r\n"), command)])
        self._exit(0)

    def _send(self, outputs: Iterable[Output]) -> None:
        if self._channel.is_closing():
            return
        faults = self._device.faults
        sent = b""
        for output in outputs:
            raw = output.text.encode()
            if output.command is not None and faults.strikes("garbage", output.command):
                raw = with_noise(raw)
            if output.command is not None and faults.strikes("cut-line", output.command):
                self._channel.write(sent + raw[: len(raw) // 2])
                self._cut()
                return
            sent += raw
        if sent:
            self._channel.write(sent)

    def _start_transfer(self, command: str) -> None:
        match = SCP_COMMAND.match(command)
        if match is None or "ip scp server enable" not in self._device.running.lines:
            self._channel.write(scp_error("scp: not enabled on this device"))
            self._exit(1)
            return
        path = match["path"].strip("'\"")
        if match["way"] == "t":
            self._transfer = ScpSink(
                lambda content: self._device.store(path, content.decode("utf-8", "replace"))
            )
        else:
            text = self._device.file(path)
            if text is None:
                self._channel.write(scp_error(f"scp: {path}: No such file or directory"))
                self._exit(1)
                return
            self._transfer = ScpSource(path, text.encode())
        self._channel.write(self._transfer.greeting)

    def _exit(self, status: int) -> None:
        if not self._channel.is_closing():
            self._channel.exit(status)


def with_noise(raw: bytes) -> bytes:
    """An answer with line noise at its start, its middle and before its end."""
    middle, end = len(raw) // 2, max(len(raw) - 4, 0)
    return NOISE + raw[:middle] + NOISE + raw[middle:end] + NOISE + raw[end:]
