"""Hints name commands; whoever reads a page is told the button or page that does the same."""

from __future__ import annotations

import re

from controller.language import Language

# Command -> (Thai, English) name of the button or page. Others stay as they are: they have none.
PLACES: dict[str, tuple[str, str]] = {
    "alerts close": ("ปิดการแจ้งเตือน", "Close it"),
    "alerts comment": ("เขียนความเห็น", "Comment"),
    "alerts list": ("หน้าการแจ้งเตือน", "the page Alerts"),
    "alerts show": ("หน้าของการแจ้งเตือน", "the page of the alert"),
    "apply": ("ดำเนินการกับอุปกรณ์", "Carry it out"),
    "case appoint": ("แต่งตั้งคณะทำงาน", "Appoint the group"),
    "case approve": ("อนุมัติ", "Approve"),
    "case attach": ("แนบไฟล์", "Attach a file"),
    "case detach": ("นำเอกสารออก", "Take a paper off"),
    "case evaluate": ("สรุปประเมินผล", "Evaluate"),
    "case follow": ("บันทึกการติดตามผล", "Record a follow-up"),
    "case list": ("หน้าเรื่อง", "the page Cases"),
    "case notify": ("แจ้งผู้เกี่ยวข้อง", "Tell the people"),
    "case open": ("เปิดเรื่อง", "Open a case"),
    "case publish": ("บันทึกการเผยแพร่", "Record a publication"),
    "case record": ("บันทึกการดำเนินงาน", "Record work"),
    "case replan": ("แนบแผน", "Give it a plan"),
    "case revise": ("ดึงเรื่องกลับมาแก้ไข", "Pull it back"),
    "case show": ("หน้าของเรื่องนี้", "the page of the case"),
    "spec baseline list": ("หน้าเกณฑ์ราคา", "the page Price criteria"),
    "spec attributes": ("หน้าคุณสมบัติที่กำหนดได้", "the page Attributes"),
    "case study": ("บันทึกผลการศึกษา", "Write the study"),
    "case submit": ("จบขั้นตอนและส่งต่อ", "End the step"),
    "case withdraw": ("ถอนเรื่อง", "Withdraw"),
    "form attach": ("แนบแบบฟอร์ม", "Attach a form"),
    "form fill": ("กรอกแบบฟอร์ม", "fill the form in"),
    "maintenance list": ("หน้าช่วงบำรุงรักษา", "the page Maintenance"),
    "maintenance plan": ("วางช่วงบำรุงรักษา", "Plan a maintenance window"),
    "plan": ("หน้าแผน", "the page Plans"),
    "playbook list": ("หน้าเพลย์บุ๊ก", "the page Playbooks"),
    "playbook show": ("หน้าของเพลย์บุ๊ก", "the playbook's page"),
    "playbook plan": ("หน้าวางแผนของเพลย์บุ๊ก", "the playbook's page for planning"),
    "playbook result": ("หน้าของการรันนี้", "the page of the run"),
    "playbook run": ("หน้าของเพลย์บุ๊ก", "the page of the playbook"),
    "playbook runs": ("หน้าการรันเพลย์บุ๊ก", "the page Runs of playbooks"),
    "plan list": ("หน้าแผน", "the page Plans"),
    "report form": ("ร่างแบบฟอร์ม", "Drafts of the forms"),
    "rollback": ("นำการเปลี่ยนแปลงออก", "Take the change back"),
    "rules list": ("หน้าเกณฑ์", "the page Rules"),
    "audit": ("หน้าตรวจตามเกณฑ์", "the page Compliance"),
    "remediate": ("หน้าแก้ไขให้ตรงเกณฑ์", "the page that mends failures"),
    "schedule history": ("หน้ากำหนดเวลาทำงาน", "the page Schedule"),
    "schedule list": ("หน้ากำหนดเวลาทำงาน", "the page Schedule"),
    "schedule pause": ("หน้ากำหนดเวลาทำงาน", "the page Schedule"),
    "spec model": ("หน้ารุ่นอุปกรณ์", "the page Models"),
    "spec compare": ("หน้าเปรียบเทียบข้อเสนอ", "the page Comparison"),
    "spec judge": ("พิจารณาข้อนี้ ในหน้าเปรียบเทียบ", "Judge it, on the page Comparison"),
    "spec offer": ("หน้าข้อเสนอ", "the page Offers"),
    "spec reopen": ("ยกเลิกผลสรุป ในหน้าเปรียบเทียบ", "Take it back, on the page Comparison"),
    "spec delivery": ("หน้าตรวจรับพัสดุ", "the page Delivery"),
    "spec need": ("หน้าความต้องการ", "the page Needs"),
    "survey open": ("เปิดแบบสอบถาม", "open a survey"),
    "verify": ("ตรวจอุปกรณ์ที่ไม่ทราบสถานะ", "Look at unknown devices"),
}
# In backquotes a command ends with them; bare, after what names a case or a form.
_COMMAND = re.compile(
    r"`khaen (?P<quoted>[a-z-]+(?: [a-z-]+)?)[^`]*`"
    r"|\bkhaen (?P<bare>[a-z-]+(?: [a-z-]+)?)(?: [^\s,;]*\d[^\s,;]*)*"
)


def on_page(hint: str, language: Language) -> str:
    """The hint with each command that has a place on the pages replaced by its name."""

    def place(found: re.Match[str]) -> str:
        words = found["quoted"] or found["bare"]
        named = PLACES.get(words) or PLACES.get(words.split()[0])
        return found[0] if named is None else f"“{named[language == 'en']}”"

    return _COMMAND.sub(place, hint)
