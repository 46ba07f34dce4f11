"""A register from Excel: what would change, every fault by its cell, and writing exactly that."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dulwich import porcelain
from dulwich.repo import Repo
from openpyxl import Workbook

from controller.errors import InputError, NotFound, StalePlan
from controller.operations.import_assets import Imported, Preview, import_assets, preview_assets
from controller.operations.list_assets import show_asset
from controller.operations.validate_workspace import validate_workspace
from tests.operations.office import Desk

SITE = "kkn-school-a"
THAI = (
    "เลขครุภัณฑ์", "ประเภทครุภัณฑ์", "ยี่ห้อ", "รุ่น", "หมายเลขเครื่อง", "วันที่ได้มา", "ราคา (บาท)", "ห้อง",
    "สถานะ", "หมายเหตุ",
)  # fmt: skip
ROW = (
    "7440-001-0099/67", "คอมพิวเตอร์", "Dell", "OptiPlex", "SN99", "17 มิ.ย. 2567", "๑๘,๕๐๐.๕๐",
    "ห้องสมุด", "ใช้งาน", "",
)  # fmt: skip


def sheet(*rows: Iterable[Any], heading: Iterable[Any] = THAI, above: int = 0) -> bytes:
    """An XLSX file with these rows, headings first, with lines above them."""
    workbook = Workbook()
    page = workbook.worksheets[0]
    page.title = "ทะเบียน"
    for number in range(above):
        page.append([f"ทะเบียนคุมทรัพย์สิน {number}"])
    for row in (heading, *rows):
        page.append(list(row))
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()


def row(**changes: Any) -> tuple[Any, ...]:
    """A sound row with some cells changed, by position in Thai order."""
    names = (
        "number", "kind", "brand", "model", "serial", "acquired", "price", "room", "state", "note",
    )  # fmt: skip
    return tuple(changes.get(name, cell) for name, cell in zip(names, ROW, strict=True))


def look(desk: Desk, content: bytes, *, whole: bool = False) -> Preview:
    return preview_assets(desk.context, desk.person("officer1"), SITE, content, whole=whole)


def take(desk: Desk, content: bytes, digest: str, *, whole: bool = False) -> Imported:
    officer = desk.person("officer1")
    return import_assets(desk.context, officer, SITE, content, digest, whole=whole)


def file_of(desk: Desk) -> Path:
    return desk.context.root / f"inventory/assets/{SITE}.csv"


def test_a_row_in_thai_is_read_exactly(desk: Desk) -> None:
    """Buddhist era, Thai digits, commas, Thai words, lines above the headings."""
    preview = look(desk, sheet(ROW, above=3))
    assert preview.faults == ()
    (added,) = [r for r in preview.rows if r.kind == "added"]
    assert added.after is not None
    assert added.row == 5
    assert (added.after.acquired, added.after.price) == (date(2024, 6, 17), 1850050)
    assert (added.after.kind, added.after.state) == ("computer", "in-use")
    assert preview.counts["missing"] > 0
    assert preview.counts["removed"] == 0


@pytest.mark.parametrize(
    "day",
    [
        "2024-06-17", "๑๗ มิถุนายน ๒๕๖๗", "17/6/2567", "17/06/2024", "17-6-2567", date(2024, 6, 17),
        date(2567, 6, 17),
    ],
)  # fmt: skip
def test_days_of_either_era(desk: Desk, day: Any) -> None:
    preview = look(desk, sheet(row(acquired=day)))
    assert preview.faults == ()
    assert preview.rows[0].after is not None
    assert preview.rows[0].after.acquired == date(2024, 6, 17)


FAULTS: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "two digits of a year": ({"acquired": "17/6/67"}, "F", "two digits", "17 มิ.ย. 2567"),
    "day or month": ({"acquired": "5/6/2024"}, "F", "either way round", "5 มิ.ย. 2567"),
    "no such day": ({"acquired": "30/2/2567"}, "F", "not a day", ""),
    "not yet": ({"acquired": "2027-01-01"}, "F", "not come yet", ""),
    "a number as day": ({"acquired": 45000}, "F", "not a day", ""),
    "baht in words": ({"price": "18,500 บาท"}, "G", "price is in baht", "18500"),
    "three decimals": ({"price": 18500.125}, "G", "price is in baht", ""),
    "a formula": ({"price": "=B2*2"}, "G", "is a formula", ""),
    "a kind mistyped": ({"kind": "คอมพิวเตอ"}, "B", "unknown kind", "computer"),
    "a state": ({"state": "ใช้"}, "I", "unknown state", ""),
    "no number": ({"number": " "}, "A", "no register number", ""),
    "another site's": ({"number": "7440-009-0015/65"}, "A", "kkn-school-b", ""),
    "a serial there is": ({"serial": "FOC2543B1JX"}, "E", "stands already", ""),
    "text as formula": ({"note": "@SUM(A1)"}, "J", "as a formula", ""),
    "a long number cut": ({"serial": 1.5}, "E", "decimal number", ""),
}


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_every_fault_is_told_with_its_cell(desk: Desk, name: str) -> None:
    """The third row of the sheet, in the column that is wrong, in both languages."""
    changes, column, message, suggestion = FAULTS[name]
    sound = row(number="7440-001-9001/67", serial="SN9001")
    content = sheet(sound, row(**changes))
    preview = look(desk, content)
    (fault,) = preview.faults
    assert fault.cell == f"ทะเบียน!{column}3"
    assert message in fault.message.en
    assert fault.message.th != fault.message.en
    if suggestion:
        assert fault.suggestion == suggestion
    with pytest.raises(InputError) as refused:
        take(desk, content, preview.digest)
    assert [problem.path for problem in refused.value.problems] == [fault.cell]


def test_headings_that_are_missing_or_mistyped_are_told(desk: Desk) -> None:
    heading = ["เลขครุภัณฑ์", "ประเภท", "ยี่ห้ออ", "รุ่น", "serial", "วันที่ได้มา", "สถานะ", "ผู้ใช้"]
    preview = look(desk, sheet(ROW[:8], heading=heading))
    told = {fault.cell: fault.message.en for fault in preview.faults}
    assert told["ทะเบียน!C1"] == "unknown heading"
    assert "price" in told["ทะเบียน!1"]
    assert preview.unread_columns == ("ผู้ใช้",)
    assert next(f for f in preview.faults if f.column == 3).suggestion == "ยี่ห้อ"
    assert preview.rows == ()


def test_rows_of_another_site_are_refused(desk: Desk) -> None:
    for stated, message in (
        ("โรงเรียนตัวอย่าง ข", "belongs to kkn-school-b"),
        ("kkn-school-z", "no such site"),
    ):
        preview = look(desk, sheet((*ROW, stated), heading=(*THAI, "โรงเรียน")))
        assert [f.cell for f in preview.faults] == ["ทะเบียน!K2"]
        assert message in preview.faults[0].message.en
    own = look(desk, sheet((*ROW, SITE), heading=(*THAI, "site")))
    assert own.faults == ()


def test_only_what_changes_is_written_and_the_order_stays(desk: Desk) -> None:
    """One cell of one row; the mark and the line ends of Excel stay too."""
    file = file_of(desk)
    before = b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n")
    file.write_bytes(before)
    heading, first, second, *_ = before.decode("utf-8-sig").split("\r\n")
    cells = second.split(",")
    cells[7], cells[8] = "ห้อง, ๙", "repair"
    content = sheet(cells, ROW, heading=heading.split(","))
    preview = look(desk, content)
    assert preview.faults == ()
    (changed,) = [r for r in preview.rows if r.kind == "changed"]
    assert [c.column for c in changed.changes] == ["room", "state"]
    done = take(desk, content, preview.digest)
    after = file.read_bytes()
    expected = second.replace(second.split(",")[7], '"ห้อง, ๙"').replace("in-use", "repair")
    assert after.startswith(before.replace(second.encode(), expected.encode()))
    added = after.decode().split("\r\n")[-2]
    assert added.startswith("7440-001-0099/67,computer,Dell,OptiPlex,SN99,2024-06-17,18500.50,")
    assert first in after.decode()
    assert validate_workspace(desk.context.root).problems == ()
    assert done.commit is None
    assert show_asset(desk.context, desk.person("officer1"), cells[0]).state == "repair"
    (entry,) = desk.entries("import_assets")
    assert entry.content["before"] == done.before
    assert entry.content["after"] == done.after


def test_the_whole_register_removes_what_it_does_not_have(desk: Desk) -> None:
    """But never a row that a device names."""
    content = sheet(ROW)
    assert any("names it" in f.message.en for f in look(desk, content, whole=True).faults)
    lines = file_of(desk).read_text(encoding="utf-8").rstrip("\n").split("\n")
    extra = "7440-001-0500/67,printer,HP,M15,SN500,2024-01-31,3000.00,ห้อง 1,in-use,"
    file_of(desk).write_text("\n".join([*lines, extra]) + "\n", encoding="utf-8")
    content = sheet(*(line.split(",") for line in lines[1:]), heading=lines[0].split(","))
    preview = look(desk, content, whole=True)
    assert preview.counts["removed"] == 1
    take(desk, content, preview.digest, whole=True)
    assert file_of(desk).read_text(encoding="utf-8").split("\n") == [*lines, ""]


def test_nothing_is_lost_when_somebody_wrote_in_between(desk: Desk) -> None:
    """Nor when another file, or another way of reading, is confirmed than was looked at."""
    content = sheet(ROW)
    preview = look(desk, content)
    with pytest.raises(StalePlan):
        take(desk, sheet(row(price="1")), preview.digest)
    with pytest.raises(StalePlan):
        take(desk, content, look(desk, content, whole=True).digest)
    edited = file_of(desk).read_text(encoding="utf-8").replace("in-use", "spare", 1)
    file_of(desk).write_text(edited, encoding="utf-8")
    with pytest.raises(StalePlan):
        take(desk, content, preview.digest)
    assert file_of(desk).read_text(encoding="utf-8") == edited
    assert desk.entries("import_assets") == []


def test_exactly_the_file_is_committed_in_the_persons_name(desk: Desk) -> None:
    """What else is edited, staged or not there yet, stays as it was."""
    root = desk.context.root
    with Repo(str(root)) as repo:
        staged = [p.relative_to(root).as_posix() for p in root.rglob("inventory/**/*.*")]
        repo.get_worktree().stage(staged)
        porcelain.commit(repo, b"first", author=b"a <a@b>", committer=b"a <a@b>")
        with (root / "inventory/groups.yaml").open("a", encoding="utf-8") as groups:
            groups.write("# edited\n")
        repo.get_worktree().stage(["inventory/groups.yaml"])
    content = sheet(ROW)
    done = take(desk, content, look(desk, content).digest)
    assert done.commit is not None
    with Repo(str(root)) as repo:
        assert repo.head() == done.commit.encode()
        officer = desk.person("officer1")
        entry: Any = next(iter(repo.get_walker(max_entries=1)))
        assert entry.commit.author == f"{officer.title} <officer1@localhost>".encode()
        assert [c.new.path.decode() for c in entry.changes()] == [done.path]
        status = porcelain.status(repo)
        assert status.staged["modify"] == [b"inventory/groups.yaml"]
        assert status.unstaged == []


def test_a_file_that_is_no_table_is_refused(desk: Desk) -> None:
    """A zip bomb, macros, an old workbook, an image, bytes of no script."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 120_000_000)
    macros = io.BytesIO(sheet(ROW))
    with zipfile.ZipFile(macros, "a") as package:
        package.writestr("xl/vbaProject.bin", b"")
    for content, message in (
        (bomb.getvalue(), "larger than"),
        (macros.getvalue(), "macros"),
        (b"\xd0\xcf\x11\xe0old", "old .xls"),
        (b"PK\x03\x04rest", "cannot be read"),
        ("เลข".encode("cp874"), "neither"),
        (b"x" * 5_000_001, "larger than"),
        (b'a,"b', "cannot be read"),
    ):
        with pytest.raises(InputError, match=message):
            look(desk, content)


def test_an_unknown_site_is_told(desk: Desk) -> None:
    with pytest.raises(NotFound):
        preview_assets(desk.context, desk.person("officer1"), "kkn-school-z", sheet(ROW))


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    content = sheet(ROW)
    take(desk, content, look(desk, content).digest)
    before = file_of(desk).read_bytes()
    again = look(desk, content)
    assert again.changes_nothing
    take(desk, content, again.digest)
    assert file_of(desk).read_bytes() == before
    assert len(desk.entries("import_assets")) == 1
