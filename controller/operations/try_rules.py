"""Judge a configuration somebody hands over by the rules, before it is on any device."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from controller.accounts.actor import Actor, require
from controller.compliance.evidence import Evidence, KeptConfiguration
from controller.compliance.finding import VERDICTS, Finding
from controller.compliance.judging import Judge
from controller.compliance.rule import Rule
from controller.compliance.rulebook import RuleBook
from controller.errors import InputError, NotFound, Text
from controller.inventory.device import NAME, Device, Role
from controller.inventory.inventory import template_variables
from controller.inventory.site import Site
from controller.language import nearest
from controller.operations.context import Context
from controller.platforms.grammars import grammar, readable_platforms
from controller.platforms.texts import text_rules

_HOST_NAME = re.compile(r"^\s*(?:hostname|sysname|set hostname) \"?([\w-]+)", re.MULTILINE)
_NOWHERE = Site(site="file", name_th="แฟ้ม", name_en="file", kind="office", district="file")


@dataclass(frozen=True)
class Tried:
    """A rule, and what it found in the text; secrets are hidden in it."""

    rule: Rule
    finding: Finding


def try_rules(
    context: Context,
    actor: Actor,
    text: str,
    platform: str = "",
    *,
    device: str = "",
    role: str = "access",
    rules: Sequence[str] = (),
) -> tuple[Tried, ...]:
    """What the rules on configurations find in `text`, the worst first; nothing is kept.

    With `device` as if the text were its configuration, with its variables; else as of some device
    of `platform` in `role`, with the variables of these groups. Rules that are not for such a
    device are left out, and so are waivers.

    Errors: `NotFound` for a device or rule there is not, `InputError` for a platform whose
    configurations nobody can read, or an unknown role.
    """
    require(actor, "show_compliance")
    meant, site = _device(context, actor, platform, device, role, text)
    book = context.rulebook()
    chosen = tuple(book.known(name) for name in rules) or book.rules
    known = Evidence(
        device=meant,
        site=site,
        variables=template_variables(context.inventory().groups, site, meant),
        now=context.clock(),
        today=context.today(),
        configuration=KeptConfiguration(_masked(meant.platform, text), "", context.clock()),
    )
    about = tuple(_of_configuration(rule) for rule in chosen)
    judge = Judge(RuleBook(tuple(rule for rule in about if rule.checks)))
    by_id = {rule.id: rule for rule in chosen}
    found = [f for f in judge.judge(known) if f.verdict != "not_applicable" or rules]
    found.sort(key=lambda finding: VERDICTS.index(finding.verdict))
    return tuple(Tried(by_id[finding.rule], finding) for finding in found)


def _device(
    context: Context, actor: Actor, platform: str, name: str, role: str, text: str
) -> tuple[Device, Site]:
    inventory = context.inventory()
    if name:
        device = inventory.device(name)
        if device is None or not actor.sees(device.site):
            raise NotFound(
                Text(th=f"ไม่มีอุปกรณ์ {name} ในทะเบียน", en=f"the inventory has no device {name}")
            )
        return device, inventory.site_of(device)
    if role not in get_args(Role):
        raise InputError(
            Text(th=f"ไม่มีหน้าที่ {role}", en=f"there is no role {role}"),
            hint=Text(th="ใช้ได้: " + ", ".join(get_args(Role)), en=", ".join(get_args(Role))),
        )
    named = _HOST_NAME.search(text)
    # So that a rule about the name has one to look for: the text's own.
    own = named[1] if named and re.fullmatch(NAME, named[1]) else "file"
    told = {"name": own, "platform": platform, "role": role, "address": "192.0.2.1"}
    return Device.model_validate(told), _NOWHERE


def _masked(platform: str, text: str) -> str:
    """Without its secrets, which no finding may show."""
    try:
        grammar(platform)
        return text_rules(platform).mask(text)
    except KeyError:
        near = nearest(platform, readable_platforms()) or "cisco_ios"
        raise InputError(
            Text(
                th=f"ระบบยังอ่านค่าของแพลตฟอร์ม “{platform}” ไม่ได้",
                en=f"configurations of the platform “{platform}” cannot be read",
            ),
            hint=Text(
                th=f"ระบุแพลตฟอร์ม เช่น {near} หรือชื่ออุปกรณ์ในทะเบียน",
                en=f"name a platform, for example {near}, or a device of the inventory",
            ),
        ) from None


def _of_configuration(rule: Rule) -> Rule:
    """The rule with its checks of configurations only."""
    return rule.model_copy(
        update={
            "checks": tuple(check for check in rule.checks if check.configuration),
            "formerly": tuple(check for check in rule.formerly if check.configuration),
        }
    )
