"""Lint by known models: who can meet a criterion, and who the whole item.

What is not known of a model is never taken for met: unknown models are counted apart and said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from controller.errors import Text
from controller.procurement.known import Known
from controller.procurement.matching import Match
from controller.procurement.remark import Remark
from controller.specs.criterion import Criterion
from controller.specs.model import Model
from controller.specs.specification import Item, Specification

_ENOUGH = 2
_COMPETE = Text(
    th="ข้อแนะนำ 14 ของเกณฑ์ราคากลางฯ และมาตรา 9: ต้องแข่งขันกันได้อย่างน้อย 2 ผลิตภัณฑ์ "
    "บันทึกรุ่นที่ทราบใน specs/models หรือเขียนเหตุผลว่าตรวจสอบผลิตภัณฑ์ใดแล้ว",
    en="advice 14 of the price criteria, and section 9: at least two products must be able to "
    "compete; add the models you know to specs/models, or write which products you checked",
)


def who_can_meet_it(specification: Specification, known: Known) -> Iterator[Remark]:
    """Criteria that only one known model meets, and items that fewer than two meet whole."""
    for item in specification.items:
        models = [model for model in known.models if model.kind == item.kind]
        asked = [c for c in item.criteria if c.mandatory and c.operator != "judged"]
        answers = {c.id: [known.meets(c, model) for model in models] for c in asked}
        for criterion in asked:
            yield from _sole(item, criterion, models, answers[criterion.id])
        if asked and not specification.exemption:
            yield from _whole(item, models, list(answers.values()))


def _sole(
    item: Item, criterion: Criterion, models: Sequence[Model], answers: Sequence[Match]
) -> Iterator[Remark]:
    met = [model for model, answer in zip(models, answers, strict=True) if answer == "met"]
    failed, unknown = answers.count("failed"), answers.count("unknown")
    if not failed or len(met) >= _ENOUGH:
        return
    who = ", ".join(map(_name, met))
    yield Remark(
        "sole-criterion",
        "warning",
        f"{item.id}/{criterion.id}",
        Text(
            th=(f"มีรุ่นเดียวที่ทราบว่าผ่านข้อนี้ ({who})" if met else "ไม่มีรุ่นใดที่ทราบว่าผ่านข้อนี้")
            + f" ไม่ผ่าน {failed} รุ่น ไม่ทราบ {unknown} รุ่น",
            en=(f"one known model meets it ({who})" if met else "no known model meets it")
            + f"; {failed} fail, of {unknown} nobody knows",
        ),
        _COMPETE,
    )


def _whole(
    item: Item, models: Sequence[Model], answers: Sequence[Sequence[Match]]
) -> Iterator[Remark]:
    verdicts = [_verdict([of[index] for of in answers]) for index in range(len(models))]
    met = [model for model, verdict in zip(models, verdicts, strict=True) if verdict == "met"]
    products = {(model.maker.casefold(), model.model.casefold()) for model in met}
    if len(products) >= _ENOUGH:
        makers = {model.maker.casefold() for model in met}
        if len(makers) < _ENOUGH:
            yield Remark(
                "one-maker",
                "warning",
                item.id,
                Text(
                    th=f"รุ่นที่ทราบว่าผ่านทุกข้อเป็นของ {met[0].maker} ทั้งหมด",
                    en=f"the models known to meet it whole are all of {met[0].maker}",
                ),
                _COMPETE,
            )
        return
    failed, unknown = verdicts.count("failed"), verdicts.count("unknown")
    yield Remark(
        "few-models",
        "warning",
        item.id,
        Text(
            th=f"ทราบว่าผ่านทุกข้อที่เทียบได้ {len(products)} รุ่น ไม่ผ่าน {failed} ไม่ทราบ {unknown}",
            en=f"{len(products)} models are known to meet it whole; {failed} fail, "
            f"of {unknown} nobody knows",
        ),
        _COMPETE,
    )


def _verdict(answers: Sequence[Match]) -> Match:
    if "failed" in answers:
        return "failed"
    return "unknown" if "unknown" in answers else "met"


def _name(model: Model) -> str:
    return f"{model.maker} {model.model}".strip()
