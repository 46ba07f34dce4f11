"""What a person asks for, with a reason: so many more at a site, or one unit replaced."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from controller.errors import InputError, Text
from controller.inventory.asset import KINDS
from controller.language import require_known

MOST = 10_000
_MORE = re.compile(r"(?P<site>[^:=]+):(?P<kind>[^:=]+):(?P<quantity>[^:=]+)")


@dataclass(frozen=True, slots=True)
class Ask:
    """`quantity` more of a `kind` at a `site`; or, with `number`, that register number replaced."""

    reason: str
    site: str = ""
    kind: str = ""
    quantity: int = 0
    number: str = ""


def read_ask(text: str) -> Ask:
    """`SITE:KIND:QUANTITY=REASON`, or `NUMBER=REASON` for a unit by its register number.

    Errors: `InputError` for what is neither, an unknown kind, a quantity that is none.
    """
    left, equals, reason = text.partition("=")
    left, reason = left.strip(), " ".join(reason.split())
    if not equals or not left or not reason:
        raise _wrong(text)
    match = _MORE.fullmatch(left)
    if match is None:
        if ":" in left:
            raise _wrong(text)
        return Ask(reason, number=left)
    site, kind, quantity = (match[name].strip() for name in ("site", "kind", "quantity"))
    require_known(kind, KINDS, Text(th="ประเภท", en="kind"))
    number = int(quantity[:9]) if quantity.isascii() and quantity.isdecimal() else 0
    if not site or not kind or not 1 <= number <= MOST:
        raise _wrong(text)
    return Ask(reason, site, kind, number)


def require_there(asks: Collection[Ask], sites: Collection[str], numbers: Collection[str]) -> None:
    """Pass when every site and register number asked about is there. Errors: `InputError`."""
    for ask in asks:
        if ask.number and ask.number not in numbers:
            raise InputError(
                Text(
                    th=f"ไม่มีเลขครุภัณฑ์ {ask.number} ที่ใช้งานอยู่",
                    en=f"no register number {ask.number} is in use",
                ),
                hint=Text(
                    th="ค้นหาด้วย khaen inventory assets", en="search with khaen inventory assets"
                ),
            )
        if ask.site:
            require_known(ask.site, tuple(sites), Text(th="หน่วยงาน", en="site"))


def _wrong(text: str) -> InputError:
    return InputError(
        Text(th=f"อ่านสิ่งที่ขอไม่ได้: {text}", en=f"not something to ask for: {text}"),
        hint=Text(
            th="เขียนแบบ kkn-school-a:access-point:3=ห้องใหม่ 3 ห้อง หรือ เลขครุภัณฑ์=เหตุผล",
            en="write kkn-school-a:access-point:3=three new rooms, or REGISTER-NUMBER=reason",
        ),
    )
