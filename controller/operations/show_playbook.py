"""One playbook: what it is told, what it does task by task, and the words of its files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.operations.list_playbooks import PlaybookSeen, seen
from controller.workspace.playbooks import Source, playbook_sources


@dataclass(frozen=True)
class PlaybookShown:
    """A playbook, `sources` its files as they are now, itself first, and `secrets`.

    `secrets` are the names a parameter of kind `secret` may have.
    """

    seen: PlaybookSeen
    sources: tuple[Source, ...]
    secrets: tuple[str, ...]


def show_playbook(context: Context, actor: Actor, name: str) -> PlaybookShown:
    """The playbook of this name.

    Errors: `NotFound` with the nearest one; `InputError` when the files of playbooks/ are not in
    order.
    """
    require(actor, "show_playbooks")
    playbook = context.playbooks().known(name)
    platforms = Counter(device.platform for device in context.inventory().devices)
    return PlaybookShown(
        seen=seen(playbook, platforms),
        sources=playbook_sources(context.root, playbook),
        secrets=tuple(sorted(context.settings.secrets)),
    )
