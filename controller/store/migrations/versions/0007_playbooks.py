"""Playbooks: their runs and what each task did; booked changes; paused entries of the schedule."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    _runs()
    _tasks()
    _schedule()
    _workers()


def _runs() -> None:
    op.create_table(
        "playbook_runs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("playbook", sa.Text(), nullable=False),
        sa.Column("selector", sa.Text(), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("check", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(16), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("executor", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("started", sa.String(27), nullable=False),
        sa.Column("ended", sa.String(27), nullable=True),
        sa.Column("note_th", sa.Text(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.Column("stop_asked_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playbook_runs")),
    )
    for column in ("playbook", "state", "started"):
        op.create_index(op.f(f"ix_playbook_runs_{column}"), "playbook_runs", [column])
    op.create_table(
        "playbook_devices",
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("changed", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(
            ["run"], ["playbook_runs.id"], name=op.f("fk_playbook_devices_run")
        ),
        sa.PrimaryKeyConstraint("run", "device", name=op.f("pk_playbook_devices")),
    )
    op.create_index(op.f("ix_playbook_devices_device"), "playbook_devices", ["device"])


def _tasks() -> None:
    op.create_table(
        "playbook_tasks",
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("module", sa.Text(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("ignored", sa.Boolean(), nullable=False),
        sa.Column("predicted", sa.Boolean(), nullable=False),
        sa.Column("at", sa.String(27), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("run", "number", name=op.f("pk_playbook_tasks")),
    )
    op.create_index("ix_playbook_tasks_run_device", "playbook_tasks", ["run", "device"])


def _schedule() -> None:
    op.create_table(
        "bookings",
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("made", sa.String(27), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("note_th", sa.Text(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.Column("claimed", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_number"], ["cases.number"], name=op.f("fk_bookings_case_number")
        ),
        sa.PrimaryKeyConstraint("case_number", name=op.f("pk_bookings")),
    )
    op.create_index(op.f("ix_bookings_state"), "bookings", ["state"])
    op.create_table(
        "paused_entries",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_paused_entries")),
    )


def _workers() -> None:
    op.add_column("locks", sa.Column("site", sa.Text(), nullable=True))
    op.add_column("locks", sa.Column("begun", sa.String(27), nullable=True))
    op.create_index(op.f("ix_locks_begun"), "locks", ["begun"])
    op.create_index(op.f("ix_locks_run"), "locks", ["run"])
    op.add_column("executors", sa.Column("queues", sa.Text(), nullable=True))
    op.add_column("executors", sa.Column("draining", sa.String(27), nullable=True))
