"""Lint against the baseline: nothing dropped or lowered unsaid, nothing added without a mark."""

from __future__ import annotations

from collections.abc import Iterator

from controller.errors import Text
from controller.procurement.known import Known
from controller.procurement.remark import Remark
from controller.procurement.strictness import as_strict, asked_by
from controller.specs.attribute import attributes
from controller.specs.baseline import Baseline, Edition
from controller.specs.criterion import Criterion
from controller.specs.specification import Item, Specification
from controller.thai import long_date


def against_the_baseline(specification: Specification, known: Known) -> Iterator[Remark]:
    """Each item beside its baseline, and the edition it is of."""
    for item in specification.items:
        if not item.baseline:
            continue
        baseline = known.baselines.baseline(item.baseline)
        edition = known.baselines.edition(item.baseline.partition("/")[0])
        if baseline is None or edition is None:
            yield _unknown(item)
            continue
        yield from _edition(item, baseline, edition, known)
        yield from _taken_over(item, baseline, edition)
        if baseline.kind != item.kind:
            yield Remark(
                "other-kind",
                "error",
                item.id,
                Text(
                    th=f"รายการเป็น {item.kind} แต่เกณฑ์พื้นฐานเป็น {baseline.kind}",
                    en=f"the item is a {item.kind}, its baseline a {baseline.kind}",
                ),
                Text(th="อ้างเกณฑ์พื้นฐานให้ตรงชนิด", en="refer to a baseline of its kind"),
            )


_GONE = Text(
    th="ฉบับใหม่ไม่มีรายการนี้แล้ว ให้ระบุที่มาของราคาเอง",
    en="the later edition has no such item: state where the price comes from",
)


def _use(ref: str) -> Text:
    return Text(th=f"ใช้ baseline: {ref}", en=f"use baseline: {ref}")


def _edition(item: Item, baseline: Baseline, edition: Edition, known: Known) -> Iterator[Remark]:
    later = known.baselines.superseded(baseline.ref, known.today)
    if later is not None:
        newer = known.baselines.baseline(f"{later.id}/{baseline.id}")
        use = (
            Text(th=f"ใช้ baseline: {newer.ref}", en=f"use baseline: {newer.ref}")
            if newer
            else _GONE
        )
        yield Remark(
            "superseded",
            "warning",
            item.id,
            Text(
                th=f"เกณฑ์ {edition.th} ถูกแทนด้วย {later.th} แล้ว",
                en=f"{edition.en} was superseded by {later.en}",
            ),
            Text(
                th=f"{use.th} หรือให้เหตุผลที่ยังใช้ฉบับเดิม",
                en=f"{use.en}, or write why the earlier edition is still used",
            ),
        )
    if edition.status == "reference":
        announced = long_date(edition.announced, thai=False)
        yield Remark(
            "reference-edition",
            "notice",
            item.id,
            Text(
                th=f"{edition.th} ในระบบเป็นข้อมูลอ้างอิง ยังไม่มีผู้ตรวจกับประกาศ",
                en=f"{edition.en} is here as reference: nobody checked it against the announcement",
            ),
            Text(
                th=f"โปรดตรวจกับเอกสารของ{edition.issuer} ประกาศเมื่อ {announced}",
                en=f"check it with the document of {edition.announced.isoformat()}",
            ),
        )


def _taken_over(item: Item, baseline: Baseline, edition: Edition) -> Iterator[Remark]:
    ours = {criterion.id: criterion for criterion in item.criteria}
    theirs = {criterion.id: criterion for criterion in baseline.criteria}
    for criterion in baseline.criteria:
        mine = ours.get(criterion.id)
        about = f"{item.id}/{criterion.id}"
        if mine is None:
            if not _answered_otherwise(item, criterion):
                said = ("ตัดข้อกำหนดพื้นฐานออก", "a criterion of the baseline was dropped")
                yield _below("dropped", about, criterion, edition, *said)
        elif _is_lower(mine, criterion):
            said = ("ต่ำกว่าเกณฑ์พื้นฐาน", "lower than the baseline")
            yield _below("lowered", about, criterion, edition, *said)
        elif mine.origin == "baseline" and _differs(mine, criterion):
            yield _unmarked(
                "changed-unsaid",
                about,
                "ข้อกำหนดต่างจากเกณฑ์พื้นฐาน แต่ไม่ได้ระบุว่าปรับเพิ่มและเหตุผล",
                "it differs from the baseline, yet is not marked as raised with a reason",
            )
    for criterion in item.criteria:
        if criterion.origin == "baseline" and criterion.id not in theirs:
            yield _unmarked(
                "added-unsaid",
                f"{item.id}/{criterion.id}",
                "ข้อกำหนดนี้ไม่มีในเกณฑ์พื้นฐาน แต่ไม่ได้ระบุว่าเพิ่มและเหตุผล",
                "the baseline has no such criterion, yet it is not marked as added with a reason",
            )


def _answered_otherwise(item: Item, dropped: Criterion) -> bool:
    """Whether another mandatory criterion asks at least as much of the same attribute."""
    attribute = attributes().get(dropped.attribute)
    asked = asked_by(dropped, attribute) if attribute else None
    if attribute is None or asked is None:
        return False
    others = (
        asked_by(other, attribute)
        for other in item.criteria
        if other.attribute == dropped.attribute and (other.mandatory or not dropped.mandatory)
    )
    return any(other is not None and as_strict(other, asked) for other in others)


def _is_lower(mine: Criterion, theirs: Criterion) -> bool:
    if theirs.mandatory and not mine.mandatory:
        return True
    attribute = attributes().get(theirs.attribute)
    asked = asked_by(theirs, attribute) if attribute else None
    if attribute is None or asked is None:
        return False
    if mine.attribute != theirs.attribute:
        return True
    own = asked_by(mine, attribute)
    return own is None or not as_strict(own, asked)


def _differs(mine: Criterion, theirs: Criterion) -> bool:
    """Whether it asks or says something else; points for it may be given freely."""
    left, right = (
        criterion.model_dump(exclude={"weight", "mandatory", "reason", "origin"})
        for criterion in (mine, theirs)
    )
    return left != right


def _below(
    code: str, about: str, criterion: Criterion, edition: Edition, th: str, en: str
) -> Remark:
    return Remark(
        code,
        "warning",
        about,
        Text(th=f"{th}: {criterion.text}", en=f"{en}: {criterion.id}"),
        Text(
            th=f"{edition.issuer} {edition.th} กำหนดคุณลักษณะขั้นต่ำไว้คู่กับราคา "
            "ให้เหตุผล หรือไม่อ้างเกณฑ์นี้แล้วระบุที่มาของราคาเอง",
            en=f"{edition.en} sets a least specification together with its price: write why, or do "
            "not refer to it and state where the price comes from",
        ),
    )


def _unmarked(code: str, about: str, th: str, en: str) -> Remark:
    return Remark(
        code,
        "error",
        about,
        Text(th=th, en=en),
        Text(
            th="ข้อที่เพิ่มหรือปรับจากเกณฑ์ต้องมีเหตุผลความจำเป็น (raised: หรือ added: พร้อม reason:)",
            en="what goes beyond the edition has a reason (raised: or added:, with reason:)",
        ),
    )


def _unknown(item: Item) -> Remark:
    return Remark(
        "unknown-baseline",
        "error",
        item.id,
        Text(th=f"ไม่มีเกณฑ์พื้นฐาน {item.baseline}", en=f"there is no baseline {item.baseline}"),
        Text(
            th="ดูรายการด้วย `khaen spec baseline list`",
            en="see them with `khaen spec baseline list`",
        ),
    )
