"""The main job through the command line, on real sockets: from YAML to an approved push."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

from tests.journeys.office import Office
from tests.store.databases import kept_in, on_postgresql

SCHOOL = "site=kkn-school-a role=access"


def test_from_yaml_to_an_approved_push_that_can_be_proved(office: Office, tmp_path: Path) -> None:
    office.khaen("validate")
    office.login("engineer1")
    assert len(office.khaen("backup", "--json").json) == 24
    before = office.running("kkn-a-sw01")
    plan = office.plan(SCHOOL)
    file = tmp_path / "plan.json"
    office.khaen("plan", "export", plan[:12], str(file))
    office.khaen("plan", "verify", str(file), "--id", plan)

    number = office.proposed(plan)
    office.khaen("apply", number, expect=3)
    assert office.running("kkn-a-sw01") == before
    office.login("director")
    office.khaen("case", "approve", number, signs="director")
    office.login("engineer1")
    office.khaen("case", "notify", number, "--to", "โรงเรียน", "--how", "หนังสือ", "-m", "ทราบ")
    applied = office.khaen("apply", number, "--json").json
    assert applied["good"] is True
    assert applied["counts"] == {"confirmed": 7}
    assert "ntp server" in office.running("kkn-a-sw01")
    assert office.khaen("plan", "-s", SCHOOL, "--json").json["plan"]["devices"] == []

    taken = office.khaen("rollback", number, "--json").json
    assert taken["good"] is True
    assert _settled(office.running("kkn-a-sw01")) == _settled(before)
    office.khaen("case", "evaluate", number, "--results", "ครบถ้วน")
    report = office.khaen("case", "report", number, "--json").json
    assert report["audit_log_intact"] is True
    assert [run["kind"] for run in report["runs"]] == ["apply", "rollback"]


def test_the_proof_leaves_the_house_and_a_removed_line_is_named(
    office: Office, tmp_path: Path
) -> None:
    office.login("auditor1")
    export = tmp_path / "log.jsonl"
    office.khaen("audit-log", "verify")
    office.khaen("audit-log", "export", str(export))
    office.khaen("audit-log", "verify", str(export))
    lines = export.read_text().splitlines()
    gone = json.loads(lines[4])["seq"]
    export.write_text("\n".join(lines[:4] + lines[5:]) + "\n")
    answer = office.khaen("audit-log", "verify", str(export), "--json", expect=3)
    assert gone in [problem["seq"] for problem in answer.json["problems"]]


def test_the_same_inputs_give_the_same_plan_on_another_machine(
    office: Office, tmp_path: Path
) -> None:
    other = Office(tmp_path / "elsewhere" / "work")
    other.init()
    other.khaen("lab", "up", "--share")
    try:
        other.khaen("account", "add", "engineer1", signs="engineer1")
        here = office.plan("site=kkn-office role=access")
        assert other.plan("site=kkn-office role=access") == here
    finally:
        other.khaen("lab", "down")


def test_the_session_is_a_file_only_its_owner_reads(office: Office) -> None:
    office.login("engineer1")
    assert stat.S_IMODE((office.var / "session").stat().st_mode) == 0o600
    office.khaen("logout")
    office.khaen("whoami", expect=3)


def test_no_secret_is_in_anything_the_job_left_behind(office: Office) -> None:
    """Everything printed and every file but the devices' own, the backups and the secrets."""
    secrets = [(office.var / "lab" / name).read_text().strip() for name in ("password", "snmp_ro")]
    assert all(len(secret) >= 16 for secret in secrets)
    kept = [
        path
        for path in office.root.rglob("*")
        if path.is_file() and not {"backups", "lab"} & set(path.relative_to(office.root).parts)
    ]
    history = kept_in(office.var)
    assert b"engineer1" in history
    assert on_postgresql() or any(path.name == "khaen.db" for path in kept)
    for secret in secrets:
        assert secret.encode() not in history
        assert not [text for text in office.said if secret in text and not _shown_by_device(text)]
        assert not [path for path in kept if secret.encode() in path.read_bytes()]


def _shown_by_device(text: str) -> bool:
    """`khaen lab show` prints what the simulated device holds: that is the device, not Khaen."""
    return "\nhostname " in text


def _settled(text: str) -> str:
    """A configuration without the lines that say when it was changed."""
    return os.linesep.join(line for line in text.splitlines() if not line.startswith("!"))
