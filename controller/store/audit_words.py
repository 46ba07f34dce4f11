"""What can be wrong with an audit log, in both languages, naming the entry."""

from __future__ import annotations

from controller.errors import Text


def altered(seq: int) -> Text:
    """The words do not fit their own hash."""
    return Text(
        th=f"รายการที่ {seq} ถูกแก้ไขหลังบันทึก (เนื้อหาไม่ตรงกับค่าแฮชของรายการ)",
        en=f"entry {seq} was altered after it was written (its content does not fit its hash)",
    )


def swapped(seq: int, was: int) -> Text:
    """A genuine entry stands under another number."""
    return Text(
        th=f"ลำดับรายการถูกสลับ: รายการที่ {seq} เดิมบันทึกไว้เป็นรายการที่ {was}",
        en=f"entries were reordered: entry {seq} is the one that was written as {was}",
    )


def late(seq: int, after: int) -> Text:
    """In a file: an entry stands after a later one."""
    return Text(
        th=f"ลำดับรายการถูกสลับ: รายการที่ {seq} อยู่หลังรายการที่ {after}",
        en=f"entries were reordered: entry {seq} stands after entry {after}",
    )


def inserted(seq: int) -> Text:
    """A number that was given already, or never."""
    return Text(
        th=f"มีรายการแทรก: เลขที่ {seq} ซ้ำหรือไม่ใช่เลขที่ระบบเคยออก",
        en=f"an entry was inserted: number {seq} stands twice, or was never given",
    )


def removed(first: int, last: int) -> Text:
    """Numbers that are not there."""
    if first == last:
        return Text(th=f"รายการที่ {first} ถูกลบ", en=f"entry {first} was removed")
    return Text(th=f"รายการที่ {first} ถึง {last} ถูกลบ", en=f"entries {first} to {last} were removed")


def unlinked(seq: int, following: int) -> Text:
    """The next entry holds another hash than this one has."""
    if seq == 0:
        return Text(
            th=f"รายการที่ {following} ไม่ใช่รายการแรกที่บันทึกไว้",
            en=f"entry {following} is not the first entry that was written",
        )
    return Text(
        th=f"รายการที่ {seq} ถูกแทนที่: ไม่ใช่รายการที่รายการที่ {following} อ้างถึง",
        en=f"entry {seq} was replaced: it is not the one that entry {following} was chained to",
    )


def not_as_anchored(seq: int, at: str) -> Text:
    """A signed anchor outside the database knows another hash."""
    return Text(
        th=f"รายการที่ {seq} ถูกแทนที่: ไม่ตรงกับหลักหมุดที่ลงนามไว้เมื่อ {at}",
        en=f"entry {seq} was replaced: it is not the one the anchor signed at {at} names",
    )


def truncated(first: int, last: int, at: str) -> Text:
    """Entries are gone from the end."""
    return Text(
        th=f"ท้ายบันทึกถูกตัด: รายการที่ {first} ถึง {last} หายไป (หลักหมุดลงนามเมื่อ {at} ระบุว่าเคยมี)",
        en=f"the log was truncated: entries {first} to {last} are gone "
        f"(an anchor signed at {at} knew them)",
    )


def unsealed(seq: int) -> Text:
    """A well-formed entry that this installation did not write."""
    return Text(
        th=f"รายการที่ {seq} ไม่ได้เขียนโดยระบบนี้ (ไม่มีตราของระบบ หรือตราไม่ถูกต้อง)",
        en=f"entry {seq} was not written by this installation (its seal is missing or wrong)",
    )


def unanchored(first: int, last: int) -> Text:
    """Nothing outside the database vouches for the newest entries."""
    return Text(
        th=f"ยืนยันรายการที่ {first} ถึง {last} ไม่ได้: ไม่มีหลักหมุดที่ลงนามรองรับ",
        en=f"entries {first} to {last} cannot be confirmed: no signed anchor covers them",
    )


def forged_anchor(line: int, seq: int) -> Text:
    """The signature of an anchor is wrong."""
    return Text(
        th=f"หลักหมุดบรรทัดที่ {line} (รายการที่ {seq}) ถูกแก้ไข หรือลงนามด้วยกุญแจอื่น",
        en=f"the anchor on line {line} (entry {seq}) was altered, or signed with another key",
    )


def unreadable(line: int, name: str) -> Text:
    """A line that is not what it should be."""
    return Text(th=f"อ่านบรรทัดที่ {line} ของ {name} ไม่ได้", en=f"line {line} of {name} cannot be read")


def headless(name: str) -> Text:
    """An export that does not end with a signed head."""
    return Text(
        th=f"{name} ไม่ได้จบด้วยหัวสายที่ลงนามไว้ แฟ้มอาจถูกตัดท้าย",
        en=f"{name} does not end with a signed head; the file may have been cut short",
    )


def known_wrong(problem: str) -> Text:
    """What was wrong already when the export was made."""
    return Text(
        th=f"ขณะส่งออก บันทึกผิดปกติอยู่แล้ว: {problem}",
        en=f"the log was not whole when it was exported: {problem}",
    )


def more(count: int) -> Text:
    """The rest of a long list."""
    return Text(th=f"และข้อผิดปกติอีก {count} ข้อ", en=f"and {count} more problems")
