"""How a run stands: how many devices may be begun now, and whether it has to stop.

Never more than `canary` devices are unproven until as many were confirmed, and never more than
`batch` after that; a device that drifted proves nothing, so the next one takes its place as canary.
"""

from __future__ import annotations

from controller.errors import Text
from controller.plans.outcome import BAD, State
from controller.plans.plan import Policy
from controller.runs.wording import Why


class Progress:
    """The tally of one run of `total` devices."""

    def __init__(self, total: int, policy: Policy) -> None:
        self._total = total
        self._policy = policy
        self._confirmed = 0
        self._failed: list[str] = []
        self.stop: Why | None = None

    def room(self) -> int:
        """How many devices may be in work at the same time now."""
        missing = self._policy.canary - self._confirmed
        return missing if missing > 0 else self._policy.batch

    def record(self, device: str, state: State, *, lost: bool) -> None:
        """Count a device that reached a final state; `lost` when it was not reachable after."""
        if state == "confirmed":
            self._confirmed += 1
        if state not in BAD:
            return
        self._failed.append(device)
        self.stop = self.stop or self._reason(device, lost)

    def halt(self, why: Why) -> None:
        """Begin no more devices, whatever the tally says."""
        self.stop = self.stop or why

    def _reason(self, device: str, lost: bool) -> Why | None:
        if self._confirmed < self._policy.canary:
            return _canary(device)
        if lost:
            return _lost(device)
        share = 100 * len(self._failed)
        if share > self._policy.stop_after_failed_percent * self._total:
            return _too_many(len(self._failed), self._total)
        return None


def _canary(device: str) -> Why:
    return Why(
        "canary-failed",
        Text(
            th=f"หยุด: อุปกรณ์นำร่อง {device} ไม่ผ่าน",
            en=f"stopped: the canary {device} was not confirmed",
        ),
    )


def _lost(device: str) -> Why:
    return Why(
        "lost-reachability",
        Text(
            th=f"หยุด: ติดต่อ {device} ไม่ได้หลังนำใช้",
            en=f"stopped: {device} was out of reach after the push",
        ),
    )


def _too_many(failed: int, total: int) -> Why:
    return Why(
        "too-many-failed",
        Text(
            th=f"หยุด: ล้มเหลว {failed} จาก {total} เครื่อง เกินที่กำหนด",
            en=f"stopped: {failed} of {total} devices failed, more than the policy allows",
        ),
    )
