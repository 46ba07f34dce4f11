"""One rule: what it means today, and the very words of its file."""

from __future__ import annotations

from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.errors import NotFound, Text
from controller.language import nearest
from controller.operations.context import Context
from controller.operations.list_rules import RuleSeen, by_platform, seen
from controller.workspace.compliance import rule_text


@dataclass(frozen=True)
class RuleShown:
    """A rule and `text`, how its file writes it (YAML)."""

    seen: RuleSeen
    text: str


def show_rule(context: Context, actor: Actor, rule: str) -> RuleShown:
    """The rule with this id. Errors: `NotFound` with the nearest one."""
    require(actor, "show_compliance")
    book = context.rulebook()
    found = book.rule(rule)
    if found is None:
        near = nearest(rule, [known.id for known in book.rules])
        raise NotFound(
            Text(th=f"ไม่มีเกณฑ์ {rule}", en=f"there is no rule {rule}"),
            hint=Text(th=f"หมายถึง {near} ใช่หรือไม่", en=f"did you mean {near}?") if near else None,
        )
    file = book.where[found.id]
    devices = by_platform(d for d in context.inventory().devices if actor.sees(d.site))
    return RuleShown(
        seen=seen(found, file, book.waivers, devices, context.today()),
        text=rule_text(context.root, file, found.id),
    )
