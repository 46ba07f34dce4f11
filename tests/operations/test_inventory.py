"""Sites, devices and the register, as each role sees them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from controller.accounts.actor import Actor
from controller.errors import InputError, NotAllowed, NotFound
from controller.inventory.search import Wanted
from controller.operations import list_assets as register
from controller.operations.context import Context
from controller.operations.export_assets import export_assets
from controller.operations.import_assets import import_assets, preview_assets
from controller.operations.look_at_device import look_at_device
from controller.operations.show_configuration import (
    compare_configurations,
    list_configurations,
    show_configuration,
)
from controller.operations.show_device import count_devices, list_devices, show_device
from controller.operations.show_site import list_sites, show_site
from controller.store import device_history, plans, runs
from controller.store.cases import insert_case, reserve
from tests.operations.office import Desk
from tests.store.samples import a_case, a_plan

OWN, OTHER = "kkn-school-a", "kkn-school-b"
Ask = Callable[[Context, Actor], Any]
# Each question about somebody else's school, which must be answered as if there were no such thing.
ELSEWHERE: dict[str, Ask] = {
    "site": lambda c, a: show_site(c, a, OTHER),
    "devices": lambda c, a: list_devices(c, a, Wanted(choices={"site": OTHER})),
    "device": lambda c, a: show_device(c, a, "kkn-b-sw01"),
    "assets": lambda c, a: register.list_assets(c, a, Wanted(choices={"site": OTHER})),
    "asset": lambda c, a: register.show_asset(c, a, "7440-009-0015/65"),
    "export": lambda c, a: export_assets(c, a, Wanted(choices={"site": OTHER})),
}
FORBIDDEN: dict[str, Ask] = {
    "look": lambda c, a: look_at_device(c, a, "kkn-a-sw01"),
    "preview": lambda c, a: preview_assets(c, a, OWN, b""),
    "import": lambda c, a: import_assets(c, a, OWN, b"", ""),
    "versions": lambda c, a: list_configurations(c, a, "kkn-a-sw01"),
    "configuration": lambda c, a: show_configuration(c, a, "kkn-a-sw01"),
    "differences": lambda c, a: compare_configurations(c, a, "kkn-a-sw01"),
}


@pytest.mark.parametrize("what", sorted(ELSEWHERE))
def test_another_school_is_not_there_for_a_school(desk: Desk, what: str) -> None:
    """The same words as for a thing there is not; an engineer is answered."""
    with pytest.raises(NotFound):
        ELSEWHERE[what](desk.context, desk.person("school1"))
    assert ELSEWHERE[what](desk.context, desk.person("engineer1"))


@pytest.mark.parametrize("what", sorted(FORBIDDEN))
def test_a_school_only_reads_the_inventory(desk: Desk, what: str) -> None:
    with pytest.raises(NotAllowed):
        FORBIDDEN[what](desk.context, desk.person("school1"))


def test_a_school_sees_all_of_its_own_and_nothing_else(desk: Desk) -> None:
    context, school = desk.context, desk.person("school1")
    assert [s.site.site for s in list_sites(context, school)] == [OWN]
    assert show_site(context, school, OWN).assets > 0
    assert {d.site for d in list_devices(context, school).rows} == {OWN}
    assert {a.site for a in register.list_assets(context, school).rows} == {OWN}
    assert set(register.count_assets(context, school)["site"]) == {OWN}
    assert set(count_devices(context, school)["district"]) == {"mueang-khon-kaen"}
    everything = register.list_assets(context, school, Wanted(words="cisco"))
    assert {a.site for a in everything.rows} == {OWN}


def test_somebody_of_no_school_sees_nothing(desk: Desk) -> None:
    """Never everything, whatever became of the office file since they signed in."""
    nobody = replace(desk.person("school1"), site=None)
    assert list_sites(desk.context, nobody) == ()
    assert list_devices(desk.context, nobody).total == 0
    assert register.list_assets(desk.context, nobody).total == 0


def test_a_school_reads_no_history_of_its_device(desk: Desk) -> None:
    view = show_device(desk.context, desk.person("school1"), "kkn-a-sw01")
    assert not view.history
    assert view.asset is not None
    assert view.asset.number == view.device.asset


def test_a_device_tells_the_cases_and_runs_that_touched_it(desk: Desk) -> None:
    """By reservation, by the plan of its case, by a run; another device's are not told."""
    at, plan = desk.clock(), a_plan()
    from controller.plans.outcome import Run, RunDevice
    from controller.plans.provenance import Provenance

    with desk.context.store.begin() as conn:
        plans.save_plan(conn, plan, provenance=Provenance(None, ()), by="engineer1", at=at)
        insert_case(conn, a_case(at, "2569-2.3-0001", plan=plan.id))
        insert_case(conn, a_case(at, "2569-2.3-0002", plan=None))
        insert_case(conn, a_case(at, "2569-2.3-0003", plan=None))
        insert_case(conn, a_case(at, "2569-2.3-0004", plan=None))
        reserve(conn, "2569-2.3-0002", ["kkn-a-sw01"])
        reserve(conn, "2569-2.3-0004", ["kkn-a-sw02"])
        run = Run(
            id="r1", kind="apply", case="2569-2.3-0003", plan=plan.id, by="engineer1",
            state="running", executor="x", started=at,
        )  # fmt: skip
        touched = RunDevice(run="r1", device="kkn-a-sw01", batch=0, state="waiting")
        runs.create_run(conn, run, [touched])
    view = show_device(desk.context, desk.person("auditor1"), "kkn-a-sw01")
    assert [c.number[-1] for c in view.cases] == ["3", "2", "1"]
    assert [(r.run, r.state) for r in view.runs] == [("r1", "waiting")]


def test_what_a_device_said_last_is_kept(desk: Desk) -> None:
    with desk.context.store.begin(audited=False) as conn:
        for uptime in (1, 2):
            said = device_history.Look("kkn-a-sw01", desk.clock(), {"uptime": uptime}, {})
            device_history.save_look(conn, said)
    view = show_device(desk.context, desk.person("engineer1"), "kkn-a-sw01")
    assert view.look == said
    other = show_device(desk.context, desk.person("engineer1"), "kkn-a-sw02")
    assert other.look is None


def test_exports_hold_no_formula_and_come_back_the_same(desk: Desk) -> None:
    """A note that begins with = is text in XLSX and marked in CSV; the import takes both back."""
    file = desk.context.root / f"inventory/assets/{OWN}.csv"
    text = file.read_text(encoding="utf-8")
    first = text.split("\n")[1]
    risky = first.rsplit(",", 1)[0] + ',"=HYPERLINK(""http://x"")"'
    file.write_text(text.replace(first, risky), encoding="utf-8")
    engineer, of_school = desk.person("engineer1"), Wanted(choices={"site": OWN})
    sheet = export_assets(desk.context, engineer, of_school)
    cells = [cell for row in load_workbook(io.BytesIO(sheet)).worksheets[0].rows for cell in row]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)
    days = [cell.value for cell in cells if cell.data_type == "d"]
    assert days, "no day is a day"
    plain = export_assets(desk.context, engineer, of_school, form="csv")
    for row in csv.reader(io.StringIO(plain.decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row), row
    for content in (sheet, plain):
        preview = preview_assets(desk.context, engineer, OWN, content, whole=True)
        assert preview.faults == ()
        assert preview.changes_nothing


def test_every_row_is_exported_whatever_page_is_asked(desk: Desk) -> None:
    engineer = desk.person("engineer1")
    total = register.list_assets(desk.context, engineer).total
    made = export_assets(desk.context, engineer, Wanted(start=3, most=2), form="csv")
    assert len(made.decode().strip().split("\r\n")) == total + 1


def test_choices_and_orders_there_are_not_are_told(desk: Desk) -> None:
    with pytest.raises(InputError, match="unknown"):
        list_devices(desk.context, desk.person("engineer1"), Wanted(order="nmae"))
    with pytest.raises(InputError, match="unknown"):
        register.list_assets(desk.context, desk.person("engineer1"), Wanted(choices={"colour": ""}))


def test_years_are_those_the_things_were_acquired(desk: Desk) -> None:
    found = register.list_assets(
        desk.context, desk.person("officer1"), Wanted(choices={"year": "2024"})
    )
    assert found.rows
    assert {a.acquired.year for a in found.rows} == {2024}
    assert all(isinstance(a.acquired, date) for a in found.rows)
