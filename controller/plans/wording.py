"""What people call the parts of a plan: safety reasons, checks after the push, ways back."""

from __future__ import annotations

from controller.errors import Text
from controller.plans.plan import Plan

# The safety functions, by name: what each one fears.
SAFETY_WORDS: dict[str, Text] = {
    "diff_unknown": Text(th="ไม่ทราบความแตกต่างครบถ้วน", en="difference not fully known"),
    "cuts_management": Text(th="ตัดทางดูแลอุปกรณ์ของเราเอง", en="cuts our own way to the device"),
    "management_unknown": Text(
        th="ไม่ทราบว่าตัดทางดูแลอุปกรณ์หรือไม่", en="might cut our own way to the device"
    ),
    "changes_logins": Text(th="เปลี่ยนการเข้าใช้อุปกรณ์", en="changes who may sign in to the device"),
    "runs_commands": Text(th="มีคำสั่งสั่งงานระบบปนอยู่", en="holds commands to the running system"),
    "removes_much": Text(th="ลบการตั้งค่าจำนวนมาก", en="removes much of the configuration"),
    "in_maintenance": Text(th="อยู่ระหว่างซ่อมบำรุง", en="under maintenance"),
    "no_rollback": Text(th="ย้อนกลับเองไม่ได้", en="no way back by itself"),
    "unsupported": Text(th="ยังไม่รองรับ", en="not supported"),
    "plain_secret": Text(th="มีรหัสลับเป็นข้อความ", en="a secret in plain text"),
    "hidden_secret": Text(th="มีบรรทัดที่ซ่อนรหัสลับ", en="a line hidden for a secret"),
    "not_predictable": Text(th="คาดการณ์ไม่ได้", en="not predictable"),
    "incomplete_replace": Text(th="แทนที่ด้วยการตั้งค่าที่ไม่ครบ", en="replaces with less than all"),
    "predicted": Text(th="เป็นเพียงการคาดการณ์", en="only predicted"),
}
# The checks after a push, by name.
CHECK_WORDS: dict[str, Text] = {
    "reachable": Text(
        th="ติดต่ออุปกรณ์ได้ด้วยการเชื่อมต่อใหม่", en="the device is reached on a new connection"
    ),
    "interfaces_up": Text(th="พอร์ตที่ใช้งานอยู่ก่อนยังใช้งานได้", en="interfaces that were up are still up"),
    "applied": Text(th="ค่าที่อนุมัติอยู่บนอุปกรณ์ครบ", en="the approved change is whole on the device"),
    "snmp_health": Text(
        th="สุขภาพอุปกรณ์ทาง SNMP ไม่แย่กว่าก่อนส่ง", en="its health over SNMP is no worse than before"
    ),
    "exact": Text(th="ค่าตรงกับค่าเดิมทุกบรรทัด", en="the configuration is exactly the earlier one"),
}
ROLLBACK_WORDS: dict[str, Text] = {
    "commit-confirm": Text(
        th="อุปกรณ์คืนค่าเดิมเองเมื่อไม่มีการยืนยันในเวลาที่กำหนด",
        en="the device goes back by itself unless it is confirmed in time",
    ),
    "watchdog": Text(
        th="ระบบคืนค่าเดิมให้เมื่อไม่มีการยืนยันในเวลาที่กำหนด",
        en="Khaen takes the change back unless it is confirmed in time",
    ),
    "none": Text(th="ไม่มีวิธีย้อนกลับเอง", en="nothing would take the change back by itself"),
}
OPERATION_WORDS: dict[str, Text] = {
    "merge": Text(th="เพิ่มและแก้เฉพาะบรรทัดที่ต่าง", en="only lines that differ are changed"),
    "replace": Text(th="แทนที่การตั้งค่าทั้งหมด", en="the whole configuration is replaced"),
    "playbook": Text(th="รันเพลย์บุ๊ก", en="the playbook runs"),
}


def words_of(words: dict[str, Text], name: str) -> Text:
    """What people call it; the bare name where there are no words for it."""
    return words.get(name, Text(th=name, en=name))


def unpredictable(plan: Plan) -> tuple[str, ...]:
    """The names of tasks of which nobody can say beforehand what they do, each once, in order."""
    tasks = (task for device in plan.devices for task in device.tasks)
    return tuple(dict.fromkeys(t.task for t in tasks if t.effect == "not-predictable"))
