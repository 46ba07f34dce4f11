"""Every remark of the lint, where it belongs and nowhere else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from controller.procurement.brands import names_of
from controller.procurement.known import Known, known
from controller.procurement.lint import lint
from controller.procurement.remark import standing_against
from controller.specs.baseline import Baselines
from controller.specs.criterion import Criterion
from controller.specs.model import Model
from controller.specs.specification import Place
from tests.procurement.wanted import (
    BASELINES,
    EDITIONS,
    LOOKS,
    POINT,
    PORTS,
    TODAY,
    WIFI,
    WPA,
    asset,
    edition,
    remarks,
    specification,
    with_criteria,
    with_item,
)

ITEM = "access-point-2"


def added(**fields: Any) -> Criterion:
    """A criterion beyond the baseline."""
    return Criterion(**{"id": "more", "text": "x", "origin": "added", "reason": "จำเป็น", **fields})


def raised(criterion: Criterion, **fields: Any) -> Criterion:
    """A criterion of the baseline, raised."""
    values = {**criterion.model_dump(), "origin": "raised", "reason": "จำเป็น", **fields}
    return Criterion.model_validate(values)


def poe(**fields: Any) -> Criterion:
    """An added criterion over watts."""
    told = {"attribute": "poe_budget", "operator": "at-least", "value": 300, "unit": "W"}
    return added(**{**told, "text": "จ่ายไฟรวมไม่น้อยกว่า 300 วัตต์", **fields})


def test_a_good_specification_has_no_remark_but_that_nobody_knows_models() -> None:
    assert remarks(specification()) == {f"few-models:{ITEM}": "warning"}


@pytest.mark.parametrize(
    ("criteria", "key", "severity"),
    [
        ((WIFI, WPA, PORTS), f"dropped:{ITEM}/case", "warning"),
        ((WIFI, WPA, LOOKS, poe(id="more")), f"dropped:{ITEM}/ports", "warning"),
        ((raised(WIFI, value="Wi-Fi 5"), WPA, PORTS, LOOKS), f"lowered:{ITEM}/wifi", "warning"),
        ((WIFI, raised(WPA, value=("WPA2",)), PORTS, LOOKS), f"lowered:{ITEM}/wpa", "warning"),
        (
            (WIFI, WPA, raised(PORTS, mandatory=False, weight=5), LOOKS),
            f"lowered:{ITEM}/ports",
            "warning",
        ),
        (
            (WIFI, WPA, PORTS.model_copy(update={"value": 2}), LOOKS),
            f"changed-unsaid:{ITEM}/ports",
            "error",
        ),
        (
            (WIFI, WPA, PORTS, LOOKS, Criterion(id="more", text="ใหม่")),
            f"added-unsaid:{ITEM}/more",
            "error",
        ),
        ((WIFI, WPA, raised(PORTS, value=2), LOOKS), f"words-differ:{ITEM}/ports", "warning"),
        (
            (WIFI, WPA, PORTS, LOOKS, poe(attribute="poe_bugdet")),
            f"unknown-attribute:{ITEM}/more",
            "error",
        ),
        ((WIFI, WPA, PORTS, LOOKS, poe(unit="port")), f"not-comparable:{ITEM}/more", "error"),
        (
            (WIFI, WPA, PORTS, LOOKS, poe(operator="equals")),
            f"exact-value:{ITEM}/more",
            "warning",
        ),
        (
            (WIFI, WPA, PORTS, LOOKS, poe(), poe(id="less", operator="at-most", value=200)),
            f"contradiction:{ITEM}/less",
            "error",
        ),
        (
            (WIFI, WPA, PORTS, LOOKS, poe(), poe(id="less", value="0.2", unit="kW")),
            f"duplicate:{ITEM}/less",
            "warning",
        ),
        (
            (WIFI, WPA, PORTS, LOOKS, added(text=LOOKS.text)),
            f"duplicate:{ITEM}/more",
            "warning",
        ),
        (
            (WIFI, WPA, PORTS, LOOKS, added(text="ใช้กับ Cisco ได้")),
            f"brand-named:{ITEM}/more",
            "error",
        ),
        (
            (WIFI, WPA, PORTS, LOOKS, added(text="ใช้กับของเดิม", reason="ของเดิมเป็น Cisco")),
            f"brand-named:{ITEM}/more",
            "warning",
        ),
    ],
)
def test_criteria(criteria: tuple[Criterion, ...], key: str, severity: str) -> None:
    found = remarks(with_criteria(*criteria), names=names_of((), ()))
    assert found.pop(key) == severity
    others = {k for k in found if not k.startswith(("few-models", "words-differ", "weights"))}
    assert not others


def test_a_dropped_criterion_that_another_asks_as_much_is_none() -> None:
    more = added(
        text="ช่อง 1G 4 ช่อง", attribute="ports_1g", operator="at-least", value=4, unit="port"
    )
    assert f"dropped:{ITEM}/ports" not in remarks(with_criteria(WIFI, WPA, LOOKS, more))


def test_a_range_is_no_contradiction() -> None:
    most = poe(id="most", operator="at-most", value=400, text="ไม่มากกว่า 400 วัตต์")
    found = remarks(with_criteria(WIFI, WPA, PORTS, LOOKS, poe(), most))
    assert not [key for key in found if key.startswith(("contra", "dupl"))]


@pytest.mark.parametrize(
    ("fields", "key", "severity"),
    [
        ({"price": 22001}, f"over-ceiling:{ITEM}", "error"),
        ({"baseline": ""}, f"no-price-source:{ITEM}", "error"),
        ({"baseline": "ed-2568/none"}, f"unknown-baseline:{ITEM}", "error"),
        ({"kind": "switch"}, f"other-kind:{ITEM}", "error"),
        ({"places": ()}, f"no-places:{ITEM}", "notice"),
        ({"places": [{"site": "schol-a", "quantity": 2}]}, f"unknown-site:{ITEM}/schol-a", "error"),
        ({"th": "อุปกรณ์ RUCKUS"}, f"brand-named:{ITEM}", "error"),
    ],
)
def test_items(fields: dict[str, Any], key: str, severity: str) -> None:
    office = {"sites": {"school-a": "ก"}, "names": names_of((), ())}
    assert remarks(with_item(**fields), **office)[key] == severity
    assert key not in remarks(specification(), **office)


@pytest.mark.parametrize(
    ("assets", "code", "severity"),
    [
        ([], "unknown-asset", "error"),
        ([asset("1", acquired=date(2021, 11, 29))], "replaced-early", "warning"),
        ([asset("1", acquired=date(2021, 11, 28))], "", ""),
        ([asset("1", site="school-b")], "elsewhere", "warning"),
        ([asset("1", state="disposed")], "gone", "error"),
        ([asset("1", kind="switch")], "unlike", "warning"),
    ],
)
def test_what_is_replaced(assets: list[Any], code: str, severity: str) -> None:
    whole = with_item(places=[Place(site="school-a", quantity=2, replaces=("1",))])
    register = {found.number: found for found in [asset("9"), *assets]}
    found = remarks(whole, assets=register)
    found.pop(f"few-models:{ITEM}")
    assert found == ({f"{code}:{ITEM}/school-a": severity} if code else {})


def test_one_thing_is_replaced_once() -> None:
    places = [Place(site=site, quantity=1, replaces=("1",)) for site in ("school-a", "school-b")]
    assert f"replaced-twice:{ITEM}/school-b" in remarks(with_item(places=places))


def test_the_years_of_service_are_the_editions() -> None:
    whole = with_item(places=[Place(site="school-a", quantity=2, replaces=("1",))])
    longer = Baselines(
        editions=(edition("ed-2568", date(2025, 12, 1), years_of_service=10),), baselines=(POINT,)
    )
    key = f"replaced-early:{ITEM}/school-a"
    assert key in remarks(whole, assets={"1": asset("1")}, baselines=longer)


@pytest.mark.parametrize(
    ("fields", "key", "severity"),
    [
        ({"fund": " "}, "no-fund:fund", "error"),
        ({"budget": 43999}, "over-budget:budget", "error"),
        ({"budget": 500_001}, "method:budget", "notice"),
        ({"budget": 500_000}, "near-limit:budget", "notice"),
        ({"award": {"rule": "price-performance"}}, "weights:award", "error"),
        ({"award": {"price_weight": 40}}, "weights-unused:award", "warning"),
        ({"need": "ของเดิมคือ Cisco"}, "brand-named:need", "warning"),
        ({"title": "จัดซื้อ UniFi"}, "brand-named:title", "error"),
        ({"terms": {"work": ["ต่อกับ MikroTik"]}}, "brand-named:terms.work", "error"),
        ({"exemption": {"brand": "Cisco", "reason": "อะไหล่"}}, "exempted:exemption", "notice"),
    ],
)
def test_the_whole(fields: dict[str, Any], key: str, severity: str) -> None:
    assert remarks(specification(**fields), names=names_of((), ()))[key] == severity
    assert key not in remarks(specification())


def test_weights_total_a_hundred() -> None:
    good = raised(PORTS, weight=60)
    for price, right in ((40, True), (39, False)):
        whole = with_criteria(WIFI, WPA, good, LOOKS)
        award = {"rule": "price-performance", "price_weight": Decimal(price)}
        weighed = type(whole).model_validate({**whole.model_dump(), "award": award})
        assert ("weights:award" not in remarks(weighed)) is right


def test_an_exempted_brand_may_be_named_and_no_other() -> None:
    exemption = {"brand": "cisco", "reason": "อะไหล่ของเดิม"}
    names = names_of((), ())
    own = specification(title="อะไหล่ Catalyst", exemption=exemption)
    other = specification(title="อะไหล่ Aruba Networks", exemption=exemption)
    assert "brand-named:title" not in remarks(own, names=names)
    assert "brand-named:title" in remarks(other, names=names)


def test_a_later_edition_of_the_same_issuer_supersedes() -> None:
    later = POINT.model_copy(update={"edition": "ed-2569"})
    key = f"superseded:{ITEM}"
    for announced, issuer, found in (
        (date(2026, 5, 11), EDITIONS[0].issuer, True),
        (date(2026, 12, 1), EDITIONS[0].issuer, False),
        (date(2026, 5, 11), "สำนักงาน", False),
    ):
        editions = (*EDITIONS, edition("ed-2569", announced, issuer=issuer))
        both = Baselines(editions=editions, baselines=(POINT, later))
        assert (key in remarks(specification(), baselines=both)) is found


def test_an_edition_nobody_checked_is_told() -> None:
    unchecked = Baselines(
        editions=(edition("ed-2568", date(2025, 12, 1), status="reference"),), baselines=(POINT,)
    )
    assert remarks(specification(), baselines=unchecked)[f"reference-edition:{ITEM}"] == "notice"


def test_known_models_are_counted_and_unknown_ones_apart() -> None:
    names = ("a", "b", "c")
    models = tuple(Model(model=f"M-{n}", maker=f"maker {n}", kind="access-point") for n in names)

    def answers(**told: str) -> Any:
        return lambda _c, model: told[model.model[-1]]

    def found(meets: Any, told: tuple[Model, ...] = models) -> set[str]:
        keys = remarks(specification(), models=told, meets=meets)
        return {key.partition(":")[0] for key in keys}

    assert found(answers(a="met", b="met", c="unknown")) == set()
    assert found(answers(a="met", b="unknown", c="unknown")) == {"few-models"}
    assert found(answers(a="met", b="failed", c="unknown")) == {"few-models", "sole-criterion"}
    assert found(answers(a="unknown", b="unknown", c="unknown")) == {"few-models"}
    one_maker = tuple(model.model_copy(update={"maker": "maker"}) for model in models)
    assert found(answers(a="met", b="met", c="met"), one_maker) == {"one-maker"}
    switches = tuple(model.model_copy(update={"kind": "switch"}) for model in models)
    assert found(answers(a="met", b="met", c="met"), switches) == {"few-models"}


def test_warnings_stand_until_a_reason_is_written_and_errors_always() -> None:
    whole = specification(budget=1)
    office = Known(today=TODAY, baselines=BASELINES)
    found = lint(whole, office)
    key = f"few-models:{ITEM}"
    assert {r.key for r in standing_against(found, {key: " "})} == {key, "over-budget:budget"}
    accepted = {key: "สอบถามผู้ขาย 3 ราย", "over-budget:budget": "ขอเพิ่ม"}
    assert {r.key for r in standing_against(found, accepted)} == {"over-budget:budget"}


def test_every_remark_speaks_both_languages_and_says_what_to_do() -> None:
    whole = with_criteria(WIFI, poe(text="Cisco"), price=99_999)
    told = known(TODAY, BASELINES, {}, [], {"school-b": "ข"})
    for remark in lint(whole, told):
        assert all(word.strip() for word in (*remark.text.both, *remark.hint.both))


def test_the_register_and_models_give_names_that_measure_nothing() -> None:
    register = [asset("1", brand="ZTECHNO", model="AX-3000Q"), asset("2", brand="-", model="24G")]
    names = names_of([Model(model="WPA3", maker="")], register)
    text = "ZTechno รุ่นax-3000q มี 24G 10/100/1000 WPA3 hp HP TP Link ซิสโก้"
    assert set(names.within(text)) == {"ZTechno", "ax-3000q", "HP", "TP Link", "ซิสโก้"}


def test_names_stand_between_thai_letters_but_in_no_other_word() -> None:
    names = names_of((), ())
    assert names.within("ต้องเป็นCiscoเท่านั้น") == ("Cisco",)
    assert names.within("Francisco intelligent adapter") == ()
