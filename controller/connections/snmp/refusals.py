"""What is said of a device that could not be asked, in both languages, with what to do next."""

from __future__ import annotations

import errno

from controller.connections.snmp.engine import SnmpError, SnmpTarget
from controller.errors import Text

_TOO_MANY_FILES = (errno.EMFILE, errno.ENFILE)


def silent(target: SnmpTarget, refused: Exception | None) -> SnmpError:
    """Nothing came in time, or (`refused`) only what nobody can read."""
    if refused is not None:
        return SnmpError(
            target.name,
            Text(
                th=f"{target.name}: อ่านคำตอบ SNMP ไม่ได้ ({refused})",
                en=f"{target.name}: its SNMP answers cannot be read ({refused})",
            ),
            silent=False,
            hint=Text(
                th="ตรวจรุ่นของ SNMP ใน [snmp.access] และเฟิร์มแวร์ของอุปกรณ์",
                en="check the version in [snmp.access] and the device's firmware",
            ),
        )
    where = f"{target.address} UDP {target.port}"
    hint = _SILENT_V3 if target.version == "3" else _SILENT
    return SnmpError(
        target.name,
        Text(
            th=f"{target.name}: ไม่ตอบ SNMP ที่ {where}",
            en=f"{target.name}: no SNMP answer from {where}",
        ),
        silent=True,
        hint=hint,
    )


def not_let_in(target: SnmpTarget) -> SnmpError:
    """The device is there and does not take the user."""
    user = target.user.name if target.user else ""
    return SnmpError(
        target.name,
        Text(
            th=f"{target.name}: อุปกรณ์ไม่รับผู้ใช้ SNMPv3 “{user}”",
            en=f"{target.name}: the device does not take the SNMPv3 user “{user}”",
        ),
        silent=False,
        hint=Text(
            th="ตรวจชื่อผู้ใช้ รหัสผ่านทั้งสอง และวิธีเข้ารหัสใน [snmp.access] ให้ตรงกับอุปกรณ์",
            en="compare user, both passwords and the algorithms in [snmp.access] with the device",
        ),
    )


def unreachable(target: SnmpTarget, error: OSError) -> SnmpError:
    """This machine could not send: no way there, or no file left to open a socket with."""
    if error.errno in _TOO_MANY_FILES:
        return SnmpError(
            target.name,
            Text(
                th=f"{target.name}: เครื่องนี้เปิดไฟล์พร้อมกันมากเกินไป จึงถามอุปกรณ์ไม่ได้",
                en=f"{target.name}: not asked, this machine has too many files open",
            ),
            silent=False,
            hint=Text(
                th="เพิ่มค่า ulimit -n หรือลด health.at_once ใน khaen.toml",
                en="raise ulimit -n, or lower health.at_once in khaen.toml",
            ),
        )
    why = error.strerror or str(error)
    return SnmpError(
        target.name,
        Text(
            th=f"{target.name}: ส่งคำถาม SNMP ไปที่ {target.address} ไม่ได้: {why}",
            en=f"{target.name}: cannot send to {target.address}: {why}",
        ),
        silent=True,
        hint=Text(
            th="ตรวจเส้นทางเครือข่ายจากเครื่องนี้ไปยังอุปกรณ์",
            en="check the way from this machine to the device",
        ),
    )


_SILENT = Text(
    th="ตรวจว่าอุปกรณ์เปิดอยู่ เปิด SNMP ไว้ community ถูกต้อง และอนุญาตที่อยู่ของเครื่องนี้",
    en="is it on, does it speak SNMP, is the community right, and may this machine's address ask?",
)
_SILENT_V3 = Text(
    th="ตรวจว่าอุปกรณ์เปิดอยู่ เปิด SNMPv3 ไว้ และอนุญาตที่อยู่ของเครื่องนี้",
    en="is it on, does it speak SNMPv3, and may this machine's address ask?",
)
