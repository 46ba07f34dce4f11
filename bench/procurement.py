"""What comparing offers costs: 300 criteria, 30 bidders, read, compared, and printed three ways.

The answers vary as bidders write them: with units and without, Thai words, some not stated, some
too low, some that nobody can read.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from bench.report import say
from controller.documents.compose.look import Look
from controller.documents.compose.procurement.compared import Compared
from controller.documents.compose.procurement.comparison_sheet import compose_comparison
from controller.documents.compose.procurement.purchase import Purchase
from controller.documents.compose.procurement.workbook import comparison_sheets
from controller.documents.docx import render_docx
from controller.documents.pdf import render_pdf
from controller.documents.xlsx import render_xlsx
from controller.processes.case import Case, Paper
from controller.procurement.comparing import compare
from controller.procurement.offer import ItemOffer, Offer, Stated, read_offer
from controller.specs.criterion import Criterion
from controller.specs.specification import Item, Specification
from controller.workspace.parts import read_office

ROOT = Path(__file__).resolve().parent.parent
AT = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
GOAL = 3.0
TODAY = date(2026, 11, 28)
ORDER = ("read the offers", "compare them", "compose", "PDF", "DOCX", "XLSX")
ALL = "all of it, the PDF beside the others"
Made = TypeVar("Made")
_EACH = 30
_ASKED: tuple[tuple[str, str, object, str, str], ...] = (
    ("ports_1g", "at-least", 24, "port", "มีช่องเชื่อมต่อระบบเครือข่าย แบบ 10/100/1000 Base-T หรือดีกว่า"),
    ("mac_addresses", "at-least", 16000, "address", "รองรับ Mac Address ได้ไม่น้อยกว่าที่กำหนด"),
    ("poe_budget", "at-least", 370, "W", "จ่ายกำลังไฟ PoE รวมได้ไม่น้อยกว่าที่กำหนด"),
    ("layer", "at-least", "Layer 2", "", "มีลักษณะการทำงานไม่น้อยกว่า Layer 2 ของ OSI Model"),
    ("wpa", "includes", ("WPA2", "WPA3"), "", "เข้ารหัสข้อมูลตามมาตรฐาน WPA2 และ WPA3 ได้เป็นอย่างน้อย"),
    ("web_management", "is", True, "", "สามารถบริหารจัดการอุปกรณ์ผ่านทางโปรแกรม Web Browser ได้"),
)
_SAID: dict[str, tuple[str, ...]] = {
    "ports_1g": ("24 ช่อง", "24", "๔๘ ช่อง", "ไม่น้อยกว่า 24 ช่อง", "24 ports", "16 ช่อง", ""),
    "mac_addresses": ("16,384", "32,000 หมายเลข", "8,192", "16000", ""),
    "poe_budget": ("370 W", "740 วัตต์", "0.4 kW", "370 วัตต์"),
    "layer": ("Layer 2", "Layer 3", "L2+", "Layer 2"),
    "wpa": ("WPA2, WPA3", "WPA/WPA2/WPA3", "WPA2", "WPA2 และ WPA3"),
    "web_management": ("มี", "มี", "ไม่มี", "รองรับ"),
}


def main(words: list[str] | None = None) -> None:
    """`python -m bench.procurement [--criteria N] [--offers N] [--rounds N]`."""
    parser = argparse.ArgumentParser(prog="python -m bench.procurement", description=__doc__)
    parser.add_argument("--criteria", type=int, default=300)
    parser.add_argument("--offers", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(words)
    asked = specification(options.criteria)
    first: dict[str, float] = {}
    later: dict[str, list[float]] = {}
    for turn in range(options.rounds + 1):
        # Other pages each time: the typesetter remembers what it set before.
        kept = [offer(asked, n, turn).content for n in range(options.offers)]
        for name, seconds in _once(asked, kept):
            # The first round loads libraries and fonts, which a server does once.
            if turn == 0:
                first[name] = seconds
            else:
                later.setdefault(name, []).append(seconds)
    say(f"{options.criteria} criteria, {options.offers} offers; load {os.getloadavg()[0]:.1f}\n")
    say("| step | first s | then, median s | goal s |")
    say("|---|---|---|---|")
    for name, seconds in first.items():
        goal = f"{GOAL}" if name == ALL else ""
        say(f"| {name} | {seconds:.2f} | {statistics.median(later[name]):.2f} | {goal} |")
    say("")


def specification(criteria: int) -> Specification:
    """So many criteria in items of thirty."""
    items = []
    for first in range(0, criteria, _EACH):
        ids = range(first, min(first + _EACH, criteria))
        items.append(
            Item(
                id=f"item-{first}",
                th=f"อุปกรณ์กระจายสัญญาณ แบบที่ {first // _EACH + 1}",
                kind="switch",
                quantity=4,
                price=Decimal(13000),
                criteria=tuple(_criterion(n) for n in ids),
            )
        )
    return Specification(
        title="จัดซื้ออุปกรณ์เครือข่าย", budget=Decimal(1_000_000), need="ทดแทนของเดิม", items=tuple(items)
    )


def _criterion(number: int) -> Criterion:
    attribute, operator, value, unit, text = _ASKED[number % len(_ASKED)]
    asked = {"attribute": attribute, "operator": operator, "value": value, "unit": unit}
    text = f"{text} (ข้อย่อย {number})"  # no two alike, as in a real one
    return Criterion.model_validate({"id": f"c{number}", "text": text, **asked})


def offer(asked: Specification, number: int, turn: int = 0) -> Offer:
    """What a bidder states, others in other words; other pages at another turn."""
    return Offer(
        bidder=f"ผู้เสนอราคา {number + 1:02}",
        specification=asked.sha256,
        items=tuple(
            ItemOffer(
                item=item.id,
                brand=f"ยี่ห้อ {number % 7}",
                model=f"รุ่น {number % 11}",
                price=item.price - number,
                answers=tuple(_stated(one, n, number, turn) for n, one in enumerate(item.criteria)),
            )
            for item in asked.items
        ),
    )


def _stated(criterion: Criterion, place: int, number: int, turn: int) -> Stated:
    said = _SAID[criterion.attribute]
    text = said[(place * 7 + number * 3) % len(said)] if place % 10 == number % 10 else said[0]
    return Stated(criterion=criterion.id, text=text, page=str(100 * turn + place + 1))


def _once(asked: Specification, kept: list[bytes]) -> list[tuple[str, float]]:
    """Every step once, with what it took; at the end all of it."""
    steps: list[tuple[str, float]] = []

    def timed(name: str, work: Callable[[], Made]) -> Made:
        began = time.perf_counter()
        made = work()
        steps.append((name, time.perf_counter() - began))
        return made

    began = time.perf_counter()
    offers = timed("read the offers", lambda: [read_offer(one) for one in kept])
    comparison = timed("compare them", lambda: compare(asked, offers, today=TODAY))
    told = tuple((one.text.th, "") for one in comparison.concerns)
    found = Compared(_purchase(asked), comparison, explained=told)
    document = timed("compose", lambda: compose_comparison(found))
    with ThreadPoolExecutor(1) as beside:
        drawn = beside.submit(timed, "PDF", lambda: render_pdf(document))
        timed("DOCX", lambda: render_docx(document))
        timed("XLSX", lambda: render_xlsx(comparison_sheets(found), thai_digits=True))
        drawn.result()
    whole = time.perf_counter() - began
    return [*sorted(steps, key=lambda step: ORDER.index(step[0])), (ALL, whole)]


def _purchase(asked: Specification) -> Purchase:
    paper = Paper(
        kind="specification",
        number="specification",
        title="คุณลักษณะเฉพาะ",
        sha256=asked.sha256,
        step=4,
        by="engineer1",
        at=AT,
    )
    case = Case(
        number="2569-2.4-0001",
        process="2.4",
        title=asked.title,
        state="open",
        step=4,
        plan=None,
        proposer="engineer1",
        opened=AT,
    )
    return Purchase(asked, case, paper, read_office(ROOT), Look())


if __name__ == "__main__":
    main()
