"""What the runs of a case did to each device, as evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from controller.documents.blocks import Block, Heading, Paragraph, Table, TableColumn
from controller.documents.compose.columns import numbered
from controller.documents.compose.look import SHORT_HASH, Look
from controller.documents.compose.wording import position
from controller.inventory.office import Office
from controller.plans.outcome import Run, RunDevice, RunKind, RunState, State

STATES: dict[State, str] = {
    "waiting": "รอ",
    "intended": "ตั้งใจทำ",
    "pushed": "ส่งแล้ว",
    "verified": "ตรวจแล้ว",
    "confirmed": "ยืนยันแล้ว",
    "drifted": "เปลี่ยนไปจากแผน",
    "refused": "ปฏิเสธ",
    "failed": "ล้มเหลว",
    "rolled_back": "คืนค่าเดิมแล้ว",
    "unknown": "ไม่ทราบ",
}
KINDS: dict[RunKind, str] = {"apply": "ดำเนินการตามแผน", "rollback": "นำการเปลี่ยนแปลงออก"}
RUN_STATES: dict[RunState, str] = {
    "running": "ยังไม่จบ",
    "finished": "จบแล้ว",
    "stopped": "หยุดก่อนครบ",
}


@dataclass(frozen=True)
class CarriedOut:
    """One run and what became of each device in it."""

    run: Run
    devices: tuple[RunDevice, ...]


def run_blocks(runs: Sequence[CarriedOut], office: Office, look: Look) -> Iterator[Block]:
    """Every run with its devices; fingerprints by their first digits."""
    for number, one in enumerate(runs, start=1):
        run = one.run
        yield Heading(f"ครั้งที่ {look.count(number)} {KINDS[run.kind]}", 3)
        ended = f" ถึง {look.moment(run.ended)}" if run.ended else ""
        yield Paragraph(
            f"โดย {position(office, run.by)} ตั้งแต่ {look.moment(run.started)}{ended} "
            f"({RUN_STATES[run.state]}) {_counts(one.devices, look)}",
            align="left",
        )
        yield Paragraph(f"รหัสการดำเนินการ {run.id} รหัสแผน {run.plan}", align="left", small=True)
        yield Table(
            numbered(
                TableColumn("อุปกรณ์", 5),
                TableColumn("ผล", 3, "center"),
                TableColumn("ลายนิ้วมือก่อน", 4),
                TableColumn("ลายนิ้วมือหลัง", 4),
                TableColumn("เหตุ", 5),
            ),
            tuple(
                (
                    look.count(index),
                    device.device,
                    STATES[device.state],
                    device.before[:SHORT_HASH] or "-",
                    device.after[:SHORT_HASH] or "-",
                    # Kept as `Thai / English`.
                    device.reason.partition(" / ")[0] or "-",
                )
                for index, device in enumerate(one.devices, start=1)
            ),
            small=True,
        )


def _counts(devices: Sequence[RunDevice], look: Look) -> str:
    counts = Counter(device.state for device in devices)
    told = [(word, counts[state]) for state, word in STATES.items() if counts[state]]
    return ", ".join(f"{word} {look.count(count)} เครื่อง" for word, count in told)
