"""One baseline, with the same class in every edition that has it."""

from __future__ import annotations

from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.errors import NotFound, Text
from controller.language import nearest
from controller.operations.context import Context
from controller.operations.list_baselines import BaselineSeen, edition_called, seen


@dataclass(frozen=True)
class BaselineShown:
    """A baseline; `editions` are all that have its class, itself among them, the newest first."""

    shown: BaselineSeen
    editions: tuple[BaselineSeen, ...]


def show_baseline(context: Context, actor: Actor, ref: str) -> BaselineShown:
    """The baseline `edition/class`; of a class alone the one in force today.

    Errors: `NotFound` with the nearest, `InputError` when the files are broken.
    """
    require(actor, "show_specs")
    baselines, today = context.baselines(), context.today()
    edition, slash, name = ref.partition("/")
    if slash:
        edition_called(baselines, edition)
        found = baselines.baseline(ref)
    else:
        name = ref
        found = baselines.newest(ref, today)
    if found is None:
        names = {b.id for b in baselines.baselines if edition in (b.edition, ref)}
        near = nearest(name.lower(), names)
        meant = f"{edition}/{near}" if slash else near
        raise NotFound(
            Text(th=f"ไม่มีเกณฑ์พื้นฐาน {ref}", en=f"there is no baseline {ref}"),
            hint=Text(th=f"หมายถึง {meant} ใช่หรือไม่", en=f"did you mean {meant}?")
            if near
            else Text(
                th="ดูทั้งหมดด้วย khaen spec baseline list",
                en="khaen spec baseline list shows them all",
            ),
        )
    same = [seen(context, baselines, b) for b in baselines.baselines if b.id == found.id]
    same.sort(key=lambda one: one.edition.announced, reverse=True)
    return BaselineShown(seen(context, baselines, found), tuple(same))
