"""What devices told by themselves, and who else sent something."""

from __future__ import annotations

from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Text
from controller.language import nearest
from controller.operations.context import Context
from controller.operations.show_device import visible_device
from controller.platforms.trap_kinds import kinds
from controller.store.traps import KeptTrap, TrapStranger, newest_traps, trap_senders

MOST = 500


@dataclass(frozen=True)
class TrapList:
    """The newest first. `strangers` are addresses that are no device's; a school sees none."""

    traps: tuple[KeptTrap, ...]
    strangers: tuple[TrapStranger, ...]


def list_traps(
    context: Context, actor: Actor, *, device: str = "", kind: str = "", most: int = 50
) -> TrapList:
    """The newest traps, of all devices or one, of all kinds or one; a school's: its own.

    Errors: `NotFound` for a device there is not, or that is another school's; `InputError` for a
    kind there is not.
    """
    require(actor, "list_traps")
    inventory = context.inventory()
    if kind and kind not in kinds():
        raise InputError(
            Text(th=f"ไม่มีการแจ้งชนิด {kind}", en=f"there is no kind {kind}"),
            hint=Text(
                th=f"หมายถึง {nearest(kind, kinds())} หรือไม่", en=f"is it {nearest(kind, kinds())}?"
            ),
        )
    wanted = None
    if device:
        wanted = {visible_device(inventory, actor, device).name}
    elif actor.of_school:
        wanted = {d.name for d in inventory.devices if actor.sees(d.site)}
    with context.store.read() as conn:
        return TrapList(
            newest_traps(conn, min(most, MOST), wanted, kind or None),
            () if actor.of_school or device else trap_senders(conn, min(most, MOST)),
        )
