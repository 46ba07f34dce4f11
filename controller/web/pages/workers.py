"""The workers: who takes work from the queues, whether they are alive, what is in hand."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.errors import Text
from controller.operations.list_workers import list_workers
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit

_HEALTH = {
    "alive": (Text(th="ทำงานอยู่", en="alive"), "good"),
    "draining": (Text(th="กำลังทำงานในมือให้เสร็จ", en="finishing what is in hand"), "warn"),
    "silent": (Text(th="เงียบไป", en="silent"), "bad"),
}
_QUEUES = {
    "runs": Text(th="การดำเนินการ", en="runs"),
    "schedule": Text(th="กำหนดเวลา", en="schedule"),
    "polling": Text(th="การตรวจวัด", en="polling"),
    "listening": Text(th="การรับแจ้งจากอุปกรณ์", en="listening"),
}


@page("/workers", Text(th="ตัวทำงานเบื้องหลัง", en="Workers"))
async def build(visit: Visit, _actor: Actor) -> None:
    """Every process with its queues, and what waits for one."""
    found = await visit.ask(list_workers)
    put(visit, "workers.html", found=found, healths=_HEALTH, queues=_QUEUES)
