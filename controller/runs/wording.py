"""Why a device or a run ended as it did: a code for programs and words for people.

The store keeps the words as one string, `Thai / English`; the code goes into the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass

from controller.errors import Text

_BETWEEN = " / "


@dataclass(frozen=True)
class Why:
    """A reason. `code` is one word with hyphens, stable; `words` is for people."""

    code: str
    words: Text

    def dump(self) -> str:
        """The string the store keeps."""
        if not self.code:
            return ""
        return self.words.th.replace(_BETWEEN, "/") + _BETWEEN + self.words.en


NOTHING = Why("", Text(th="", en=""))


def both(first: Why, second: Text) -> Why:
    """The first reason, with more words after it."""
    words = Text(th=f"{first.words.th}; {second.th}", en=f"{first.words.en}; {second.en}")
    return Why(first.code, words)


CONFIRMED = Why(
    "confirmed",
    Text(th="ตรวจผ่านทุกข้อและยืนยันแล้ว", en="every check passed and the change is confirmed"),
)
RESTORED = Why(
    "restored",
    Text(th="คืนค่าเดิมแล้วและตรวจสอบตรงกัน", en="the earlier configuration is back, verified"),
)
DRIFTED = Why(
    "drifted",
    Text(
        th="ค่าบนอุปกรณ์เปลี่ยนไปหลังจากทำแผน จึงไม่ได้แตะต้อง",
        en="the configuration on the device changed after planning; nothing was pushed",
    ),
)
OTHER_DIFFERENCE = Why(
    "other-difference",
    Text(
        th="ผลต่างที่อุปกรณ์คำนวณไม่ตรงกับที่อนุมัติ จึงยกเลิกก่อนนำใช้",
        en="the device's own difference is not the approved one; discarded before commit",
    ),
)
NO_WAY_BACK = Why(
    "no-way-back",
    Text(
        th="แพลตฟอร์มนี้ยังไม่มีวิธีย้อนกลับอัตโนมัติ จึงไม่นำใช้",
        en="this platform has no automatic way back yet, so nothing was pushed",
    ),
)
NO_SNAPSHOT = Why(
    "no-snapshot",
    Text(
        th="ไม่พบสำเนาค่าเดิมของอุปกรณ์ จึงย้อนกลับไม่ได้",
        en="there is no stored copy of the earlier configuration, so it cannot go back",
    ),
)
PARTLY = Why(
    "partly-applied",
    Text(
        th="การเปลี่ยนแปลงเข้าไปเพียงบางส่วน",
        en="only a part of the change is on the device",
    ),
)
OWN_TIMER = Why(
    "own-timer",
    Text(
        th="อุปกรณ์ย้อนกลับเองตามเวลาที่ตั้งไว้",
        en="the device went back by its own timer",
    ),
)
NOT_BACK = Why(
    "not-back",
    Text(
        th="หมดเวลารอแล้วยังไม่พบว่าอุปกรณ์กลับสู่ค่าเดิม ต้องตรวจสอบที่อุปกรณ์",
        en="the waiting time is over and the device was not seen on its earlier configuration;"
        " look at the device",
    ),
)
CANNOT_TELL = Why(
    "cannot-tell",
    Text(
        th="ค่าบนอุปกรณ์ไม่ตรงทั้งค่าเดิมและค่าที่อนุมัติ ต้องตรวจสอบที่อุปกรณ์",
        en="the device is neither on its earlier nor on the approved configuration;"
        " look at the device",
    ),
)
STOP_ASKED = Why(
    "stop-asked",
    Text(th="มีผู้สั่งหยุด อุปกรณ์ที่เหลือยังไม่ถูกแตะต้อง", en="somebody asked to stop; the rest waits"),
)

OTHER_LINES = Why(
    "other-lines",
    Text(
        th="เพลย์บุ๊กส่งสิ่งที่ไม่ได้อนุมัติ จึงคืนค่าเดิมและหยุดทั้งหมด",
        en="the playbook sent something that was not approved: taken back, and everything stops",
    ),
)
INTERRUPTED = Why(
    "interrupted",
    Text(
        th="เพลย์บุ๊กถูกตัดกลางคัน ไม่รู้ว่าทำไปถึงไหน และจะไม่รันซ้ำ",
        en="the playbook was cut off; how far it came is not known, and it is not run again",
    ),
)
NOT_FINISHED = Why(
    "not-finished",
    Text(
        th="เพลย์บุ๊กถูกหยุดก่อนจบบนอุปกรณ์นี้",
        en="the playbook was stopped before it was done with this device",
    ),
)
AS_BEFORE = Why(
    "as-before",
    Text(
        th="การตั้งค่าบนอุปกรณ์เหมือนก่อนรันเพลย์บุ๊กทุกบรรทัด",
        en="the configuration is, to the line, what it was before the playbook",
    ),
)
PENDING_ALREADY = Why(
    "pending-already",
    Text(
        th="มีการเปลี่ยนแปลงอื่นรอการยืนยันอยู่บนอุปกรณ์ จึงไม่รันเพลย์บุ๊ก",
        en="another change waits for confirmation on the device, so the playbook was not run",
    ),
)
NOT_PUT_BACK = Why(
    "not-put-back",
    Text(
        th="คืนค่าเดิมไม่สำเร็จ ต้องตรวจสอบที่อุปกรณ์",
        en="the earlier configuration could not be put back; look at the device",
    ),
)


def playbook_failed(said: Text) -> Why:
    """The playbook did not get through on the device."""
    return Why(
        "playbook-failed",
        Text(th=f"เพลย์บุ๊กไม่สำเร็จ: {said.th}", en=f"the playbook did not succeed: {said.en}"),
    )


def busy(run: str, executor: str) -> Why:
    """Another run holds the device."""
    return Why(
        "busy",
        Text(
            th=f"อุปกรณ์ถูกใช้โดยการดำเนินการ {run}",
            en=f"run {run} on {executor} holds the device",
        ),
    )


def unreachable(said: Text) -> Why:
    """The device could not be spoken to before anything was pushed."""
    return Why(
        "unreachable",
        Text(
            th=f"เข้าใช้อุปกรณ์ไม่ได้ จึงยังไม่ได้ส่งค่าใด: {said.th}",
            en=f"nothing was pushed: {said.en}",
        ),
    )


def not_loaded(said: Text) -> Why:
    """The device refused the candidate; nothing was committed."""
    return Why(
        "not-loaded",
        Text(
            th=f"อุปกรณ์ไม่รับค่าที่จะนำใช้: {said.th}",
            en=f"the device refused the candidate: {said.en}",
        ),
    )


def not_committed(said: Text) -> Why:
    """The commit failed, or its answer did not come."""
    return Why(
        "not-committed",
        Text(th=f"นำใช้ไม่สำเร็จ: {said.th}", en=f"the commit did not succeed: {said.en}"),
    )


def check_failed(check: str, said: Text) -> Why:
    """A check after the push failed."""
    return Why(
        f"check-{check}",
        Text(
            th=f"การตรวจหลังนำใช้ไม่ผ่าน ({check}): {said.th}",
            en=f"a check after the push failed ({check}): {said.en}",
        ),
    )


def gate_closed(reasons: Text) -> Why:
    """The gate did not open again when the run was gone on with."""
    return Why(
        "gate-closed",
        Text(
            th=f"ไม่ผ่านด่านอนุมัติเมื่อดำเนินการต่อ: {reasons.th}",
            en=f"the gate is closed for going on: {reasons.en}",
        ),
    )


def time_over(reasons: tuple[Text, ...]) -> Why:
    """The window has ended, or a freeze begun, while devices still waited."""
    return Why(
        "time-over",
        Text(
            th="พ้นเวลาที่ดำเนินการได้ อุปกรณ์ที่เหลือจึงไม่เริ่ม: " + "; ".join(r.th for r in reasons),
            en="the time is over, no more devices are begun: " + "; ".join(r.en for r in reasons),
        ),
    )
