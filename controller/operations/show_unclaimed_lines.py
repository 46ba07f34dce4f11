"""The lines of a device's configuration that no rule of the office speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.compliance.claims import claims
from controller.configuration.lines import line_numbers, paths
from controller.errors import NotFound, Text
from controller.inventory.device import Device
from controller.operations.context import Context
from controller.operations.gather_evidence import gather_evidence
from controller.operations.show_device import visible_device
from controller.platforms.grammars import grammar


@dataclass(frozen=True)
class UnclaimedLine:
    """A line nobody claims, or one that leads to some: `path` ends with it; secrets are hidden."""

    path: tuple[str, ...]
    number: int


@dataclass(frozen=True)
class Unclaimed:
    """What the rules leave: of `lines` in all they speak of `claimed`."""

    device: Device
    lines: int
    claimed: int
    unclaimed: tuple[UnclaimedLine, ...]


def show_unclaimed_lines(context: Context, actor: Actor, device: str) -> Unclaimed:
    """Look through the newest configuration kept of the device.

    Errors: `NotFound` for a device there is not, and when no configuration of it can be read.
    """
    require(actor, "read_history")
    found = visible_device(context.inventory(), actor, device)
    evidence = gather_evidence(context, [found]).evidence(found.name)
    told = claims(context.rulebook().rules, evidence)
    if told is None or evidence.configuration is None:
        raise NotFound(
            Text(
                th=f"ไม่มีค่าของ {device} ที่อ่านได้", en=f"there is no configuration of {device} to read"
            ),
            hint=Text(
                th=f"สำรองด้วย khaen backup --select name={device}",
                en=f"khaen backup --select name={device} fetches it",
            ),
        )
    numbers = line_numbers(evidence.configuration.text, grammar(found.platform))
    rest = tuple(UnclaimedLine(path, numbers[path]) for path in paths(told.unclaimed))
    return Unclaimed(found, told.lines, told.claimed, rest)
