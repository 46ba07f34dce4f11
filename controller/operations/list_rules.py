"""The rules of the office, each with what it means today: for how many devices, since when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from controller.accounts.actor import Actor, require
from controller.compliance.rule import Rule, Waiver
from controller.inventory.device import Device
from controller.inventory.selector import parse_selector
from controller.operations.context import Context

State = Literal["later", "grace", "now"]


@dataclass(frozen=True)
class RuleSeen:
    """A rule, the file it stands in, and the devices it is for.

    `state`: `later` before it begins, `grace` while the old baseline will do too, `now` after.
    `expired` are those of `waivers` that have run out.
    """

    rule: Rule
    file: str
    devices: int
    state: State
    waivers: tuple[Waiver, ...]
    expired: tuple[Waiver, ...]


def list_rules(context: Context, actor: Actor) -> tuple[RuleSeen, ...]:
    """Every rule, in the order of the files; a school counts its own devices only.

    Errors: `InputError` when the files of `compliance/` are not in order.
    """
    require(actor, "show_compliance")
    book, today = context.rulebook(), context.today()
    devices = by_platform(d for d in context.inventory().devices if actor.sees(d.site))
    return tuple(
        seen(rule, book.where.get(rule.id, ""), book.waivers, devices, today) for rule in book.rules
    )


def by_platform(devices: Iterable[Device]) -> Mapping[str, list[Device]]:
    """Devices by their platform."""
    found: dict[str, list[Device]] = {}
    for device in devices:
        found.setdefault(device.platform, []).append(device)
    return found


def seen(
    rule: Rule,
    file: str,
    waivers: Iterable[Waiver],
    devices: Mapping[str, list[Device]],
    today: date,
) -> RuleSeen:
    """The rule beside these devices; of the waivers those that touch one of them."""
    meant = _meant(rule, devices)
    held = tuple(w for w in waivers if w.rule == rule.id and _touches(w, meant))
    return RuleSeen(
        rule=rule,
        file=file,
        devices=len(meant),
        state=_state(rule, today),
        waivers=held,
        expired=tuple(waiver for waiver in held if waiver.until < today),
    )


def _meant(rule: Rule, devices: Mapping[str, list[Device]]) -> list[Device]:
    named = {name for check in rule.checks for name in check.platform or devices}
    groups = [group for name, group in devices.items() if name in named]
    selector = parse_selector(rule.select)
    if not selector.conditions:
        return [device for group in groups for device in group]
    return [device for group in groups for device in group if selector.holds(device)]


def _touches(waiver: Waiver, devices: Iterable[Device]) -> bool:
    selector = parse_selector(waiver.select)
    return any(selector.holds(device) for device in devices)


def _state(rule: Rule, today: date) -> State:
    if rule.valid_from is not None and today < rule.valid_from:
        return "later"
    in_grace = rule.grace_until is not None and today <= rule.grace_until
    return "grace" if in_grace else "now"
