"""What the layout is given: lengths it need not work out, and nothing it could stumble over."""

from __future__ import annotations

import json
from math import inf, nan
from typing import Any

import pytest

from controller.documents.blocks import Bar, Chart, Document, Table, TableColumn
from controller.documents.payload import payload
from controller.documents.pdf import render_pdf
from tests.documents.pdf.papers import DAY


def given(*blocks: Any) -> list[dict[str, Any]]:
    """The blocks as the layout reads them."""
    document = Document(title="ก", author="ข", day=DAY, blocks=blocks)
    made: list[dict[str, Any]] = json.loads(payload(document, None))["blocks"]
    return made


@pytest.mark.parametrize(
    ("value", "full", "share"),
    [
        (2.5, 5, 0.5),
        (0, 5, 0),
        (5, 5, 1),
        (9, 5, 1),
        (-1, 5, 0),
        (1, 0, 0),
        (1, -2, 0),
        (nan, 5, 0),
        (inf, 5, 0),
        (1, inf, 0),
    ],
)
def test_a_bar_takes_its_share_and_never_leaves_the_chart(
    value: float, full: float, share: float
) -> None:
    chart = Chart("ก", (Bar("ข", value, "ค"),), full)
    assert given(chart)[0]["bars"][0]["share"] == share
    document = Document(title="ก", author="ข", day=DAY, blocks=(chart,))
    assert render_pdf(document)


def test_a_table_is_given_the_longest_figures_of_each_column() -> None:
    columns = (TableColumn("ก"), TableColumn("ข"), TableColumn("ค"))
    table = Table(
        columns, (("คำ", "๑๒", "5.50 %"), ("คำยาวกว่า", "๑,๒๓๔", "")), ("", "๙๙,๙๙๙.๐๐", "")
    )
    assert given(table)[0]["figures"] == ["", "๙๙,๙๙๙.๐๐", "5.50 %"]
