"""The tables in which all configurations are searched: lines, and which device had one when."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table, Text

from controller.store.health_tables import metadata

__all__ = ["config_devices", "config_lines", "config_spans", "metadata"]

# Every distinct line of any configuration, its secrets hidden, without margins. `mark` is a digest
# of the text: lines can be longer than what a database puts into an index.
config_lines = Table(
    "config_lines",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mark", LargeBinary(16), nullable=False, unique=True),
    Column("text", Text, nullable=False),
)

# The devices whose lines are in the index, and by which rules secrets were hidden in them (a
# digest); empty when it has to be made anew.
config_devices = Table(
    "config_devices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("device", Text, nullable=False, unique=True),
    Column("rules", String(64), nullable=False),
)

# A device had a line from `since` until `until`, microseconds since 1970; NULL while it has it.
config_spans = Table(
    "config_spans",
    metadata,
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("device", Integer, primary_key=True, autoincrement=False),
    Column("since", BigInteger, primary_key=True, autoincrement=False),
    Column("until", BigInteger),
    Index("ix_config_spans_device_until", "device", "until"),
    sqlite_with_rowid=False,
)
