"""When a plan may be carried out: in its window, and in no freeze of its devices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from controller.errors import NotNow, Text
from controller.inventory.inventory import Inventory
from controller.plans.plan import Plan, Window
from controller.plans.window import window_words
from controller.schedules.freeze import Freeze, ahead


@dataclass(frozen=True)
class Times:
    """The window of a plan, None for any time, and the freezes over its devices not yet over.

    A change may be taken back at any time: whoever asks for that does not ask here.
    """

    window: Window | None = None
    freezes: tuple[Freeze, ...] = ()

    def against(self, now: datetime) -> tuple[Text, ...]:
        """What forbids beginning a device at the moment; nothing when its time has come."""
        outside = self.window and not self.window.begins <= now < self.window.ends
        window = (window_words(self.window),) if self.window and outside else ()
        return (*window, *(one.words for one in self.freezes if one.holds(now)))

    def insist(self, case: str, now: datetime) -> None:
        """Pass when the time has come. Errors: `NotNow` with every reason, and when it may come."""
        reasons = self.against(now)
        if not reasons:
            return
        raise NotNow(
            Text(
                th=f"ดำเนินการตามเรื่อง {case} ตอนนี้ไม่ได้: " + "; ".join(r.th for r in reasons),
                en=f"case {case} must not be carried out now: " + "; ".join(r.en for r in reasons),
            ),
            hint=self._hint(case, now),
        )

    def _hint(self, case: str, now: datetime) -> Text:
        if self.window and now >= self.window.ends:
            return Text(
                th=f"พ้นช่วงเวลาของแผนแล้ว วางแผนใหม่ แล้ว khaen case replan {case}",
                en=f"the window is over: plan again, then khaen case replan {case}",
            )
        return Text(
            th="รอจนถึงเวลา ช่วงงดเปลี่ยนแปลงอยู่ในไฟล์ schedules.yaml",
            en="wait until its time has come; freezes stand in schedules.yaml",
        )


def times_of(plan: Plan, inventory: Inventory, freezes: Iterable[Freeze], now: datetime) -> Times:
    """When `plan` may be carried out, as the files say now.

    A device that is no longer in the inventory counts as meant by every freeze.
    """
    devices = [inventory.device(planned.device) for planned in plan.devices]
    return Times(plan.window, ahead(freezes, devices, now))
