"""Filters that hash a password as a switch keeps it, so that the line sent is known beforehand.

The salt is made of what the caller gives (the device and the account): public, but another for
every device, so that equal passwords do not look equal, and a table made for one fits no other.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable

ITOA64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
ROUNDS = 5000


def cisco_type9(password: str, salted_with: str) -> str:
    """``$9$SALT$HASH``, as Cisco IOS writes a ``secret 9`` (scrypt)."""
    salt = _salt(salted_with, 14)
    digest = hashlib.scrypt(password.encode(), salt=salt.encode(), n=16384, r=1, p=1, dklen=32)
    words = base64.b64encode(digest).decode().rstrip("=")
    return f"$9${salt}${words.translate(str.maketrans(BASE64, ITOA64))}"


def sha512_crypt(password: str, salted_with: str) -> str:
    """``$6$SALT$HASH``, as Unix and Arista EOS (``secret sha512``) write it."""
    salt = _salt(salted_with, 16)
    return f"$6${salt}${_sha512(password.encode(), salt.encode())}"


def _salt(words: str, length: int) -> str:
    digest = hashlib.sha256(words.encode()).digest()
    return "".join(ITOA64[byte % 64] for byte in digest[:length])


def _sha512(password: bytes, salt: bytes) -> str:
    """The hash of the specification "Unix crypt using SHA-256 and SHA-512", 5000 rounds."""
    length = len(password)
    other = hashlib.sha512(password + salt + password).digest()
    first = hashlib.sha512(password + salt + _repeat(other, length))
    count = length
    while count:
        first.update(other if count & 1 else password)
        count >>= 1
    digest = first.digest()
    p = _repeat(hashlib.sha512(password * length).digest(), length)
    s = _repeat(hashlib.sha512(salt * (16 + digest[0])).digest(), len(salt))
    for number in range(ROUNDS):
        step = hashlib.sha512(p if number & 1 else digest)
        if number % 3:
            step.update(s)
        if number % 7:
            step.update(p)
        step.update(digest if number & 1 else p)
        digest = step.digest()
    return _encode(digest)


def _repeat(block: bytes, length: int) -> bytes:
    return (block * (length // len(block) + 1))[:length]


def _encode(digest: bytes) -> str:
    triples = [(0, 21, 42)]
    while len(triples) < 21:
        high, middle, low = triples[-1]
        triples.append((middle + 1, low + 1, high + 1))
    words = [_word(digest[a] << 16 | digest[b] << 8 | digest[c], 4) for a, b, c in triples]
    return "".join([*words, _word(digest[63], 2)])


def _word(value: int, letters: int) -> str:
    return "".join(ITOA64[value >> 6 * place & 63] for place in range(letters))


class FilterModule:
    """What Ansible asks for."""

    def filters(self) -> dict[str, Callable[..., str]]:
        """The filters by name."""
        return {"cisco_type9": cisco_type9, "sha512_crypt": sha512_crypt}
