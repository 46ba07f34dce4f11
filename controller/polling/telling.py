"""Tells people of alerts: one digest at a time, kept until it has arrived.

A school that is cut off is one line, whatever hangs below it; maintenance is none. However much
happens, a digest follows the one before it after five minutes at the soonest.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from controller.errors import InputError, KhaenError, Text
from controller.health.rules import SEVERITIES, Rules
from controller.inventory.inventory import Inventory
from controller.notices.deliver import Delivery, deliver, deliver_to_file, waiting_time
from controller.polling.settling import to_be_told
from controller.settings import Settings
from controller.store import alert_letters, alerts
from controller.store.alert_letters import Letter
from controller.store.alerts import Alert
from controller.store.engine import Connection, Store
from controller.thai import bangkok_date, short_time
from controller.workspace.secrets import resolve_secret

_log = logging.getLogger(__name__)
FILE = "file"
APART = timedelta(minutes=5)
_MOST = 40
"""Lines of one digest; the rest is counted."""
_TAKEN_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class Teller:
    """What telling is given. `folder` is the var folder, `root` the workspace."""

    store: Store
    settings: Settings
    root: Path
    folder: Path
    _busy: threading.Lock = field(default_factory=threading.Lock)

    def write(self, conn: Connection, inventory: Inventory, rules: Rules, now: datetime) -> bool:
        """Put a digest of what is new into the outbox; False when there is nothing, or not yet."""
        last = alert_letters.last_written(conn)
        if last is not None and now - last < APART:
            return False
        wanted = self.settings.notices.alert_severities
        begun, over = to_be_told(conn, inventory, rules, wanted, now)
        mine = alerts.claim_notices(conn, {a.id for a in begun}, end=False, at=now)
        ended = alerts.claim_notices(conn, {a.id for a in over}, end=True, at=now)
        begun = tuple(a for a in begun if a.id in mine)
        over = tuple(a for a in over if a.id in ended)
        if not begun and not over:
            return False
        shadows = alerts.count_shadows(conn, [a.id for a in begun])
        subject, body = digest(inventory, begun, over, shadows)
        channel = self.settings.notices.alerts or FILE
        alert_letters.add_letter(conn, channel, subject, body, now)
        return True

    def send(self, now: datetime) -> int:
        """Try every letter that is due, once; how many arrived. Takes as long as the channel."""
        arrived = 0
        with self.store.read() as conn:
            due = alert_letters.due_letters(conn, now)
        for letter in due:
            with self.store.begin(audited=False) as conn:
                if not alert_letters.claim_letter(conn, letter, now + _TAKEN_FOR):
                    continue
            delivery = self._deliver(letter)
            again = now + waiting_time(letter.attempts + 1)
            with self.store.begin(audited=False) as conn:
                alert_letters.settle_letter(conn, letter.id, delivery.error, at=now, again=again)
            arrived += delivery.ok
        return arrived

    def send_aside(self, now: datetime) -> None:
        """The same in a thread of its own, unless one is at it already."""
        if self._busy.acquire(blocking=False):
            threading.Thread(target=self._send_and_end, args=(now,), daemon=True).start()

    def _send_and_end(self, now: datetime) -> None:
        try:
            self.send(now)
        except KhaenError as error:
            _log.warning("alerts wait to be told: %s", error.message.en)
        finally:
            self._busy.release()

    def _deliver(self, letter: Letter) -> Delivery:
        if letter.channel == FILE:
            name = f"{bangkok_date(letter.created).isoformat()}-alerts-{letter.id}.txt"
            content = f"{letter.subject}\n\n{letter.body}"
            return deliver_to_file(self.folder / "notices", name, content)
        reference = self.settings.notices.channels.get(letter.channel)
        if reference is None:
            return Delivery(
                Text(
                    th=f"khaen.toml ไม่มีช่องทาง {letter.channel}",
                    en=f"khaen.toml has no channel {letter.channel}",
                )
            )
        try:
            url = resolve_secret(self.root, reference)
        except InputError as error:
            return Delivery(error.message)
        return deliver(url, letter.subject, letter.body)


def digest(
    inventory: Inventory,
    begun: Sequence[Alert],
    over: Sequence[Alert],
    shadows: dict[int, int] | None = None,
) -> tuple[str, str]:
    """Subject and text of one digest, in Thai: what is wrong, then what is well again."""
    below = shadows or {}
    parts = []
    if begun:
        lines = [_line(inventory, a, below.get(a.id, 0)) for a in begun[:_MOST]]
        parts.append("\n".join(["พบปัญหาใหม่", *lines, *_more(len(begun))]))
    if over:
        lines = [
            f"- {_place(inventory, a)} {a.words.th} (กลับเป็นปกติ {short_time(a.cleared)})"
            for a in over[:_MOST]
            if a.cleared is not None
        ]
        parts.append("\n".join(["กลับเป็นปกติแล้ว", *lines, *_more(len(over))]))
    counts = [f"ใหม่ {len(begun)}"] if begun else []
    counts += [f"ปกติแล้ว {len(over)}"] if over else []
    return f"การแจ้งเตือนระบบเครือข่าย: {', '.join(counts)}", "\n\n".join(parts) + "\n"


def _line(inventory: Inventory, alert: Alert, below: int) -> str:
    severity = SEVERITIES[alert.severity].th
    line = f"- [{severity}] {_place(inventory, alert)} {alert.words.th}"
    line += f" ตั้งแต่ {short_time(alert.opened)} (เลขที่ {alert.id})"
    return f"{line} และอุปกรณ์ที่อยู่ใต้อีก {below} รายการ" if below else line


def _place(inventory: Inventory, alert: Alert) -> str:
    site = inventory.site(alert.site)
    return " ".join(part for part in (site.name_th if site else "", alert.device) if part)


def _more(count: int) -> list[str]:
    return [f"และอีก {count - _MOST} รายการ"] if count > _MOST else []
