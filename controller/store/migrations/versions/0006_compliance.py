"""Compliance: findings, audits, wanted backups, what is done on schedule."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables of compliance."""
    _audits()
    _findings()
    _schedule()
    _lines()
    _seen()
    _told()


def _audits() -> None:
    op.create_table(
        "audits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.String(16), nullable=False),
        sa.Column("selector", sa.Text(), nullable=False),
        sa.Column("devices", sa.Integer(), nullable=False),
        sa.Column("rulebook", sa.String(64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audits")),
    )
    op.create_index(op.f("ix_audits_at"), "audits", ["at"], unique=False)
    op.create_table(
        "audit_tallies",
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("scope", sa.String(8), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("waived", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.Column("not_applicable", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("day", "scope", "name", name=op.f("pk_audit_tallies")),
    )


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("since", sa.String(27), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("device", "rule", name=op.f("pk_findings")),
    )
    op.create_index("ix_findings_rule_verdict", "findings", ["rule", "verdict"], unique=False)
    op.create_table(
        "finding_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(["audit"], ["audits.id"], name=op.f("fk_finding_changes_audit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_changes")),
    )
    op.create_index(op.f("ix_finding_changes_at"), "finding_changes", ["at"], unique=False)
    op.create_index(
        "ix_finding_changes_device_rule", "finding_changes", ["device", "rule"], unique=False
    )
    op.create_table(
        "audited_devices",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("audit", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["audit"], ["audits.id"], name=op.f("fk_audited_devices_audit")),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_audited_devices")),
    )


def _schedule() -> None:
    op.create_table(
        "schedule_entries",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("cron", sa.Text(), nullable=False),
        sa.Column("seen", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_schedule_entries")),
    )
    op.create_table(
        "schedule_slots",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slot", sa.String(27), nullable=False),
        sa.Column("task", sa.String(16), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("started", sa.String(27), nullable=False),
        sa.Column("alive", sa.String(27), nullable=False),
        sa.Column("ended", sa.String(27), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", "slot", name=op.f("pk_schedule_slots")),
    )
    op.create_index(op.f("ix_schedule_slots_started"), "schedule_slots", ["started"], unique=False)


def _told() -> None:
    op.create_table(
        "wanted_backups",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("since", sa.String(27), nullable=False),
        sa.Column("last", sa.String(27), nullable=False),
        sa.Column("due", sa.String(27), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_wanted_backups")),
    )
    op.create_index(op.f("ix_wanted_backups_due"), "wanted_backups", ["due"], unique=False)
    op.create_table(
        "told_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("where_from", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_changes")),
    )
    op.create_index("ix_told_changes_device_at", "told_changes", ["device", "at"], unique=False)


def _lines() -> None:
    op.create_table(
        "config_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.LargeBinary(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_config_lines")),
        sa.UniqueConstraint("mark", name=op.f("uq_config_lines_mark")),
    )
    op.create_table(
        "config_devices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("rules", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_config_devices")),
        sa.UniqueConstraint("device", name=op.f("uq_config_devices_device")),
    )
    op.create_table(
        "config_spans",
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("device", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("line", "device", "since", name=op.f("pk_config_spans")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_config_spans_device_until", "config_spans", ["device", "until"], unique=False
    )


def _seen() -> None:
    op.create_table(
        "configurations_seen",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("blob", sa.String(64), nullable=False),
        sa.Column("since", sa.String(27), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_configurations_seen")),
    )
    op.execute(_SEEN_SO_FAR)


# The text first kept of a configuration is the one that is named.
_SEEN_SO_FAR = """
INSERT INTO configurations_seen (device, fingerprint, blob, since, at, first)
SELECT device, fingerprint, blob, at, last, versions = 1 FROM (
    SELECT device, fingerprint, blob, at, last,
        count(*) OVER (PARTITION BY device) AS versions,
        row_number() OVER (PARTITION BY device ORDER BY at DESC, id DESC) AS place
    FROM (
        SELECT id, device, fingerprint, blob, at,
            lag(fingerprint) OVER (PARTITION BY device ORDER BY at, id) AS older,
            max(at) OVER (PARTITION BY device) AS last
        FROM snapshots
    ) AS sights
    WHERE older IS NULL OR older <> fingerprint
) AS begun
WHERE place = 1
"""
