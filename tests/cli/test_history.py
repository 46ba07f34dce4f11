"""`khaen export-history`, `import-history` and `doctor`: as somebody at the machine types them."""

from __future__ import annotations

import json
from pathlib import Path

from controller.operations.init_workspace import init_workspace
from tests.cli.keyboard import Keyboard


def test_an_office_moves_to_another_machine(tmp_path: Path) -> None:
    """Exported by the administrator, proved, imported where nothing is, and its log verifies."""
    old, new = (Keyboard(tmp_path / name) for name in ("old", "new"))
    for one in (old, new):
        init_workspace(one.root)
    file = str(tmp_path / "a.khaen")
    old.khaen("account", "add", "admin", signs="admin")
    old.khaen("export-history", file, expect=3)
    old.login("admin")
    told = old.khaen("export-history", file)
    assert "keep it safe" in told.out
    assert "audit_log 3" in told.err
    key = json.loads(old.khaen("import-history", file, "--check", "--json").out)["public_key"]
    assert key in told.out
    new.khaen("import-history", file, "--public-key", "ed25519:AAAA", expect=2)
    new.khaen("import-history", file, "--public-key", key)
    assert "history here already" in new.khaen("import-history", file, expect=3).err
    new.login("admin")
    new.khaen("audit-log", "verify")
    told = new.khaen("doctor", expect=1)  # the lab was never started, so its secrets are not there
    assert "✗ secrets referred to" in told.out
    checks = json.loads(new.khaen("doctor", "--json", expect=1).out)["checks"]
    assert {c["name"]: c["state"] for c in checks}["history.audit_log"] == "ok"
