"""`khaen demo`: the main job from end to end on the lab, by the very commands a person types."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from controller.cli import output
from controller.cli.demo_server import start_server, stop_server
from controller.cli.demo_telling import MARK, Telling, first
from controller.errors import Refused, Text
from controller.language import require_known

STORIES = PUSH, PROCUREMENT = "push", "procurement"
PEOPLE = ("admin", "engineer1", "officer1", "director", "deputy", "school1", "auditor1")
ORDER = ["--order", "๑๑๒/๒๕๖๙", "--dated", "2026-10-05", "--chair", "officer1"]
GROUP = [*ORDER, "--member", "engineer1", "--secretary", "engineer2"]
NOTICE = ["--how", "หนังสือราชการ", "--message", "ปรับค่าสวิตช์ตามแผน อาจสะดุดไม่เกินหนึ่งนาที"]
PLAN = re.compile(r"\b[0-9a-f]{64}\b")
CASE = re.compile(r"\b25\d\d-2\.3-\d{4}\b")
SCHOOL = "site=kkn-school-a role=access"


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.command("demo")(demo)


def demo(
    story: Annotated[
        str, typer.Argument(help="push, the main job; or procurement, in an office of its own")
    ] = PUSH,
    keep: Annotated[
        bool, typer.Option("--keep/--no-keep", help="Leave devices and server running at the end")
    ] = True,
    web: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Start the web at the end, in the background")
    ] = True,
    stop: Annotated[
        bool, typer.Option("--stop", help="Only stop what an earlier demo left running")
    ] = False,
) -> None:
    """Run a story on simulated devices and say what was proved. Can be run again."""
    from controller.workspace.find import find_workspace

    require_known(story, STORIES, Text(th="เรื่องสาธิต", en="story"))
    root = find_workspace(output.folder())
    if story == PROCUREMENT:
        from controller.cli.demo_procurement import tell_procurement

        tell_procurement(root)
        return
    _push(_Story(root, root / "var"), keep=keep, web=web, stop=stop)


def _push(story: _Story, *, keep: bool, web: bool, stop: bool) -> None:
    if stop:
        story.stop()
        return
    story.begin_afresh()
    story.prepare()
    story.approved_push()
    story.taken_back()
    story.things_go_wrong()
    story.prove()
    if not keep:
        story.khaen("lab", "down")
    story.summary(devices_run=keep)
    if keep and web:
        story.open_web()


@dataclass
class _Story(Telling):
    """The demo as a person would type it."""

    first_case: str = ""

    def begin_afresh(self) -> None:
        """Forget an earlier demo, and only a demo: other history is never touched."""
        if self.folder.exists() and any(self.folder.iterdir()):
            if (self.folder / "khaen.db").exists() and not (self.folder / MARK).exists():
                raise Refused(
                    Text(
                        th=f"{self.folder} มีประวัติที่ไม่ใช่ของการสาธิต จึงไม่ลบ",
                        en=f"{self.folder} holds history that is not a demo's; it is left alone",
                    ),
                    hint=Text(th="ย้ายโฟลเดอร์นั้นไปที่อื่นก่อน", en="move that folder away first"),
                )
            stop_server(self.folder)
            self.call(["lab", "reset"], quiet=True)
            shutil.rmtree(self.folder)
        self.write_accounts(PEOPLE)

    def prepare(self) -> None:
        """Check the files, start the devices, make accounts, keep a backup."""
        self.head("ตรวจไฟล์ เปิดอุปกรณ์จำลอง สำรองค่า", "check the files, start devices, back up")
        self.khaen("validate")
        self.khaen("lab", "up", "--minute-seconds", "2")
        self.add_accounts()
        self.login("engineer1")
        self.khaen("backup")
        self.khaen("poll")
        self.proves("สำรวจสถานะทาง SNMP ได้ครบทุกเครื่อง", "every device told over SNMP how it is")

    def approved_push(self) -> None:
        """From YAML to an approved push; without approval nothing moves."""
        self.head("วางแผน เสนอ อนุมัติ แล้วจึงลงมือ", "plan, propose, approve, and only then push")
        plan = self.plan(SCHOOL)
        case = self.propose(plan, "ตั้งค่ามาตรฐานสวิตช์ โรงเรียนตัวอย่าง ก")
        self.khaen("apply", case, expect=3)
        self.khaen("case", "approve", case, signs="engineer1", expect=3)
        self.proves("ก่อนอนุมัติ หรืออนุมัติเอง: ระบบไม่ยอม", "before approval, or by oneself: refused")
        self.approve(case)
        self.khaen("apply", case)
        self.proves("สิ่งที่อนุมัติลงถึงอุปกรณ์ครบทุกเครื่อง", "what was approved reached every device")
        again = json.loads(self.khaen("plan", "-s", SCHOOL, "--json", show=False))
        if again["plan"]["devices"]:
            raise typer.Exit(1)
        self.proves("วางแผนซ้ำ: ไม่มีอะไรต้องเปลี่ยนอีก", "planned again: nothing left to change")
        self.first_case = case

    def taken_back(self) -> None:
        """Take the whole change back, report and close."""
        self.head("ถอนการเปลี่ยนแปลงทั้งเรื่อง", "take the whole change back")
        self.khaen("rollback", self.first_case)
        self.khaen("case", "evaluate", self.first_case, "--results", "ทดสอบแล้ว คืนค่าเดิมครบ")
        self.khaen("case", "report", self.first_case)
        self.proves("ถอนคืนได้ทั้งเรื่อง", "the whole change went back")

    def things_go_wrong(self) -> None:
        """A drifted device is skipped; a device that loses its way comes back by itself."""
        self.head("เมื่อมีสิ่งผิดปกติ", "when things go wrong")
        plan = self.plan("site=kkn-school-b,kkn-school-c role=access")
        case = self.propose(plan, "ตั้งค่ามาตรฐานสวิตช์ โรงเรียนตัวอย่าง ข และ ค")
        self.approve(case)
        self.khaen("lab", "type", "kkn-c-sw03", "snmp-server location moved")
        self.khaen("lab", "fault", "kkn-c-sw02", "lose-management")
        self.khaen("apply", case, expect=4)
        self.proves("อุปกรณ์ที่ถูกแก้หลังวางแผน: ข้าม ไม่ทับ", "a device changed since planning: skipped")
        self.proves("อุปกรณ์ที่ขาดการติดต่อ: คืนค่าเดิมเอง", "a device that was lost: back by itself")
        self.khaen("case", "report", case)

    def prove(self) -> None:
        """Prove the history, here and from an export."""
        self.head("พิสูจน์ย้อนหลัง", "prove it later")
        self.login("auditor1")
        export = str(self.folder / "audit-log.jsonl")
        self.khaen("audit-log", "verify")
        self.khaen("audit-log", "export", export)
        self.khaen("audit-log", "verify", export)
        lines = Path(export).read_text(encoding="utf-8").splitlines()
        del lines[len(lines) // 2]
        forged = self.folder / "audit-log-forged.jsonl"
        forged.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.khaen("audit-log", "verify", str(forged), expect=3)
        self.proves("ประวัติครบ และจับได้เมื่อถูกลบหนึ่งบรรทัด", "history whole; one line removed is found")

    def plan(self, selector: str) -> str:
        """Plan, export and check the file; the plan id."""
        plan = first(PLAN, self.khaen("plan", "--select", selector))
        file = str(self.folder / "plan.json")
        self.khaen("plan", "export", plan[:12], file)
        self.khaen("plan", "verify", file)
        return plan

    def propose(self, plan: str, title: str) -> str:
        """Open a case, appoint the group, submit; the case number."""
        opened = self.khaen("case", "open", "2.3", "--plan", plan[:12], "--title", title)
        case = first(CASE, opened)
        self.khaen("case", "appoint", case, *GROUP, show=False)
        self.khaen("case", "submit", case)
        return case

    def approve(self, case: str) -> None:
        """The director approves; the engineer tells the school."""
        self.login("director")
        self.khaen("case", "approve", case, "-m", "เห็นชอบ", signs="director")
        self.login("engineer1")
        self.khaen("case", "notify", case, "--to", "โรงเรียนตัวอย่าง", *NOTICE, show=False)

    def open_web(self) -> None:
        """Start the web in the background, and say where it is and who may sign in."""
        address = start_server(self.root, self.folder, self.environment())
        self.head("เปิดเว็บแล้ว", "the web is open")
        output.say(f"\n    {address}\n", f"\n    {address}\n")
        from controller.workspace.parts import read_office

        office = read_office(self.root)
        for name, password in self.passwords.items():
            person = office.person(name)
            typer.echo(f"    {name:<10} {password:<14} {person.title if person else ''}")
        output.say(
            "\nลองเป็น engineer1 แล้วเป็น director หยุดทั้งเว็บและอุปกรณ์: khaen demo --stop",
            "\nbe engineer1, then director; to stop web and devices: khaen demo --stop",
        )

    def stop(self) -> None:
        """Stop the server and the devices of an earlier demo."""
        if stop_server(self.folder):
            output.say("หยุดเว็บแล้ว", "the web is stopped")
        self.call(["lab", "down"], quiet=False)

    def summary(self, *, devices_run: bool) -> None:
        """What was proved, and what to try next."""
        self.proved_all()
        output.say(
            f"\nรหัสผ่านของบัญชีสาธิตอยู่ใน {self.folder / MARK} ลองต่อ:",
            f"\nthe demo accounts' passwords are in {self.folder / MARK}; try next:",
        )
        tries = ["khaen case list", "khaen lab faults", "khaen plan --select role=distribution"]
        tries += ["khaen lab down"] if devices_run else ["khaen lab up"]
        for line in (". .venv/bin/activate", "khaen login engineer1", *tries):
            typer.echo(f"    {line}")
