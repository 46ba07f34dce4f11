"""What changed between two plans, in words: for whoever approved one and is shown the other."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from controller.errors import Text
from controller.plans.plan import DevicePlan, Plan, PlaybookRun
from controller.plans.window import ANY_TIME, window_words

MOST_LINES = 12
_POLICY = {
    "canary": ("จำนวนอุปกรณ์นำร่อง", "canary devices"),
    "batch": ("จำนวนอุปกรณ์ต่อชุด", "devices in a batch"),
    "stop_after_failed_percent": ("ร้อยละที่ล้มเหลวแล้วให้หยุด", "failed percent to stop at"),
    "confirm_minutes": ("นาทีที่รอการยืนยัน", "minutes to confirm"),
}
_DEVICE = {
    "operation": ("วิธีส่ง", "operation"),
    "fingerprint": ("การตั้งค่าปัจจุบันของอุปกรณ์", "running configuration"),
    "diff": ("ความแตกต่างที่อุปกรณ์บอก", "the device's difference"),
    "rollback": ("วิธีย้อนกลับ", "way back"),
    "checks": ("การตรวจหลังส่ง", "checks afterwards"),
    "reasons": ("เหตุผลด้านความปลอดภัย", "reasons against"),
    "site": ("หน่วยงาน", "site"),
    "role": ("บทบาท", "role"),
    "platform": ("แพลตฟอร์ม", "platform"),
    "tasks": ("งานย่อยของเพลย์บุ๊ก", "what the playbook's tasks would do"),
}
_PLAYBOOK = {
    "process": ("กระบวนงาน", "its process"),
    "parameters": ("ค่าที่กำหนด", "its parameters"),
    "inventory": ("ข้อมูลอุปกรณ์ที่บอก Ansible ", "what Ansible is told of the devices"),
    "tools": ("รุ่นของ Ansible ", "the versions of Ansible"),
    "timeout_minutes": ("เวลาที่ให้", "the time it is given"),
}


def compare(old: Plan, new: Plan) -> tuple[Text, ...]:
    """What is different in `new`, most important first; empty when the ids are the same."""
    if old.id == new.id:
        return ()
    before = {device.device: device for device in old.devices}
    after = {device.device: device for device in new.devices}
    found = [
        *_named("เพิ่มอุปกรณ์", "devices added", after.keys() - before.keys()),
        *_named("ตัดอุปกรณ์ออก", "devices removed", before.keys() - after.keys()),
        *(
            text
            for name in sorted(before.keys() & after.keys())
            for text in _device(before[name], after[name])
        ),
        *_values(old.policy.model_dump(), new.policy.model_dump(), _POLICY),
        *_inputs(old, new),
        *_rest(old, new),
    ]
    return tuple(found) or (
        Text(th="เนื้อหาอื่นของแผนเปลี่ยนไป", en="other content of the plan changed"),
    )


def _named(th: str, en: str, names: Iterable[str]) -> list[Text]:
    told = ", ".join(sorted(names))
    return [Text(th=f"{th}: {told}", en=f"{en}: {told}")] if told else []


def _device(old: DevicePlan, new: DevicePlan) -> list[Text]:
    found = []
    if old.candidate != new.candidate:
        lines = _changed_lines(old.candidate, new.candidate)
        found.append(
            Text(
                th=f"{new.device}: การตั้งค่าที่จะส่งเปลี่ยนไป: {lines}",
                en=f"{new.device}: the candidate changed: {lines}",
            )
        )
    for field, (th, en) in _DEVICE.items():
        if getattr(old, field) != getattr(new, field):
            found.append(Text(th=f"{new.device}: {th}เปลี่ยนไป", en=f"{new.device}: {en} changed"))
    return found


def _changed_lines(old: str, new: str) -> str:
    told = [
        line
        for line in difflib.unified_diff(old.split("\n"), new.split("\n"), lineterm="", n=0)
        if not line.startswith(("---", "+++", "@@"))
    ]
    more = f" … (+{len(told) - MOST_LINES})" if len(told) > MOST_LINES else ""
    return " | ".join(told[:MOST_LINES]) + more


def _values(
    old: Mapping[str, object], new: Mapping[str, object], words: Mapping[str, tuple[str, str]]
) -> list[Text]:
    return [
        Text(th=f"{th}: {old[key]} → {new[key]}", en=f"{en}: {old[key]} → {new[key]}")
        for key, (th, en) in words.items()
        if old[key] != new[key]
    ]


def _inputs(old: Plan, new: Plan) -> list[Text]:
    before = {file.path: file.sha256 for file in old.inputs}
    after = {file.path: file.sha256 for file in new.inputs}
    edited = [path for path in before.keys() & after.keys() if before[path] != after[path]]
    return [
        *_named("ไฟล์ที่ถูกแก้ไข", "files edited", edited),
        *_named("ไฟล์ที่ใช้เพิ่ม", "files added", after.keys() - before.keys()),
        *_named("ไฟล์ที่ไม่ใช้แล้ว", "files no longer used", before.keys() - after.keys()),
    ]


def _rest(old: Plan, new: Plan) -> list[Text]:
    found = []
    if (old.office, old.selector) != (new.office, new.selector):
        found.append(
            Text(
                th=f"การเลือกอุปกรณ์: “{old.selector}” → “{new.selector}”",
                en=f"selector: “{old.selector}” → “{new.selector}”",
            )
        )
    if old.left_out != new.left_out:
        before = {f"{d.device} ({d.why})" for d in old.left_out}
        after = {f"{d.device} ({d.why})" for d in new.left_out}
        found += _named("ไม่แตะเพิ่ม", "now left out", after - before)
        found += _named("ไม่เว้นแล้ว", "no longer left out", before - after)
    if old.accepted != new.accepted:
        told = ", ".join(a.check for a in new.accepted) or "-"
        found.append(Text(th=f"ความเสี่ยงที่ยอมรับ: {told}", en=f"accepted reasons: {told}"))
    found += _playbook(old.playbook, new.playbook)
    if old.window != new.window:
        found.append(window_words(new.window) if new.window else ANY_TIME)
    found += _named("เกณฑ์ที่แก้ไขเพิ่ม", "rules now mended", set(new.mends) - set(old.mends))
    found += _named("เกณฑ์ที่ไม่แก้ไขแล้ว", "rules no longer mended", set(old.mends) - set(new.mends))
    if old.predicted != new.predicted:
        found.append(
            Text(th="เปลี่ยนระหว่างแผนคาดการณ์กับแผนจริง", en="one is predicted, the other is not")
        )
    return found


def _playbook(old: PlaybookRun | None, new: PlaybookRun | None) -> list[Text]:
    if old == new:
        return []
    if old is None or new is None or old.name != new.name:
        before, after = (run.name if run else "-" for run in (old, new))
        return [Text(th=f"เพลย์บุ๊ก: {before} → {after}", en=f"playbook: {before} → {after}")]
    return [
        Text(th=f"เพลย์บุ๊ก: {th}เปลี่ยนไป", en=f"playbook: {en} changed")
        for field, (th, en) in _PLAYBOOK.items()
        if getattr(old, field) != getattr(new, field)
    ]
