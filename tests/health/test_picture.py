"""Boxes never lie on one another, lines end where they should, and sixty leaves stay a picture."""

from __future__ import annotations

from collections import Counter

import pytest

from controller.health.picture import NARROW, WIDE, Picture, Sheet, draw_tree

SCHOOL = {
    "core": ["dist1", "dist2", "ap"],
    "dist1": [f"a{n}" for n in range(30)],
    "dist2": [f"b{n}" for n in range(60)],
    "a0": ["a0-1", "a0-2"],
}


def overlaps(picture: Picture) -> list[tuple[str, str]]:
    """Pairs of boxes that cover each other."""
    wide, tall = picture.sheet.box, picture.sheet.tall
    boxes = picture.boxes
    return [
        (one.name, other.name)
        for at, one in enumerate(boxes)
        for other in boxes[:at]
        if abs(one.x - other.x) < wide and abs(one.y - other.y) < tall
    ]


@pytest.mark.parametrize("sheet", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_device_has_a_box_of_its_own_on_the_sheet(sheet: Sheet) -> None:
    picture = draw_tree(["core", "alone"], SCHOOL, sheet)
    assert Counter(box.name for box in picture.boxes).total() == 97
    assert len({box.name for box in picture.boxes}) == 97
    assert overlaps(picture) == []
    assert picture.width == sheet.width
    for box in picture.boxes:
        assert box.x >= 0
        assert box.x + sheet.box <= picture.width
        assert box.y + sheet.tall <= picture.height


@pytest.mark.parametrize("sheet", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_line_drops_on_every_box_but_the_topmost(sheet: Sheet) -> None:
    picture = draw_tree(["core"], SCHOOL, sheet)
    at = {box.name: box for box in picture.boxes}
    drops = {line.to: line for line in picture.lines if line.to}
    assert set(drops) == set(at) - {"core"}
    for name, drop in drops.items():
        assert (drop.x2, drop.y2) == (at[name].x + sheet.box // 2, at[name].y)


def test_sixty_leaves_are_rows_and_not_one_endless_line() -> None:
    leaves = [f"ap{n}" for n in range(60)]
    wide, narrow = (draw_tree(["sw"], {"sw": leaves}, sheet) for sheet in (WIDE, NARROW))
    assert wide.height < 1200
    assert narrow.height < 3300
    assert len({box.x for box in narrow.boxes}) == 3


def test_the_same_tree_gives_the_same_picture_and_a_deep_chain_only_grows() -> None:
    assert draw_tree(["core"], SCHOOL) == draw_tree(["core"], SCHOOL)
    chain = {f"s{n}": [f"s{n + 1}"] for n in range(30)}
    picture = draw_tree(["s0"], chain, NARROW)
    assert overlaps(picture) == []
    assert picture.width == 30 * NARROW.indent + NARROW.box
    assert draw_tree([], {}).height == 0


def test_a_second_way_runs_between_two_boxes() -> None:
    picture = draw_tree(["core"], {"core": ["a", "b"]})
    line = picture.across("a", "b")
    assert line is not None
    assert line.x1 < line.x2
    assert picture.across("a", "nobody") is None
