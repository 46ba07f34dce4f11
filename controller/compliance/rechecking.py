"""Whether a case may be closed after its run: the devices it touched were judged again and pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from controller.compliance.finding import VERDICT_NAMES, Verdict
from controller.compliance.rule import Rule
from controller.errors import Refused, Text

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Rechecked:
    """One device a run touched: when it was last judged by all rules (UTC), and what is open.

    `failing` are the rules on configuration that fail on it or could not be judged. `as_before`:
    the change was taken back, so that what fails there is not of this case.
    """

    device: str
    judged: datetime | None
    failing: tuple[tuple[str, Verdict], ...] = ()
    as_before: bool = False

    @property
    def open(self) -> tuple[tuple[str, Verdict], ...]:
        """What must be mended or waived before the case can be closed."""
        return () if self.as_before else self.failing


@dataclass(frozen=True)
class Recheck:
    """The devices the runs of a case touched, the last of which ended at `ended` (UTC)."""

    ended: datetime
    devices: tuple[Rechecked, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Devices that were not judged since."""
        return tuple(d.device for d in self.devices if d.judged is None or d.judged < self.ended)

    @property
    def open(self) -> tuple[tuple[str, str, Verdict], ...]:
        """(device, rule, verdict) of everything that must be mended or waived."""
        return tuple((d.device, rule, verdict) for d in self.devices for rule, verdict in d.open)

    @property
    def passes(self) -> bool:
        """Whether nothing stands in the way of closing the case."""
        return not self.missing and not self.open


def on_configuration(rule: Rule) -> bool:
    """Whether a rule looks at the configuration, so that a run can make or mend a failure."""
    return any(check.configuration is not None for check in rule.checks)


def require_recheck(recheck: Recheck | None) -> None:
    """Pass when the re-check was made and passes, or there is nothing to check (None).

    Errors: `Refused`, naming the devices and rules.
    """
    if recheck is None or recheck.passes:
        return
    if recheck.missing:
        names = recheck.missing
        listed = ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
        chosen = ",".join(names)
        raise Refused(
            Text(
                th=f"ปิดเรื่องไม่ได้: ยังไม่ได้ตรวจซ้ำตามเกณฑ์หลังดำเนินการ: {listed}",
                en=f"the case cannot be closed: not audited since its run ended: {listed}",
            ),
            hint=Text(
                th=f"ตรวจซ้ำด้วย `khaen audit --select name={chosen} --again`",
                en=f"audit them: `khaen audit --select name={chosen} --again`",
            ),
        )
    told = recheck.open[:_MOST_NAMED]
    more = " …" if len(recheck.open) > _MOST_NAMED else ""
    th = ", ".join(f"{device} {rule} ({VERDICT_NAMES[v].th})" for device, rule, v in told)
    en = ", ".join(f"{device} {rule} ({VERDICT_NAMES[v].en})" for device, rule, v in told)
    devices = ",".join(dict.fromkeys(device for device, _, _ in recheck.open))
    raise Refused(
        Text(
            th=f"ปิดเรื่องไม่ได้: การตรวจซ้ำหลังดำเนินการยังไม่ผ่าน: {th}{more}",
            en=f"the case cannot be closed: its re-check does not pass: {en}{more}",
        ),
        hint=Text(
            th=f"แก้ไขด้วย `khaen remediate --select name={devices}` แล้ว `khaen case replan` "
            "หรือขอผ่อนผันใน compliance/waivers.yaml แล้วตรวจใหม่",
            en=f"mend it: `khaen remediate --select name={devices}`, then `khaen case replan`; "
            "or waive it in compliance/waivers.yaml and audit again",
        ),
    )
