"""The command line starts before anything heavy is imported: `khaen --help` answers at once."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {
    "alembic", "apprise", "argon2", "cryptography", "dbos", "docx", "dulwich", "fontTools",
    "napalm", "netmiko", "nornir", "openpyxl", "paramiko", "pikepdf", "pydantic", "sqlalchemy",
    "typst",
}  # fmt: skip


def test_the_command_line_starts_light() -> None:
    """Every command imports what it needs when it runs, not when `khaen` starts."""
    told = subprocess.run(
        [sys.executable, "-c", "import sys, controller.cli.main; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "typer" in told
    assert not sorted(HEAVY & set(told))
