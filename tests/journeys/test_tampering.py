"""After approval somebody edits something: nothing reaches a device, and the message says what."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.office import Office


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _template(office: Office, _case: str) -> None:
    with (office.root / "inventory/config/cisco_ios/parts/services.j2").open("a") as file:
        file.write("logging host 10.9.9.9\n")


def _inventory(office: Office, _case: str) -> None:
    _edit(office.root / "inventory/groups.yaml", "all:", "all:\n  sneaked_in: true")


def _plan_row(office: Office, _case: str) -> None:
    edited = "CAST(replace(content, 'ntp server 10', 'ntp server 66') AS BLOB)"
    _sql(office, f"UPDATE plans SET content = {edited}")


def _decision_row(office: Office, case: str) -> None:
    change = 'UPDATE cases SET content = replace(content, \'"comment":""\', \'"comment":"ok"\')'
    _sql(office, f"{change} WHERE number = '{case}'")


def _own_row_of_the_decision(office: Office, case: str) -> None:
    _sql(office, f"UPDATE decisions SET actor = 'deputy' WHERE case_number = '{case}'")


def _log_row(office: Office, _case: str) -> None:
    _sql(office, "UPDATE audit_log SET actor = 'nobody' WHERE seq = 3")


def _sql(office: Office, statement: str) -> None:
    """Change the database behind the program's back, as its administrator could."""
    with closing(sqlite3.connect(office.var / "khaen.db")) as db, db:
        triggers = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            db.execute(f'DROP TRIGGER "{name}"')
        assert db.execute(statement).rowcount > 0


EDITS: dict[str, tuple[str, Callable[[Office, str], None], str]] = {
    "template": ("kkn-b-sw01", _template, "inventory/config/cisco_ios/parts/services.j2"),
    "inventory": ("kkn-b-sw02", _inventory, "inventory/groups.yaml"),
    "plan row": ("kkn-b-sw03", _plan_row, "is not the plan of the case"),
    "decision row": ("kkn-c-sw01", _decision_row, "comment"),
    "its own row": ("kkn-c-sw03", _own_row_of_the_decision, "deputy"),
    "audit log": ("kkn-c-sw02", _log_row, "audit log"),
}


# Half a minute each; the conditions of the gate are tested one by one in tests/processes too.
_LONG = {*EDITS} - {"template"}


@pytest.mark.parametrize(
    "what", [pytest.param(w, marks=[pytest.mark.slow] if w in _LONG else []) for w in EDITS]
)
def test_an_edit_after_approval_is_refused_and_named(
    office: Office, what: str, tmp_path: Path
) -> None:
    device, edit, named = EDITS[what]
    case = office.approved(office.plan(f"name={device}"))
    before = office.running(device)
    kept = _keep(office, tmp_path)
    edit(office, case)
    answer = office.khaen("apply", case, expect=3)
    _put_back(office, kept)
    assert named in answer.err
    assert office.running(device) == before


def _keep(office: Office, folder: Path) -> dict[Path, bytes]:
    files = [*office.root.glob("inventory/**/*"), office.var / "khaen.db"]
    with closing(sqlite3.connect(office.var / "khaen.db")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {path: path.read_bytes() for path in files if path.is_file()}


def _put_back(office: Office, kept: dict[Path, bytes]) -> None:
    for name in ("khaen.db-wal", "khaen.db-shm"):
        (office.var / name).unlink(missing_ok=True)
    for path, content in kept.items():
        path.write_bytes(content)


def test_nobody_approves_what_they_proposed_superusers_included(office: Office) -> None:
    """Even with every role there is, whoever made the plan and proposed it cannot decide."""
    people = office.root / "inventory/office.yaml"
    kept = people.read_bytes()
    _edit(people, "roles: [engineer]", "roles: [engineer, director, admin]")
    try:
        case = office.proposed(office.plan("name=kkn-off-sw01"))
        office.khaen("case", "approve", case, signs="engineer1", expect=3)
        office.khaen("apply", case, expect=3)
    finally:
        people.write_bytes(kept)


def test_an_admin_is_no_director(office: Office) -> None:
    case = office.proposed(office.plan("name=kkn-b-sw04"))
    office.login("admin")
    office.khaen("case", "approve", case, signs="admin", expect=3)


def test_a_wrong_password_signs_nothing(office: Office) -> None:
    case = office.proposed(office.plan("name=kkn-b-sw05"))
    office.login("director")
    office.khaen("case", "approve", case, signs="deputy", expect=3)
    assert "approved" not in office.khaen("case", "show", case).out.partition("opened")[2]
