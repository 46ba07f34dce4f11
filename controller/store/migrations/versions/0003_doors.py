"""The web and the API: second factors, sessions one can tell apart, tokens, links, device facts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add what the web and the API remember."""
    op.add_column("accounts", sa.Column("totp", sa.Text(), nullable=True))
    op.add_column("accounts", sa.Column("totp_step", sa.Integer(), nullable=True))
    for name, kind in (("id", sa.String(16)), ("door", sa.Text()), ("agent", sa.Text())):
        empty = sa.text("''")
        op.add_column("sessions", sa.Column(name, kind, nullable=False, server_default=empty))
    op.add_column("sessions", sa.Column("opened", sa.String(27), nullable=True))
    op.add_column("sessions", sa.Column("used", sa.String(27), nullable=True))
    _signing_in()
    _tokens()
    _answered_requests()
    _survey_links()
    _device_facts()


def _signing_in() -> None:
    op.create_table(
        "recovery_codes",
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["username"], ["accounts.username"], name=op.f("fk_recovery_codes_username")
        ),
        sa.PrimaryKeyConstraint("username", "code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "failed_sign_ins",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("since", sa.String(27), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_failed_sign_ins")),
    )
    op.create_index(op.f("ix_failed_sign_ins_since"), "failed_sign_ins", ["since"], unique=False)


def _tokens() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created", sa.String(27), nullable=False),
        sa.Column("expires", sa.String(27), nullable=False),
        sa.Column("used", sa.String(27), nullable=True),
        sa.Column("revoked", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(
            ["username"], ["accounts.username"], name=op.f("fk_api_tokens_username")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_tokens_token_hash")),
    )
    op.create_index(op.f("ix_api_tokens_username"), "api_tokens", ["username"], unique=False)


def _answered_requests() -> None:
    op.create_table(
        "answered_requests",
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request", sa.String(64), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("username", "key", name=op.f("pk_answered_requests")),
    )
    op.create_index(op.f("ix_answered_requests_at"), "answered_requests", ["at"], unique=False)


def _survey_links() -> None:
    op.create_table(
        "survey_links",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("survey", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made", sa.String(27), nullable=False),
        sa.Column("expires", sa.String(27), nullable=False),
        sa.Column("closed", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(["survey"], ["surveys.id"], name=op.f("fk_survey_links_survey")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_survey_links")),
    )
    op.create_index(op.f("ix_survey_links_survey"), "survey_links", ["survey"], unique=False)


def _device_facts() -> None:
    op.create_table(
        "device_facts",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_device_facts")),
    )
