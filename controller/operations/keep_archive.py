"""Look after the archive of samples by hand: how large it is, merge it, forget what is old."""

from __future__ import annotations

from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.errors import Refused, Text
from controller.operations.context import Context
from controller.store.archive.archive import Kept


@dataclass(frozen=True)
class ArchiveView:
    """What the archive holds now, and the files that were forgotten, or would be."""

    levels: tuple[Kept, ...]
    forgotten: tuple[str, ...] = ()


def keep_archive(
    context: Context,
    actor: Actor,
    *,
    merge: bool = False,
    forget: bool = False,
    rehearse: bool = False,
) -> ArchiveView:
    """What there is; before that `merge` what polls wrote, and `forget` what settings say is old.

    `rehearse`: only say what would be forgotten. A worker does both once an hour by itself.
    Errors: `NotAllowed`, `Refused` while another process is at it, `StoreError`.
    """
    require(actor, "keep_archive")
    archive = context.archive()
    if merge and not archive.compact(context.clock()):
        raise _busy()
    forgotten: list[str] | None = []
    if forget:
        forgotten = archive.purge(context.clock(), context.settings.health, dry_run=rehearse)
        if forgotten is None:
            raise _busy()
    return ArchiveView(tuple(archive.kept()), tuple(sorted(forgotten or ())))


def _busy() -> Refused:
    return Refused(
        Text(
            th="โปรแกรมอีกตัวหนึ่งกำลังจัดเก็บคลังค่าที่วัดอยู่",
            en="another process is merging the archive right now",
        ),
        hint=Text(th="รอสักครู่แล้วทำใหม่", en="wait a moment, then repeat"),
    )
