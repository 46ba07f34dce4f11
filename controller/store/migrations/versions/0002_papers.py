"""Papers: filled forms, surveys, issued documents, notices; what exactly a decision was made on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# Nothing in these is ever changed. A document only gets its PDF, once.
_PROOF = ("form_revisions", "answers")


def upgrade() -> None:
    """Make the tables of papers."""
    op.add_column(
        "decisions",
        sa.Column("dossier", sa.String(64), nullable=False, server_default=sa.text("''")),
    )
    op.add_column("decisions", sa.Column("step", sa.Integer(), nullable=True))
    op.add_column("decisions", sa.Column("to_step", sa.Integer(), nullable=True))
    _forms()
    _surveys()
    _documents()
    _notices()
    if op.get_bind().dialect.name == "sqlite":
        _protect_on_sqlite()
    else:
        _protect_on_postgresql()


def _protect_on_sqlite() -> None:
    for table in (*_PROOF, "documents"):
        for verb in ("UPDATE", "DELETE"):
            free = "WHEN OLD.pdf IS NOT NULL " if (table, verb) == ("documents", "UPDATE") else ""
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {free}"
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _protect_on_postgresql() -> None:
    for table in (*_PROOF, "documents"):
        for verb in ("UPDATE", "DELETE"):
            free = "WHEN (OLD.pdf IS NOT NULL) " if (table, verb) == ("documents", "UPDATE") else ""
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"FOR EACH ROW {free}EXECUTE FUNCTION khaen_append_only()"
            )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION khaen_append_only()"
        )


def _forms() -> None:
    op.create_table(
        "forms",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_number"], ["cases.number"], name=op.f("fk_forms_case_number")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_forms")),
    )
    for column in ("slug", "case_number", "made_by"):
        op.create_index(op.f(f"ix_forms_{column}"), "forms", [column], unique=False)
    op.create_table(
        "form_revisions",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_on", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["forms.number"], name=op.f("fk_form_revisions_number")
        ),
        sa.PrimaryKeyConstraint("number", "revision", name=op.f("pk_form_revisions")),
    )


def _surveys() -> None:
    op.create_table(
        "surveys",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened", sa.String(27), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("closed", sa.String(27), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("results", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_number"], ["cases.number"], name=op.f("fk_surveys_case_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
    )
    op.create_index(op.f("ix_surveys_case_number"), "surveys", ["case_number"], unique=False)
    op.create_table(
        "answers",
        sa.Column("survey", sa.Text(), nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("given_on", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["survey"], ["surveys.id"], name=op.f("fk_answers_survey")),
        sa.PrimaryKeyConstraint("survey", "name", name=op.f("pk_answers")),
        sqlite_with_rowid=False,
    )


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("pdf", sa.String(64), nullable=True),
        sa.Column("issued", sa.String(27), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_number"], ["cases.number"], name=op.f("fk_documents_case_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint(
            "register", "year", "number", name=op.f("uq_documents_register_year_number")
        ),
        sa.UniqueConstraint(
            "case_number", "kind", "source", name=op.f("uq_documents_case_number_kind_source")
        ),
    )


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("once", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created", sa.String(27), nullable=False),
        sa.Column("again", sa.String(27), nullable=False),
        sa.Column("delivered", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_number"], ["cases.number"], name=op.f("fk_notices_case_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("once", name=op.f("uq_notices_once")),
    )
    for column in ("case_number", "batch", "state"):
        op.create_index(op.f(f"ix_notices_{column}"), "notices", [column], unique=False)
