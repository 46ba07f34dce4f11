"""Looking through many rows finds what a look at every single row finds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.errors import InputError
from controller.inventory.asset import KINDS, STATES, Asset
from controller.inventory.inventory import Groups, Inventory
from controller.inventory.office import Numbering, Office, Person
from controller.inventory.search import Wanted, folded
from controller.inventory.shelves import asset_shelf

BRANDS = ("Cisco", "HP", "ซัมซุง", "")
ROOMS = ("ห้องสมุด ๒", "อาคาร 1 ชั้น 2", "น้ำพอง", "Lab A", "")
WORDS = ("cisco", "CISCO", "๒", "2", "ห้อง", "น\u0e4dา", "lab", "ชั้น", "zzz", "67", "โน้ตบุ๊ก")
OFFICE = Office(
    name_th="ท", name_en="T", short="ท", group_th="ท", group_en="T", director_title="ผอ.",
    numbering=Numbering(prefix="ศธ"),
    people=(Person(username="director", title="ผอ.", roles=("director",)),),
)  # fmt: skip

assets = st.builds(
    Asset,
    number=st.sampled_from([f"7440-{n:03}/6{n % 10}" for n in range(40)]),
    site=st.sampled_from(["a", "b", "c"]),
    kind=st.sampled_from(KINDS),
    brand=st.sampled_from(BRANDS),
    model=st.sampled_from(["WS-C2960G", "Ｒ３５０", "E1"]),
    serial=st.sampled_from(["", "SN1", "SN22"]),
    acquired=st.dates(date(2015, 1, 1), date(2020, 12, 31)),
    price=st.integers(0, 10**9),
    room=st.sampled_from(ROOMS),
    state=st.sampled_from(STATES),
    note=st.sampled_from(["", "ยืมจาก สพม.", "=1+1"]),
)
wanted = st.builds(
    Wanted,
    words=st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join),
    choices=st.fixed_dictionaries(
        {},
        optional={
            "site": st.sampled_from(["a", "b", "nowhere"]),
            "kind": st.sampled_from(KINDS),
            "state": st.sampled_from(STATES),
            "brand": st.sampled_from(["Cisco", "HP"]),
            "year": st.sampled_from(["2016", "2019"]),
        },
    ),
    order=st.sampled_from(["", "number", "-price", "acquired", "-brand"]),
    start=st.integers(0, 10),
    most=st.one_of(st.none(), st.integers(1, 10)),
)


def inventory_of(rows: list[Asset]) -> Inventory:
    return Inventory(OFFICE, (), Groups(), tuple(rows))


def looked_at(asset: Asset, asked: Wanted) -> bool:
    """The same question, asked the slow way."""
    facets = {
        "site": asset.site,
        "kind": asset.kind,
        "state": asset.state,
        "brand": asset.brand,
        "year": str(asset.acquired.year),
    }
    from controller.inventory.asset import KIND_NAMES, STATE_NAMES

    told = [
        asset.number, asset.brand, asset.model, asset.serial, asset.room, asset.note, asset.kind,
        asset.state, asset.site, KIND_NAMES[asset.kind].th, STATE_NAMES[asset.state].th,
    ]  # fmt: skip
    chosen = all(facets[name] == value for name, value in asked.choices.items())
    return chosen and all(
        any(word in folded(text) for text in told) for word in folded(asked.words).split()
    )


@given(st.lists(assets, max_size=30), wanted)
def test_finding_is_looking_at_every_row(rows: list[Asset], asked: Wanted) -> None:
    found = asset_shelf(inventory_of(rows)).find(asked)
    expected = [row for row in rows if looked_at(row, asked)]
    assert found.total == len(expected)
    assert found.sum == sum(row.price for row in expected)
    every = asset_shelf(inventory_of(rows)).find(Wanted(asked.words, asked.choices, asked.order))
    assert sorted(map(repr, every.rows)) == sorted(map(repr, expected))
    end = None if asked.most is None else asked.start + asked.most
    assert found.rows == every.rows[asked.start : end]


@given(st.lists(assets, max_size=30), st.sampled_from(["price", "-price"]))
def test_rows_come_in_order(rows: list[Asset], order: str) -> None:
    prices = [row.price for row in asset_shelf(inventory_of(rows)).find(Wanted(order=order)).rows]
    assert prices == sorted(prices, reverse=order.startswith("-"))


@given(st.lists(assets, max_size=30))
def test_what_one_can_choose_by_is_counted(rows: list[Asset]) -> None:
    shelf = asset_shelf(inventory_of(rows))
    for facet in shelf.facets:
        for value, count in shelf.values(facet).items():
            assert shelf.find(Wanted(choices={facet: value})).total == count
        for value, count in shelf.values(facet, {"site": "a"}).items():
            both = {"site": "a", facet: value}
            assert shelf.find(Wanted(choices=both)).total == count


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("๒๕๖๗", "2567"),
        ("CISCO", "cisco"),
        ("น\u0e4dา", "นำ"),
        ("เเม่ข่าย", "แม่ข่าย"),
        ("Ａ", "ａ"),
    ],
)
def test_alike_is_the_same(typed: str, kept: str) -> None:
    assert folded(typed) == kept


def test_an_unknown_order_is_told_with_the_nearest() -> None:
    with pytest.raises(InputError) as told:
        asset_shelf(inventory_of([])).find(Wanted(order="pricee"))
    assert "price" in str(told.value.hint)
