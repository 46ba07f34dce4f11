"""One device by the rules: every finding, and the very lines of its configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from controller.accounts.actor import Actor, may, require
from controller.compliance.finding import VERDICTS
from controller.compliance.rule import Rule
from controller.compliance.scores import Tally, tally_of
from controller.errors import InputError
from controller.inventory.device import Device
from controller.operations.context import Context
from controller.operations.show_backup import readable
from controller.operations.show_device import visible_device
from controller.store import findings, snapshots
from controller.store.findings import Change, Standing

_ORDER = {verdict: number for number, verdict in enumerate(VERDICTS)}


@dataclass(frozen=True)
class RuleFinding:
    """What stands of one rule."""

    rule: Rule
    standing: Standing


@dataclass(frozen=True)
class DeviceCompliance:
    """A device: its findings, the worst first, and when verdicts changed.

    `lines` is the newest configuration kept, secrets hidden, and `marked` line number -> the rules
    that name it; both empty for who may not read configurations, and when there is none.
    """

    device: Device
    tally: Tally
    judged: datetime | None
    findings: tuple[RuleFinding, ...]
    changes: tuple[Change, ...]
    lines: tuple[str, ...] = ()
    marked: Mapping[int, tuple[str, ...]] | None = None


def show_device_compliance(context: Context, actor: Actor, device: str) -> DeviceCompliance:
    """One device. Errors: `NotFound`, also for a school that asks for another one's."""
    require(actor, "show_compliance")
    book = context.rulebook()
    found = visible_device(context.inventory(), actor, device)
    with context.store.read() as conn:
        stands = findings.standing(conn, devices=[device])
        judged = findings.judged_keys(conn).get(device)
        changes = findings.changes(conn, device=device, most=50)
        last = snapshots.latest(conn, device)
    pairs = [RuleFinding(rule, s) for s in stands if (rule := book.rule(s.rule)) is not None]
    lines: tuple[str, ...] = ()
    if last is not None and may(actor, "read_history"):
        lines = _lines(context, found, last.blob)
    return DeviceCompliance(
        device=found,
        tally=tally_of((p.standing.verdict, p.rule.severity) for p in pairs),
        judged=judged[1] if judged else None,
        findings=tuple(sorted(pairs, key=lambda p: (_ORDER[p.standing.verdict], p.rule.id))),
        changes=tuple(changes),
        lines=lines,
        marked=_marked(stands) if lines else {},
    )


def _lines(context: Context, device: Device, blob: str) -> tuple[str, ...]:
    try:
        text = readable(context, device, context.backups.read(blob))
    except InputError:
        # Without the secrets the workspace names nobody can say that none of them is in the text.
        return ()
    return tuple(text.replace("\r", "").split("\n"))


def _marked(stands: list[Standing]) -> dict[int, tuple[str, ...]]:
    marked: dict[int, tuple[str, ...]] = {}
    for one in stands:
        if one.verdict not in ("fail", "waived"):
            continue
        for detail in one.finding.details:
            if detail.number is not None:
                marked[detail.number] = (*marked.get(detail.number, ()), one.rule)
    return marked
