"""What people call the actions of the audit log."""

from __future__ import annotations

from controller.errors import Text

ACTIONS: dict[str, Text] = {
    "add_account": Text(th="เพิ่มบัญชีผู้ใช้", en="account added"),
    "accept_delivery": Text(th="ตรวจรับพัสดุ", en="delivery accepted"),
    "check_delivery": Text(th="บันทึกผลการตรวจพัสดุ", en="delivery checked"),
    "conclude_comparison": Text(th="สรุปผลการเปรียบเทียบ", en="comparison concluded"),
    "import_edition": Text(th="นำเข้าเกณฑ์ราคา", en="price criteria imported"),
    "import_models": Text(th="นำเข้ารุ่นอุปกรณ์", en="models imported"),
    "judge_criterion": Text(th="พิจารณาข้อกำหนด", en="criterion judged"),
    "open_offer": Text(th="เปิดข้อเสนอ", en="offer opened"),
    "read_delivery": Text(th="อ่านข้อมูลพัสดุที่ส่งมอบ", en="delivery read"),
    "reopen_comparison": Text(th="ยกเลิกผลการเปรียบเทียบ", en="comparison taken back"),
    "write_specification": Text(th="กำหนดคุณลักษณะเฉพาะ", en="specification written"),
    "answer_survey": Text(th="ตอบแบบสอบถาม", en="survey answered"),
    "apply_plan": Text(th="สั่งดำเนินการตามแผน", en="asked to carry the plan out"),
    "appoint_group": Text(th="แต่งตั้งคณะทำงาน", en="group appointed"),
    "attach_file": Text(th="แนบไฟล์", en="file attached"),
    "attach_form": Text(th="แนบแบบฟอร์ม", en="form attached"),
    "back_up_devices": Text(th="สำรองการตั้งค่า", en="devices backed up"),
    "close_survey": Text(th="ปิดแบบสอบถาม", en="survey closed"),
    "decide_case": Text(th="พิจารณาเรื่อง", en="case decided"),
    "detach_paper": Text(th="ถอนเอกสารแนบ", en="paper detached"),
    "device_ended": Text(th="ทราบผลของอุปกรณ์", en="device ended"),
    "end_sessions": Text(th="ให้ออกจากระบบ", en="sessions ended"),
    "evaluate_case": Text(th="ประเมินผลเรื่อง", en="case evaluated"),
    "fill_form": Text(th="กรอกแบบฟอร์ม", en="form filled in"),
    "forget_key": Text(th="ลืมกุญแจของอุปกรณ์", en="device key forgotten"),
    "import_assets": Text(th="นำเข้าทะเบียนครุภัณฑ์", en="register imported"),
    "log_in": Text(th="เข้าสู่ระบบ", en="signed in"),
    "look_at_device": Text(th="เข้าไปดูอุปกรณ์", en="device looked at"),
    "make_token": Text(th="ออกโทเคน", en="token made"),
    "notify_case": Text(th="แจ้งผู้เกี่ยวข้อง", en="those concerned told"),
    "open_case": Text(th="เปิดเรื่อง", en="case opened"),
    "open_survey": Text(th="เปิดแบบสอบถาม", en="survey opened"),
    "playbook_broke_its_promise": Text(
        th="เพลย์บุ๊กอ่านอย่างเดียวแจ้งว่าเปลี่ยนอุปกรณ์", en="read-only playbook told of a change"
    ),
    "book_apply": Text(th="จองเวลาดำเนินการ", en="time booked"),
    "unbook_apply": Text(th="ยกเลิกการจองเวลาดำเนินการ", en="booking taken back"),
    "booking_ended": Text(th="ผลของการจองเวลาดำเนินการ", en="booking ended"),
    "pause_schedule": Text(th="พักรายการของกำหนดเวลา", en="schedule entry paused"),
    "resume_schedule": Text(th="ให้รายการของกำหนดเวลาทำต่อ", en="schedule entry resumed"),
    "playbook_run_taken_over": Text(th="รับการรันเพลย์บุ๊กมาทำต่อ", en="playbook run taken over"),
    "run_playbook": Text(th="รันเพลย์บุ๊ก", en="playbook run"),
    "stop_playbook_run": Text(th="สั่งหยุดการรันเพลย์บุ๊ก", en="playbook run stopped"),
    "plan_change": Text(th="จัดทำแผน", en="plan made"),
    "plan_playbook": Text(th="จัดทำแผนจากเพลย์บุ๊ก", en="plan of a playbook made"),
    "remediate_devices": Text(th="จัดทำแผนแก้ไขให้ตรงเกณฑ์", en="plan to mend failures made"),
    "print_document": Text(th="ออกเอกสาร", en="document printed"),
    "record_case": Text(th="บันทึกการทำงาน", en="work recorded"),
    "refuse_password": Text(th="รหัสผ่านไม่ถูกต้อง", en="wrong password"),
    "remind_cases": Text(th="เตือนเรื่องเกินกำหนด", en="late cases reminded of"),
    "remove_second_step": Text(th="ยกเลิกการยืนยันสองชั้น", en="second step removed"),
    "replan_case": Text(th="เปลี่ยนแผนของเรื่อง", en="plan of the case changed"),
    "revise_case": Text(th="ดึงเรื่องกลับมาแก้", en="case pulled back"),
    "revoke_token": Text(th="ยกเลิกโทเคน", en="token revoked"),
    "roll_back_case": Text(th="สั่งถอนการเปลี่ยนแปลง", en="asked to take the change back"),
    "run_ended": Text(th="การดำเนินการจบ", en="run ended"),
    "run_started": Text(th="เริ่มดำเนินการ", en="run started"),
    "run_taken_over": Text(th="รับช่วงการดำเนินการ", en="run taken over"),
    "set_password": Text(th="ตั้งรหัสผ่าน", en="password set"),
    "set_up_second_step": Text(th="ตั้งการยืนยันสองชั้น", en="second step set up"),
    "stop_run": Text(th="สั่งหยุดการดำเนินการ", en="run asked to stop"),
    "study_case": Text(th="ศึกษาเรื่อง", en="case studied"),
    "submit_case": Text(th="เสนอพิจารณา", en="put to the director"),
    "unlock_account": Text(th="ปลดล็อกบัญชี", en="account unlocked"),
    "verify_devices": Text(th="เข้าไปดูอุปกรณ์ที่ไม่ทราบผล", en="unknown devices looked at"),
    "withdraw_case": Text(th="ถอนเรื่อง", en="case withdrawn"),
}


def in_words(action: str) -> Text:
    """What people call an action; its bare name where there are no words for it."""
    return ACTIONS.get(action, Text(th=action, en=action))
