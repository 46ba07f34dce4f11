"""An office some of whose devices were judged by two rules, with more than one day of scores."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from controller.app import open_app
from controller.operations.audit_devices import audit_devices
from controller.operations.log_in import actor_of
from controller.platforms.registry import platform
from controller.store import audits, snapshots
from controller.thai import bangkok_date

RULES = """
rules:
  - id: no-telnet
    title: {th: ห้ามเข้าด้วย Telnet, en: No Telnet}
    why: [{kind: standard, reference: CIS Cisco IOS Benchmark}]
    severity: critical
    select: platform=cisco_ios
    checks:
      - configuration: {within: ['line vty .*'], forbidden: ['transport input .*telnet.*']}
  - id: ssh-2
    title: {th: ใช้ SSH รุ่น 2, en: SSH version 2}
    why: [{kind: law, reference: พ.ร.บ. คอมพิวเตอร์}]
    severity: warning
    select: platform=cisco_ios
    checks:
      - configuration: {required: ip ssh version 2}
  - id: vty-timeout
    title: {th: ปิดการเชื่อมต่อที่ว่าง, en: Idle sessions end}
    why: [{kind: office, reference: ประกาศ}]
    severity: notice
    select: platform=cisco_ios
    checks:
      - configuration: {within: ['line vty .*'], required: exec-timeout 5 0}
"""
SECRET = "S3CRETwords"
BAD = f"hostname x\nenable secret 9 {SECRET}\nline vty 0 4\n transport input telnet\n"
GOOD = "hostname y\nip ssh version 2\nline vty 0 4\n exec-timeout 5 0\n transport input ssh\n"
CONFIGURATIONS = {"kkn-a-sw01": BAD, "kkn-a-sw02": GOOD, "kkn-b-sw01": BAD}


def judge(root: Path) -> None:
    """Keep the configurations, judge every device, remember a lower score ten days earlier."""
    for file in (*(root / "compliance/rules").glob("*.yaml"), root / "compliance/waivers.yaml"):
        file.unlink(missing_ok=True)
    (root / "compliance/rules").mkdir(parents=True, exist_ok=True)
    (root / "compliance/rules/office.yaml").write_text(RULES, encoding="utf-8")
    (root / "var/lab").mkdir(parents=True, exist_ok=True)
    for name in ("snmp_ro", "password"):
        (root / f"var/lab/{name}").write_text("another-secret", encoding="utf-8")
    with open_app(root, apart=True) as context:
        now = context.clock()
        with context.store.begin(audited=False) as conn:
            for device, text in CONFIGURATIONS.items():
                blob = context.backups.write(f"x/{device}.cfg", text)
                known = platform("cisco_ios").fingerprint(text)
                snapshots.save_snapshot(conn, device, known, blob, now, "backup")
        engineer = actor_of(context.office(), "engineer1", now)
        audit = audit_devices(context, engineer)
        with context.store.begin(audited=False) as conn:
            office: audits.Scope = "office"
            earlier = {(office, audits.OFFICE): replace(audit.tally, score=1)}
            audits.save_tallies(conn, bangkok_date(now) - timedelta(days=10), earlier)
