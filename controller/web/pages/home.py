"""Home: what waits for me."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.errors import Text
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit


@page("/", Text(th="หน้าแรก", en="Home"))
async def build(visit: Visit, actor: Actor) -> None:
    """What waits for this person, by role."""
    put(visit, "home.html", actor=actor)
