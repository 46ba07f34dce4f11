"""The playbooks of the workspace: what each is for, what it may do, for how many devices."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.playbooks.catalogue import Playbook
from controller.playbooks.meta import Risk


@dataclass(frozen=True)
class PlaybookSeen:
    """A playbook, and how many devices of the inventory are of a platform it is written for."""

    playbook: Playbook
    devices: int


def list_playbooks(
    context: Context, actor: Actor, *, risk: Risk | None = None, words: str = ""
) -> tuple[PlaybookSeen, ...]:
    """Every playbook, by name; with `risk` only those, with `words` those that tell all of them.

    Errors: `InputError` with every problem when the files of playbooks/ are not in order.
    """
    require(actor, "show_playbooks")
    wanted = words.casefold().split()
    platforms = Counter(device.platform for device in context.inventory().devices)
    return tuple(
        seen(playbook, platforms)
        for playbook in context.playbooks()
        if risk in (None, playbook.meta.risk) and _tells(playbook, wanted)
    )


def seen(playbook: Playbook, platforms: Counter[str]) -> PlaybookSeen:
    """The playbook beside the numbers of devices by platform."""
    return PlaybookSeen(playbook, sum(platforms[name] for name in playbook.meta.platforms))


def _tells(playbook: Playbook, wanted: list[str]) -> bool:
    meta = playbook.meta
    told = (playbook.name, *playbook.title.both, *meta.purpose.text.both)
    text = " ".join(told).casefold()
    return all(word in text for word in wanted)
