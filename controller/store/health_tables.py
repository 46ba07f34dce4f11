"""The tables of health: what is known of devices now, since when, and the alerts about it."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    text,
)

from controller.store.tables import UtcTime, metadata

# Whoever needs every table of the database gets them from here.
__all__ = ["metadata"]

# What a device is now: one row each, written after every poll. `status` is up, down or unknown,
# `since` when it became so. `identity`, `measured` and `ports` (compressed) hold JSON of the last
# answer, which came at `answered`; `details` when the slow questions were last asked.
device_health = Table(
    "device_health",
    metadata,
    Column("device", Text, primary_key=True),
    Column("status", String(8), nullable=False, index=True),
    Column("since", UtcTime, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("answered", UtcTime),
    Column("missed", Integer, nullable=False),
    Column("round_trip", Float),
    Column("details", UtcTime),
    Column("why", Text, nullable=False),
    Column("identity", Text, nullable=False),
    Column("measured", Text, nullable=False),
    Column("ports", LargeBinary, nullable=False),
)

# When a device was in which status: availability is counted from these. The last span of a device
# is open: `until` is how far it has been confirmed by polls.
health_spans = Table(
    "health_spans",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("device", Text, nullable=False),
    Column("status", String(8), nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
    Column("why", Text, nullable=False),
    Index("ix_health_spans_device_since", "device", "since"),
    Index("ix_health_spans_until", "until"),
)

# Which process polls which share of the devices, and until when its claim holds.
poll_shards = Table(
    "poll_shards",
    metadata,
    Column("shard", Integer, primary_key=True, autoincrement=False),
    Column("holder", Text, nullable=False, index=True),
    Column("until", UtcTime, nullable=False),
    Column("fence", Integer, nullable=False),
)

# Processes that poll, alive until `until`.
pollers = Table(
    "pollers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("host", Text, nullable=False),
    Column("started", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
    Column("cycle", Text, nullable=False),
)

# Whom a device sees at its ports, as JSON, from its last walk.
neighbours = Table(
    "neighbours",
    metadata,
    Column("device", Text, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("content", Text, nullable=False),
)

# What is wrong, or was. Open while `cleared` is NULL; `port` empty for the device as a whole.
# `shadow_of` is the alert of whose cause this one is only the shadow; `noticed` when people were
# told that it opened, `noticed_end` that it was over. Never two open ones about the same thing.
alerts = Table(
    "alerts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("rule", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("port", Text, nullable=False),
    Column("site", Text, nullable=False),
    Column("severity", String(8), nullable=False),
    Column("opened", UtcTime, nullable=False, index=True),
    Column("changed", UtcTime, nullable=False),
    Column("cleared", UtcTime, index=True),
    Column("acknowledged", UtcTime),
    Column("acknowledged_by", Text),
    Column("shadow_of", Integer, ForeignKey("alerts.id"), index=True),
    Column("case_number", Text),
    Column("muted", Boolean, nullable=False),
    Column("noticed", UtcTime),
    Column("noticed_end", UtcTime),
    Column("content", Text, nullable=False),
    Index("ix_alerts_device_rule_port", "device", "rule", "port"),
    Index(
        "uq_alerts_open",
        "device",
        "rule",
        "port",
        unique=True,
        sqlite_where=text("cleared IS NULL"),
        postgresql_where=text("cleared IS NULL"),
    ),
    Index("ix_alerts_site_opened", "site", "opened"),
)

# What people wrote and did about an alert.
alert_notes = Table(
    "alert_notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("alert", Integer, ForeignKey("alerts.id"), nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("words", Text, nullable=False),
)

# What is remembered of a device between polls before an alert opens or clears, as JSON.
alert_memory = Table(
    "alert_memory",
    metadata,
    Column("device", Text, primary_key=True),
    Column("content", Text, nullable=False),
)

# What people are told about alerts: a digest each, tried until it arrives.
alert_letters = Table(
    "alert_letters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("created", UtcTime, nullable=False, index=True),
    Column("channel", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("again", UtcTime, nullable=False),
    Column("error", Text, nullable=False),
    Column("delivered", UtcTime),
)

# When nobody minds, planned by hand; while a case is carried out its run is one without a row.
# `devices` as JSON; empty with `site` means the whole site. `approved` names the case or the order;
# only such count for availability.
maintenance_windows = Table(
    "maintenance_windows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("site", Text, nullable=False),
    Column("devices", Text, nullable=False),
    Column("starts", UtcTime, nullable=False),
    Column("ends", UtcTime, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("approved", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made", UtcTime, nullable=False),
    Column("cancelled_by", Text),
)

# Traps and informs of devices we know, the newest ones.
traps = Table(
    "traps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False, index=True),
    Column("device", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("content", Text, nullable=False),
)

# Senders nobody knows: counted, never believed.
trap_strangers = Table(
    "trap_strangers",
    metadata,
    Column("address", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("first", UtcTime, nullable=False),
    Column("last", UtcTime, nullable=False),
)
