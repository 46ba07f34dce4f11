"""The history of the tables: one Alembic revision per change, applied by `upgrade` alone."""
