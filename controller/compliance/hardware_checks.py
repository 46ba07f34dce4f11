"""Checks of the equipment itself, from the register and the facts of its model."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from controller.compliance.check import HardwareCheck
from controller.compliance.evidence import Evidence
from controller.compliance.outcome import PASSED, Outcome, failed, together, unknown
from controller.errors import Text

_DAYS_OF_A_YEAR = 365.25


def judge_hardware(check: HardwareCheck, evidence: Evidence) -> Outcome:
    """The verdict on a device; `unknown` for what neither register nor model tells."""
    return together(_outcomes(check, evidence))


def _outcomes(check: HardwareCheck, evidence: Evidence) -> Iterator[Outcome]:
    asset, model, today = evidence.asset, evidence.model, evidence.today
    acquired = None if asset is None else asset.acquired
    if check.age_at_most_years is not None:
        yield _age(acquired, check.age_at_most_years, today)
    if check.in_warranty is not None:
        years = None if model is None else model.warranty_years
        yield _warranty(acquired, years, check.in_warranty, today)
    if check.supported is not None:
        end = None if model is None else model.end_of_support
        yield _support(end, check.supported, today)
    for name, wanted in (
        ("ports", check.ports_at_least),
        ("port_mbps", check.port_mbps_at_least),
        ("uplink_mbps", check.uplink_mbps_at_least),
        ("poe_watts", check.poe_watts_at_least),
        ("wifi", check.wifi_at_least),
    ):
        if wanted is not None:
            yield _at_least(name, None if model is None else getattr(model, name), wanted)


def _age(acquired: date | None, most: float, today: date) -> Outcome:
    if acquired is None:
        return unknown(_NOT_IN_REGISTER)
    years = (today - acquired).days / _DAYS_OF_A_YEAR
    if years <= most:
        return PASSED
    return failed(
        Text(
            th=f"ใช้งานมาแล้ว {years:.1f} ปี เกินเกณฑ์ {most:g} ปี",
            en=f"it is {years:.1f} years old; at most {most:g} are allowed",
        ),
        f"acquired: {acquired.isoformat()}",
    )


def _warranty(acquired: date | None, years: float | None, wanted: bool, today: date) -> Outcome:
    if acquired is None:
        return unknown(_NOT_IN_REGISTER)
    if years is None:
        return unknown(_untold("warranty_years"))
    within = (today - acquired).days <= years * _DAYS_OF_A_YEAR
    if within == wanted:
        return PASSED
    line = f"acquired: {acquired.isoformat()}, warranty: {years:g}"
    return failed(_IN_WARRANTY if within else _OUT_OF_WARRANTY, line)


def _support(end: date | None, wanted: bool, today: date) -> Outcome:
    if end is None:
        return unknown(_untold("end_of_support"))
    if (today <= end) == wanted:
        return PASSED
    return failed(
        _SUPPORTED if today <= end else _UNSUPPORTED, f"end_of_support: {end.isoformat()}"
    )


def _at_least(name: str, have: float | None, wanted: float) -> Outcome:
    if have is None:
        return unknown(_untold(name))
    if have >= wanted:
        return PASSED
    title = _TITLES[name]
    return failed(
        Text(
            th=f"{title.th} {have:g} ต่ำกว่าเกณฑ์ {wanted:g}",
            en=f"{title.en}: {have:g}; at least {wanted:g} is wanted",
        ),
        f"{name}: {have:g}",
    )


def _untold(name: str) -> Text:
    return Text(
        th=f"ไม่มีข้อมูล {name} ของรุ่นนี้ใน specs/models",
        en=f"specs/models does not tell {name} of this model",
    )


_TITLES = {
    "ports": Text(th="จำนวนพอร์ต", en="ports"),
    "port_mbps": Text(th="ความเร็วพอร์ต (Mbit/s)", en="speed of ports (Mbit/s)"),
    "uplink_mbps": Text(th="ความเร็วพอร์ต uplink (Mbit/s)", en="speed of uplinks (Mbit/s)"),
    "poe_watts": Text(th="กำลังไฟ PoE (W)", en="PoE power (W)"),
    "wifi": Text(th="รุ่นของ Wi-Fi", en="Wi-Fi generation"),
}
_NOT_IN_REGISTER = Text(
    th="ไม่มีอุปกรณ์นี้ในทะเบียนครุภัณฑ์ จึงไม่ทราบวันที่ได้มา",
    en="the device is in no register, so nobody knows when it was acquired",
)
_IN_WARRANTY = Text(th="ยังอยู่ในประกัน", en="it is still in warranty")
_OUT_OF_WARRANTY = Text(th="พ้นระยะประกันแล้ว", en="its warranty has ended")
_SUPPORTED = Text(th="ผู้ผลิตยังสนับสนุนรุ่นนี้", en="the maker still supports the model")
_UNSUPPORTED = Text(th="ผู้ผลิตเลิกสนับสนุนรุ่นนี้แล้ว", en="the maker supports the model no longer")
