"""Which alerts are only the shadow of another: when a school's first device is down, one is told.

Everything is decided from what is open now, so that the order of polls makes no difference.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

Tree = Mapping[str, str | None]
"""Device -> the device above it towards the office; None for the topmost."""


@dataclass(frozen=True, slots=True)
class Open:
    """An open alert as far as shadows mind it.

    `shadow_of` is what it is now, `grace` its rule's. What `may_hide` is what comes of being out of
    reach; a hot switch is hot whatever happens above it.
    """

    id: int
    rule: str
    device: str
    shadow_of: int | None = None
    grace: timedelta = timedelta()
    may_hide: bool = True


@dataclass(frozen=True, slots=True)
class Cast:
    """Alert -> the alert it is the shadow of; only those that are one.

    `waiting`: alerts nobody shall be told of yet, because something above is about to be found
    down or has only just come back.
    """

    shadows: Mapping[int, int]
    waiting: frozenset[int] = frozenset()


def cast(
    alerts: Iterable[Open],
    tree: Tree,
    now: datetime,
    *,
    causes: Collection[str] = ("down",),
    cleared: Mapping[int, datetime] | None = None,
    suspected: Collection[str] = (),
) -> Cast:
    """Which of the open alerts are shadows now.

    The cause of an alert is the alert `down` of the topmost device above it that has one, or of
    its own device. `cleared` tells when causes ended: their shadows stay shadows for the grace of
    their own rule. `suspected` are devices that do not answer and whose grace still runs.
    """
    opened = tuple(alerts)
    ended = cleared or {}
    down: dict[str, int] = {}
    for alert in sorted(opened, key=lambda a: a.id):
        if alert.rule in causes:
            down.setdefault(alert.device, alert.id)
    shadows: dict[int, int] = {}
    waiting: set[int] = set()
    suspects = frozenset(suspected)
    for alert in opened:
        if not alert.may_hide:
            continue
        path = way_up(alert.device, tree)
        top = next((down[device] for device in reversed(path) if device in down), None)
        before = alert.shadow_of
        if top is not None and top != alert.id:
            shadows[alert.id] = top
        elif before in ended and before is not None and now - ended[before] < alert.grace:
            shadows[alert.id] = before
        elif suspects.intersection(path[1:]):
            waiting.add(alert.id)
    return Cast(shadows, frozenset(waiting))


def way_up(device: str, tree: Tree) -> tuple[str, ...]:
    """The device and all above it, in order; a circle ends where it closes."""
    path = [device]
    above = tree.get(device)
    while above is not None and above not in path:
        path.append(above)
        above = tree.get(above)
    return tuple(path)
