"""The server the demo leaves running: apart from the window, and stopped only when it is ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import httpx

from controller.cli.demo_server import start_server, stop_server
from tests.server.served import make_office


def test_the_server_stays_until_it_is_stopped(tmp_path: Path) -> None:
    root = make_office(tmp_path / "office")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KHAEN_")}
    address = start_server(root, root / "var", environment)
    try:
        assert httpx.get(f"{address}/sign-in").status_code == 200
    finally:
        assert stop_server(root / "var")
    assert not stop_server(root / "var")


def test_a_process_that_took_over_the_number_is_left_alone(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as other:
        mark = {"pid": other.pid, "root": str(tmp_path)}
        (tmp_path / "demo-server.json").write_text(json.dumps(mark), encoding="utf-8")
        assert not stop_server(tmp_path)
        time.sleep(0.1)
        assert other.poll() is None
        other.kill()


def test_a_broken_mark_stops_nothing(tmp_path: Path) -> None:
    for content in ("", "[]", '{"pid": "x"}', "null"):
        (tmp_path / "demo-server.json").write_text(content, encoding="utf-8")
        assert not stop_server(tmp_path)
