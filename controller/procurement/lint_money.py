"""Lint of the money: ceilings, sources of prices, the budget, and how the winner is found."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from controller.errors import Text
from controller.procurement.known import Known
from controller.procurement.remark import Remark
from controller.specs.specification import Specification

SPECIFIC_METHOD = Decimal(500_000)
"""Up to so many baht the specific method (วิธีเฉพาะเจาะจง) may be used."""
_NEAR = Decimal("0.9")
_WHOLE = Decimal(100)
_WEIGHTS = Text(
    th="มาตรา 65: น้ำหนักของราคาและข้อกำหนดต้องรวมกันได้ 100 และกำหนดไว้ก่อนยื่นข้อเสนอ",
    en="section 65: weights of the price and of criteria total 100, fixed before offers are made",
)


def prices(specification: Specification, known: Known) -> Iterator[Remark]:
    """Each item's price beside the ceiling of its baseline, or with a source of its own."""
    for item in specification.items:
        baseline = known.baselines.baseline(item.baseline) if item.baseline else None
        ceiling = baseline.ceiling if baseline else None
        if ceiling is not None and item.price > ceiling:
            yield Remark(
                "over-ceiling",
                "error",
                item.id,
                Text(
                    th=f"ราคา {item.price:,} บาท เกินราคาตามเกณฑ์ {ceiling:,} บาท",
                    en=f"{item.price:,} baht is over the ceiling of {ceiling:,} baht",
                ),
                Text(
                    th=f"เกณฑ์ {item.baseline}: เพิ่มคุณลักษณะได้ภายในราคาที่กำหนด ลดราคา หรือ"
                    "ไม่อ้างเกณฑ์นี้แล้วระบุที่มาของราคา",
                    en=f"{item.baseline}: more may be asked within its price; lower the price, or "
                    "do not refer to it and state where the price comes from",
                ),
            )
        if ceiling is None and not item.price_source.strip():
            yield Remark(
                "no-price-source",
                "error",
                item.id,
                Text(th="ราคาไม่มีที่มา", en="nothing says where the price comes from"),
                Text(
                    th="พ.ร.บ. จัดซื้อจัดจ้างฯ มาตรา 4 (ราคากลาง): ระบุที่มา "
                    "เช่น สืบราคาจากผู้ขาย 3 ราย (price_source)",
                    en="Act B.E. 2560, section 4 (reference price): say where it comes from, such "
                    "as three sellers asked (price_source)",
                ),
            )


def money(specification: Specification, _: Known) -> Iterator[Remark]:
    """The budget beside the reference price, and the method that such a sum asks for."""
    total, budget = specification.reference_price, specification.budget
    if not specification.fund.strip():
        yield Remark(
            "no-fund",
            "error",
            "fund",
            Text(th="ยังไม่ระบุแหล่งเงิน", en="nothing says where the money comes from"),
            Text(
                th="ระเบียบ กค. พ.ศ. 2560 ข้อ 22: รายงานขอซื้อต้องแสดงวงเงินและแหล่งเงิน (fund)",
                en="Regulation B.E. 2560, clause 22: the request names the source of money (fund)",
            ),
        )
    if total > budget:
        yield Remark(
            "over-budget",
            "error",
            "budget",
            Text(
                th=f"ราคากลางรวม {total:,} บาท เกินวงเงิน {budget:,} บาท",
                en=f"the reference price of {total:,} baht is over the budget of {budget:,} baht",
            ),
            Text(
                th="ระเบียบ กค. พ.ศ. 2560 ข้อ 22: รายงานขอซื้อต้องแสดงวงเงินที่มีพอ ลดจำนวนหรือเพิ่มวงเงิน",
                en="Regulation B.E. 2560, clause 22: the request shows money enough; ask for less, "
                "or find more",
            ),
        )
    if budget > SPECIFIC_METHOD:
        yield Remark(
            "method",
            "notice",
            "budget",
            Text(
                th="วงเงินเกิน 500,000 บาท ต้องใช้วิธีประกาศเชิญชวนทั่วไป (e-market หรือ e-bidding)",
                en="over 500,000 baht bidders are invited publicly (e-market or e-bidding)",
            ),
            Text(
                th="ระเบียบ กค. พ.ศ. 2560 ข้อ 20 และ 30–32: ห้ามแบ่งซื้อเพื่อลดวงเงินหรือเปลี่ยนวิธี",
                en="Regulation B.E. 2560, clauses 20 and 30–32: no splitting to get below it",
            ),
        )
    elif budget >= SPECIFIC_METHOD * _NEAR:
        yield Remark(
            "near-limit",
            "notice",
            "budget",
            Text(
                th="วงเงินใกล้ 500,000 บาท ตรวจว่าไม่ได้แบ่งซื้อจากความต้องการเดียวกัน",
                en="the budget is close to 500,000 baht: check that no need was split",
            ),
            Text(
                th="ระเบียบ กค. พ.ศ. 2560 ข้อ 20: ห้ามแบ่งซื้อแบ่งจ้าง",
                en="Regulation B.E. 2560, clause 20: no splitting",
            ),
        )


def award(specification: Specification, _: Known) -> Iterator[Remark]:
    """Weights total 100 under price-performance, and are nowhere else."""
    rule, price = specification.award.rule, specification.award.price_weight
    weights = [c.weight for _, c in specification.clauses() if c.weight is not None]
    if rule == "price":
        if weights or price is not None:
            yield Remark(
                "weights-unused",
                "warning",
                "award",
                Text(
                    th="ใช้เกณฑ์ราคา น้ำหนักคะแนนจึงไม่มีผล",
                    en="the lowest price wins: the weights count for nothing",
                ),
                Text(
                    th="เอาน้ำหนักออก หรือใช้เกณฑ์ราคาประกอบเกณฑ์อื่น (award: price-performance)",
                    en="take the weights off, or use award: price-performance",
                ),
            )
        return
    total = sum(weights, price or Decimal(0))
    if price is None or not weights or total != _WHOLE:
        yield Remark(
            "weights",
            "error",
            "award",
            Text(
                th=f"น้ำหนักราคา {price or 0} และข้อกำหนด {len(weights)} ข้อ รวม {total} ไม่ใช่ 100"
                if price is not None and weights
                else "เกณฑ์ราคาประกอบเกณฑ์อื่นต้องมีน้ำหนักทั้งของราคาและของข้อกำหนด",
                en=f"price {price or 0} and {len(weights)} criteria total {total}, not 100"
                if price is not None and weights
                else "price-performance weighs the price and some criteria",
            ),
            _WEIGHTS,
        )
