"""The words of a notice as its receiver reads them, in Thai."""

from __future__ import annotations

from datetime import date

from controller.errors import Text
from controller.inventory.office import Office
from controller.processes.case import Case
from controller.thai import long_date, short_date


def subject_of(case: Case) -> str:
    """The subject of every message about a case."""
    return f"{case.title} (เรื่องที่ {case.number})"


def reminder_subject(case: Case) -> str:
    """The subject of a reminder."""
    return f"เตือน: เลยกำหนด {subject_of(case)}"


def letter(office: Office, recipient: str, message: str) -> str:
    """A message with its address and who sends it."""
    sender = [office.group_th, office.name_th]
    if office.telephone:
        sender.append(f"โทรศัพท์ {office.telephone}")
    return "\n\n".join((f"เรียน {recipient}", message.strip(), "\n".join(sender))) + "\n"


def as_file(recipient: str, address: str, subject: str, day: date, text: str) -> str:
    """A letter as a file holds it, to be printed and sent by hand."""
    to = f"{recipient} <{address}>" if address else recipient
    return f"ถึง: {to}\nเรื่อง: {subject}\nวันที่: {short_date(day)}\n\n{text}"


def overdue(case: Case, step: Text, due: date, late: int) -> str:
    """What people who may end a step are told once its day has passed. `late` is in days."""
    return (
        f"เรื่อง {case.title} อยู่ที่ขั้น “{step.th}” ซึ่งครบกำหนดเมื่อวันที่ "
        f"{long_date(due)} เลยกำหนดแล้ว {late} วัน\n"
        f"ดูสิ่งที่ยังขาดได้ด้วยคำสั่ง khaen case show {case.number}"
    )
