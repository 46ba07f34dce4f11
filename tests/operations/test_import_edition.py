"""An edition from Excel or YAML: what would change, every problem by cell, writing exactly that."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from dulwich import porcelain
from dulwich.repo import Repo
from openpyxl import Workbook, load_workbook

from controller.documents.reading import read_grids
from controller.errors import InputError, NotAllowed, NotFound, StalePlan
from controller.inventory.grid import Cell, Formula, Grid, Row
from controller.operations.compare_editions import compare_editions
from controller.operations.export_edition import export_edition
from controller.operations.import_edition import (
    EditionImported,
    EditionPreview,
    import_edition,
    preview_edition,
)
from controller.operations.list_baselines import list_baselines
from controller.operations.list_editions import list_editions
from controller.operations.show_baseline import show_baseline
from controller.procurement.edition_sheet import read_edition_sheet
from controller.workspace.baselines import check_whole, read_baselines
from tests.operations.office import Desk

NETWORK = "specs/baselines/mdes-2568-12-network.yaml"
NEWER = """\
edition:
  id: mdes-2570-02
  th: ฉบับเดือนกุมภาพันธ์ 2570
  en: February 2027 edition
  issuer: กระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม
  announced: 2027-02-01
baselines:
  - id: router
    number: 1
    kind: router
    th: อุปกรณ์ค้นหาเส้นทางเครือข่าย (Router)
    en: Router
    ceiling: 36300
    criteria:
      - id: ports-1g
        text: มีไม่น้อยกว่า 4 ช่อง
        attribute: ports_1g
        operator: at-least
        value: 4
        unit: port
"""


def look(desk: Desk, content: bytes, name: str = "new.xlsx") -> EditionPreview:
    return preview_edition(desk.context, desk.person("officer1"), name, content)


def take(desk: Desk, content: bytes, digest: str, name: str = "new.xlsx") -> EditionImported:
    return import_edition(desk.context, desk.person("officer1"), name, content, digest)


def exported(desk: Desk, edition: str, **how: Any) -> bytes:
    return export_edition(desk.context, desk.person("officer1"), edition, **how)


def edited(content: bytes, change: Callable[[Workbook], None]) -> bytes:
    """The workbook after somebody changed it in Excel."""
    workbook = load_workbook(io.BytesIO(content))
    change(workbook)
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()


def test_what_is_exported_is_taken_back_as_it_was(desk: Desk) -> None:
    """Every criterion of the sample goes through Excel and YAML and changes nothing."""
    ways: list[tuple[str, dict[str, Any]]] = [
        ("mdes-2568-12", {}),
        ("mdes-2569-05", {"language": "en"}),
        ("mdes-2568-12", {"form": "yaml"}),
        ("office-2569", {}),
    ]
    for edition, how in ways:
        content = exported(desk, edition, **how)
        preview = look(desk, content, "edition.yaml" if "form" in how else "edition.xlsx")
        assert preview.problems == ()
        assert [c.id for c in preview.changes if c.kind != "same"] == []
        assert (preview.known, preview.paths) == (True, ())
        assert take(desk, content, preview.digest).paths == ()


def test_a_checked_figure_changes_one_line_of_one_file(desk: Desk) -> None:
    """The officer mends a price against the ministry's document and says that it is checked."""

    def mend(workbook: Workbook) -> None:
        sheet = workbook["รายการ"]
        row = next(r for r in sheet.iter_rows() if r[0].value == "router")
        row[6].value = 35000
        workbook["ฉบับ"]["B7"].value = "ตรวจกับประกาศแล้ว"

    content = edited(exported(desk, "mdes-2568-12"), mend)
    before = (desk.context.root / NETWORK).read_text(encoding="utf-8")
    preview = look(desk, content)
    assert preview.problems == ()
    (changed,) = [c for c in preview.changes if c.kind != "same"]
    assert (changed.id, changed.price_changed, changed.percent) == ("router", True, Decimal("6.1"))
    assert preview.paths == ("specs/editions.yaml", NETWORK)
    assert (desk.context.root / NETWORK).read_text(encoding="utf-8") == before
    done = take(desk, content, preview.digest)
    assert done.paths == preview.paths
    after = (desk.context.root / NETWORK).read_text(encoding="utf-8")
    assert after == before.replace("ceiling: 33000", "ceiling: 35000")
    edition = desk.context.baselines().edition("mdes-2568-12")
    assert edition is not None
    assert edition.status == "checked"
    (entry,) = desk.entries("import_edition")
    assert entry.subject == "mdes-2568-12"


def test_a_newer_edition_is_added_beside_what_there_is(desk: Desk) -> None:
    """What people wrote stays letter by letter; a whole edition ends what it does not list."""
    root = desk.context.root
    with Repo(str(root)) as repo:
        staged = [p.relative_to(root).as_posix() for p in root.rglob("specs/**/*.yaml")]
        repo.get_worktree().stage(staged)
        porcelain.commit(repo, b"first", author=b"a <a@b>", committer=b"a <a@b>")
    editions = (root / "specs/editions.yaml").read_text(encoding="utf-8")
    preview = look(desk, NEWER.encode(), "new.yaml")
    assert preview.problems == ()
    assert preview.against is not None
    assert (preview.known, preview.against.id) == (False, "mdes-2569-05")
    kinds = {c.id: c.kind for c in preview.changes}
    assert (kinds["router"], kinds["computer-office"]) == ("changed", "removed")
    done = take(desk, NEWER.encode(), preview.digest, "new.yaml")
    assert done.paths == ("specs/editions.yaml", "specs/baselines/mdes-2570-02.yaml")
    assert (root / "specs/editions.yaml").read_text(encoding="utf-8").startswith(editions)
    after = read_baselines(root)
    assert after.newest("router", date(2027, 3, 1)) == after.baseline("mdes-2570-02/router")
    assert after.newest("computer-office", date(2027, 3, 1)) is None
    assert after.newest("computer-office", date(2027, 1, 1)) is not None
    assert done.commit is not None
    with Repo(str(root)) as repo:
        assert repo.head() == done.commit.encode()
        entry: Any = next(iter(repo.get_walker(max_entries=1)))
        assert sorted(c.new.path.decode() for c in entry.changes()) == sorted(done.paths)
        assert porcelain.status(repo).unstaged == []


CELLS: list[tuple[str, str, Any, str, str]] = [
    # sheet, cell, what is typed, what is told, what is suggested
    ("ฉบับ", "B6", "ปลายปี", "not a day", ""),
    ("รายการ", "A2", "Server 1", "a name is made of lower case", "server-1"),
    ("รายการ", "C2", "เซิฟเวอร์", "unknown kind of equipment", "server"),
    ("รายการ", "G2", "แพง", "must be a number", ""),
    ("รายการ", "G2", Formula("=1+1"), "the cell is a formula", ""),
    ("รายการ", "G2", -5, "must be more than 0", ""),
    ("รายการ", "B3", "๑", "server-1 has this number already", ""),
    ("รายการ", "G1", "ราคาตามเกน (บาท)", "unknown heading", "ราคาตามเกณฑ์ (บาท)"),
    ("ข้อกำหนด", "A2", "computer-offise", "has no such class", "computer-office"),
    ("ข้อกำหนด", "D2", "cpu_core", "no such attribute", "cpu_cores"),
    ("ข้อกำหนด", "E2", "มีครบทุกอย่างใน", "does not go with Processor cores", ""),
    ("ข้อกำหนด", "F2", "4 แกน", "must be a number", ""),
    ("ข้อกำหนด", "G2", "GB", "cannot be compared", "core"),
    ("ข้อกำหนด", "H2", "อาจจะ", "must be yes or no", ""),
    ("ข้อกำหนด", "H2", "ไม่ใช่", "needs a weight", ""),
]


def test_each_problem_is_told_by_its_cell(desk: Desk) -> None:
    """With the text that stands there and what was probably meant."""
    clean = read_grids(exported(desk, "mdes-2569-05"))
    for sheet, cell, typed, told, meant in CELLS:
        file = read_edition_sheet([_typed(grid, sheet, cell, typed) for grid in clean])
        value, problems = check_whole(file) if not file.problems else (None, file.problems)
        problem = next((p for p in problems if told in p.message.en), None)
        assert problem is not None, (sheet, cell, typed, problems)
        column = "" if told == "needs a weight" else cell[0]
        assert problem.path == f"{sheet}!{column}{cell[1:]}"
        assert problem.suggestion == meant
        assert value is None


def _typed(grid: Grid, sheet: str, cell: str, typed: Cell) -> Grid:
    """The sheet with one cell typed over, where it is of this name."""
    if grid.name != sheet:
        return grid
    at, number = ord(cell[0]) - ord("A"), int(cell[1:])
    rows = [
        Row(row.number, (*row.cells[:at], typed, *row.cells[at + 1 :]))
        if row.number == number
        else row
        for row in grid.rows
    ]
    return Grid(grid.name, tuple(rows))


def test_what_is_no_edition_is_told(desk: Desk) -> None:
    """Whatever the bytes are; with faults nothing is written."""
    for content, told in (
        (b"edition: x\n", "must be a group"),
        (b"", "the file is empty"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"a: [", "not YAML"),
    ):
        preview = look(desk, content, "new.yaml")
        assert any(told in p.message.en for p in preview.problems), preview.problems
        assert all(p.path == "new.yaml" for p in preview.problems)
        with pytest.raises(InputError, match="problems"):
            take(desk, content, preview.digest, "new.yaml")


def test_another_workbook_is_told(desk: Desk) -> None:
    made = io.BytesIO()
    Workbook().save(made)
    assert [p.message.en for p in look(desk, made.getvalue()).problems] == [
        "there is no sheet “Edition”",
        "there is no sheet “Items”",
    ]


def test_two_editions_of_a_day_are_refused(desk: Desk) -> None:
    """Nobody could say which takes the place of which."""
    content = NEWER.replace("2027-02-01", "2026-05-11").encode()
    (problem,) = look(desk, content, "new.yaml").problems
    assert problem.message.en == "mdes-2569-05 of the same issuer was announced on the same day"


def test_only_what_was_shown_is_written(desk: Desk) -> None:
    """A file of the workspace that changed since, or another file, needs another preview."""
    preview = look(desk, NEWER.encode(), "new.yaml")
    with pytest.raises(StalePlan):
        take(desk, NEWER.replace("36300", "36301").encode(), preview.digest, "new.yaml")
    path: Path = desk.context.root / NETWORK
    path.write_text(path.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    with pytest.raises(StalePlan):
        take(desk, NEWER.encode(), preview.digest, "new.yaml")
    assert desk.context.baselines().edition("mdes-2570-02") is None


def test_who_may(desk: Desk) -> None:
    """Everybody reads, the group imports."""
    assert list_baselines(desk.context, desk.person("school1"))
    for name in ("director", "school1", "auditor"):
        with pytest.raises(NotAllowed):
            preview_edition(desk.context, desk.person(name), "new.yaml", NEWER.encode())
        with pytest.raises(NotAllowed):
            import_edition(desk.context, desk.person(name), "new.yaml", NEWER.encode(), "")


def test_lists_are_narrowed(desk: Desk) -> None:
    """By edition, kind, words of either language, and what stands today."""
    desk.clock.forward(days=30)
    officer = desk.person("officer1")
    found = list_baselines(desk.context, officer, kind="access-point", current=True)
    assert {one.baseline.ref for one in found} == {
        "office-2569/access-point-outdoor",
        "mdes-2568-12/access-point-1",
        "mdes-2568-12/access-point-2",
    }
    named = list_baselines(desk.context, officer, words="โน้ตบุ๊ก สำนักงาน")
    assert [one.baseline.ref for one in named] == [
        "mdes-2569-05/notebook-office",
        "mdes-2568-12/notebook-office",
    ]
    assert named[1].superseded is not None
    with pytest.raises(NotFound) as caught:
        list_baselines(desk.context, officer, edition="mdes-2568-11")
    assert caught.value.hint is not None
    assert caught.value.hint.en == "did you mean mdes-2568-12?"
    with pytest.raises(InputError):
        list_baselines(desk.context, officer, kind="swich")
    standing = {one.edition.id: (one.classes, one.standing) for one in list_editions(
        desk.context, officer
    )}  # fmt: skip
    assert standing["mdes-2568-12"] == (56, 45)


def test_one_baseline_with_its_other_editions(desk: Desk) -> None:
    """A class alone means the one in force."""
    desk.clock.forward(days=30)
    officer = desk.person("officer1")
    found = show_baseline(desk.context, officer, "computer-office")
    assert found.shown.baseline.ref == "mdes-2569-05/computer-office"
    assert [one.edition.id for one in found.editions] == ["mdes-2569-05", "mdes-2568-12"]
    for wrong, meant in (("mdes-2568-12/routr", "mdes-2568-12/router"), ("routr", "router")):
        with pytest.raises(NotFound) as caught:
            show_baseline(desk.context, officer, wrong)
        assert caught.value.hint is not None
        assert caught.value.hint.en == f"did you mean {meant}?"


def test_an_amendment_is_held_against_what_it_amends(desk: Desk) -> None:
    """Prices in percent; nothing is said to be removed; the order of time is asked for."""
    officer = desk.person("officer1")
    found = compare_editions(desk.context, officer, "mdes-2568-12", "mdes-2569-05")
    assert found.counts == {"added": 0, "removed": 0, "changed": 11, "same": 0}
    percent = {c.id: c.percent for c in found.changes}
    assert percent["computer-office"] == Decimal("15.0")
    assert percent["all-in-one-processing"] == Decimal("0.0")
    assert percent["server-3"] == Decimal("143.6")
    with pytest.raises(InputError, match="was not announced after"):
        compare_editions(desk.context, officer, "mdes-2569-05", "mdes-2568-12")
