"""The first page: what the director should know, and what is proposed, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from controller.documents.blocks import Block, Paragraph, Table, TableColumn
from controller.documents.compose.columns import numbered
from controller.documents.compose.evaluation.availability import worst
from controller.documents.compose.evaluation.figures import UNMEASURED, Figures
from controller.documents.compose.evaluation.yearly import Surveyed, Yearly
from controller.documents.compose.wording import listed
from controller.health.evaluation.ages import REPLACEABLE
from controller.health.evaluation.evaluation import Step, compared
from controller.health.evaluation.uptime import LITTLE

_FEW = 3
STEPS = {
    "availability": "ความพร้อมใช้งาน (ร้อยละ)",
    "coverage": "วัดได้ (ร้อยละของเวลา)",
    "incidents": "จำนวนเหตุ (ครั้ง)",
    "to_acknowledge": "ค่ากลางเวลารับทราบเหตุ",
    "to_clear": "ค่ากลางเวลากลับสู่ปกติ",
    "uplink": "ลิงก์ขึ้นใช้เฉลี่ย ค่ากลาง (ร้อยละ)",
    "full": "ลิงก์ขึ้นที่เต็ม (ลิงก์)",
}
_BETTER, _WORSE = "ดีขึ้น", "แย่ลง"
# A change that is written with none of these is none.
_NOT_NOTHING = "123456789๑๒๓๔๕๖๗๘๙"


def summary_blocks(yearly: Yearly, figures: Figures) -> Iterator[Block]:
    """What was found, in sentences."""
    yield from listed(findings(yearly, figures), figures.look)


def proposal_blocks(yearly: Yearly, figures: Figures) -> Iterator[Block]:
    """What follows from the figures, for the director to weigh."""
    found = list(proposals(yearly, figures))
    if not found:
        yield Paragraph("ข้อมูลที่มียังไม่พอให้เสนอแนวทาง", indent=True)
    yield from listed(found, figures.look)


def comparison_table(yearly: Yearly, figures: Figures) -> Table:
    """The main figures beside those of the year before."""
    steps = compared(yearly.now, yearly.before)
    rows = [
        (
            STEPS[step.name],
            _value(step, step.now, step.watched[0], figures),
            _value(step, step.before, step.watched[1], figures),
            _change(step, figures),
        )
        for step in steps
    ]
    count = figures.look.count
    now, before = yearly.cases.opened, yearly.cases_before.opened
    rows.append(
        ("เรื่องที่เปิดตามกระบวนงาน (เรื่อง)", count(now), count(before), _plain(now - before, figures))
    )
    rows.append(_satisfied(yearly, figures))
    return Table(
        numbered(
            TableColumn("รายการ", 6),
            TableColumn(figures.year(yearly.now.asked), 4, "right"),
            TableColumn(figures.year(yearly.before.asked), 4, "right"),
            TableColumn("เปลี่ยนแปลง", 4, "right"),
        ),
        tuple((count(n), *row) for n, row in enumerate(rows, start=1)),
    )


def findings(yearly: Yearly, figures: Figures) -> Iterator[str]:
    """What was found, a sentence each."""
    now, count = yearly.now, figures.look.count
    uptime, whole = now.uptime, now.uptime.whole
    if not uptime.measured:
        yield (
            f"อุปกรณ์เครือข่าย {count(whole.devices)} ตัวไม่ได้วัดสถานะในช่วงนี้ "
            "จึงตอบไม่ได้ว่าพร้อมใช้งานเพียงใด มิได้หมายความว่าใช้งานไม่ได้หรือใช้งานได้ทั้งหมด"
        )
    else:
        yield (
            f"อุปกรณ์เครือข่าย {count(whole.devices)} ตัว ใน {count(len(uptime.sites))} หน่วยงาน "
            f"พร้อมใช้งานร้อยละ {figures.availability(whole.share)}{_than_before(yearly, figures)} "
            f"โดยวัดได้ร้อยละ {figures.coverage(whole.share)} ของเวลา"
        )
        if far := worst(uptime.sites)[:_FEW]:
            named = ", ".join(
                f"{yearly.names.site(one.key)} (ร้อยละ {figures.availability(one.share)})"
                for one in far
            )
            yield f"หน่วยงานที่ติดต่อไม่ได้นานที่สุด ได้แก่ {named}"
    if now.incidents is None:
        yield f"เหตุขัดข้อง: {UNMEASURED}"
    else:
        spell = now.incidents.whole
        yield (
            f"เกิดเหตุขัดข้อง {count(spell.count)} ครั้ง "
            + (
                f"ครึ่งหนึ่งกลับสู่ปกติภายใน {figures.time(spell.to_clear)} "
                if spell.to_clear is not None
                else ""
            )
            + (f"เหตุเดิมเกิดซ้ำในอุปกรณ์ {count(_again(yearly))} ตัว" if _again(yearly) else "")
        ).rstrip()
    if now.capacity.uplinks:
        yield (
            f"ลิงก์ขึ้นที่วัดได้ {count(len(now.capacity.uplinks))} ลิงก์ "
            f"เต็ม {count(len(now.capacity.full))} ลิงก์ และหนาแน่น {count(len(now.capacity.busy))} ลิงก์"
        )
    else:
        yield f"ปริมาณการใช้ลิงก์ขึ้น: {UNMEASURED}"
    if old := len(now.ages.replaceable):
        yield f"อุปกรณ์อายุตั้งแต่ {count(REPLACEABLE)} ปีขึ้นไป {count(old)} ตัว" + (
            f" และไม่ทราบอายุ {count(now.ages.unknown)} ตัว" if now.ages.unknown else ""
        )
    elif now.ages.unknown:
        yield f"ไม่ทราบอายุอุปกรณ์ {count(now.ages.unknown)} ตัว"
    late = len(yearly.cases.late)
    yield f"เปิดเรื่องตามกระบวนงาน {count(yearly.cases.opened)} เรื่อง เกินกำหนดอยู่ {count(late)} เรื่อง"
    yield _survey_told(yearly.surveys, figures)


def _than_before(yearly: Yearly, figures: Figures) -> str:
    before = yearly.before.uptime.whole.share
    if before.availability is None:
        return " (ปีก่อนไม่ได้วัด)"
    return f" (ปีก่อนร้อยละ {figures.availability(before)})"


def _again(yearly: Yearly) -> int:
    found = yearly.now.incidents
    return len({one.device for one in found.recurring}) if found else 0


def _survey_told(surveys: Sequence[Surveyed], figures: Figures) -> str:
    rated = [one for one in surveys if one.results.overall.mean is not None]
    if not rated:
        return "ไม่มีผลสำรวจความพึงพอใจในช่วงนี้"
    return "ความพึงพอใจ: " + "; ".join(
        f"{one.title or one.number} ค่าเฉลี่ย {figures.mean(one.results.overall.mean)} "
        f"จาก {figures.look.count(one.results.answers)} คน"
        for one in rated
    )


def _satisfied(yearly: Yearly, figures: Figures) -> tuple[str, str, str, str]:
    now, before = _mean(yearly.surveys), _mean(yearly.surveys_before)
    change = "-" if now is None or before is None else _signed(now - before, 2, figures)
    written = [UNMEASURED if m is None else figures.look.digits(f"{m:.2f}") for m in (now, before)]
    return ("ความพึงพอใจ (ค่าเฉลี่ยเต็ม " + figures.look.count(5) + ")", *written, change)  # type: ignore[return-value]


def _mean(surveys: Sequence[Surveyed]) -> float | None:
    """The mean over all ratings of all surveys."""
    rated = [one.results.overall for one in surveys if one.results.overall.mean is not None]
    number = sum(one.n for one in rated)
    return sum(float(one.mean or 0) * one.n for one in rated) / number if number else None


def _value(step: Step, value: float | None, watched: bool, figures: Figures) -> str:
    if value is None:
        return "-" if watched else UNMEASURED
    if step.kind == "share":
        return figures.percent(value, 2 if step.name == "availability" else 1)
    return figures.time(value) if step.kind == "minutes" else figures.count(value)


def _change(step: Step, figures: Figures) -> str:
    change = step.change
    if change is None:
        return "เทียบไม่ได้"
    if step.kind == "share":
        written = _signed(change * 100, 2 if step.name == "availability" else 1, figures)
    elif step.kind == "minutes":
        sign = "+" if change > 0 else "-"
        written = sign + figures.time(abs(change)) if round(abs(change)) else figures.look.count(0)
    else:
        written = _plain(round(change), figures)
    if not step.better or not any(digit in written for digit in _NOT_NOTHING):
        return written
    return f"{written} {_BETTER if change * step.better > 0 else _WORSE}"


def _plain(change: int, figures: Figures) -> str:
    return figures.look.digits(f"{change:+,d}") if change else figures.look.count(0)


def _signed(change: float, places: int, figures: Figures) -> str:
    rounded = round(change, places)
    return figures.look.digits(f"{rounded:+,.{places}f}" if rounded else f"{0:.{places}f}")


def proposals(yearly: Yearly, figures: Figures) -> Iterator[str]:
    """What is proposed, a sentence each."""
    now, count, names = yearly.now, figures.look.count, yearly.names
    low = [one for one in now.uptime.sites if (one.share.coverage or 0.0) < LITTLE]
    if low:
        yield (
            f"วัดสถานะให้ครบใน {count(len(low))} หน่วยงาน"
            f"ที่วัดได้ไม่ถึงร้อยละ {count(round(LITTLE * 100))} ของเวลา "
            "โดยตรวจการเปิด SNMP และเส้นทางจากสำนักงานถึงอุปกรณ์"
        )
    if far := worst(now.uptime.sites)[:_FEW]:
        yield "ตรวจหาสาเหตุ ณ สถานที่ ที่" + ", ".join(names.site(one.key) for one in far)
    if now.incidents and now.incidents.recurring:
        yield f"แก้ที่ต้นเหตุของอุปกรณ์ {count(_again(yearly))} ตัวที่เกิดเหตุเดิมซ้ำ โดยเปิดเรื่องบำรุงรักษา"
    if now.capacity.full:
        places = list(dict.fromkeys(names.site(one.site) for one in now.capacity.full))
        more = f" และอีก {count(len(places) - _FEW)} แห่ง" if len(places) > _FEW else ""
        yield "พิจารณาเพิ่มความเร็วลิงก์ขึ้นของ" + ", ".join(places[:_FEW]) + more
    if old := len(now.ages.replaceable):
        yield (
            f"วางแผนจัดหาทดแทนอุปกรณ์ {count(old)} ตัวที่อายุตั้งแต่ {count(REPLACEABLE)} ปีขึ้นไป "
            "ตามลำดับอายุและเหตุที่เกิด"
        )
    if now.ages.unknown:
        yield f"บันทึกเลขครุภัณฑ์และวันได้มาของอุปกรณ์ {count(now.ages.unknown)} ตัวให้ครบ"
    if yearly.cases.late:
        yield f"เร่งรัดเรื่องที่เกินกำหนด {count(len(yearly.cases.late))} เรื่อง"
    if not yearly.surveys:
        yield "สำรวจความพึงพอใจของสถานศึกษาก่อนสิ้นปีงบประมาณถัดไป"
