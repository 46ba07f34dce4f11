"""The tables. A change here needs a migration; a test compares the two."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from controller.store.canonical import time_text, time_value


class UtcTime(TypeDecorator[datetime]):
    """A time with zone, kept as text of fixed width, the same on both databases."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Time to text."""
        return None if value is None else time_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Text to time."""
        return None if value is None else time_value(value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(27), nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("content", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("username", Text, primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("changed", UtcTime, nullable=False),
    Column("failures", Integer, nullable=False, default=0),
    Column("locked_until", UtcTime),
    Column("totp", Text),
    Column("totp_step", Integer),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("username", Text, ForeignKey("accounts.username"), nullable=False, index=True),
    Column("expires", UtcTime, nullable=False),
    Column("id", String(16), nullable=False, server_default=text("''")),
    Column("opened", UtcTime),
    Column("door", Text, nullable=False, server_default=text("''")),
    Column("agent", Text, nullable=False, server_default=text("''")),
    Column("used", UtcTime),
)

# What stands in for the phone when it is lost: by hash, each good once.
recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("username", Text, ForeignKey("accounts.username"), primary_key=True),
    Column("code_hash", String(64), primary_key=True),
)

# How often signing in failed of late, by address and by the name that was typed.
failed_sign_ins = Table(
    "failed_sign_ins",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("since", UtcTime, nullable=False, index=True),
    Column("count", Integer, nullable=False),
)

# Bearer tokens of programs: by hash, with the operations they may ask for.
api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("username", Text, ForeignKey("accounts.username"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("expires", UtcTime, nullable=False),
    Column("used", UtcTime),
    Column("revoked", UtcTime),
)

# What a POST with an Idempotency-Key was answered, so that the same one again does nothing twice.
answered_requests = Table(
    "answered_requests",
    metadata,
    Column("username", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("request", String(64), nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
    Column("status", Integer),
    Column("headers", Text, nullable=False, server_default=text("''")),
    Column("body", LargeBinary),
)

plans = Table(
    "plans",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("office", Text, nullable=False),
    Column("selector", Text, nullable=False),
    Column("devices", Integer, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
    Column("commit_id", Text),
    Column("edited", Text, nullable=False),
)

# Which devices a plan changes, so that one need not read every plan to know which touched a device.
plan_devices = Table(
    "plan_devices",
    metadata,
    Column("plan", String(64), ForeignKey("plans.id"), primary_key=True),
    Column("device", Text, primary_key=True, index=True),
)

counters = Table(
    "counters",
    metadata,
    Column("register", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("number", Text, primary_key=True),
    Column("process", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("plan", String(64), index=True),
    Column("opened", UtcTime, nullable=False),
    Column("events", Integer, nullable=False),
    Column("content", Text, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("case_number", Text, ForeignKey("cases.number"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("plan", String(64), nullable=False),
    Column("dossier", String(64), nullable=False, server_default=text("''")),
    Column("step", Integer),
    Column("to_step", Integer),
    Column("actor", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("acting_order", Text),
    Column("comment", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("expires", UtcTime),
    Column("audit_seq", Integer, nullable=False),
    Column("audit_hash", String(64), nullable=False),
)

reservations = Table(
    "reservations",
    metadata,
    Column("device", Text, primary_key=True),
    Column("case_number", Text, ForeignKey("cases.number"), nullable=False, index=True),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("case_number", Text, nullable=False, index=True),
    Column("plan", String(64), nullable=False),
    Column("started_by", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("executor", Text, nullable=False),
    Column("started", UtcTime, nullable=False),
    Column("ended", UtcTime),
    Column("note", Text, nullable=False),
    Column("stop_asked_by", Text),
    Index(
        "uq_runs_one_running",
        "case_number",
        unique=True,
        sqlite_where=text("state = 'running'"),
        postgresql_where=text("state = 'running'"),
    ),
)

run_devices = Table(
    "run_devices",
    metadata,
    Column("run", Text, ForeignKey("runs.id"), primary_key=True),
    Column("device", Text, primary_key=True, index=True),
    Column("batch", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("changed", UtcTime),
)

locks = Table(
    "locks",
    metadata,
    Column("device", Text, primary_key=True),
    Column("fence", Integer, nullable=False),
    Column("run", Text),
    Column("executor", Text),
    Column("taken", UtcTime),
    Column("site", Text),
    Column("begun", UtcTime, index=True),
    Index("ix_locks_run", "run"),
)

executors = Table(
    "executors",
    metadata,
    Column("id", Text, primary_key=True),
    Column("host", Text, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("started", UtcTime, nullable=False),
    Column("heartbeat", UtcTime, nullable=False),
    Column("retired", UtcTime),
    Column("queues", Text),
    Column("draining", UtcTime),
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("device", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("blob", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("why", Text, nullable=False),
    Index("ix_snapshots_device_fingerprint", "device", "fingerprint"),
)

# `case_number` names the case a paper belongs to; a form or a survey may stand alone.
forms = Table(
    "forms",
    metadata,
    Column("number", Text, primary_key=True),
    Column("printed", Text, nullable=False),
    Column("slug", Text, nullable=False, index=True),
    Column("case_number", Text, ForeignKey("cases.number"), index=True),
    Column("made_by", Text, nullable=False, index=True),
    Column("revision", Integer, nullable=False),
)

form_revisions = Table(
    "form_revisions",
    metadata,
    Column("number", Text, ForeignKey("forms.number"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("edition", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_on", String(10), nullable=False),
)

surveys = Table(
    "surveys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("form", Text, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("case_number", Text, ForeignKey("cases.number"), index=True),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("opened", UtcTime, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("closed", UtcTime),
    Column("closed_by", Text),
    Column("results", Text),
    Column("sha256", String(64)),
)

# Anonymous: no person, the day only, and a random name in place of the order they came in, in
# which SQLite keeps them too.
answers = Table(
    "answers",
    metadata,
    Column("survey", Text, ForeignKey("surveys.id"), primary_key=True),
    Column("name", String(32), primary_key=True),
    Column("content", Text, nullable=False),
    Column("given_on", String(10), nullable=False),
    sqlite_with_rowid=False,
)

# `source` is the hash of what a document was made from, `pdf` that of the paper itself.
documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("register", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("case_number", Text, ForeignKey("cases.number"), nullable=False),
    Column("title", Text, nullable=False),
    Column("source", String(64), nullable=False),
    Column("pdf", String(64)),
    Column("issued", UtcTime, nullable=False),
    Column("issued_by", Text, nullable=False),
    UniqueConstraint("register", "year", "number"),
    UniqueConstraint("case_number", "kind", "source"),
)

# The outbox. `once` is what can be said one time only; `batch` what was asked for together, and
# `basis` how far the case was then; `again` is when the next attempt may be made.
notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("once", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("case_number", Text, ForeignKey("cases.number"), nullable=False, index=True),
    Column("basis", Text, nullable=False),
    Column("batch", Text, nullable=False, index=True),
    Column("asked_by", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("again", UtcTime, nullable=False),
    Column("delivered", UtcTime),
)

# Links by which a survey is answered without an account.
survey_links = Table(
    "survey_links",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("survey", Text, ForeignKey("surveys.id"), nullable=False, index=True),
    Column("made_by", Text, nullable=False),
    Column("made", UtcTime, nullable=False),
    Column("expires", UtcTime, nullable=False),
    Column("closed", UtcTime),
)

# What a device said of itself when it was looked at: facts and interfaces as JSON.
device_facts = Table(
    "device_facts",
    metadata,
    Column("device", Text, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("content", Text, nullable=False),
)
