"""What Alembic runs: it uses the connection, and the transaction, it is given."""

from __future__ import annotations

from alembic import context

from controller.store.playbook_tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
