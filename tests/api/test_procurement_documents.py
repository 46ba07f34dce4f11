"""Papers of a procurement over HTTP."""

from __future__ import annotations

from tests.api.callers import Callers
from tests.operations.procured import approved
from tests.procurement.bids import filled
from tests.server.served import password_of


def test_sheet_tor_and_comparison_in_every_format(callers: Callers) -> None:
    """A format there is not is 404 and says which there are; the file is named by its case."""
    case = approved(callers.desk, password=password_of("director")).number
    engineer = callers.person("engineer1")
    address = f"/api/v1/cases/{case}"
    for document, formats in {"sheet": ("pdf", "docx", "xlsx"), "tor": ("pdf", "docx")}.items():
        for wanted in formats:
            got = engineer.get(f"{address}/specification/documents/{document}?format={wanted}")
            assert got.status_code == 200, (document, wanted, got.text)
            assert f'"{case}-{document}.{wanted}"' in got.headers["content-disposition"]
    none = engineer.get(f"{address}/specification/documents/tor?format=xlsx")
    assert none.status_code == 404
    assert "pdf, docx" in none.json()["messages"]["hint"]["en"]
    assert engineer.get(f"{address}/specification/documents/memo").status_code == 422
    early = engineer.get(f"{address}/comparison/document")
    assert early.status_code == 404
    assert "/offers" in early.json()["messages"]["hint"]["en"], "the address that comes first"
    engineer.post(f"{address}/offers", files={"file": ("a.xlsx", filled())})
    for wanted in ("pdf", "docx", "xlsx"):
        got = callers.person("director").get(f"{address}/comparison/document?format={wanted}")
        assert got.status_code == 200, got.text
        assert got.content.startswith(b"%PDF-" if wanted == "pdf" else b"PK")
