"""Named faults that one can switch on for a device, and the box that holds what is on."""

from dataclasses import dataclass

from controller.lab.complaints import LabError


@dataclass(frozen=True)
class Fault:
    """A named fault: what it does in both languages, and how often it strikes unless told.

    `value` explains the optional value (empty when the fault takes none); `count` None means until
    it is switched off.
    """

    name: str
    th: str
    en: str
    value: str = ""
    count: int | None = None


FAULTS = {
    fault.name: fault
    for fault in (
        Fault(
            "slow-prompt",
            "ตอบช้า: รอก่อนตอบทุกครั้ง",
            "Slow answers: the device waits before every answer.",
            value="seconds per answer (default 2)",
        ),
        Fault(
            "cut-line",
            "สายหลุดกลางคำตอบ: ตัดการเชื่อมต่อเมื่อส่งคำตอบไปแล้วครึ่งหนึ่ง",
            "The TCP connection drops when half of an answer has been sent.",
            value="words the command must contain (default: any command)",
            count=1,
        ),
        Fault(
            "refused-login",
            "ไม่ให้เข้าสู่ระบบ แม้รหัสผ่านถูกต้อง",
            "Logins are refused although the password is right.",
        ),
        Fault(
            "half-commit",
            "บันทึกค่าได้เพียงครึ่งเดียว แล้วสายหลุด",
            "Only the first half of the lines of the next commit is applied, then the line is cut.",
            value="for lines typed one by one: how many are applied (default 2)",
            count=1,
        ),
        Fault(
            "reboot",
            "อุปกรณ์เริ่มทำงานใหม่ทันทีที่ได้รับคำสั่งบันทึกค่า",
            "The device reboots as the next commit is given; it comes up with its startup "
            "configuration.",
            count=1,
        ),
        Fault(
            "garbage",
            "มีสัญญาณรบกวนปนในคำตอบ",
            "Bytes of line noise appear in the answers.",
            value="words the command must contain (default: any command)",
        ),
        Fault(
            "lose-management",
            "หลังการบันทึกครั้งถัดไป เข้าถึงอุปกรณ์ไม่ได้ จนกว่าค่าเดิมจะกลับมาหรือเริ่มทำงานใหม่",
            "After the next commit the management is unreachable until the configuration is "
            "reverted (by the device's timer) or the device reboots.",
            count=1,
        ),
        Fault(
            "uplink-down",
            "หลังการบันทึกครั้งถัดไป พอร์ตอัปลิงก์ไม่มีสัญญาณ จนกว่าค่าเดิมจะกลับมา",
            "After the next commit the uplink interface is down (management still answers, as over "
            "a second cable) until the configuration is reverted or the device reboots.",
            count=1,
        ),
        Fault(
            "freeze",
            "ค้าง: รับการเชื่อมต่อ TCP แต่ไม่ตอบอะไรเลย",
            "Frozen: accepts TCP connections and never answers.",
        ),
        Fault(
            "silent-snmp",
            "ไม่ตอบ SNMP แต่ยังเข้าสู่ระบบได้",
            "No answer over SNMP; logging in still works.",
        ),
        Fault(
            "high-cpu",
            "หน่วยประมวลผลทำงานหนัก",
            "The processor is busy.",
            value="percent (default 97)",
        ),
        Fault(
            "high-temperature",
            "อุณหภูมิในเครื่องสูง",
            "It is hot inside.",
            value="degrees Celsius (default 78)",
        ),
        Fault(
            "link-down",
            "ถอดสายออกจากพอร์ต",
            "The cables of some ports are pulled.",
            value="ports, separated by commas (default: the uplink)",
        ),
        Fault(
            "port-errors",
            "พอร์ตรับเฟรมเสียจำนวนมาก",
            "A port receives many damaged frames.",
            value="errors per second on every port that is up (default 50)",
        ),
        Fault(
            "lost-clock",
            "เครื่องแม่ข่ายเวลาไม่ตอบ นาฬิกาจึงไม่เทียบเวลา",
            "No time server answers: the clock is not synchronised.",
        ),
    )
}


_NUMBERS = ("slow-prompt", "half-commit", "high-cpu", "high-temperature", "port-errors")


@dataclass
class ActiveFault:
    """A fault that is on: its value as given, and how many more times it strikes (None: always)."""

    value: str | None
    count: int | None


class FaultBox:
    """The faults that are on for one device."""

    def __init__(self) -> None:
        self.active: dict[str, ActiveFault] = {}

    def switch(
        self, name: str, *, on: bool, value: str | None = None, count: int | None = None
    ) -> None:
        """Switch a fault on or off; raises `LabError` for an unknown name or a bad value."""
        fault = FAULTS.get(name)
        if fault is None:
            names = ", ".join(FAULTS)
            raise LabError(
                f"ไม่รู้จักความผิดปกติ {name!r} (มี: {names})",
                f"unknown fault {name!r} (there are: {names})",
            )
        if not on:
            self.active.pop(name, None)
            return
        if value is not None and not fault.value:
            raise LabError(f"{name} ไม่รับค่า --value", f"{name} takes no --value")
        if name in _NUMBERS and value is not None:
            _positive(name, value)
        if count is not None and count < 1:
            raise LabError("--count ต้องเป็น 1 ขึ้นไป", "--count must be 1 or more")
        self.active[name] = ActiveFault(value, fault.count if count is None else count)

    def is_on(self, name: str) -> bool:
        """Whether the fault is on; does not use it up."""
        return name in self.active

    def number(self, name: str, default: float) -> float:
        """The value of a fault as a number, `default` without one; 0 when the fault is off."""
        fault = self.active.get(name)
        if fault is None:
            return 0.0
        return default if fault.value is None else float(fault.value)

    def value(self, name: str) -> str | None:
        """The value of a fault as given; None without one, or when the fault is off."""
        fault = self.active.get(name)
        return None if fault is None else fault.value

    def strikes(self, name: str, command: str | None = None) -> bool:
        """Whether the fault strikes now; counts it.

        With a `command`, a fault that has words as its value strikes only where they occur.
        """
        fault = self.active.get(name)
        if fault is None or (command is not None and (fault.value or "") not in command):
            return False
        if fault.count is not None:
            fault.count -= 1
            if fault.count <= 0:
                del self.active[name]
        return True


def _positive(name: str, value: str) -> None:
    try:
        good = float(value) > 0
    except ValueError:
        good = False
    if not good:
        raise LabError(
            f"ค่า --value ของ {name} ต้องเป็นจำนวนบวก ไม่ใช่ {value!r}",
            f"the --value of {name} must be a positive number, not {value!r}",
        )
