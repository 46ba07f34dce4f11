"""Deliveries: read, ticked, accepted into register and inventory, or refused with every reason."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from controller.errors import InputError, NotAllowed, NotApproved, NotFound, Refused
from controller.operations.accept_delivery import accept_delivery
from controller.operations.check_delivery import check_delivery
from controller.operations.detach_paper import detach_paper
from controller.operations.print_delivery import FORMATS, print_delivery
from controller.operations.print_labels import print_labels
from controller.operations.read_delivery import read_delivery
from controller.operations.show_delivery import list_deliveries, show_delivery
from controller.processes.case import Case
from controller.procurement.acceptance import ALL, Finding
from controller.procurement.delivery import Delivery
from controller.procurement.delivery_list import Line
from tests.documents.pdf.reading import by_pdfium
from tests.lab.targets import run_lab, worker_network
from tests.lab.test_delivered import box, lab_of
from tests.operations.bought import bought, specification
from tests.operations.office import Desk

UNIFI = {"object_id": "1.3.6.1.4.1.41112", "description": "U6-Pro 6.5.28"}


@pytest.fixture(scope="module")
def boxes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A lab with what a supplier brought: access points, the third another model; a switch."""
    folder, network = tmp_path_factory.mktemp("delivered"), worker_network()
    ports = [{"count": 24, "mbps": 1000}, {"count": 4, "mbps": 10_000, "media": "sfp"}]
    rows = [
        box("ap1", f"{network}.7.1"),
        box("ap2", f"{network}.7.2"),
        box("ap3", f"{network}.7.3", model="AX-1800"),
        box("sw1", f"{network}.7.4", model="SW-24P", ports=ports, poe_ports=24, poe_watts=370),
    ]
    started = run_lab("up", str(lab_of(folder, *rows)), "--share")
    assert started.returncode == 0, started.stderr
    yield {"folder": folder, "network": network}
    run_lab("down", str(folder / "state"))


@pytest.fixture
def asking(desk: Desk, boxes: dict[str, Any]) -> Desk:
    """A desk that finds the lab's devices."""
    secret = desk.context.root / "var/lab/snmp_ro"
    secret.parent.mkdir(parents=True, exist_ok=True)
    secret.write_text("a-long-password\n", encoding="utf-8")
    places = (boxes["folder"] / "state/addresses.json").read_text(encoding="utf-8")
    (desk.context.folder / "lab").mkdir(exist_ok=True)
    (desk.context.folder / "lab/addresses.json").write_text(places, encoding="utf-8")
    return desk


def line(item: str, site: str, **more: Any) -> Line:
    return Line(item, site, **more)


def all_of(network: str) -> list[Line]:
    """Two access points that are right and the switch."""
    return [
        line("access-point", "kkn-school-a", address=f"{network}.7.1", platform="ubiquiti_unifi"),
        line("1", "โรงเรียนตัวอย่าง ข", address=f"{network}.7.2", room="ห้องสมุด"),
        line("switch", "kkn-school-a", address=f"{network}.7.4"),
    ]


def read(desk: Desk, case: Case, lines: list[Line] | bytes | None, **more: Any) -> Delivery:
    return read_delivery(desk.context, desk.person("engineer1"), case.number, lines, **more)


def tick(desk: Desk, case: Case, *findings: Finding, number: int = 1) -> Delivery:
    return check_delivery(
        desk.context, desk.person("officer1"), case.number, number, list(findings)
    )


def accept(desk: Desk, case: Case, number: int = 1) -> Any:
    return accept_delivery(desk.context, desk.person("officer1"), case.number, number)


def rows_of(desk: Desk, site: str) -> list[dict[str, str]]:
    text = (desk.context.root / f"inventory/assets/{site}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def test_from_boxes_to_the_register(asking: Desk, boxes: dict[str, Any]) -> None:
    """The whole way, with what each device proved and what a person ticked."""
    desk, root = asking, asking.context.root
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "begin"]):
        git = ["git", "-c", "user.name=t", "-c", "user.email=t@t", *words]
        subprocess.run(git, cwd=root, check=True, capture_output=True)
    old = rows_of(desk, "kkn-school-a")[0]["number"]
    case = bought(desk, specification(replaces=(old,)))
    delivery = read(desk, case, all_of(boxes["network"]), document="๑๒๓/๒๕๖๙")
    first, _, switch = delivery.pieces
    assert [(c.about, c.outcome) for c in first.checks] == [
        ("brand", "person"), ("model", "proved"), ("serial", "proved"), ("wifi", "person"),
        ("ports", "proved"),
    ]  # fmt: skip
    assert {c.about: c.outcome for c in switch.checks} == {
        "brand": "person", "model": "proved", "serial": "proved", "ports": "proved",
        "poe": "proved",
    }  # fmt: skip
    assert switch.ports == "24 × 1G RJ45, 4 × 10G SFP; PoE 24 ช่อง 370 W"
    with pytest.raises(Refused, match="Wi-Fi 6 is not checked on 2 pieces"):
        accept(desk, case)
    assert rows_of(desk, "kkn-school-a")[-1]["serial"] != "SN-ap1"

    tick(desk, case, Finding(ALL, ALL, right=True))
    done = accept(desk, case)
    new = rows_of(desk, "kkn-school-a")[-2:]
    assert [(r["kind"], r["model"], r["serial"], r["price"]) for r in new] == [
        ("access-point", "AX-3000", "SN-ap1", "19500.50"),
        ("switch", "SW-24P", "SN-sw1", "28000.00"),
    ]
    numbers = [piece.asset for piece in done.delivery.pieces]
    assert numbers == ["7440-010-0020/69", "7440-010-0021/69", "7440-009-0025/69"]
    assert rows_of(desk, "kkn-school-b")[-1]["room"] == "ห้องสมุด"
    device = desk.context.inventory().device("kkn-school-a-ap01")
    assert device is not None
    assert (device.platform, device.asset, device.serial) == (
        "ubiquiti_unifi", numbers[0], "SN-ap1",
    )  # fmt: skip
    assert list(done.left_out) == ["2", "3"], "their platform is not known"
    assert done.delivery.accepted.replaced == (old,)
    assert rows_of(desk, "kkn-school-a")[0]["state"] == "in-use", "never changed silently"
    log = subprocess.run(
        ["git", "show", "--stat", "HEAD"], check=True, cwd=root, capture_output=True, text=True
    )
    assert done.commit
    assert all(path in log.stdout for path in done.paths)
    assert "Accept delivery 1" in log.stdout
    git = ["git", "status", "--porcelain"]
    clean = subprocess.run(git, check=True, cwd=root, capture_output=True)
    assert clean.stdout == b""
    with pytest.raises(Refused, match="was accepted"):
        accept(desk, case)
    with pytest.raises(Refused, match="stays in the case"):
        detach_paper(desk.context, desk.person("engineer1"), case.number, "acceptance/1")
    with pytest.raises(Refused, match="was accepted"):
        tick(desk, case, Finding("1", "wifi", right=True))
    assert [e.action for e in desk.entries("accept_delivery")] == ["accept_delivery"]


def test_what_differs_is_taken_with_a_reason_only(asking: Desk, boxes: dict[str, Any]) -> None:
    desk, case = asking, bought(asking)
    third = line("access-point", "kkn-school-b", address=f"{boxes['network']}.7.3")
    delivery = read(desk, case, [third])
    assert delivery.pieces[0].check("model").outcome == "differs"  # type: ignore[union-attr]
    tick(desk, case, Finding("1", ALL, right=True))
    with pytest.raises(Refused, match="Model differs: offered AX-3000, the device says AX-1800"):
        accept(desk, case)
    with pytest.raises(InputError, match="needs a written reason"):
        tick(desk, case, Finding("1", "model", right=True))
    tick(desk, case, Finding("1", "model", right=True, note="รุ่นทดแทน ผู้ผลิตเลิกผลิตรุ่นเดิม"))
    assert accept(desk, case).delivery.accepted


def test_what_a_person_found_wrong_stays_so(asking: Desk, boxes: dict[str, Any]) -> None:
    desk, case = asking, bought(asking)
    read(desk, case, all_of(boxes["network"])[:1])
    tick(desk, case, Finding("1", "wifi", right=False, note="กล่องระบุ Wi-Fi 5"))
    tick(desk, case, Finding(ALL, ALL, right=True))
    with pytest.raises(Refused, match="Wi-Fi 6 was found wrong: กล่องระบุ Wi-Fi 5"):
        accept(desk, case)
    desk.clock.forward(hours=1)
    again = read(desk, case, None, again=1)
    assert again.pieces[0].check("wifi").refused  # type: ignore[union-attr]
    with pytest.raises(InputError, match="the device proved"):
        tick(desk, case, Finding("1", "serial", right=False))


def test_parts_add_up_to_what_was_ordered(asking: Desk, boxes: dict[str, Any]) -> None:
    """A second delivery counts on; more than ordered, or for another school, is refused."""
    desk, case, network = asking, bought(asking), boxes["network"]
    read(desk, case, all_of(network)[:2])
    tick(desk, case, Finding(ALL, ALL, right=True))
    accept(desk, case)
    more = [
        line("access-point", "kkn-school-b", address=f"{network}.7.3"),
        line("access-point", "kkn-school-b", serial="X-1"),
        line("access-point", "kkn-school-a", serial="SN-ap1"),
    ]
    second = read(desk, case, more)
    assert second.number == 2
    told = [r.en for r in show_delivery(desk.context, desk.person("auditor1"), case.number).against]
    assert any("5 delivered in all, 3 were ordered" in reason for reason in told)
    assert any("kkn-school-b: 3 delivered in all, 1" in reason for reason in told)
    assert any("SN-ap1 stands already at 7440-010-0020/69" in reason for reason in told)
    assert len(list_deliveries(desk.context, desk.person("director"), case.number)) == 2


def test_a_device_that_does_not_answer_is_left_to_people(
    asking: Desk, boxes: dict[str, Any]
) -> None:
    desk, case = asking, bought(asking)
    quick = desk.context.settings.snmp.model_copy(update={"timeout_seconds": 0.1, "retries": 0})
    settings = desk.context.settings.model_copy(update={"snmp": quick})
    desk = replace(desk, context=replace(desk.context, settings=settings))
    gone = line("switch", "kkn-school-a", address=f"{boxes['network']}.7.99", serial="S-9")
    piece = read(desk, case, [gone]).pieces[0]
    assert {check.outcome for check in piece.checks} == {"person"}
    assert "SNMP" in piece.trouble
    assert piece.serial == "S-9"


def test_the_list_as_a_file(asking: Desk, boxes: dict[str, Any]) -> None:
    desk, case = asking, bought(asking)
    heads = "รายการ,โรงเรียน,ที่อยู่ IP,แพลตฟอร์ม,หมายเลขเครื่อง\n"
    wrong = (
        heads + "9,kkn-school-a,1.2.3,ubiquity_unifi,\nสวิตช์ PoE,,,,=1\n,,,,\n1,kkn-school-a,,,\n"
    )
    with pytest.raises(InputError) as raised:
        read(desk, case, wrong.encode())
    told = [(p.path, p.message.en, p.suggestion) for p in raised.value.problems]
    assert told == [
        ("CSV!A2", "the specification has no such item", ""),
        ("CSV!C2", "this is no IP address", ""),
        ("CSV!D2", "unknown platform", "ubiquiti_unifi"),
        ("CSV!B3", "there is no such site", ""),
        ("CSV!E3", "begins with = + - or @, which Excel would read as a formula", ""),
        ("CSV!E5", "it needs an address or a serial number", ""),
    ]
    right = heads + "สวิตช์ PoE,โรงเรียนตัวอย่าง ก,,,S๐๑\n"
    assert read(desk, case, right.encode()).pieces[0].serial == "S01"


def test_who_may_and_when(asking: Desk) -> None:
    desk, case = asking, bought(asking, concluded=False)
    lines = [line("switch", "kkn-school-a", serial="S-9")]
    with pytest.raises(NotFound, match="not concluded"):
        read(desk, case, lines)
    with pytest.raises(NotAllowed):
        read_delivery(desk.context, desk.person("director"), case.number, lines)
    with pytest.raises(NotFound, match="no delivery"):
        show_delivery(desk.context, desk.person("director"), case.number)
    with pytest.raises(NotAllowed):
        list_deliveries(desk.context, desk.person("school1"), case.number)
    other = desk.case("2.4", 4)
    with pytest.raises(NotApproved):
        read(desk, other, lines)


def test_nothing_is_written_when_the_inventory_would_not_hold(asking: Desk) -> None:
    """A kind without a pattern of numbers; a name another device has."""
    desk, case = asking, bought(asking)
    taken = desk.context.inventory().devices[0]
    spare = line("switch", "kkn-school-a", serial="S-9", address="127.1.2.3", name=taken.name)
    before = Path(desk.context.root / "inventory/assets/kkn-school-a.csv").read_bytes()
    read(desk, case, [replace(spare, platform="tplink_jetstream", address="127.1.2.3")])
    tick(desk, case, Finding(ALL, ALL, right=True))
    with pytest.raises(InputError) as raised:
        accept(desk, case)
    assert any("stands in" in p.message.en for p in raised.value.problems)
    office = desk.context.root / "inventory/office.yaml"
    text = office.read_text(encoding="utf-8")
    kept = "\n".join(row for row in text.splitlines() if not row.startswith("    switch:"))
    office.write_text(kept, encoding="utf-8")
    with pytest.raises(InputError, match=r"no numbering\.asset for switch"):
        accept(desk, case)
    assert (desk.context.root / "inventory/assets/kkn-school-a.csv").read_bytes() == before
    assert json.loads(json.dumps(desk.entries("accept_delivery"), default=str)) == []


def test_papers_of_a_delivery(asking: Desk, boxes: dict[str, Any]) -> None:
    """The sheet is a draft until it is accepted, and only then are there labels."""
    desk, case = asking, bought(asking)
    read(desk, case, all_of(boxes["network"])[:1], document="9/2569")
    director = desk.person("director")
    draft = by_pdfium(print_delivery(desk.context, director, case.number, 1, "pdf").content)
    assert "ร่าง" in draft
    with pytest.raises(Refused, match="has no register numbers"):
        print_labels(desk.context, director, case.number, 1, "pdf")
    tick(desk, case, Finding(ALL, ALL, right=True))
    accept(desk, case)
    made = {
        form: print_delivery(desk.context, director, case.number, None, form) for form in FORMATS
    }
    assert made["pdf"].stem == f"{case.number}-acceptance-1"
    final = by_pdfium(made["pdf"].content)
    assert "ร่าง" not in final
    assert all(word in final for word in ("7440-010-0020/69", "SN-ap1", "๑๙,๕๐๐.๕๐", "๙/๒๕๖๙"))
    book = load_workbook(BytesIO(made["xlsx"].content))
    assert [row[5].value for row in book.worksheets[0].iter_rows(min_row=2, max_row=2)] == [
        "SN-ap1"
    ]
    assert "AX-3000" in xml_of(made["docx"].content)
    labels = print_labels(desk.context, director, case.number, 1, "pdf")
    assert "7440-010-0020/69" in by_pdfium(labels.content)
    drawn = print_labels(desk.context, director, case.number, 1, "docx")
    assert "S/N SN-ap1" in xml_of(drawn.content)


def xml_of(docx: bytes) -> str:
    with ZipFile(BytesIO(docx)) as package:
        return package.read("word/document.xml").decode()
