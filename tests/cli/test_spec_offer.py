"""`khaen spec offer` as people type it."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller.app import open_app
from controller.operations.manage_accounts import manage_accounts
from tests.journeys.office import Office, password_of
from tests.operations.office import Desk
from tests.operations.procured import approved
from tests.procurement.bids import BIDDER, POINTS, filled, row_of
from tests.store.clock import Clock


def _spoil(book: object) -> None:
    page = book.worksheets[POINTS]  # type: ignore[attr-defined]
    page.cell(row_of(page, 2, "wpa"), 5).value = "=1+1"


@pytest.mark.slow
def test_an_offer_is_opened_or_its_faults_are_told(tmp_path: Path) -> None:
    """Faults name file and cell and exit with 2; what was opened is shown in the bidder's words."""
    office = Office(tmp_path / "work")
    office.init()
    with open_app(office.root, apart=True) as context:
        desk = Desk(context, Clock())
        case = approved(desk).number
        manage_accounts(context, desk.person("admin"), "engineer1", password_of("engineer1"))
    office.login("engineer1")
    form = tmp_path / "offer.xlsx"
    office.khaen("spec", "offer", "template", case, "-o", str(form))
    wrong, good = tmp_path / "wrong.xlsx", tmp_path / "good.xlsx"
    wrong.write_bytes(filled(_spoil, form=form.read_bytes()))
    told = office.khaen("spec", "offer", "open", case, str(wrong), expect=2).err
    assert "wrong.xlsx ▸ 1 อุปกรณ์กระจายสัญญาณไร้สาย (Ac!E6" in told
    good.write_bytes(filled(form=form.read_bytes()))
    opened = office.khaen("spec", "offer", "open", case, str(good), "--json").json
    assert (opened["bidder"], opened["total"], opened["unstated"]) == (BIDDER, "434002.0", [])
    assert "๑ ช่อง" in office.khaen("spec", "offer", "show", case, BIDDER).out
