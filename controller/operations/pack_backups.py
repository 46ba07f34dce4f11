"""Make the repository of backups small and quick again, and its index whole."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.errors import Refused, Text
from controller.operations.context import Context
from controller.operations.index_configurations import index_stale
from controller.store.packing import Packing


def pack_backups(context: Context, actor: Actor) -> Packing:
    """Pack what is not packed yet; then make anew what of the index is old. Once a night is enough.

    Backups, runs and searches go on meanwhile. Errors: `NotAllowed`; `Refused` while another
    process is packing; `StoreError`.
    """
    require(actor, "pack_backups")
    done = keep_packed(context, actor.username)
    if done is None:
        raise Refused(
            Text(
                th="โปรแกรมอีกตัวหนึ่งกำลังจัดเก็บข้อมูลสำรองอยู่",
                en="another process is packing the backups right now",
            ),
            hint=Text(th="รอสักครู่แล้วทำใหม่", en="wait a moment, then repeat"),
        )
    return done


def keep_packed(context: Context, by: str) -> Packing | None:
    """The same for the schedule, which is nobody's; None while another process is packing."""
    done = context.backups.pack()
    index_stale(context, by)
    return done
