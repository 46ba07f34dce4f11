"""The comparison over HTTP: as it stands, judged, concluded with reasons, taken back."""

from __future__ import annotations

from tests.api.callers import Callers
from tests.operations.offered import at_work
from tests.procurement.purchase import (
    AP,
    AP_CRITERIA,
    criterion,
    item,
    offer,
    offered,
    specification,
)
from tests.server.served import password_of

SPEC = specification(item(criteria=(*AP_CRITERIA, criterion("strong"))))


def test_from_what_is_left_to_judge_to_the_conclusion_and_back(callers: Callers) -> None:
    bids = (
        offer(SPEC, "ก", offered(product="ก/1", strong="โลหะ")),
        offer(SPEC, "ข", offered(product="ข/1", strong="-", price=1)),
    )
    number = at_work(callers.desk, SPEC, *bids, password=password_of("director")).number
    engineer, address = callers.person("engineer1"), f"/api/v1/cases/{number}/comparison"
    found = callers.person("director").get(address)
    assert found.status_code == 200, found.text
    assert found.json()["undecided"] == 1
    assert [offer["verdict"] for offer in found.json()["offers"]] == ["unknown", "fail"]
    cell = found.json()["cells"][0]
    assert (cell["bidder"], cell["criterion"], cell["outcome"]) == ("ก", "wifi", "equal")
    assert engineer.post(f"{address}/conclusions", json={}).status_code == 409
    judging = {
        "item": AP, "criterion": "strong", "bidder": "ก", "standing": "better", "why": "หนา 2 มม.",
    }  # fmt: skip
    seen = {"if-match": found.headers["etag"]}
    assert engineer.post(f"{address}/judgements", json=judging, headers=seen).status_code == 201
    assert engineer.post(f"{address}/judgements", json=judging, headers=seen).status_code == 412
    none = judging | {"bidder": "ฮ"}
    assert engineer.post(f"{address}/judgements", json=none).status_code == 404
    keys = [one["key"] for one in engineer.get(address).json()["concerns"]]
    assert keys == [f"few-passing:{AP}", f"sole-clause:{AP}/strong"]
    refused = engineer.post(f"{address}/conclusions", json={"reasons": {keys[0]: "ตลาดมีน้อย"}})
    assert refused.status_code == 409
    assert (
        "POST /api/v1/cases/{case}/comparison/conclusions"
        in refused.json()["messages"]["hint"]["en"]
    )
    reasons = {"reasons": dict.fromkeys(keys, "ตลาดมีน้อย")}
    assert engineer.post(f"{address}/conclusions", json=reasons).status_code == 201
    ended = engineer.get(address).json()
    assert (ended["conclusion"]["winner"], ended["conclusion"]["same_today"]) == ("ก", True)
    assert ended["concerns"][0]["reason"] == "ตลาดมีน้อย"
    back = engineer.post(f"{address}/reopenings", json={"reason": "อุทธรณ์"})
    assert back.status_code == 201
    assert engineer.get(address).json()["conclusion"] is None
