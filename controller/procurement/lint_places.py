"""Lint of where it goes: sites, what is replaced, and whether that is old enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from controller.errors import Text
from controller.inventory.asset import Asset
from controller.language import nearest
from controller.procurement.known import Known
from controller.procurement.remark import Remark
from controller.specs.specification import Item, Place, Specification

YEARS_OF_SERVICE = 5
"""Years a replaced thing must have served where no edition says otherwise."""
_SHOWN = 5


def places(specification: Specification, known: Known) -> Iterator[Remark]:
    """Every item's places; a register number may be replaced once."""
    replaced = Counter(
        number for i in specification.items for place in i.places for number in place.replaces
    )
    for item in specification.items:
        if not item.places:
            yield Remark(
                "no-places",
                "notice",
                item.id,
                Text(th="ไม่ได้ระบุหน่วยงานที่จะใช้", en="nothing says which sites it is for"),
                Text(
                    th="ระบุ places เพื่อให้ตรวจรับและลงทะเบียนเป็นรายหน่วยงานได้",
                    en="give places, so that it is accepted and registered site by site",
                ),
            )
        sites = Counter(place.site for place in item.places)
        for place in item.places:
            if sites[place.site] > 1:
                yield _of_place(item, place, "site-twice", "ระบุซ้ำ", "stands twice", _ONCE)
            yield from _place(item, place, known, replaced)


def _place(item: Item, place: Place, known: Known, replaced: Counter[str]) -> Iterator[Remark]:
    if known.sites and place.site not in known.sites:
        near = nearest(place.site, known.sites)
        hint = Text(th=f"หมายถึง {near} หรือไม่", en=f"did you mean {near}?") if near else _ONCE
        yield _of_place(item, place, "unknown-site", "ไม่มีในทะเบียนหน่วยงาน", "is no site", hint)
    twice = [number for number in place.replaces if replaced[number] > 1]
    if twice:
        listed = _listed(twice)
        said = (f"ทดแทนซ้ำ {listed}", f"replaces what is replaced elsewhere too: {listed}")
        yield _of_place(item, place, "replaced-twice", *said, _ONCE)
    if not known.assets:
        return
    missing = [number for number in place.replaces if number not in known.assets]
    if missing:
        listed = _listed(missing)
        said = (f"ไม่มีเลขครุภัณฑ์ {listed}", f"there is no register number {listed}")
        yield _of_place(item, place, "unknown-asset", *said, _REGISTER)
    assets = [known.assets[number] for number in place.replaces if number in known.assets]
    yield from _assets(item, place, assets, known)


def _assets(item: Item, place: Place, assets: list[Asset], known: Known) -> Iterator[Remark]:
    elsewhere = [asset.number for asset in assets if asset.site != place.site]
    if elsewhere:
        listed = _listed(elsewhere)
        said = (f"ครุภัณฑ์ {listed} เป็นของหน่วยงานอื่น", f"{listed} belong to another site")
        yield _of_place(item, place, "elsewhere", *said, _REGISTER)
    gone = [asset.number for asset in assets if asset.state in {"disposed", "lost"}]
    if gone:
        listed = _listed(gone)
        said = (f"ครุภัณฑ์ {listed} จำหน่ายหรือสูญหายแล้ว", f"{listed} are gone already")
        yield _of_place(item, place, "gone", *said, _REGISTER)
    unlike = [asset.number for asset in assets if asset.kind != item.kind]
    if unlike:
        listed = _listed(unlike)
        said = (f"ครุภัณฑ์ {listed} ไม่ใช่ {item.kind}", f"{listed} are no {item.kind}")
        yield _of_place(item, place, "unlike", *said, _REGISTER)
    years = _years(item, known)
    young = [a.number for a in assets if _served_until(a.acquired, years) > known.today]
    if young:
        listed = _listed(young)
        said = (
            f"ครุภัณฑ์ {listed} ใช้งานยังไม่ครบ {years} ปี",
            f"{listed} have not served {years} years",
        )
        hint = Text(
            th=f"เกณฑ์ราคากลางฯ ({item.baseline or 'ข้อแนะนำ'}): ทดแทนได้เมื่อใช้งานไม่น้อยกว่า {years} ปี "
            "ถ้าชำรุดจนซ่อมไม่คุ้มให้เขียนเหตุผลไว้",
            en=f"price criteria ({item.baseline or 'advice'}): replaced after {years} years of "
            "use; write why where repair is not worth it",
        )
        yield _of_place(item, place, "replaced-early", *said, hint)


def _years(item: Item, known: Known) -> int:
    edition = known.baselines.edition(item.baseline.partition("/")[0]) if item.baseline else None
    told = edition.years_of_service if edition else None
    return told or YEARS_OF_SERVICE


def _served_until(acquired: date, years: int) -> date:
    try:
        return acquired.replace(year=acquired.year + years)
    except ValueError:  # acquired on 29 February
        return date(acquired.year + years, 3, 1)


_ERRORS = frozenset({"unknown-site", "unknown-asset", "replaced-twice", "site-twice", "gone"})
_ONCE = Text(
    th="ระบุหน่วยงานและเลขครุภัณฑ์ให้ตรงทะเบียน แต่ละรายการครั้งเดียว",
    en="name sites and register numbers as the register has them, each once",
)
_REGISTER = Text(
    th="ตรวจกับทะเบียนครุภัณฑ์: `khaen inventory assets`",
    en="look them up: `khaen inventory assets`",
)


def _of_place(item: Item, place: Place, code: str, th: str, en: str, hint: Text) -> Remark:
    return Remark(
        code,
        "error" if code in _ERRORS else "warning",
        f"{item.id}/{place.site}",
        Text(th=f"{place.site}: {th}", en=f"{place.site}: {en}"),
        hint,
    )


def _listed(numbers: list[str]) -> str:
    more = len(numbers) - _SHOWN
    shown = ", ".join(numbers[:_SHOWN])
    return f"{shown} (+{more})" if more > 0 else shown
