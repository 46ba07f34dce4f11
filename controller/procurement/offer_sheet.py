"""Reads an offer out of the sheets of a file, or says of every cell why it cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from controller.errors import Text
from controller.inventory.grid import Cell, Grid, Row
from controller.inventory.register import plain
from controller.inventory.register_cells import Fault, WrongCellError, shown
from controller.language import nearest
from controller.procurement.offer import ItemOffer, Offer, Stated
from controller.procurement.offer_cells import LONGEST_NAME, LONGEST_PAGE, baht_in, words_in
from controller.procurement.offer_layout import (
    ANSWER_COLUMNS,
    BIDDER,
    FACT_WORDS,
    ITEM_MARK,
    NOTE,
    OFFER_MARK,
    PRICE_COLUMNS,
)
from controller.procurement.offer_table import Table, has_heading, labelled, mark_of, table_in
from controller.specs.answer_words import loose, tidy
from controller.specs.answers import is_unstated
from controller.specs.specification import Item, Specification

_MOST_ALIKE = 20
"""Rows that are wrong in the same way are told one by one up to here, and counted beyond."""


@dataclass(frozen=True)
class ReadOffer:
    """What was read: an offer, or the faults; sheets that were left unread."""

    offer: Offer | None
    faults: tuple[Fault, ...]
    unread: tuple[str, ...] = ()


@dataclass
class _Item:
    brand: str = ""
    model: str = ""
    price: Decimal | None = None
    answers: dict[str, Stated] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


@dataclass
class _Reading:
    specification: Specification
    faults: list[Fault] = field(default_factory=list)
    items: dict[str, _Item] = field(default_factory=dict)
    strange: int = 0

    def item(self, id_: str) -> _Item:
        return self.items.setdefault(id_, _Item())


def stated_specifications(grids: Iterable[Grid]) -> frozenset[str]:
    """The hashes of specifications the sheets say they answer; none for a file of another kind."""
    marks = (mark_of(grid) for grid in grids)
    return frozenset(mark.specification for mark in marks if mark is not None)


def read_offer_grids(grids: Sequence[Grid], specification: Specification) -> ReadOffer:
    """The offer in the sheets of the template, or in the one table of a CSV file.

    A row that is missing is not stated, and so is a cell that is empty. Everything else that is
    not as the template has it is a fault at its cell. The hash is the caller's to check.
    """
    reading = _Reading(specification)
    marked = [(mark, grid) for grid in grids if (mark := mark_of(grid)) is not None]
    fronts = [grid for mark, grid in marked if mark.kind == OFFER_MARK]
    if len(fronts) != 1:
        name = grids[0].name if grids else "-"
        message = _NO_FRONT if not fronts else _SEVERAL_FRONTS
        found = ", ".join(grid.name for grid in grids)
        return ReadOffer(None, (Fault(name, 1, 0, message, found[:200]),))
    front = fronts[0]
    bidder = _label(reading, front, BIDDER, LONGEST_NAME, needed=True)
    note = _label(reading, front, NOTE, 1000, needed=False)
    sheets = [(mark.item, grid) for mark, grid in marked if mark.kind == ITEM_MARK]
    if not sheets and any(has_heading(front, name) for name in ANSWER_COLUMNS):
        _read_list(reading, front)
    else:
        _read_prices(reading, front)
        _read_sheets(reading, front, sheets)
    unread = tuple(g.name for g in grids if g.rows and g not in [m[1] for m in marked])
    if reading.faults:
        order = {grid.name: at for at, grid in enumerate(grids)}
        faults = sorted(reading.faults, key=lambda f: (order[f.sheet], f.row, f.column))
        return ReadOffer(None, tuple(faults), unread)
    return ReadOffer(_offer(reading, bidder, note), (), unread)


def unstated_in(offer: Offer, specification: Specification) -> tuple[tuple[str, str], ...]:
    """Items and criteria of which the offer states nothing, in the order they are printed."""
    return tuple(
        (item.id, criterion.id)
        for item, criterion in specification.clauses()
        if is_unstated(offer.item(item.id).answer(criterion.id).text)
    )


def _offer(reading: _Reading, bidder: str, note: str) -> Offer:
    items = []
    for item in reading.specification.items:
        read = reading.items.get(item.id)
        if read is None:
            continue
        answers = (read.answers[c.id] for c in item.criteria if c.id in read.answers)
        items.append(
            ItemOffer(
                item=item.id, brand=read.brand, model=read.model, price=read.price,
                answers=tuple(a for a in answers if a.text or a.page),
            )
        )  # fmt: skip
    return Offer(
        bidder=bidder, specification=reading.specification.sha256, items=tuple(items), note=note
    )


def _label(reading: _Reading, grid: Grid, label: Text, longest: int, *, needed: bool) -> str:
    found = labelled(grid, label)
    told = ""
    if found is not None:
        try:
            told = words_in(found[2], longest)
        except WrongCellError as wrong:
            reading.faults.append(Fault(grid.name, *found[:2], wrong.message, shown(found[2])))
            return ""
    if needed and is_unstated(told):
        row, column = found[:2] if found else (1, 0)
        reading.faults.append(Fault(grid.name, row, column, _NO_BIDDER))
    return told


def _read_prices(reading: _Reading, front: Grid) -> None:
    table = table_in(front, PRICE_COLUMNS, reading.faults)
    if table is None:
        return
    seen: dict[str, int] = {}
    for row in table.rows():
        item = _known_item(reading, table, row)
        if item is None:
            continue
        if item.id in seen:
            reading.faults.append(
                table.fault(row.number, "item", _again(seen[item.id]), found=item.id)
            )
            continue
        seen[item.id] = row.number
        read = reading.item(item.id)
        read.brand = _words(reading, table, row, "brand", LONGEST_NAME)
        read.model = _words(reading, table, row, "model", LONGEST_NAME)
        read.price = _price(reading, table, row, "price")


def _read_sheets(reading: _Reading, front: Grid, sheets: Sequence[tuple[str, Grid]]) -> None:
    named = {item.id: item for item in reading.specification.items}
    seen: dict[str, Grid] = {}
    for id_, grid in sheets:
        if id_ not in named:
            reading.faults.append(Fault(grid.name, 1, 2, _NO_ITEM, id_, nearest(id_, named)))
        elif id_ in seen:
            reading.faults.append(Fault(grid.name, 1, 2, _sheet_again(seen[id_].name), id_))
        else:
            seen[id_] = grid
            table = table_in(grid, ANSWER_COLUMNS, reading.faults)
            reading.strange = 0
            if table is not None:
                for row in table.rows():
                    _read_answer(reading, table, row, named[id_])
                _tell_the_rest(reading, grid)
    for id_, item in named.items():
        if id_ not in seen:
            reading.faults.append(Fault(front.name, 1, 0, _no_sheet(item), id_))


def _read_list(reading: _Reading, grid: Grid) -> None:
    """The one table of a CSV file: item, code, words, page."""
    table = table_in(grid, ("item", *ANSWER_COLUMNS), reading.faults)
    if table is None:
        return
    for row in table.rows():
        item = _known_item(reading, table, row)
        if item is not None:
            _read_line(reading, table, row, item)
    _tell_the_rest(reading, grid)


def _read_line(reading: _Reading, table: Table, row: Row, item: Item) -> None:
    code = shown(table.cell(row, "criterion")).strip()
    fact = FACT_WORDS.get(plain(code)) if item.criterion(code) is None else None
    if fact is None:
        _read_answer(reading, table, row, item)
        return
    read = reading.item(item.id)
    if fact in read.rows:
        reading.faults.append(
            table.fault(row.number, "criterion", _again(read.rows[fact]), found=code)
        )
        return
    read.rows[fact] = row.number
    if fact == "price":
        read.price = _price(reading, table, row, "offered")
    else:
        setattr(read, fact, _words(reading, table, row, "offered", LONGEST_NAME))


def _read_answer(reading: _Reading, table: Table, row: Row, item: Item) -> None:
    read = reading.item(item.id)
    code = shown(table.cell(row, "criterion")).strip()
    criterion = item.criterion(code)
    if criterion is None:
        if code or shown(table.cell(row, "offered")).strip():
            _tell_strange(reading, table, row, code, [c.id for c in item.criteria])
        return
    if code in read.rows:
        reading.faults.append(
            table.fault(row.number, "criterion", _again(read.rows[code]), found=code)
        )
        return
    read.rows[code] = row.number
    asked = tidy(shown(table.cell(row, "text"))).removeprefix("'")
    if asked and loose(asked) != loose(tidy(criterion.text)):
        reading.faults.append(table.fault(row.number, "text", _ALTERED, found=asked[:200]))
    text = _words(reading, table, row, "offered")
    page = _words(reading, table, row, "page", LONGEST_PAGE)
    read.answers[code] = Stated(criterion=code, text=text, page=page)


def _known_item(reading: _Reading, table: Table, row: Row) -> Item | None:
    code = shown(table.cell(row, "item")).strip()
    item = reading.specification.item(code)
    if item is None:
        known = [i.id for i in reading.specification.items]
        _tell_strange(reading, table, row, code, known, "item")
    return item


def _tell_strange(
    reading: _Reading,
    table: Table,
    row: Row,
    code: str,
    known: list[str],
    column: str = "criterion",
) -> None:
    reading.strange += 1
    if reading.strange <= _MOST_ALIKE:
        message = (_NO_CRITERION if column == "criterion" else _NO_ITEM) if code else _NO_CODE
        near = nearest(code, known) if code else ""
        reading.faults.append(
            table.fault(row.number, column, message, found=code[:200], suggestion=near)
        )


def _tell_the_rest(reading: _Reading, grid: Grid) -> None:
    if reading.strange > _MOST_ALIKE:
        last = grid.rows[-1].number
        reading.faults.append(Fault(grid.name, last, 0, _more(reading.strange - _MOST_ALIKE)))


Value = TypeVar("Value")


def _words(reading: _Reading, table: Table, row: Row, name: str, longest: int | None = None) -> str:
    cell = table.cell(row, name)
    try:
        return words_in(cell, longest) if longest else words_in(cell)
    except WrongCellError as wrong:
        _wrong(reading, table, row, name, cell, wrong)
        return ""


def _price(reading: _Reading, table: Table, row: Row, name: str) -> Decimal | None:
    cell = table.cell(row, name)
    try:
        return baht_in(cell)
    except WrongCellError as wrong:
        _wrong(reading, table, row, name, cell, wrong)
        return None


def _wrong(
    reading: _Reading, table: Table, row: Row, name: str, cell: Cell, wrong: WrongCellError
) -> None:
    reading.faults.append(
        table.fault(
            row.number, name, wrong.message, found=shown(cell)[:200], suggestion=wrong.suggestion
        )
    )


def _again(row: int) -> Text:
    return Text(th=f"ซ้ำกับแถว {row}", en=f"row {row} answers this already")


def _sheet_again(name: str) -> Text:
    return Text(
        th=f"แผ่นงาน “{name}” เป็นของรายการเดียวกัน", en=f"the sheet “{name}” is of the same item"
    )


def _no_sheet(item: Item) -> Text:
    return Text(
        th=f"ไม่พบแผ่นงานของรายการ “{item.th}” (ถูกลบหรือซ่อนไว้) ถ้าไม่เสนอให้เว้นว่างทั้งแผ่น",
        en=f"the sheet of {item.id} is gone or hidden; leave it empty if nothing is offered",
    )


def _more(count: int) -> Text:
    return Text(
        th=f"และอีก {count:,} แถวที่รหัสไม่ตรงกับคุณลักษณะเฉพาะ",
        en=f"and {count:,} more rows whose codes are not of the specification",
    )


_NO_FRONT = Text(
    th="แฟ้มนี้ไม่ใช่แบบข้อเสนอ ให้กรอกในแบบที่ดาวน์โหลดจากเรื่องนี้",
    en="this is no offer; fill in the template that this case gives",
)
_SEVERAL_FRONTS = Text(
    th="มีหลายแผ่นงานที่เป็นหน้าแรกของข้อเสนอ ให้เหลือแผ่นเดียว",
    en="several sheets are the front of an offer; leave one",
)
_NO_BIDDER = Text(th="ไม่มีชื่อผู้เสนอราคา", en="the bidder is not named")
_NO_ITEM = Text(th="ไม่มีรายการรหัสนี้ในคุณลักษณะเฉพาะ", en="the specification has no item of this code")
_NO_CRITERION = Text(th="รายการนี้ไม่มีข้อกำหนดรหัสนี้", en="the item has no criterion of this code")
_NO_CODE = Text(th="แถวนี้ไม่มีรหัส จึงไม่ทราบว่าตอบข้อใด", en="the row has no code: what does it answer?")
_ALTERED = Text(
    th="ข้อความของข้อกำหนดถูกแก้ ไม่ตรงกับคุณลักษณะเฉพาะที่อนุมัติ",
    en="the words of the criterion were changed; they are not those that were approved",
)
