"""The UDP port of a device's agent, beside its doorway."""

import asyncio
import hashlib
import socket
from dataclasses import dataclass

from controller.lab.complaints import LabError
from controller.lab.definition import DeviceDefinition
from controller.lab.delivered import DeliveredDefinition
from controller.lab.device import Device
from controller.lab.doorway import NOT_OURS
from controller.lab.password import read_password
from controller.lab.snmp.agent import Readers, SnmpAgent
from controller.lab.snmp.boxed import Boxed
from controller.lab.snmp.definition import SnmpDefinition
from controller.lab.snmp.log_writer import LogWriter
from controller.lab.snmp.notifier import Notifier
from controller.lab.snmp.usm import Engine, User
from controller.lab.snmp.view import DeviceView


@dataclass
class SnmpPort:
    """Where the agent of one device is: bound at once, answering from `open()` until `close()`."""

    agent: SnmpAgent
    sock: socket.socket
    address: str
    port: int

    async def open(self) -> None:
        """Begin to answer."""
        loop = asyncio.get_running_loop()
        await loop.create_datagram_endpoint(lambda: self.agent, sock=self.sock)

    def close(self) -> None:
        """Let go of the port."""
        self.agent.close()
        self.sock.close()


def readers(wanted: SnmpDefinition) -> Readers:
    """Who may ask, with the secrets from their files."""
    user = User(
        wanted.user,
        wanted.authentication,
        read_password(wanted.password_file),
        wanted.privacy,
        read_password(wanted.privacy_password_file),
    )
    return Readers(read_password(wanted.community_file), user)


def engine_of(device: Device | Boxed) -> Engine:
    """The device's SNMP engine: its id is made of its name, its clock starts at every boot."""
    mark = hashlib.sha256(device.definition.name.encode()).digest()[:8]
    return Engine(b"\x80\x00\x1f\x88\x05" + mark, lambda: (device.boots, int(device.uptime())))


def snmp_port(device: Device, who: Readers, address: str, *, share: bool) -> SnmpPort:
    """Bind the agent's port at this address; raises `LabError` when another program has it."""
    view = DeviceView(device)
    agent = SnmpAgent(who, engine_of(device), view.objects, device.is_mute)
    share = share or address != device.definition.address
    return _opened(agent, device.definition, share=share)


def boxed_port(definition: DeliveredDefinition, who: Readers, *, share: bool) -> SnmpPort:
    """The same for a delivered device, which has nothing else that listens."""
    boxed = Boxed(definition)
    agent = SnmpAgent(who, engine_of(boxed), boxed.objects, lambda: False)
    return _opened(agent, definition, share=share)


def notify(port: SnmpPort, device: Device, who: Readers, to: tuple[str, int]) -> None:
    """From now on the device tells that address when something happens to it."""
    notifier = Notifier(device, who.community, lambda message: port.agent.send(message, to))
    device.listeners.append(notifier.look)
    port.agent.refused = notifier.refused


def write_log(port: SnmpPort, device: Device, username: str, to: tuple[str, int]) -> None:
    """From now on the device tells that address by syslog when it was configured."""
    writer = LogWriter(device, username, lambda message: port.agent.send(message, to))
    device.listeners.append(writer.look)


def _opened(
    agent: SnmpAgent, wanted: DeviceDefinition | DeliveredDefinition, *, share: bool
) -> SnmpPort:
    """At its own address, on a free port of this machine when that is not ours or `share`."""
    if not share:
        try:
            return _bound(agent, wanted.address, wanted.snmp_port)
        except OSError as error:
            if error.errno not in NOT_OURS:
                name, where = wanted.name, f"{wanted.address}:{wanted.snmp_port}/udp"
                raise LabError(
                    f"{name}: เปิด {where} ไม่ได้: {error.strerror}",
                    f"{name}: cannot listen on {where}: {error.strerror}",
                ) from None
    return _bound(agent, "127.0.0.1", 0)


def _bound(agent: SnmpAgent, address: str, port: int) -> SnmpPort:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)
        sock.bind((address, port))
    except OSError:
        sock.close()
        raise
    return SnmpPort(agent, sock, address, sock.getsockname()[1])
