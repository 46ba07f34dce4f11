"""Offers over HTTP: the template, opening, faults by their cell, the file as it came."""

from __future__ import annotations

from tests.api.callers import Callers
from tests.operations.procured import approved, before_approval
from tests.procurement.bids import BIDDER, POINTS, filled, row_of
from tests.server.served import password_of


def _spoil(book: object) -> None:
    page = book.worksheets[POINTS]  # type: ignore[attr-defined]
    page.cell(row_of(page, 2, "wpa"), 2).value = "wpaa"


def test_offers_from_the_template_to_the_file_that_came(callers: Callers) -> None:
    case = approved(callers.desk, password=password_of("director")).number
    engineer = callers.person("engineer1")
    address = f"/api/v1/cases/{case}/offers"
    form = engineer.get(f"{address}/template")
    assert form.status_code == 200
    assert "spreadsheetml" in form.headers["content-type"]
    assert engineer.get(f"{address}/template?format=yaml").text.startswith("# ")
    wrong = engineer.post(address, files={"file": ("a.xlsx", filled(_spoil, form=form.content))})
    assert wrong.status_code == 422
    (problem,) = wrong.json()["problems"]
    assert problem["path"].startswith("a.xlsx ▸ 1 ")
    assert (problem["line"], problem["column"], problem["suggestion"]) == (6, 2, "wpa")
    content = filled(form=form.content)
    opened = engineer.post(address, files={"file": ("a.xlsx", content)})
    assert opened.status_code == 200, opened.text
    assert (
        engineer.post(
            address, files={"file": ("b.xlsx", filled(bidder=" ผู้เสนอราคา  ก"))}
        ).status_code
        == 409
    )
    (offer,) = callers.person("director").get(address).json()
    assert (offer["bidder"], offer["total"], offer["unstated"]) == (BIDDER, "434002.0", [])
    by_hash = engineer.get(f"{address}/{offer['sha256'][:8]}").json()
    assert by_hash == offer == engineer.get(f"{address}/{BIDDER}").json()
    file = engineer.get(f"{address}/files/{offer['opened']['file_sha256']}")
    assert file.content == content
    assert engineer.get(f"{address}/files/{'0' * 64}").status_code == 404


def test_before_the_approval_there_is_nothing(callers: Callers) -> None:
    case = before_approval(callers.desk).number
    engineer = callers.person("engineer1")
    for path in ("", "/template", "/none"):
        assert engineer.get(f"/api/v1/cases/{case}/offers{path}").status_code == 409, path
