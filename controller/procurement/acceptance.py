"""Whether a delivery may be accepted, every reason against it, and ticks of people on checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from controller.errors import InputError, NotFound, Text
from controller.inventory.register_cells import becomes_formula
from controller.language import nearest
from controller.procurement.delivery import IDENTITY, Check, Delivery, Piece, Tick, spans
from controller.specs.specification import Item, Specification

ALL = "*"


@dataclass(frozen=True)
class Finding:
    """What a person says of checks: `piece` and `about` by name, `*` for all that are open."""

    piece: str
    about: str
    right: bool
    note: str = ""


@dataclass(frozen=True)
class Known:
    """What else must stay true. Serial numbers and sites map to where they stand already.

    `serials` and `devices` are of the register and the inventory, folded; `before` the pieces of
    deliveries that were accepted.
    """

    serials: Mapping[str, str]
    sites: Collection[str]
    before: Sequence[Piece] = ()


def ticked(delivery: Delivery, findings: Sequence[Finding], mark: Tick) -> Delivery:
    """The delivery with what a person found; `mark` gives who and when.

    With `*` only what nobody has ticked yet is, and never what differs: that is named one by one.
    Errors: `NotFound` for a piece or fact there is not; `InputError` for a fact the device proved,
    for one that differs without a note why it is taken, and when nothing at all is ticked.
    """
    pieces = {piece.key: piece for piece in delivery.pieces}
    changed = 0
    for finding in findings:
        keys = [*pieces] if finding.piece == ALL else [_key(pieces, finding.piece)]
        for key in keys:
            piece = pieces[key]
            checks = [_ticked(piece, check, finding, mark) for check in piece.checks]
            if finding.about != ALL and piece.check(finding.about) is None:
                if finding.piece != ALL:
                    raise _no_check(piece, finding.about)
                continue
            changed += sum(new != old for new, old in zip(checks, piece.checks, strict=True))
            pieces[key] = piece.model_copy(update={"checks": tuple(checks)})
    if not changed:
        raise InputError(
            Text(th="ไม่มีข้อใดให้บันทึกผลการตรวจ", en="there is nothing to tick"),
            hint=Text(th="ดูข้อที่เหลือก่อน", en="look at what is left first"),
        )
    return delivery.model_copy(update={"pieces": tuple(pieces.values())})


def kept_ticks(before: Delivery, pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Pieces read anew, with the ticks of those where offer and device say what they said."""
    known = {(p.serial or p.key): p for p in before.pieces}
    found = []
    for piece in pieces:
        old = known.get(piece.serial or piece.key)
        checks = tuple(_with_old(check, old) for check in piece.checks)
        found.append(piece.model_copy(update={"checks": checks}))
    return tuple(found)


def reasons_against(
    delivery: Delivery, specification: Specification, known: Known
) -> tuple[Text, ...]:
    """Everything that stands against accepting the delivery; empty when nothing does."""
    return (
        *_unsettled(delivery, specification),
        *_serials(delivery, known),
        *_quantities(delivery, specification, known),
        *_sites(delivery, known),
        *_formulas(delivery),
    )


def titles_of(item: Item | None) -> dict[str, Text]:
    """What each check of a piece of this item is called: its label, then the criteria by number."""
    named = dict(IDENTITY)
    for number, criterion in enumerate(item.criteria if item else (), start=1):
        words = f"{number}. {criterion.text}"
        named[criterion.id] = Text(th=words, en=words)
    return named


def _ticked(piece: Piece, check: Check, finding: Finding, mark: Tick) -> Check:
    if finding.about not in {ALL, check.about}:
        return check
    broad = ALL in {finding.about, finding.piece}
    if check.outcome == "proved" or (broad and (check.tick or check.outcome == "differs")):
        if broad:
            return check
        raise InputError(
            Text(
                th=f"{piece.key}: อุปกรณ์ยืนยันข้อ “{check.about}” แล้ว",
                en=f"{piece.key}: the device proved “{check.about}”",
            )
        )
    note = finding.note.strip()
    if check.outcome == "differs" and finding.right and not note:
        raise InputError(
            Text(
                th=f"{piece.key}: ข้อ “{check.about}” ไม่ตรงกับข้อเสนอ ต้องเขียนเหตุผลที่รับ",
                en=f"{piece.key}: “{check.about}” differs; taking it needs a written reason",
            ),
            hint=Text(
                th="เขียนว่าเทียบเท่าหรือดีกว่าอย่างไร ตามเอกสารใด",
                en="say how it is as good or better, by which document",
            ),
        )
    return check.model_copy(
        update={"tick": mark.model_copy(update={"right": finding.right, "note": note})}
    )


def _with_old(check: Check, old: Piece | None) -> Check:
    then = old.check(check.about) if old else None
    same = then and (then.outcome, then.told, then.offered) == (
        check.outcome, check.told, check.offered,
    )  # fmt: skip
    return check.model_copy(update={"tick": then.tick}) if then and same else check


def _unsettled(delivery: Delivery, specification: Specification) -> Iterator[Text]:
    """What was found wrong or differs, piece by piece; what nobody looked at, fact by fact."""
    titles = {item.id: titles_of(item) for item in specification.items}
    waiting: dict[tuple[str, str], list[str]] = {}
    for piece in delivery.pieces:
        for check in piece.open:
            if not check.refused and check.outcome != "differs":
                waiting.setdefault((piece.item, check.about), []).append(piece.key)
                continue
            title = titles.get(piece.item, {}).get(check.about) or Text(check.about, check.about)
            yield _wrong(piece, check, title)
    for (item, about), keys in waiting.items():
        title = titles.get(item, {}).get(about) or Text(about, about)
        shown = spans(keys)
        yield Text(
            th=f"{title.th} ยังไม่ได้ตรวจ {len(keys)} เครื่อง ({shown})",
            en=f"{title.en} is not checked on {len(keys)} pieces ({shown})",
        )


def _wrong(piece: Piece, check: Check, title: Text) -> Text:
    if check.refused:
        note = f": {check.tick.note}" if check.tick and check.tick.note else ""
        return Text(
            th=f"เครื่องที่ {piece.key} {title.th} ตรวจแล้วไม่ถูกต้อง{note}",
            en=f"piece {piece.key}: {title.en} was found wrong{note}",
        )
    return Text(
        th=f"เครื่องที่ {piece.key} {title.th} ไม่ตรงกับข้อเสนอ: เสนอ {check.offered} "
        f"เครื่องบอก {check.told}",
        en=f"piece {piece.key}: {title.en} differs: offered {check.offered}, "
        f"the device says {check.told}",
    )


def _formulas(delivery: Delivery) -> Iterator[Text]:
    """Words that Excel would take for a formula when it opens the register's own file."""
    for piece in delivery.pieces:
        for word in (piece.serial, piece.brand, piece.model, piece.room, piece.name):
            if becomes_formula(word):
                yield Text(
                    th=f"เครื่องที่ {piece.key} มีข้อความที่ Excel จะอ่านเป็นสูตร: {word}",
                    en=f"piece {piece.key} has words Excel would read as a formula: {word}",
                )


def _serials(delivery: Delivery, known: Known) -> Iterator[Text]:
    seen: dict[str, Text] = {
        word: Text(place, place) for word, place in known.serials.items() if word
    }
    for piece in delivery.pieces:
        word, key = folded_serial(piece.serial), piece.key
        if not word:
            yield Text(th=f"เครื่องที่ {key} ไม่มีหมายเลขเครื่อง", en=f"piece {key} has no serial number")
            continue
        there = seen.setdefault(word, here := Text(th=f"เครื่องที่ {key}", en=f"piece {key}"))
        if there is not here:
            yield Text(
                th=f"เครื่องที่ {key} หมายเลขเครื่อง {piece.serial} ซ้ำกับ {there.th}",
                en=f"piece {key}: the serial number {piece.serial} stands already at {there.en}",
            )


def _quantities(delivery: Delivery, specification: Specification, known: Known) -> Iterator[Text]:
    pieces = [*known.before, *delivery.pieces]
    counted = Counter(piece.item for piece in pieces)
    placed = Counter((piece.item, piece.site) for piece in pieces)
    for id_ in dict.fromkeys(piece.item for piece in delivery.pieces):
        item = specification.item(id_)
        if item is None:
            yield Text(th=f"ไม่มีรายการ {id_} ในคุณลักษณะเฉพาะ", en=f"there is no item {id_}")
            continue
        if counted[id_] > item.quantity:
            yield _too_many(item.th, counted[id_], item.quantity, item.unit)
        asked: Counter[str] = Counter()
        for place in item.places:
            asked[place.site] += place.quantity
        for (named, site), number in placed.items():
            if named == id_ and item.places and number > asked[site]:
                yield _too_many(f"{item.th} ที่ {site}", number, asked[site], item.unit)


def _sites(delivery: Delivery, known: Known) -> Iterator[Text]:
    for site in dict.fromkeys(piece.site for piece in delivery.pieces):
        if site not in known.sites:
            yield Text(th=f"ไม่มีหน่วยงาน {site}", en=f"there is no site {site}")


def folded_serial(serial: str) -> str:
    """The serial number as it is compared: case and blanks aside."""
    return "".join(serial.split()).casefold()


def _too_many(what: str, number: int, most: int, unit: str) -> Text:
    return Text(
        th=f"{what} ส่งมอบรวม {number} {unit} เกินที่กำหนด {most} {unit}",
        en=f"{what}: {number} delivered in all, {most} were ordered",
    )


def _key(pieces: Mapping[str, Piece], wanted: str) -> str:
    if wanted in pieces:
        return wanted
    by_serial = [p.key for p in pieces.values() if folded_serial(p.serial) == folded_serial(wanted)]
    if wanted and len(by_serial) == 1:
        return by_serial[0]
    near = nearest(wanted, pieces)
    raise NotFound(
        Text(th=f"ไม่มีเครื่อง “{wanted}” ในการส่งมอบนี้", en=f"the delivery has no piece “{wanted}”"),
        hint=Text(th=f"หมายถึง {near} หรือไม่", en=f"did you mean {near}?") if near else None,
    )


def _no_check(piece: Piece, about: str) -> NotFound:
    names = [check.about for check in piece.checks]
    near = nearest(about, names)
    listed = ", ".join(names)
    return NotFound(
        Text(th=f"{piece.key} ไม่มีข้อ “{about}”", en=f"{piece.key} has no check “{about}”"),
        hint=Text(
            th=f"หมายถึง {near} หรือไม่ (มี: {listed})" if near else f"มี: {listed}",
            en=f"did you mean {near}? (there are: {listed})" if near else f"there are: {listed}",
        ),
    )
