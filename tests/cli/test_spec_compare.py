"""`khaen spec compare`, `judge` and `reopen` as people type them."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller.app import open_app
from controller.operations.manage_accounts import manage_accounts
from tests.journeys.office import Office, password_of
from tests.operations.offered import at_work
from tests.operations.office import Desk
from tests.procurement.purchase import (
    AP,
    AP_CRITERIA,
    criterion,
    item,
    offer,
    offered,
    specification,
)
from tests.store.clock import Clock

SPEC = specification(item(criteria=(*AP_CRITERIA, criterion("strong"))))


@pytest.mark.slow
def test_offers_are_compared_judged_concluded_and_taken_back(tmp_path: Path) -> None:
    """Refusals exit with 3 and say the very options that are missing."""
    office = Office(tmp_path / "work")
    office.init()
    with open_app(office.root, apart=True) as context:
        desk = Desk(context, Clock())
        bids = (
            offer(SPEC, "ก", offered(product="ก/1", strong="โลหะ")),
            offer(SPEC, "ข", offered(product="ข/1", wpa="", strong="โลหะ")),
        )
        case = at_work(desk, SPEC, *bids).number
        manage_accounts(context, desk.person("admin"), "engineer1", password_of("engineer1"))
    office.login("engineer1")
    told = office.khaen("spec", "compare", case).out
    assert "โลหะ [to be judged]" in told
    assert "not stated" in told
    assert "wpa" in told
    assert "strong" in office.khaen("spec", "compare", case, "--conclude", expect=3).err
    office.khaen("spec", "compare", case, "--reason", "tie=x", expect=2)
    office.khaen("spec", "judge", case, "strong", "equal", "--bidder", "ก", "--why", "ดี", expect=2)
    for bidder in "กข":
        words = ("--bidder", bidder, "--why", "ตามแค็ตตาล็อก")
        office.khaen("spec", "judge", case, f"{AP}/strong", "equal", *words)
    refused = office.khaen("spec", "compare", case, "--conclude", expect=3).err
    assert f'--reason "few-passing:{AP}=' in refused
    found = office.khaen("spec", "compare", case, "--json").json
    options = [word for one in found["concerns"] for word in ("--reason", f"{one['key']}=น้อยราย")]
    office.khaen("spec", "compare", case, "--conclude", *options)
    assert "concluded: ก" in office.khaen("spec", "compare", case).out
    office.khaen("spec", "reopen", case, "--reason", "อุทธรณ์")
