"""Receives traps and informs of SNMP (versions 1, 2c, 3) on a UDP port, with pysnmp.

Decoding a message costs a millisecond, so that it is asked first whether the sender counts at all.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pysnmp.carrier.asyncio.dgram import udp, udp6
from pysnmp.entity import config, engine
from pysnmp.entity.rfc3413.ntfrcv import NotificationReceiver
from pysnmp.proto import rfc1902

from controller.connections.snmp.engine import Authentication, Privacy, SnmpUser
from controller.connections.snmp.headers import THIRD, sender_of
from controller.connections.snmp.keys import master_key
from controller.connections.snmp.plain import plain_value
from controller.errors import InputError, Text
from controller.facts.trap import Trap

_TRAP_OID, _UPTIME = "1.3.6.1.6.3.1.1.4.1.0", "1.3.6.1.2.1.1.3.0"
_MOST_ENGINES = 8  # of one address: a device has one, a new one perhaps once in years
_VERSIONS = {0: "1", 1: "2c", 3: "3"}

AUTHENTICATION: dict[Authentication, Any] = {
    "md5": config.USM_AUTH_HMAC96_MD5,
    "sha": config.USM_AUTH_HMAC96_SHA,
    "sha224": config.USM_AUTH_HMAC128_SHA224,
    "sha256": config.USM_AUTH_HMAC192_SHA256,
    "sha384": config.USM_AUTH_HMAC256_SHA384,
    "sha512": config.USM_AUTH_HMAC384_SHA512,
}
PRIVACY: dict[Privacy, Any] = {
    "des": config.USM_PRIV_CBC56_DES,
    "aes128": config.USM_PRIV_CFB128_AES,
    "aes192": config.USM_PRIV_CFB192_AES_BLUMENTHAL,
    "aes256": config.USM_PRIV_CFB256_AES_BLUMENTHAL,
}


@dataclass(frozen=True)
class Senders:
    """Who may tell us something: access -> its community, access -> its user of version 3."""

    communities: Mapping[str, str]
    users: Mapping[str, SnmpUser]


class TrapReceiver:
    """One port. Use in one event loop: `open()`, then what is right comes to `take`, `close()`.

    `admit` is asked with the sender's address before anything is decoded; `refuse` is told the
    address of what is then no message, or names a community or user we do not have.
    """

    def __init__(
        self,
        senders: Senders,
        admit: Callable[[str], bool],
        take: Callable[[Trap], None],
        refuse: Callable[[str], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._senders = senders
        self._communities = {word.encode() for word in senders.communities.values()}
        self._admit = admit
        self._take = take
        self._refuse = refuse
        self._clock = clock
        self._engine: Any = None
        self._receiver: NotificationReceiver | None = None
        self._accesses: dict[tuple[int, str], set[str]] = {}
        self._users: dict[bytes, SnmpUser] = {}
        self._met: dict[str, set[tuple[bytes, bytes]]] = {}

    def open(self, host: str, port: int) -> int:
        """Listen; gives the port taken. Errors: `InputError` when it cannot be had."""
        sock = _bound(host, port)
        kind: Any = udp6 if ":" in host else udp
        expect = self._expect

        class Filtered(kind.UdpAsyncioTransport if kind is udp else kind.Udp6AsyncioTransport):  # type: ignore[misc]
            """Lets nothing through that is not admitted."""

            def datagram_received(self, datagram: bytes, address: Any) -> None:
                if expect(datagram, _plain(address[0])):
                    super().datagram_received(datagram, address)

        self._engine = engine.SnmpEngine()
        transport = Filtered(loop=asyncio.get_running_loop()).open_server_mode(sock=sock)
        domain = kind.DOMAIN_NAME if kind is udp else kind.SNMP_UDP6_DOMAIN
        config.add_transport(self._engine, domain, transport)
        self._let_in()
        self._receiver = NotificationReceiver(self._engine, self._received)
        number: int = sock.getsockname()[1]
        return number

    def close(self) -> None:
        """Stop listening."""
        if self._receiver is not None:
            self._receiver.close(self._engine)
            self._engine.close_dispatcher()
        self._receiver = None

    def _let_in(self) -> None:
        for access, community in self._senders.communities.items():
            name = f"community {community}"
            known = self._accesses.setdefault((1, name), set())
            if not known:
                index = f"community-{len(self._accesses)}"
                config.add_v1_system(self._engine, index, community, securityName=name)
            known.add(access)
            self._accesses[2, name] = known
        for access, user in self._senders.users.items():
            named = self._accesses.setdefault((3, user.name), set())
            if not named:
                self._users[user.name.encode()] = user
                _add_user(self._engine, user)
            named.add(access)

    def _expect(self, datagram: bytes, address: str) -> bool:
        """Whether to read this message; a new engine that traps with version 3 is made known."""
        if not self._admit(address):
            return False
        version, engine_id, name = sender_of(datagram)
        known = name in self._users if version == THIRD else name in self._communities
        if version is None or not (known or (version == THIRD and not name)):
            self._refuse(address)
            return False
        met = self._met.setdefault(address, set())
        if engine_id and name and (engine_id, name) not in met:
            if len(met) >= _MOST_ENGINES:
                self._refuse(address)
                return False
            met.add((engine_id, name))
            _add_user(self._engine, self._users[name], engine_id)
        return True

    def _received(
        self, snmp: Any, reference: Any, _engine: Any, _context: Any, bindings: Any, _given: Any
    ) -> None:
        about = snmp.observer.get_execution_context("rfc3412.receiveMessage:request")
        model = int(about["securityModel"])
        accesses = self._accesses.get((model, str(about["securityName"])), set())
        level = {"noAuthNoPriv": 1, "authNoPriv": 2, "authPriv": 3}.get(
            str(about["securityLevel"]), int(about["securityLevel"])
        )
        if model == 3:
            accesses = {a for a in accesses if _level(self._senders.users[a]) <= level}
        if not accesses:
            return
        values = {".".join(map(str, oid)): plain_value(value) for oid, value in bindings}
        told = {oid: value for oid, value in values.items() if value is not None}
        kind = str(told.pop(_TRAP_OID, ""))
        told.pop(_UPTIME, None)
        self._take(
            Trap(
                at=self._clock(),
                address=_plain(about["transportAddress"][0]),
                oid=kind,
                values=told,
                version=_VERSIONS[int(about["messageProcessingModel"])],
                authenticated=level > 1,
                accesses=frozenset(accesses),
            )
        )


def _add_user(snmp: Any, user: SnmpUser, engine_id: bytes | None = None) -> None:
    """Make the user known, for messages of this engine or (None) for informs sent to us."""
    auth, priv = user.authentication_password, user.privacy_password
    words: dict[str, Any] = {}
    if auth is not None:
        words["authProtocol"] = AUTHENTICATION[user.authentication]
        words["authKey"] = master_key(user.authentication, auth.get_secret_value())
    if auth is not None and priv is not None:
        words["privProtocol"] = PRIVACY[user.privacy]
        words["privKey"] = master_key(user.authentication, priv.get_secret_value())
    config.add_v3_user(
        snmp,
        user.name,
        securityEngineId=None if engine_id is None else rfc1902.OctetString(engine_id),
        authKeyType=config.USM_KEY_TYPE_MASTER,
        privKeyType=config.USM_KEY_TYPE_MASTER,
        **words,
    )


def _plain(address: object) -> str:
    """The address as the inventory has it, also where IPv4 comes to a socket of IPv6."""
    return str(address).removeprefix("::ffff:")


def _level(user: SnmpUser) -> int:
    if user.authentication_password is None:
        return 1
    return 2 if user.privacy_password is None else 3


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        why = error.strerror or str(error)
        raise InputError(
            Text(
                th=f"เปิดรับ trap ที่ {host} UDP {port} ไม่ได้: {why}",
                en=f"cannot listen for traps on {host} UDP {port}: {why}",
            ),
            hint=Text(
                th="เปลี่ยน snmp.trap_host หรือ snmp.trap_port ใน khaen.toml หรือปิดโปรแกรมที่ใช้พอร์ตนี้",
                en="change snmp.trap_host or trap_port in khaen.toml, or stop what uses the port",
            ),
        ) from None
    return sock
