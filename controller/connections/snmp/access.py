"""How a device is asked: its access in the settings, the secrets behind it, and its address."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pydantic import SecretStr

from controller.connections.snmp.engine import SnmpTarget, SnmpUser
from controller.errors import InputError, Text
from controller.inventory.device import Device
from controller.settings import Snmp, SnmpAccess

DEFAULT, NEVER = "default", "none"


class Accesses:
    """The accesses of `settings.snmp`. `secret` gives the value behind a reference.

    Each secret is read once, so that ten thousand devices do not mean ten thousand readings.
    """

    def __init__(self, settings: Snmp, secret: Callable[[str], str]) -> None:
        self._settings = settings
        self._secret = secret
        self._known: dict[str, tuple[SecretStr | None, SnmpUser | None]] = {}

    def name(self, device: Device) -> str | None:
        """The access this device is asked with; None when it is never asked."""
        named = device.snmp or DEFAULT
        if named == NEVER or (device.snmp is None and DEFAULT not in self._settings.access):
            return None
        return named

    def target(
        self, device: Device, elsewhere: Mapping[str, object] | None = None
    ) -> SnmpTarget | None:
        """Where and how to ask the device; None when it is never asked.

        `elsewhere`: the address and port the lab put it at. Errors: `InputError` for an access that
        is not there, or lacks a secret.
        """
        name = self.name(device)
        if name is None:
            return None
        access = self._settings.access.get(name)
        if access is None:
            raise InputError(
                Text(
                    th=f"{device.name}: khaen.toml ไม่มี [snmp.access.{name}]",
                    en=f"{device.name}: khaen.toml has no [snmp.access.{name}]",
                ),
                hint=Text(
                    th="เพิ่มหัวข้อนั้น หรือแก้ snmp ของอุปกรณ์", en="add it, or mend the device's snmp"
                ),
            )
        community, user = self.secrets(name)
        place = elsewhere or {}
        return SnmpTarget(
            name=device.name,
            address=str(place.get("address", device.address)),
            port=int(str(place.get("snmp_port", access.port))),
            version=access.version,
            community=community,
            user=user,
            timeout=self._settings.timeout_seconds,
            retries=self._settings.retries,
        )

    def secrets(self, name: str) -> tuple[SecretStr | None, SnmpUser | None]:
        """The community, or the user of version 3, of an access. Errors: `InputError`."""
        if name not in self._known:
            self._known[name] = self._read(name, self._settings.access[name])
        return self._known[name]

    def _read(self, name: str, access: SnmpAccess) -> tuple[SecretStr | None, SnmpUser | None]:
        if access.version != "3":
            if access.community is None:
                raise _lacks(name, "community")
            return SecretStr(self._secret(access.community)), None
        if access.user is None:
            raise _lacks(name, "user")
        return None, SnmpUser(
            name=access.user,
            authentication=access.authentication,
            authentication_password=self._hidden(access.authentication_password),
            privacy=access.privacy,
            privacy_password=self._hidden(access.privacy_password),
        )

    def _hidden(self, reference: str | None) -> SecretStr | None:
        return SecretStr(self._secret(reference)) if reference else None


def _lacks(name: str, key: str) -> InputError:
    return InputError(
        Text(
            th=f"[snmp.access.{name}] ใน khaen.toml ขาด {key}",
            en=f"[snmp.access.{name}] in khaen.toml lacks {key}",
        )
    )
