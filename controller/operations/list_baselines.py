"""The baselines of the office: every class of equipment with its edition, and whether it stands."""

from __future__ import annotations

from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.errors import NotFound, Text
from controller.inventory.asset import KIND_NAMES
from controller.inventory.search import folded
from controller.language import nearest, require_known
from controller.operations.context import Context
from controller.specs.baseline import Baseline, Baselines, Edition


@dataclass(frozen=True)
class BaselineSeen:
    """A baseline and its edition; `superseded` is the edition that took its place by today."""

    baseline: Baseline
    edition: Edition
    superseded: Edition | None


def list_baselines(
    context: Context,
    actor: Actor,
    *,
    edition: str = "",
    kind: str = "",
    words: str = "",
    current: bool = False,
) -> tuple[BaselineSeen, ...]:
    """The baselines, edition by edition from the newest, by number.

    With `edition` only of it, with `kind` of that kind of the register, with `words` those whose
    names hold every one of them, `current` leaves out what has been superseded. Errors: `NotFound`
    for an edition there is not, `InputError` for an unknown kind or broken files.
    """
    require(actor, "show_specs")
    baselines = context.baselines()
    if edition:
        edition_called(baselines, edition)
    require_known(kind, KIND_NAMES, Text(th="ประเภท", en="kind"))
    wanted = folded(words).split()
    found = (
        seen(context, baselines, baseline)
        for one in sorted(baselines.editions, key=lambda e: e.announced, reverse=True)
        if edition in ("", one.id)
        for baseline in baselines.of(one.id)
        if kind in ("", baseline.kind) and _has(baseline, wanted)
    )
    return tuple(one for one in found if not (current and one.superseded))


def seen(context: Context, baselines: Baselines, baseline: Baseline) -> BaselineSeen:
    """The baseline with its edition, and what has taken its place by today."""
    edition = edition_called(baselines, baseline.edition)
    return BaselineSeen(baseline, edition, baselines.superseded(baseline.ref, context.today()))


def edition_called(baselines: Baselines, name: str) -> Edition:
    """The edition of this id. Errors: `NotFound` with the nearest."""
    found = baselines.edition(name)
    if found is None:
        near = nearest(name.lower(), [edition.id for edition in baselines.editions])
        raise NotFound(
            Text(th=f"ไม่มีเกณฑ์ฉบับ {name}", en=f"there is no edition {name}"),
            hint=Text(th=f"หมายถึง {near} ใช่หรือไม่", en=f"did you mean {near}?")
            if near
            else Text(
                th="ดูทุกฉบับด้วย khaen spec baseline list",
                en="khaen spec baseline list shows them all",
            ),
        )
    return found


def _has(baseline: Baseline, wanted: list[str]) -> bool:
    told = folded(f"{baseline.id} {baseline.th} {baseline.en}")
    return all(word in told for word in wanted)
