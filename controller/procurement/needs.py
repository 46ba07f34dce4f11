"""Need from evidence: what to replace or add, by site and kind, with the list behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from controller.errors import Text
from controller.procurement.asks import Ask
from controller.procurement.causes import Asking, answers, is_early
from controller.procurement.growth import PortUse, growth
from controller.procurement.need import (
    CauseName,
    Evidence,
    Extra,
    Line,
    Needs,
    Unit,
    Untold,
    Worn,
)
from controller.procurement.stock import Stock


@dataclass(frozen=True)
class Wanted:
    """Which causes count, and of what: empty kinds and sites None leave all in.

    `days` is how far back health was looked at; it is told, not used.
    """

    causes: tuple[CauseName, ...]
    kinds: frozenset[str] = frozenset()
    sites: frozenset[str] | None = None
    asks: tuple[Ask, ...] = ()
    days: int = 90

    def has(self, site: str, kind: str) -> bool:
        """Whether a site and kind are wanted."""
        return (not self.kinds or kind in self.kinds) and (self.sites is None or site in self.sites)


@dataclass
class _Found:
    """What was found while looking; by (site, kind), and by (cause, why) of what nobody knows."""

    worn: dict[tuple[str, str], list[Worn]] = field(default_factory=dict)
    extras: dict[tuple[str, str], list[Extra]] = field(default_factory=dict)
    untold: dict[tuple[CauseName, Text], list[Unit]] = field(default_factory=dict)


def find_needs(
    stock: Stock, asking: Asking, wanted: Wanted, ports: Mapping[str, PortUse] | None = None
) -> Needs:
    """What the wanted causes say of the wanted units. What a person asks for always counts.

    A unit counts once, with every line of evidence.
    """
    units = [unit for unit in stock.units if wanted.has(unit.site, unit.kind)]
    named = {ask.number: ask for ask in wanted.asks if ask.number}
    causes = [cause for cause in wanted.causes if cause not in ("growth", "asked")]
    found = _Found()
    for unit in units:
        _look(unit, asking, causes, named.get(unit.number), found)
    kinds = sorted({unit.kind for unit in units} & {*asking.lives})
    for untold in _extras(units, wanted, ports or {}, found):
        found.untold.setdefault((untold.cause, untold.words), []).extend(untold.units)
    return Needs(
        day=asking.day,
        causes=wanted.causes,
        days=wanted.days,
        lines=tuple(
            Line(
                site,
                kind,
                tuple(found.worn.get((site, kind), ())),
                tuple(found.extras.get((site, kind), ())),
                stock.spares[site, kind],
            )
            for site, kind in sorted({*found.worn, *found.extras})
        ),
        untold=tuple(
            Untold(cause, words, tuple(rows)) for (cause, words), rows in found.untold.items()
        ),
        lives={kind: asking.lives[kind] for kind in kinds},
        looked=len(units),
    )


def _look(
    unit: Unit, asking: Asking, causes: Sequence[CauseName], ask: Ask | None, found: _Found
) -> None:
    evidence = []
    for cause in causes:
        for answer in answers(cause, unit, asking):
            if isinstance(answer, Evidence):
                evidence.append(answer)
            else:
                rows = found.untold.setdefault((cause, answer), [])
                if not rows or rows[-1] is not unit:
                    rows.append(unit)
    if ask is not None:
        evidence.append(_asked(ask, asking))
    if evidence:
        worn = Worn(unit, tuple(evidence), is_early(unit, asking))
        found.worn.setdefault((unit.site, unit.kind), []).append(worn)


def _extras(
    units: Sequence[Unit], wanted: Wanted, ports: Mapping[str, PortUse], found: _Found
) -> list[Untold]:
    """Adds what grows and what is asked for more of; what nobody knows of growth."""
    grown, untold = growth(units, ports) if "growth" in wanted.causes else ([], [])
    for ask in wanted.asks:
        if ask.quantity and wanted.has(ask.site, ask.kind):
            evidence = (Evidence("asked", Text(th=ask.reason, en=ask.reason)),)
            grown.append(Extra(ask.site, ask.kind, ask.quantity, evidence))
    for extra in grown:
        found.extras.setdefault((extra.site, extra.kind), []).append(extra)
    return untold


def _asked(ask: Ask, asking: Asking) -> Evidence:
    return Evidence("asked", Text(th=ask.reason, en=ask.reason), asking.day)
