"""The `snmp` part of LAB.json: who may ask the devices, and whom they tell by themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from controller.lab.complaints import LabError
from controller.lab.reading import number, refuse_unknown, text

MAC_BYTES = {"md5": 12, "sha1": 12, "sha224": 16, "sha256": 24, "sha384": 32, "sha512": 48}
KEY_BYTES = {"des": 16, "aes128": 16, "aes192": 24, "aes256": 32}
_KEYS = (
    "community_file",
    "user",
    "password_file",
    "privacy_password_file",
    "authentication",
    "privacy",
    "trap_address",
    "trap_port",
    "syslog_address",
    "syslog_port",
)


@dataclass(frozen=True)
class SnmpDefinition:
    """Secrets stand in files. `trap_port` 0: no traps; `syslog_port` 0: no lines of syslog."""

    community_file: Path
    user: str
    password_file: Path
    privacy_password_file: Path
    authentication: str
    privacy: str
    trap_address: str
    trap_port: int
    syslog_address: str
    syslog_port: int


def read_snmp(part: object, where: str) -> SnmpDefinition | None:
    """The part as values, None when there is none; raises `LabError`."""
    if part is None:
        return None
    if not isinstance(part, dict):
        raise LabError(f"{where}: ต้องเป็นออบเจกต์ JSON", f"{where}: must be a JSON object")
    refuse_unknown(part, _KEYS, where)
    password = text(part, "password_file", where)
    return SnmpDefinition(
        community_file=Path(text(part, "community_file", where)).absolute(),
        user=text(part, "user", where),
        password_file=Path(password).absolute(),
        privacy_password_file=Path(text(part, "privacy_password_file", where, password)).absolute(),
        authentication=_one_of(part, "authentication", "sha1", MAC_BYTES, where),
        privacy=_one_of(part, "privacy", "aes128", KEY_BYTES, where),
        trap_address=text(part, "trap_address", where, "127.0.0.1"),
        trap_port=int(number(part, "trap_port", 0, where, below=65536)),
        syslog_address=text(part, "syslog_address", where, "127.0.0.1"),
        syslog_port=int(number(part, "syslog_port", 0, where, below=65536)),
    )


def _one_of(
    part: Mapping[str, Any], key: str, default: str, known: Mapping[str, int], where: str
) -> str:
    word = text(part, key, where, default)
    if word not in known:
        names = ", ".join(known)
        raise LabError(
            f"{where}: ไม่รู้จัก {key} {word!r} (ใช้ได้: {names})",
            f"{where}: unknown {key} {word!r} (allowed: {names})",
        )
    return word
