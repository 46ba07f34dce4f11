"""The column of running numbers (ลำดับ) that nearly every table begins with."""

from __future__ import annotations

from controller.documents.blocks import TableColumn

# Widths are multiplied so that the narrow column fits among them.
_FINER = 20
_SHARE = 0.085


def numbered(*columns: TableColumn) -> tuple[TableColumn, ...]:
    """`columns` after a narrow one for running numbers."""
    finer = [TableColumn(c.title, c.width * _FINER, c.align) for c in columns]
    share = round(sum(c.width for c in finer) * _SHARE)
    return (TableColumn("ลำดับ", max(1, share), "center"), *finer)
