"""`khaen demo procurement`: forty worn-out access points, from the need to labels on new ones."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import typer

from controller.cli import output
from controller.cli.demo_schools import add_schools
from controller.cli.demo_server import stop_server
from controller.cli.demo_telling import MARK, Telling, first
from controller.workspace.init import make_workspace

PEOPLE = ("admin", "engineer1", "officer1", "director")
CASE = re.compile(r"\b25\d\d-2\.4-\d{4}\b")
TITLE = "จัดซื้ออุปกรณ์กระจายสัญญาณไร้สายทดแทนของเดิม"
ORDER = ["--order", "๑๑๒/๒๕๗๐", "--dated", "2026-10-05", "--chair", "officer1"]
GROUP = [*ORDER, "--member", "engineer1", "--secretary", "engineer2"]
ACCEPTED = """\
accepted:
  sole-criterion:access-point-2/wifi: 802.11ax เป็นมาตรฐานที่ผลิตภัณฑ์ปัจจุบันมีทั่วไป
  few-models:access-point-2: สำรวจแค็ตตาล็อกแล้ว มีอย่างน้อยสามผลิตภัณฑ์ที่ทำได้ทุกข้อ
"""
FEW = "few-passing:access-point-2=ประกาศเชิญชวนทั่วไปแล้ว ผู้ผลิตรายอื่นทำได้แต่ไม่ได้ยื่นข้อเสนอ"
WHOLE = {
    "wifi": "IEEE 802.11ax",
    "bands": "2.4 GHz และ 5 GHz",
    "one-ssid": "ได้",
    "wpa": "WPA, WPA2, WPA3",
    "ports-1g": "๒ ช่อง",
    "powered-by": "802.3at",
    "mu-mimo": "4x4",
    "wireless-controller": "รองรับ",
    "management": "HTTP, HTTPS, SSH",
}
# Who offers what, at which price, and what is other than in WHOLE.
OFFERS: tuple[tuple[str, str, str, int, dict[str, str]], ...] = (
    ("ก", "AX-4400", "ยี่ห้อ ก", 20900, {}),
    ("ข", "AX-2200", "ยี่ห้อ ข", 17500, {"mu-mimo": "2x2", "wireless-controller": "ไม่รองรับ"}),
    ("ค", "WAX-640", "ยี่ห้อ ค", 19800, {"wpa": ""}),
)


def tell_procurement(above: Path) -> None:
    """Run the story in an office of its own, in the folder `procurement` of the var folder.

    Web and devices that the main job's demo left running are stopped first.
    """
    if (above / "var" / MARK).exists():
        # The devices of the main job's demo stand at the same addresses.
        stop_server(above / "var")
        Telling(above, above / "var").call(["lab", "down"], quiet=True)
    root = above / "var" / "procurement"
    story = _Procurement(root, root / "var")
    story.begin_afresh()
    case = story.need_to_approval()
    story.offers_to_conclusion(case)
    story.delivery_to_labels(case)
    story.close(case)
    story.summary()


@dataclass
class _Procurement(Telling):
    """The story; its papers go into the folder `papers` of its office."""

    @property
    def papers(self) -> Path:
        """Where the documents go."""
        return self.root / "papers"

    def begin_afresh(self) -> None:
        """A new office of twelve schools; that of an earlier demo goes."""
        self.head("สำนักงานและโรงเรียน ๑๒ แห่ง", "an office and twelve schools")
        if self.root.exists():
            if (self.folder / MARK).exists():
                self.call(["lab", "reset"], quiet=True)
            shutil.rmtree(self.root)
        make_workspace(self.root)
        add_schools(self.root)
        self.papers.mkdir()
        self.write_accounts(PEOPLE)
        self.khaen("validate")
        self.commit_all()
        self.add_accounts()
        self.login("engineer1")

    def need_to_approval(self) -> str:
        """Evidence, a specification, its papers, and the director's decision on exactly it."""
        self.head("จากความต้องการถึงการอนุมัติ", "from the need to the approval")
        need, draft = self.papers / "need.json", self.papers / "specification.yaml"
        asked = ("spec", "need", "--kind", "access-point", "--cause", "age,health,compliance")
        self.khaen(*asked)
        told = self.khaen(*asked, "--json", show=False)
        need.write_text(told[told.index("{") :], encoding="utf-8")
        needed = json.loads(need.read_text(encoding="utf-8"))["items"][0]
        if (needed["quantity"], len(needed["places"])) != (40, 12):
            raise typer.Exit(1)
        self.khaen(*asked, "--format", "pdf", "-o", str(self.papers / "need.pdf"))
        self.proves("ทุกจำนวนมีรายการเครื่องรองรับ", "behind every number stands a list")
        by = ["--by", "access-point=access-point-2@21500"]
        fund = ["--fund", "งบดำเนินงาน สพฐ. ปีงบประมาณ พ.ศ. 2570"]
        self.khaen(
            "spec", "new", "--need", str(need), *by, *fund, "--title", TITLE, "-o", str(draft)
        )
        self.khaen("spec", "lint", str(draft), expect=1)
        self.proves("ข้อที่ต้องให้เหตุผล: เสนอไม่ได้จนกว่าจะเขียน", "what needs a reason: not without one")
        draft.write_text(draft.read_text(encoding="utf-8") + ACCEPTED, encoding="utf-8")
        self.khaen("spec", "lint", str(draft), show=False)
        case = first(CASE, self.khaen("case", "open", "2.4", "--title", TITLE, show=False))
        self.khaen("case", "appoint", case, *GROUP, show=False)
        self.khaen("spec", "write", case, str(draft), show=False)
        self.khaen(
            "case", "study", case, "--reason", "อุปกรณ์เดิม 40 เครื่องใช้งานเกิน 5 ปี",
            "--work", "จัดซื้อทดแทนตามคุณลักษณะเฉพาะที่แนบ", show=False,
        )  # fmt: skip
        self.khaen("spec", "offer", "template", case, "-o", "early.xlsx", expect=3)
        self.proves("ก่อนอนุมัติ: ไม่มีแบบให้ผู้เสนอราคา", "before approval: no template for bidders")
        self.khaen("case", "submit", case, show=False)
        self.login("director")
        self.khaen("case", "approve", case, "-m", "เห็นชอบ", signs="director")
        self.login("engineer1")
        told_how = ["--how", "หนังสือราชการ", "--message", "แจ้งคุณลักษณะเฉพาะที่อนุมัติ"]
        self.khaen("case", "notify", case, "--to", "โรงเรียน 12 แห่ง", *told_how, show=False)
        for form in ("pdf", "docx", "xlsx"):
            self.khaen(
                "spec", "sheet", case, "--format", form, "-o", str(self.papers / f"sheet.{form}")
            )
        for form in ("pdf", "docx"):
            self.khaen("tor", case, "--format", form, "-o", str(self.papers / f"tor.{form}"))
        self.proves("สิ่งที่อนุมัติคือคุณลักษณะฉบับนี้ตามแฮช", "what was approved is this one, by its hash")
        return case

    def offers_to_conclusion(self, case: str) -> None:
        """Three offers: one fails two clauses, one states nothing on WPA3, one complies."""
        self.head("ข้อเสนอสามรายและการเปรียบเทียบ", "three offers, compared")
        template = self.papers / "offer-template"
        self.khaen("spec", "offer", "template", case, "-o", f"{template}.xlsx")
        self.khaen(
            "spec", "offer", "template", case, "--format", "yaml", "-o", f"{template}.yaml",
            show=False,
        )  # fmt: skip
        blank = Path(f"{template}.yaml").read_text(encoding="utf-8")
        for letter, model, brand, price, other in OFFERS:
            file = self.papers / f"offer-{model}.yaml"
            file.write_text(_filled(blank, letter, brand, model, price, other), encoding="utf-8")
            self.khaen("spec", "offer", "open", case, str(file))
        self.khaen("spec", "compare", case)
        self.khaen("spec", "compare", case, "--conclude", expect=3)
        self.proves("ผ่านรายเดียว: สรุปไม่ได้หากไม่ชี้แจง", "one complies: no conclusion without a reason")
        self.khaen("spec", "compare", case, "--conclude", "--reason", FEW, show=False)
        self.compared(case)
        self.proves("ไม่ระบุ ไม่นับว่าผ่าน", "not stated is never a pass")

    def compared(self, case: str) -> None:
        """The comparison on paper."""
        for form in ("pdf", "docx", "xlsx"):
            out = str(self.papers / f"comparison.{form}")
            self.khaen("spec", "comparison-sheet", case, "--format", form, "-o", out)

    def delivery_to_labels(self, case: str) -> None:
        """Forty access points come, say what they are, and get their numbers."""
        self.head("ส่งมอบและตรวจรับ", "delivery and acceptance")
        boxes, listed = self._boxes(case)
        self.khaen("lab", "up", "--delivered", str(boxes))
        try:
            self.khaen("spec", "delivery", "read", case, str(listed), "--document", "ส 31/2570")
        finally:
            self.khaen("lab", "down", show=False)
        self.khaen("spec", "delivery", "accept", case, "1", expect=3)
        self.proves("ข้อที่อุปกรณ์ไม่ยืนยัน: ต้องมีคนตรวจก่อน", "what no device proves: a person first")
        note = ["--note", "ตรวจเทียบแค็ตตาล็อกและป้ายเครื่องแล้ว"]
        self.khaen("spec", "delivery", "check", case, "1", "all", *note, show=False)
        self.khaen("spec", "delivery", "accept", case, "1")
        for form in ("pdf", "docx", "xlsx"):
            out = str(self.papers / f"acceptance.{form}")
            self.khaen("spec", "delivery", "sheet", case, "1", "--format", form, "-o", out)
        self.khaen("spec", "delivery", "labels", case, "1", "-o", str(self.papers / "labels.pdf"))
        self.khaen("validate")
        self.proves("๔๐ เครื่องอยู่ในทะเบียน พร้อมป้าย", "forty in the register, with labels")

    def close(self, case: str) -> None:
        """The work ends, the case is evaluated and reported."""
        self.head("สรุปและปิดเรื่อง", "evaluate and close")
        self.khaen("case", "record", case, "-m", "ตรวจรับครบ 40 เครื่อง", "--done", show=False)
        results = ["--results", "โรงเรียน 12 แห่งได้รับอุปกรณ์ครบ 40 เครื่อง ตรงตามข้อกำหนด"]
        self.khaen("case", "evaluate", case, *results, show=False)
        self.khaen("case", "show", case)
        self.khaen("audit-log", "verify")
        self.proves("ประวัติครบ ตรวจสอบย้อนหลังได้", "the history is whole and can be verified")

    def summary(self) -> None:
        """What was proved, and where the papers are."""
        self.proved_all()
        output.say(f"\nเอกสารทั้งหมดอยู่ใน {self.papers}", f"\nevery paper is in {self.papers}")
        for file in sorted(self.papers.iterdir()):
            typer.echo(f"    {file.name}")
        output.say(
            f"\nเปิดดูในเว็บ: khaen -C {self.root} serve (รหัสผ่านอยู่ใน {self.folder / MARK})",
            f"\nsee it in the web: khaen -C {self.root} serve "
            f"(passwords are in {self.folder / MARK})",
        )

    def _boxes(self, case: str) -> tuple[Path, Path]:
        """What the supplier brings: devices for the lab, and the list an officer makes of them."""
        told = self.khaen("spec", "show", case, "--json", show=False)
        places = json.loads(told[told.index("{") :])["items"][0]["places"]
        boxes: list[dict[str, object]] = []
        rows = ["item,site,room,address,platform,name"]
        for place, there in enumerate(places, start=1):
            for index in range(there["quantity"]):
                number, address = len(boxes) + 1, f"127.24.{place}.{20 + index}"
                boxes.append({
                    "name": f"box-{number}", "address": address, "maker": "ยี่ห้อ ก",
                    "model": "AX-4400", "serial": f"AX44{number:06}", "version": "2.1",
                    "ports": [{"count": 2, "mbps": 1000}],
                })  # fmt: skip
                name = f"{there['site'].replace('school-', '')}-ap{index + 1:02}"
                rows.append(
                    f"access-point-2,{there['site']},อาคาร {index + 1},{address},openwrt,{name}"
                )
        devices, listed = self.papers / "boxes.json", self.papers / "delivered.csv"
        devices.write_text(json.dumps(boxes, ensure_ascii=False, indent=1), encoding="utf-8")
        listed.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return devices, listed


def _filled(
    blank: str, letter: str, brand: str, model: str, price: int, other: dict[str, str]
) -> str:
    """The template as a bidder fills it in."""
    words = {"bidder": f"ผู้เสนอราคา {letter}", "brand": brand, "model": model, "price": str(price)}
    for label, value in words.items():
        blank = blank.replace(f"{label}:", f"{label}: {value}", 1)
    for page, (clause, text) in enumerate((WHOLE | other).items(), start=1):
        stated = f'{clause}: {{text: "{text}", page: "{page if text else ""}"}}'
        blank = blank.replace(f'{clause}: {{text: "", page: ""}}', stated)
    return blank
