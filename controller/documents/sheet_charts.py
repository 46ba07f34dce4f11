"""Charts of Excel's own, drawn from the cells beside them: they follow what an officer mends."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.drawing.line import LineProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from controller.documents.sheet import Sheet, SheetChart
from controller.documents.xml_text import legal

_WIDTH, _ROW, _LOWEST, _HIGHEST = 24.0, 0.75, 8.0, 30.0
# Told apart in black and white: greys far from each other, lines by their dashes and marks.
_GREYS = ("404040", "A6A6A6", "D9D9D9", "737373", "F2F2F2")
_LINES: tuple[tuple[Any, Any], ...] = (
    ("solid", "circle"),
    ("dash", "square"),
    ("sysDot", "diamond"),
)


def add_chart(page: Worksheet, sheet: Sheet, wanted: SheetChart) -> None:
    """Put the chart to the right of the table."""
    chart: Any = _bars(sheet, wanted) if wanted.kind == "bar" else _lines()
    last = len(sheet.rows) + 1
    for number, column in enumerate(wanted.values):
        cells = Reference(page, min_col=column + 1, min_row=2, max_row=last)
        series = Series(cells, title=legal(sheet.columns[column].title))
        _dress(series, wanted.kind, number)
        chart.series.append(series)
    chart.set_categories(Reference(page, min_col=wanted.labels + 1, min_row=2, max_row=last))
    chart.title = legal(wanted.title)
    chart.width = _WIDTH
    # The library hides axes unless told not to.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.legend = Legend() if len(wanted.values) > 1 else None
    if chart.legend:
        chart.legend.position = "b"
    page.add_chart(chart, f"{get_column_letter(len(sheet.columns) + 2)}2")


def _bars(sheet: Sheet, wanted: SheetChart) -> BarChart:
    chart: Any = BarChart()
    chart.type, chart.gapWidth = "bar", 50
    chart.y_axis.scaling.min = 0
    # Lying bars stand from the bottom up; the table is read from the top down.
    chart.x_axis.scaling.orientation = "maxMin"
    chart.height = min(max(_LOWEST, len(sheet.rows) * _ROW), _HIGHEST)
    if wanted.stacked:
        chart.grouping, chart.overlap = "stacked", 100
    made: BarChart = chart
    return made


def _lines() -> LineChart:
    chart: Any = LineChart()
    chart.height, chart.display_blanks = _LOWEST, "gap"
    made: LineChart = chart
    return made


def _dress(series: Any, kind: str, number: int) -> None:
    if kind == "bar":
        series.graphicalProperties.solidFill = _GREYS[number % len(_GREYS)]
        series.graphicalProperties.line = LineProperties(solidFill="404040", w=6350)
        return
    dash, mark = _LINES[number % len(_LINES)]
    series.graphicalProperties.line = LineProperties(solidFill="262626", w=22225, prstDash=dash)
    series.marker = Marker(symbol=mark)
    series.smooth = False
