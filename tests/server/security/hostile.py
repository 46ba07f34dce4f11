"""An office whose every text field holds markup and scripts, and whose secrets can be told."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyotp
import yaml

from controller.app import open_app
from controller.errors import Text
from controller.operations.audit_devices import audit_devices
from controller.operations.context import Context
from controller.operations.fill_form import fill_form
from controller.operations.log_in import actor_of
from controller.operations.manage_accounts import manage_accounts
from controller.operations.manage_tokens import manage_tokens
from controller.operations.open_survey import open_survey
from controller.operations.set_up_second_step import confirm_second_step, set_up_second_step
from controller.platforms.registry import platform
from controller.playbooks.result import TaskResult
from controller.playbooks.running import PlaybookDevice, PlaybookRecord
from controller.processes.case import Case, Event, Group, Objective, Paper, Record, Study
from controller.store import cases, device_history, playbook_runs, snapshots
from controller.store.device_history import Look
from tests.server.history import AT, History, make_history
from tests.server.served import PEOPLE, make_office, password_of

PAYLOAD = """<img src=x onerror=alert(1)>"'{{7*7}}</script>"""
# Part of every secret of this office, of none of its other words.
SECRET = "S3CRET"
_FREE = {
    "title", "name_th", "name_en", "short", "group_th", "group_en", "director_title", "address",
    "telephone", "phone", "model", "serial", "maintenance", "snmp_location", "order", "district",
}  # fmt: skip
_CONFIG = f"""hostname kkn-b-sw01
snmp-server community {SECRET}-community RO
username admin privilege 15 secret 9 {SECRET}-hash
enable secret 9 {SECRET}-enable
snmp-server location {PAYLOAD}
interface GigabitEthernet0/1
 description {PAYLOAD}
"""


PLAYBOOK_RUN = "hostile-20261128-093015-0000"


@dataclass(frozen=True)
class Hostile:
    """The office: what was written into it, under which numbers. `secrets` open something."""

    root: Path
    history: History
    form: str
    survey: str
    case: str
    version: str
    token: str
    secrets: tuple[str, ...]


def make_hostile(root: Path) -> Hostile:
    """The sample office, every free text followed by the payload, and a history alike."""
    make_office(root, PEOPLE)
    _spoil_files(root)
    _write_rules(root)
    _write_playbook(root)
    history = make_history(root, f"{SECRET}-password", PAYLOAD)
    with open_app(root, apart=True) as context:
        people = {name: actor_of(context.office(), name, context.clock()) for name in PEOPLE}
        filled = fill_form(context, people["school2"], "repair_request", _form())
        survey = open_survey(context, people["officer1"], "opinion_survey", PAYLOAD)
        made = manage_tokens(context, people["engineer1"], PAYLOAD, ["read"])
        manage_tokens(context, people["director"], PAYLOAD, ["read"])
        enrolled = set_up_second_step(context, people["engineer2"], password_of("engineer2"))
        codes = confirm_second_step(
            context, people["engineer2"], pyotp.TOTP(enrolled.secret).at(context.clock())
        )
        version = _write_device(context)
        _write_playbook_run(context)
        number = _write_case(context)
        audit_devices(context, people["engineer1"], "name=kkn-b-sw01")
        manage_accounts(context, people["admin"], "deputy", password_of("deputy"))
    return Hostile(
        root, history, filled.number, survey.id, number, version, made.token.id,
        (SECRET, made.secret, enrolled.secret, *codes),
    )  # fmt: skip


def _spoil_files(root: Path) -> None:
    for file in (root / "inventory/office.yaml", *sorted((root / "inventory/sites").iterdir())):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        devices = content.get("devices", [])
        spoilt = _spoilt(content | {"devices": []})
        if "devices" in content:
            kept = {"address"}
            spoilt["devices"] = [
                {k: v if k in kept else _spoilt(v, k) for k, v in one.items()} for one in devices
            ]
        else:
            del spoilt["devices"]
        file.write_text(yaml.safe_dump(spoilt, allow_unicode=True), encoding="utf-8")
    for file in sorted((root / "inventory/assets").glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as told:
            rows = list(csv.DictReader(told))
        for row in rows:
            row.update({k: f"{row[k]} {PAYLOAD}" for k in ("brand", "room")})
            if row["kind"] not in {"switch", "router", "access-point"}:
                row["note"] = PAYLOAD
        if not rows:
            continue
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    (root / "var/lab").mkdir(parents=True, exist_ok=True)
    for name in ("lab/password", "lab/snmp_ro", "hook"):
        text = f"json://user:{SECRET}-hook@127.0.0.1/" if name == "hook" else f"{SECRET}-{name}"
        (root / "var" / name).write_text(text.replace("lab/", "") if name != "hook" else text)
    with (root / "khaen.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[notices.channels]\nchat = "file/var/hook"\n')


def _write_rules(root: Path) -> None:
    """A rule the device with the payload in its configuration fails, and a waiver of it."""
    rule = {
        "id": "hostile", "title": {"th": PAYLOAD, "en": PAYLOAD}, "severity": "critical",
        "why": [{"kind": "law", "reference": PAYLOAD}],
        "checks": [{"configuration": {"forbidden": ["snmp-server location .*"]}}],
    }  # fmt: skip
    waiver = {
        "id": "hostile", "rule": "hostile", "select": "all", "reason": PAYLOAD,
        "approved_by": PAYLOAD, "case": PAYLOAD, "until": date(2026, 1, 1),
    }  # fmt: skip
    (root / "compliance/rules").mkdir(parents=True, exist_ok=True)
    told = {"rules/hostile.yaml": {"rules": [rule]}, "waivers.yaml": {"waivers": [waiver]}}
    for name, content in told.items():
        text = yaml.safe_dump(content, allow_unicode=True)
        (root / "compliance" / name).write_text(text, encoding="utf-8")


def _write_playbook(root: Path) -> None:
    """A playbook that says the payload wherever people read it."""
    both = {"th": PAYLOAD, "en": PAYLOAD}
    meta = {
        "title": {**both}, "purpose": {**both}, "risk": "read", "platforms": ["cisco_ios"],
        "parameters": {"word": {"kind": "text", **both, "default": "", "pattern": PAYLOAD[:9]}},
    }  # fmt: skip
    task = {"name": PAYLOAD, "ansible.builtin.debug": {"msg": PAYLOAD}}
    plays = [{"name": PAYLOAD, "hosts": "all", "gather_facts": False, "tasks": [task]}]
    (root / "playbooks").mkdir(exist_ok=True)
    for name, content in {"hostile.yml": plays, "hostile.meta.yaml": meta}.items():
        text = yaml.safe_dump(content, allow_unicode=True)
        (root / "playbooks" / name).write_text(text, encoding="utf-8")


def _write_playbook_run(context: Context) -> None:
    """A run that was stopped, and everything a device may have said in it."""
    at = context.clock()
    record = PlaybookRecord(
        id=PLAYBOOK_RUN,
        playbook="hostile",
        selector=PAYLOAD,
        parameters=(("word", PAYLOAD),),
        by="engineer1",
        state="running",
        sha256="0" * 64,
        started=at,
    )
    said = TaskResult(1, "kkn-b-sw01", PAYLOAD, PAYLOAD, "failed", PAYLOAD, PAYLOAD, at=at)
    with context.store.begin() as conn:
        device = PlaybookDevice(device="kkn-b-sw01", state="failed", changed=at)
        playbook_runs.create_run(conn, record, [device])
        playbook_runs.add_results(conn, record.id, [said])
        words = Text(th=PAYLOAD, en=PAYLOAD)
        playbook_runs.finish_run(conn, record.id, "failed", at=at, note=words)


def _spoilt(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {k: _spoilt(v, str(k)) for k, v in value.items()}
    if isinstance(value, list):
        return [_spoilt(one, key) for one in value]
    return f"{value} {PAYLOAD}" if isinstance(value, str) and key in _FREE else value


def _form() -> dict[str, object]:
    """A repair request, its free texts nothing but the payload."""
    return {
        "site": "kkn-school-b", "phone": "043-000-202", "kind": "computer", "place": PAYLOAD,
        "symptom": PAYLOAD, "since": "2026-02-02", "urgency": "normal", "backup": False,
        "reporter": PAYLOAD,
    }  # fmt: skip


def _write_device(context: Context) -> str:
    path = "kkn-school-b/kkn-b-sw01.cfg"
    known = platform("cisco_ios")
    with context.store.begin() as conn:
        for number in (1, 2):
            text = _CONFIG + f"banner motd ^{PAYLOAD}{number}^\n"
            blob = context.backups.write(path, text)
            device = "kkn-b-sw01"
            snapshots.save_snapshot(conn, device, known.fingerprint(text), blob, AT, "backup")
        context.backups.commit({path: blob}, "backup", AT)
        words = ("hostname", "model", "os_version", "vendor", "serial_number", "fqdn")
        facts = {**dict.fromkeys(words, PAYLOAD), "uptime": 100.0, "interface_list": [PAYLOAD]}
        interfaces = {
            f"Gi0/1 {PAYLOAD}": {
                "description": PAYLOAD,
                "is_up": True,
                "is_enabled": True,
                "last_flapped": -1.0,
                "speed": 1000.0,
                "mtu": 1500,
                "mac_address": PAYLOAD,
            }
        }
        for name in ("kkn-b-sw01", "kkn-a-sw01"):
            device_history.save_look(conn, Look(name, AT, facts, interfaces))
    return blob


def _write_case(context: Context) -> str:
    number = "2569-2.4-9001"  # the register has not come that far
    sha256 = context.files.put(PAYLOAD.encode())
    paper = Paper(
        kind="file", number=f"{PAYLOAD.replace('/', '')}.html", title=PAYLOAD, sha256=sha256,
        step=0, by="engineer1", at=AT,
    )  # fmt: skip
    made = Case(
        number=number,
        process="2.4",
        title=PAYLOAD,
        state="open",
        step=1,
        plan=None,
        proposer="engineer1",
        opened=AT,
        group=Group(
            order=PAYLOAD, dated=date(2026, 4, 30), chair="officer1", members=("engineer1",),
            secretary="engineer2",
        ),
        study=Study(
            reason=PAYLOAD, work=PAYLOAD, objectives=(Objective(text=PAYLOAD, target=PAYLOAD),)
        ),
        papers=(paper,),
        records=(Record(text=PAYLOAD, on=date(2026, 5, 1), kind="work", step=0, by="engineer1",
                        at=AT),),
        events=(
            Event(at=AT, actor="engineer1", step=0, what="opened", note=PAYLOAD),
            Event(at=AT, actor="engineer1", step=0, what="recorded", note=PAYLOAD),
        ),
    )  # fmt: skip
    with context.store.begin() as conn:
        cases.insert_case(conn, made)
    return number
