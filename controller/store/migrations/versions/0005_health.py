"""Health: state of devices, alerts, maintenance, who polls what, traps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables of health."""
    _alerts()
    _state()
    _polling()
    _traps()


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("port", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(8), nullable=False),
        sa.Column("opened", sa.String(27), nullable=False),
        sa.Column("changed", sa.String(27), nullable=False),
        sa.Column("cleared", sa.String(27), nullable=True),
        sa.Column("acknowledged", sa.String(27), nullable=True),
        sa.Column("acknowledged_by", sa.Text(), nullable=True),
        sa.Column("shadow_of", sa.Integer(), nullable=True),
        sa.Column("case_number", sa.Text(), nullable=True),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("noticed", sa.String(27), nullable=True),
        sa.Column("noticed_end", sa.String(27), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["shadow_of"], ["alerts.id"], name=op.f("fk_alerts_shadow_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
    )
    op.create_index(op.f("ix_alerts_cleared"), "alerts", ["cleared"], unique=False)
    op.create_index(
        "ix_alerts_device_rule_port", "alerts", ["device", "rule", "port"], unique=False
    )
    op.create_index(op.f("ix_alerts_opened"), "alerts", ["opened"], unique=False)
    op.create_index(op.f("ix_alerts_shadow_of"), "alerts", ["shadow_of"], unique=False)
    op.create_index("ix_alerts_site_opened", "alerts", ["site", "opened"], unique=False)
    op.create_index(
        "uq_alerts_open",
        "alerts",
        ["device", "rule", "port"],
        unique=True,
        sqlite_where=sa.text("cleared IS NULL"),
        postgresql_where=sa.text("cleared IS NULL"),
    )
    op.create_table(
        "alert_memory",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_alert_memory")),
    )
    _letters()
    op.create_table(
        "alert_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["alerts.id"], name=op.f("fk_alert_notes_alert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_notes")),
    )
    op.create_index(op.f("ix_alert_notes_alert"), "alert_notes", ["alert"], unique=False)


def _letters() -> None:
    op.create_table(
        "alert_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created", sa.String(27), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("again", sa.String(27), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("delivered", sa.String(27), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_letters")),
    )
    op.create_index(op.f("ix_alert_letters_created"), "alert_letters", ["created"], unique=False)
    op.create_index(op.f("ix_alert_letters_state"), "alert_letters", ["state"], unique=False)


def _state() -> None:
    op.create_table(
        "device_health",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("since", sa.String(27), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("answered", sa.String(27), nullable=True),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("round_trip", sa.Float(), nullable=True),
        sa.Column("details", sa.String(27), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("measured", sa.Text(), nullable=False),
        sa.Column("ports", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_device_health")),
    )
    op.create_index(op.f("ix_device_health_status"), "device_health", ["status"], unique=False)
    op.create_table(
        "health_spans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("since", sa.String(27), nullable=False),
        sa.Column("until", sa.String(27), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_spans")),
    )
    op.create_index(
        "ix_health_spans_device_since", "health_spans", ["device", "since"], unique=False
    )
    op.create_index("ix_health_spans_until", "health_spans", ["until"], unique=False)
    op.create_table(
        "neighbours",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_neighbours")),
    )


def _polling() -> None:
    op.create_table(
        "maintenance_windows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("devices", sa.Text(), nullable=False),
        sa.Column("starts", sa.String(27), nullable=False),
        sa.Column("ends", sa.String(27), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approved", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made", sa.String(27), nullable=False),
        sa.Column("cancelled_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maintenance_windows")),
    )
    op.create_index(
        op.f("ix_maintenance_windows_ends"), "maintenance_windows", ["ends"], unique=False
    )
    op.create_table(
        "poll_shards",
        sa.Column("shard", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", sa.String(27), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("shard", name=op.f("pk_poll_shards")),
    )
    op.create_index(op.f("ix_poll_shards_holder"), "poll_shards", ["holder"], unique=False)
    op.create_table(
        "pollers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("started", sa.String(27), nullable=False),
        sa.Column("until", sa.String(27), nullable=False),
        sa.Column("cycle", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pollers")),
    )


def _traps() -> None:
    op.create_table(
        "trap_strangers",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first", sa.String(27), nullable=False),
        sa.Column("last", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_trap_strangers")),
    )
    op.create_table(
        "traps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_traps")),
    )
    op.create_index(op.f("ix_traps_at"), "traps", ["at"], unique=False)
    op.create_index(op.f("ix_traps_device"), "traps", ["device"], unique=False)
