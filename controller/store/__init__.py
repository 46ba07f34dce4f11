"""What has happened: tables, queries, migrations, the audit log and the repository of backups.

Functions per table group take an open `Connection` first, run in the caller's transaction and give
frozen values back. Nothing here decides whether something may happen; that is for pure code.
"""
