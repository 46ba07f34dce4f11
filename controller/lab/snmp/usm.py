"""SNMPv3 with one user (RFC 3412, 3414, 3826): who asks, is it true, and what is in it."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from cryptography.hazmat.primitives.ciphers.modes import CBC

from controller.lab.snmp.ber import (
    COUNTER32,
    OCTETS,
    SEQUENCE,
    BerError,
    Reader,
    dotted,
    integer,
    object_id,
    octets,
    sequence,
)
from controller.lab.snmp.definition import KEY_BYTES, MAC_BYTES

WINDOW_SECONDS = 150
AUTHENTICATED, PRIVATE, REPORTABLE = 1, 2, 4
REPORT = 0xA8
NOT_IN_TIME, UNKNOWN_USER, UNKNOWN_ENGINE, WRONG_DIGEST, CANNOT_DECRYPT = 2, 3, 4, 5, 6
WRONG_LEVEL = 1


@dataclass(frozen=True)
class User:
    """Who may ask. Without passwords: as it is; `cisco`: AES keys made longer in Cisco's way."""

    name: str
    authentication: str = "sha1"
    password: str = ""
    privacy: str = "aes128"
    privacy_password: str = ""
    cisco: bool = False

    @property
    def level(self) -> int:
        """The flags every message of this user must carry."""
        if not self.password:
            return 0
        return AUTHENTICATED | (PRIVATE if self.privacy_password else 0)


@dataclass(frozen=True)
class Engine:
    """The agent itself; `clock()`: how often it has started, and how many seconds ago."""

    identifier: bytes
    clock: Callable[[], tuple[int, int]]


@dataclass(frozen=True)
class _Message:
    whole: bytes
    number: int
    flags: int
    engine: bytes
    boots: int
    time: int
    user: bytes
    digest_at: int
    digest: bytes
    salt: bytes
    rest: Reader


def answer_message(
    content: bytes,
    engine: Engine,
    user: User,
    answer: Callable[[Reader], bytes | None],
) -> bytes | None:
    """The reply to a message of version 3; `answer` makes the response from the request's PDU.

    None: no reply. Errors: `BerError` for what is no such message.
    """
    message = _read(content)
    trouble = _trouble(message, engine, user)
    if trouble is not None:
        level = AUTHENTICATED if trouble == NOT_IN_TIME else 0
        return _message(message, engine, user, level, _report(trouble))
    plain = message.rest
    if message.flags & PRIVATE:
        sealed = message.rest.take(OCTETS)[1]
        clock = (message.boots, message.time)
        plain = Reader(_opened(user, engine, clock, message.salt, sealed))
    try:
        scoped = plain.inside(SEQUENCE)
        scoped.text()
        scoped.text()
    except BerError:
        return _message(message, engine, user, 0, _report(CANNOT_DECRYPT))
    pdu = answer(scoped)
    return None if pdu is None else _message(message, engine, user, user.level, pdu)


def _read(content: bytes) -> _Message:
    outer = Reader(content).inside(SEQUENCE)
    outer.number()
    head = outer.inside(SEQUENCE)
    number, _ = head.number(), head.number()
    flags = head.text()[0]
    outer.head(OCTETS)
    safety = Reader(content, outer.at, outer.end).inside(SEQUENCE)
    outer.at = safety.end
    engine, boots, time = safety.text(), safety.number(), safety.number()
    user, digest = safety.text(), safety.text()
    digest_at = safety.at - len(digest)
    return _Message(
        content, number, flags, engine, boots, time, user, digest_at, digest, safety.text(), outer
    )


def _trouble(message: _Message, engine: Engine, user: User) -> int | None:
    if message.engine != engine.identifier:
        return UNKNOWN_ENGINE
    if message.user.decode(errors="replace") != user.name:
        return UNKNOWN_USER
    if message.flags & ~REPORTABLE != user.level:
        return WRONG_LEVEL
    if not user.level:
        return None
    blank = message.whole[: message.digest_at] + bytes(len(message.digest))
    blank += message.whole[message.digest_at + len(message.digest) :]
    if not hmac.compare_digest(_digest(user, engine, blank), message.digest):
        return WRONG_DIGEST
    boots, time = engine.clock()
    if message.boots != boots or abs(message.time - time) > WINDOW_SECONDS:
        return NOT_IN_TIME
    return None


def _report(number: int) -> bytes:
    oid = dotted(f"1.3.6.1.6.3.15.1.1.{number}.0")
    binding = sequence(object_id(oid), integer(1, COUNTER32))
    return sequence(integer(0), integer(0), integer(0), sequence(binding), tag=REPORT)


def _message(asked: _Message, engine: Engine, user: User, level: int, pdu: bytes) -> bytes:
    boots, time = engine.clock()
    scoped = sequence(octets(engine.identifier), octets(b""), pdu)
    salt = b""
    if level & PRIVATE:
        salt = secrets.token_bytes(8)
        scoped = octets(_sealed(user, engine, (boots, time), salt, scoped))
    blank = bytes(MAC_BYTES[user.authentication]) if level & AUTHENTICATED else b""
    head = sequence(integer(asked.number), integer(65507), octets(bytes((level,))), integer(3))
    who = octets(engine.identifier) + integer(boots) + integer(time) + octets(asked.user)

    def written(digest: bytes) -> bytes:
        safety = octets(sequence(who, octets(digest), octets(salt)))
        return sequence(integer(3), head, safety, scoped)

    whole = written(blank)
    return written(_digest(user, engine, whole)) if blank else whole


def _digest(user: User, engine: Engine, whole: bytes) -> bytes:
    key = _localized(user.authentication, user.password, engine.identifier)
    size = MAC_BYTES[user.authentication]
    return hmac.digest(key, whole, user.authentication)[:size]


def _sealed(
    user: User, engine: Engine, clock: tuple[int, int], salt: bytes, content: bytes
) -> bytes:
    if user.privacy == "des":
        content += bytes(-len(content) % 8)
    return _cipher(user, engine, clock, salt).encryptor().update(content)


def _opened(
    user: User, engine: Engine, clock: tuple[int, int], salt: bytes, content: bytes
) -> bytes:
    if len(salt) != 8 or (user.privacy == "des" and len(content) % 8):
        raise BerError("this cannot be deciphered")
    return _cipher(user, engine, clock, salt).decryptor().update(content)


def _cipher(
    user: User, engine: Engine, clock: tuple[int, int], salt: bytes
) -> Cipher[CFB] | Cipher[CBC]:
    key = _privacy_key(user, engine.identifier)
    if user.privacy == "des":
        vector = bytes(a ^ b for a, b in zip(key[8:], salt, strict=True))
        # One key three times over is plain DES, which nothing else offers any more.
        return Cipher(TripleDES(key[:8] * 3), CBC(vector))
    vector = clock[0].to_bytes(4, "big") + clock[1].to_bytes(4, "big") + salt
    return Cipher(algorithms.AES(key), CFB(vector))


@lru_cache(maxsize=4096)
def _privacy_key(user: User, engine: bytes) -> bytes:
    size, name = KEY_BYTES[user.privacy], user.authentication
    key = part = _localized(name, user.privacy_password, engine)
    while len(key) < size:
        if user.cisco:
            part = _bound(name, _hashed(name, part), engine)
        else:
            part = hashlib.new(name, key).digest()
        key += part
    return key[:size]


@lru_cache(maxsize=4096)
def _localized(name: str, password: str, engine: bytes) -> bytes:
    return _bound(name, _master(name, password), engine)


def _bound(name: str, key: bytes, engine: bytes) -> bytes:
    return hashlib.new(name, key + engine + key).digest()


@lru_cache(maxsize=64)
def _master(name: str, password: str) -> bytes:
    return _hashed(name, password.encode())


def _hashed(name: str, secret: bytes) -> bytes:
    """The key of a password (RFC 3414, A.2): a million bytes of it, hashed."""
    whole = secret * (1_048_576 // len(secret) + 1)
    return hashlib.new(name, whole[:1_048_576]).digest()
