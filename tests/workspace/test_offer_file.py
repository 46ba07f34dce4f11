"""An offer as YAML: faults have line and column, and say what was meant."""

from __future__ import annotations

import pytest

from controller.documents.compose.offer_template import offer_yaml
from controller.workspace.offer_file import offer_document, read_offer_document, stated_in
from tests.procurement.bids import SPECIFICATION, YAML


def test_the_template_is_read_as_nobodys_offer() -> None:
    document = offer_document("o.yaml", offer_yaml(SPECIFICATION))
    assert stated_in(document) == {SPECIFICATION.sha256}
    offer, problems = read_offer_document(document, SPECIFICATION)
    assert offer is None
    assert [problem.message.en for problem in problems] == ["the bidder is not named"]


def test_a_filled_file_is_an_offer_in_the_order_of_the_specification() -> None:
    more = "  access-point: {model: ก-6, price: 8,900}\n".replace("8,900", '"8,900"')
    document = offer_document("o.yaml", (YAML + more).encode())
    offer, problems = read_offer_document(document, SPECIFICATION)
    assert problems == ()
    assert offer is not None
    assert [item.item for item in offer.items] == ["access-point", "switch"]
    assert offer.specification == SPECIFICATION.sha256


@pytest.mark.parametrize(
    ("before", "after", "where", "why", "meant"),
    [
        ("  switch:", "  swich:", (4, 3), "no item", "switch"),
        ("ports: 24", "port: 24", (8, 7), "no criterion", "ports"),
        ("    brand", "    brnd", (5, 5), "unknown key", "brand"),
        ("18500.50", "18500 baht", (6, 12), "in baht", "18500"),
        ("ports: 24", 'ports: "=1+1"', (8, 14), "begins as a formula", ""),
        ("text: อบรม", "text: [อบรม]", (9, 24), "words are needed", ""),
        ("bidder: ผู้เสนอราคา ข", 'bidder: "-"', (2, 9), "not named", ""),
        ("items:", "items: [1]\nx:", (3, 8), "a mapping is needed", ""),
    ],
)
def test_faults_have_line_and_column(
    before: str, after: str, where: tuple[int, int], why: str, meant: str
) -> None:
    assert before in YAML
    document = offer_document("o.yaml", YAML.replace(before, after).encode())
    offer, problems = read_offer_document(document, SPECIFICATION)
    assert offer is None
    found = next(p for p in problems if (p.line, p.column) == where)
    assert why in found.message.en
    assert found.suggestion == meant
