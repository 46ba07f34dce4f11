"""The tables of compliance: findings and audits, wanted backups, and what is done on schedule."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from controller.store.history_tables import metadata
from controller.store.tables import UtcTime

# Whoever needs every table of the database gets them from here.
__all__ = ["metadata"]

# One audit: who asked for it and why (`asked`, `schedule`, `rollout`, `change`), of which devices,
# by which rules (`rulebook`, a digest), and in `content` JSON: counts by verdict, the commit.
audits = Table(
    "audits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False, index=True),
    Column("by", Text, nullable=False),
    Column("why", String(16), nullable=False),
    Column("selector", Text, nullable=False),
    Column("devices", Integer, nullable=False),
    Column("rulebook", String(64), nullable=False),
    Column("content", Text, nullable=False),
)

# What stands now: one row for each rule and device, `since` the verdict is so. `details` is JSON.
findings = Table(
    "findings",
    metadata,
    Column("device", Text, primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("verdict", String(16), nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("details", Text, nullable=False),
    Index("ix_findings_rule_verdict", "rule", "verdict"),
)

# Each time a verdict became another one; the first one of a rule on a device too.
finding_changes = Table(
    "finding_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("audit", Integer, ForeignKey("audits.id"), nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
    Column("device", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("verdict", String(16), nullable=False),
    Index("ix_finding_changes_device_rule", "device", "rule"),
)

# When each device was last judged, and `key`: a digest over all that was known of it then. The same
# key with the same rules gives the same findings.
audited_devices = Table(
    "audited_devices",
    metadata,
    Column("device", Text, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("audit", Integer, ForeignKey("audits.id"), nullable=False),
    Column("key", String(64), nullable=False),
)

# The configuration each device was last seen to run, at `at`, and since when; `snapshots` only has
# a row where something changed. `first` while it was never seen to run another one.
configurations_seen = Table(
    "configurations_seen",
    metadata,
    Column("device", Text, primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("blob", String(64), nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("first", Boolean, nullable=False),
)

# How many findings had which verdict at the end of a Thai day, for `scope` office, district, site
# or rule: the trend.
audit_tallies = Table(
    "audit_tallies",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("scope", String(8), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("passed", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("waived", Integer, nullable=False),
    Column("unknown", Integer, nullable=False),
    Column("not_applicable", Integer, nullable=False),
    Column("score", Integer),
)

# Devices whose configuration is to be fetched soon, and why: a trap, a line of syslog. `since` it
# was first told, `last` when it was told again; not before `due`. Whoever fetches it moves `due` on
# first: that is their claim, and it ends by itself.
wanted_backups = Table(
    "wanted_backups",
    metadata,
    Column("device", Text, primary_key=True),
    Column("since", UtcTime, nullable=False),
    Column("last", UtcTime, nullable=False),
    Column("due", UtcTime, nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    Column("why", Text, nullable=False),
)

# What devices told of being configured: by `who`, from which address or line, and `how` we heard
# it. Empty where it was not told.
told_changes = Table(
    "told_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("device", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("where_from", Text, nullable=False),
    Column("how", Text, nullable=False),
    Index("ix_told_changes_device_at", "device", "at"),
)

# The entries of the schedule as the workers know them: times up to `seen` are seen to. With another
# `cron` an entry begins anew.
schedule_entries = Table(
    "schedule_entries",
    metadata,
    Column("name", Text, primary_key=True),
    Column("cron", Text, nullable=False),
    Column("seen", UtcTime, nullable=False),
)

# Each time something of the schedule was due: one row, made by the one process that does it.
# `alive` is when that process last said it is at it. `content` is JSON: what came of it, in words.
schedule_slots = Table(
    "schedule_slots",
    metadata,
    Column("name", Text, primary_key=True),
    Column("slot", UtcTime, primary_key=True),
    Column("task", String(16), nullable=False),
    Column("by", Text, nullable=False),
    Column("holder", Text, nullable=False),
    Column("started", UtcTime, nullable=False, index=True),
    Column("alive", UtcTime, nullable=False),
    Column("ended", UtcTime),
    Column("state", String(16), nullable=False),
    Column("content", Text, nullable=False),
)
