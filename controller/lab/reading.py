"""Values of LAB.json, each with a complaint that names its place in both languages."""

from collections.abc import Collection, Mapping
from typing import Any

from controller.lab.complaints import LabError


def refuse_unknown(document: Mapping[str, Any], known: Collection[str], where: str) -> None:
    """Complain about the first key that means nothing here."""
    for key in document:
        if key not in known:
            allowed = ", ".join(sorted(known))
            raise LabError(
                f"{where}: ไม่รู้จักคีย์ {key!r} (ใช้ได้: {allowed})",
                f"{where}: unknown key {key!r} (allowed: {allowed})",
            )


def text(document: Mapping[str, Any], key: str, where: str, default: str | None = None) -> str:
    """A text that is not empty; raises `LabError`."""
    value = document.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise LabError(
            f"{where}: {key} ต้องเป็นข้อความที่ไม่ว่าง", f"{where}: {key} must be a text that is not empty"
        )
    return value


def number(
    document: Mapping[str, Any],
    key: str,
    default: float,
    where: str,
    *,
    above: float | None = None,
    below: float = 1e9,
) -> float:
    """A number from 0 (or beyond `above`) and less than `below`; raises `LabError`."""
    value = document.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise LabError(f"{where}: {key} ต้องเป็นตัวเลข", f"{where}: {key} must be a number")
    if value < 0 or value >= below or (above is not None and value <= above):
        raise LabError(
            f"{where}: ค่า {key} = {value} อยู่นอกช่วง", f"{where}: {key} = {value} is out of range"
        )
    return float(value)
