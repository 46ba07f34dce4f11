"""Deliveries over HTTP: read from a file, ticked, accepted, printed."""

from __future__ import annotations

from tests.api.callers import Callers
from tests.operations.bought import bought
from tests.server.served import password_of

LIST = "รายการ,หน่วยงาน,หมายเลขเครื่อง\nสวิตช์ PoE,kkn-school-a,API-0001\n"


def test_a_delivery_from_its_list_to_its_labels(callers: Callers) -> None:
    """Without a device that answers: everything is left to people."""
    case = bought(callers.desk, password=password_of("director")).number
    officer, address = callers.person("officer1"), f"/api/v1/cases/{case}/deliveries"
    assert officer.get(address).json() == []
    wrong = officer.post(address, files={"file": ("l.csv", LIST.replace("kkn-school-a", "x"))})
    assert wrong.status_code == 422
    (problem,) = wrong.json()["problems"]
    assert (problem["path"], problem["line"], problem["column"]) == ("CSV!B2", 2, 2)
    read = officer.post(address, files={"file": ("l.csv", LIST)}, data={"document": "7/2569"})
    assert read.status_code == 201, read.text
    assert (read.json()["number"], read.json()["document"]) == (1, "7/2569")
    assert read.json()["counts"] == {"proved": 0, "differs": 0, "person": 5}
    assert officer.post(f"{address}/1/acceptance").status_code == 409
    assert officer.get(f"{address}/1/labels").status_code == 409
    ticks = {"findings": [{"piece": "API-0001", "about": "*", "right": True}]}
    ticked = officer.post(f"{address}/1/checks", json=ticks).json()
    assert (ticked["left"], ticked["against"]) == (0, [])
    assert {c["tick"]["by"] for c in ticked["pieces"][0]["checks"]} == {"officer1"}
    done = officer.post(f"{address}/1/acceptance")
    assert done.status_code == 200, done.text
    assert done.json()["delivery"]["pieces"][0]["asset"].startswith("7440-009-")
    director = callers.person("director")
    for path, kind in (
        ("sheet", "pdf"), ("sheet?format=docx", "wordprocessingml"),
        ("sheet?format=xlsx", "spreadsheetml"), ("labels", "pdf"),
    ):  # fmt: skip
        answer = director.get(f"{address}/1/{path}")
        assert answer.status_code == 200
        assert kind in answer.headers["content-type"]
    assert director.get(f"{address}/2").status_code == 404
