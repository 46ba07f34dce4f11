"""The playbooks: what each is for, and whether it changes devices."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.errors import Text
from controller.operations.list_playbooks import list_playbooks
from controller.playbooks.meta import RISKS, Risk
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit

TONES: dict[Risk, str] = {"read": "good", "change": "warn"}


@page("/playbooks", Text(th="เพลย์บุ๊ก", en="Playbooks"))
async def build(visit: Visit, actor: Actor) -> None:
    """All of them by name; `?risk=` and `?words=` make them fewer."""
    words, risk = visit.query.get("words", "").strip()[:64], visit.query.get("risk", "")
    chosen = next((name for name in RISKS if name == risk), None)
    put(
        visit,
        "playbooks/list.html",
        rows=await visit.ask(list_playbooks, risk=chosen, words=words),
        words=words,
        risk=chosen or "",
        risks=RISKS,
        tones=TONES,
    )
