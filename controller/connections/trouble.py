"""The kinds of trouble a device or its line can give, each with its words in two languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """Words of one kind of trouble; `{where}`, `{seconds}` and `{detail}` are filled in.

    `retryable` holds only for what happens before anything is written to the configuration.
    """

    th: str
    en: str
    retryable: bool = True
    hint_th: str = ""
    hint_en: str = ""


KINDS = {
    "refused": Kind(
        "อุปกรณ์ไม่รับการเชื่อมต่อที่ {where}",
        "the device refused the connection at {where}",
        hint_th="ตรวจว่าอุปกรณ์เปิดบริการ SSH หรือ eAPI ที่พอร์ตนี้",
        hint_en="check that SSH or eAPI is switched on at this port",
    ),
    "unreachable": Kind(
        "ไปไม่ถึงอุปกรณ์ที่ {where}: {detail}", "the device cannot be reached at {where}: {detail}"
    ),
    "timeout": Kind(
        "อุปกรณ์ที่ {where} ไม่ตอบภายใน {seconds} วินาที (หมดเวลา)",
        "the device at {where} timed out: no answer within {seconds} seconds",
    ),
    "silent": Kind(
        "อุปกรณ์หยุดตอบระหว่างสนทนา (หมดเวลา {seconds} วินาที)",
        "the device timed out in mid-conversation: nothing more within {seconds} seconds",
    ),
    "login": Kind(
        "อุปกรณ์ไม่ให้เข้าสู่ระบบ: ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง",
        "the device refused the login: wrong user name or password",
        retryable=False,
        hint_th="ตรวจ [credentials] ใน khaen.toml",
        hint_en="check [credentials] in khaen.toml",
    ),
    "enable": Kind(
        "อุปกรณ์ไม่ให้สิทธิ์ enable",
        "the device refused the privileged mode (enable)",
        retryable=False,
        hint_th="กำหนด enable_password ใน [credentials] ของ khaen.toml",
        hint_en="set enable_password in [credentials] of khaen.toml",
    ),
    "identity": Kind(
        "กุญแจของอุปกรณ์ไม่ใช่ดอกเดิม อาจเป็นเครื่องอื่นที่แอบอ้าง ({detail})",
        "the device shows another key than before; it may be an impostor ({detail})",
        retryable=False,
        hint_th="ถ้าเปลี่ยนเครื่องหรือสร้างกุญแจใหม่จริง ให้ลืมกุญแจเดิม: khaen forget-key",
        hint_en="if it was really replaced or its keys remade: khaen forget-key",
    ),
    "algorithms": Kind(
        "ตกลงวิธีเข้ารหัสกับอุปกรณ์ไม่ได้: {detail}",
        "no common encryption with the device: {detail}",
        retryable=False,
    ),
    "cut": Kind("สายหลุดระหว่างสนทนากับอุปกรณ์", "the line to the device was cut"),
    "garbage": Kind(
        "อ่านคำตอบของอุปกรณ์ไม่รู้เรื่อง: {detail}",
        "the answer of the device cannot be understood: {detail}",
    ),
    "noise": Kind(
        "มีสัญญาณรบกวนปนอยู่ในคำตอบของอุปกรณ์ จึงเชื่อถือไม่ได้",
        "the answer of the device is garbage: bytes that are not text",
    ),
    "bad command": Kind(
        "อุปกรณ์ไม่รับคำสั่ง: {detail}", "the device rejected a command: {detail}", retryable=False
    ),
    "locked": Kind(
        "มีผู้อื่นกำลังแก้ไขค่าของอุปกรณ์อยู่: {detail}",
        "somebody else holds the configuration lock of the device: {detail}",
    ),
    "pending": Kind(
        "อุปกรณ์มีการเปลี่ยนแปลงที่รอการยืนยันค้างอยู่แล้ว: {detail}",
        "the device already has a change waiting for confirmation: {detail}",
    ),
    "nothing pending": Kind(
        "ไม่มีการเปลี่ยนแปลงที่รอการยืนยันบนอุปกรณ์ (อาจหมดเวลาและย้อนกลับไปแล้ว)",
        "no change waits for confirmation on the device (its timer may have taken it back)",
        retryable=False,
    ),
    "disk full": Kind(
        "หน่วยความจำแฟลชของอุปกรณ์เต็ม: {detail}",
        "the disk (flash) of the device is full: {detail}",
        retryable=False,
        hint_th="ลบไฟล์ที่ไม่ใช้บนอุปกรณ์",
        hint_en="delete files on the device that nobody needs",
    ),
    "no copy": Kind(
        "ส่งไฟล์ไปยังอุปกรณ์ไม่ได้: {detail}",
        "the file cannot be copied to the device: {detail}",
        hint_th="ตรวจว่ามี ip scp server enable บนอุปกรณ์",
        hint_en="check for `ip scp server enable` on the device",
    ),
    "no archive": Kind(
        "อุปกรณ์ยังไม่เปิด archive จึงตั้งเวลาย้อนกลับไม่ได้",
        "`archive` is not configured on the device, so no revert timer can be armed",
        retryable=False,
        hint_th="กำหนด archive และ path บนอุปกรณ์ก่อน",
        hint_en="configure `archive` with a `path` on the device first",
    ),
    "version": Kind(
        "รุ่นของระบบปฏิบัติการบนอุปกรณ์เก่าเกินไป: {detail}",
        "the operating system of the device is too old: {detail}",
        retryable=False,
    ),
    "unsaved": Kind(
        "อุปกรณ์ไม่ได้แจ้งว่าบันทึกค่าสำเร็จ: {detail}",
        "the device did not say that the configuration was saved: {detail}",
    ),
    "order": Kind(
        "ลำดับการเรียกผิด: {detail}", "steps called out of order: {detail}", retryable=False
    ),
}

EFFECT_UNKNOWN = Kind(
    "{trouble} — คำสั่งอาจมีผลไปแล้วบางส่วน ต้องตรวจสอบค่าบนอุปกรณ์ก่อนทำอย่างอื่น",
    "{trouble} - the command may have taken effect in part; verify the device before anything else",
    retryable=False,
)


class TroubleError(Exception):
    """One of `KINDS`, found by our own reading of an answer; becomes a `DeviceError`."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail
