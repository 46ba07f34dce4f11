"""Users of SNMPv3 as gufo wants them. A password is hashed once: 1 MB of it takes 1.5 ms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from gufo.snmp import (
    Aes128Key,
    Aes192Key,
    Aes256Key,
    BaseAuthKey,
    BasePrivKey,
    DesKey,
    KeyExpansion,
    Md5Key,
    Sha1Key,
    Sha224Key,
    Sha256Key,
    Sha384Key,
    Sha512Key,
    User,
)
from gufo.snmp.user import KeyType

from controller.connections.snmp.engine import Authentication, Privacy, SnmpUser

_AUTHENTICATION: dict[Authentication, type[BaseAuthKey]] = {
    "md5": Md5Key,
    "sha": Sha1Key,
    "sha224": Sha224Key,
    "sha256": Sha256Key,
    "sha384": Sha384Key,
    "sha512": Sha512Key,
}
_PRIVACY: dict[Privacy, type[BasePrivKey]] = {
    "des": DesKey,
    "aes128": Aes128Key,
    "aes192": Aes192Key,
    "aes256": Aes256Key,
}


@dataclass(frozen=True, slots=True)
class Keys:
    """What a v3 socket is given: `(name, authentication, its key, privacy, its key)`.

    `other` is the same user with AES keys made longer in Cisco's way (Reeder) instead of
    Blumenthal's, None where the keys are long enough anyway.
    """

    arguments: tuple[str, int, bytes, int, bytes]
    other: tuple[str, int, bytes, int, bytes] | None = None


@lru_cache(maxsize=256)
def keys_of(user: SnmpUser) -> Keys:
    """The user's keys, hashed from the passwords but not yet bound to an engine."""
    authentication, privacy = _keys(user)
    expanded = (
        authentication is not None
        and privacy is not None
        and getattr(privacy, "KEY_LENGTH", 0) > authentication.KEY_LENGTH
    )
    first = _arguments(user.name, authentication, privacy, KeyExpansion.Blumenthal)
    other = _arguments(user.name, authentication, privacy, KeyExpansion.Cisco)
    return Keys(first, other if expanded else None)


def _keys(user: SnmpUser) -> tuple[BaseAuthKey | None, BasePrivKey | None]:
    if user.authentication_password is None:
        return None, None
    kind = _AUTHENTICATION[user.authentication]
    authentication = kind(_hashed(kind, user.authentication_password.get_secret_value()), _MASTER)
    if user.privacy_password is None:
        return authentication, None
    secret = _hashed(kind, user.privacy_password.get_secret_value())
    return authentication, _PRIVACY[user.privacy](secret, _MASTER)


def master_key(authentication: Authentication, password: str) -> bytes:
    """A password hashed for this way of proving, not yet bound to an engine."""
    return _hashed(_AUTHENTICATION[authentication], password)


def _hashed(kind: type[BaseAuthKey], password: str) -> bytes:
    return kind.get_master_key(password.encode())


def _arguments(
    name: str,
    authentication: BaseAuthKey | None,
    privacy: BasePrivKey | None,
    expansion: KeyExpansion,
) -> tuple[str, int, bytes, int, bytes]:
    user = User(name, auth_key=authentication, priv_key=privacy, key_expansion=expansion)
    return (
        user.name,
        user.get_auth_alg(),
        user.get_auth_key(),
        user.get_priv_alg(),
        user.get_priv_key(),
    )


_MASTER = KeyType.Master
