"""Lines of the log: readable by a collector, with the run and the case, and without secrets."""

from __future__ import annotations

import json
import subprocess
import sys

_PROGRAM = """
import logging, threading, contextvars
from controller.logs import about, set_up
set_up({form!r}, {level!r})
log = logging.getLogger("controller.runs.ledger")
with about(run="2569/1-apply-1", case="2569/1"):
    inside = contextvars.copy_context()
    thread = threading.Thread(target=lambda: inside.run(
        lambda: log.info("device ended", extra={{"device": "sw01", "state": "confirmed"}})))
    thread.start(); thread.join()
log.info("joined postgresql://khaen:Wichai-22@db/khaen", extra={{"snmp_community": "k0nkaen"}})
log.debug("only when\\n2026-01-01 asked for")
logging.getLogger("urllib3").info("of others")
try:
    raise ValueError("ไม่พบไฟล์")
except ValueError:
    log.exception("broke down")
"""


def _lines(form: str, level: str = "info") -> list[str]:
    program = _PROGRAM.format(form=form, level=level)
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout == ""
    return ran.stderr.splitlines()


def test_json_is_one_object_a_line_with_the_ids_in_hand() -> None:
    first, second, third = map(json.loads, _lines("json"))
    assert first["event"] == "device ended"
    assert (first["run"], first["case"]) == ("2569/1-apply-1", "2569/1")
    assert (first["device"], first["state"], first["level"]) == ("sw01", "confirmed", "info")
    assert first["timestamp"][:2] == "20"
    assert "run" not in second
    assert second["event"] == "joined postgresql://khaen:***@db/khaen"
    assert second["snmp_community"] == "***"
    assert third["level"] == "error"
    assert "ValueError: ไม่พบไฟล์" in third["exception"]


def test_text_says_the_same_for_people() -> None:
    lines = _lines("text", "debug")
    text = "\n".join(lines)
    assert "device ended" in lines[0]
    assert "run=2569/1-apply-1" in lines[0]
    assert "Wichai-22" not in text
    assert "k0nkaen" not in text
    assert r"only when\n2026-01-01 asked for" in text
    assert "of others" not in text
