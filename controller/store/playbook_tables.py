"""The tables of playbooks, of changes booked for a time, and of paused entries of the schedule."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from controller.store.compliance_tables import metadata
from controller.store.tables import UtcTime

# Whoever needs every table of the database gets them from here.
__all__ = ["metadata"]

# Runs that only read or only predict; one that changes devices is a row of `runs`. `parameters`
# is JSON without secrets, `sha256` of the playbook's files. `executor` is empty while it waits.
playbook_runs = Table(
    "playbook_runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("playbook", Text, nullable=False, index=True),
    Column("selector", Text, nullable=False),
    Column("parameters", Text, nullable=False),
    Column("check", Boolean, nullable=False),
    Column("why", String(16), nullable=False),
    Column("by", Text, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("executor", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("started", UtcTime, nullable=False, index=True),
    Column("ended", UtcTime),
    Column("note_th", Text, nullable=False),
    Column("note_en", Text, nullable=False),
    Column("stop_asked_by", Text),
)

playbook_devices = Table(
    "playbook_devices",
    metadata,
    Column("run", Text, ForeignKey("playbook_runs.id"), primary_key=True),
    Column("device", Text, primary_key=True, index=True),
    Column("state", String(16), nullable=False),
    Column("changed", UtcTime),
)

# What each task did on each device, secrets removed: of a row of `playbook_runs`, or of `runs`.
# `number` is the place in the run, `lines` what was or would be sent, `answer` what was said.
playbook_tasks = Table(
    "playbook_tasks",
    metadata,
    Column("run", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("device", Text, nullable=False),
    Column("task", Text, nullable=False),
    Column("module", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("lines", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("ignored", Boolean, nullable=False),
    Column("predicted", Boolean, nullable=False),
    Column("at", UtcTime),
    Column("seconds", Float, nullable=False),
    Index("ix_playbook_tasks_run_device", "run", "device"),
)

# Who wants an approved case carried out by itself, and from when on; `run` is what came of it.
bookings = Table(
    "bookings",
    metadata,
    Column("case_number", Text, ForeignKey("cases.number"), primary_key=True),
    Column("by", Text, nullable=False),
    Column("made", UtcTime, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("run", Text, nullable=False),
    Column("note_th", Text, nullable=False),
    Column("note_en", Text, nullable=False),
    Column("claimed", UtcTime),
)

# Entries of the schedule that are not done until somebody lets them go on.
paused_entries = Table(
    "paused_entries",
    metadata,
    Column("name", Text, primary_key=True),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("why", Text, nullable=False),
)
