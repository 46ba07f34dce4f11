"""Everything the folder `compliance/` of a workspace says, as one frozen value."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from controller.compliance.rule import Rule, Waiver
from controller.errors import NotFound, Text
from controller.language import nearest


@dataclass(frozen=True)
class RuleBook:
    """Rules by id, waivers, and the digest of the files they come from.

    `files` is path -> SHA-256 of every file read, `where` rule id -> the file it stands in.
    """

    rules: tuple[Rule, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    def rule(self, name: str) -> Rule | None:
        """The rule with this id."""
        return self._by_id.get(name)

    def known(self, name: str) -> Rule:
        """The rule with this id. Errors: `NotFound`, with the nearest one."""
        found = self.rule(name)
        if found is not None:
            return found
        near = nearest(name, [rule.id for rule in self.rules])
        raise NotFound(
            Text(th=f"ไม่มีเกณฑ์ {name}", en=f"there is no rule {name}"),
            hint=Text(th=f"หมายถึง {near} ใช่หรือไม่", en=f"did you mean {near}?")
            if near
            else Text(th="ดูทั้งหมดด้วย khaen rules list", en="see khaen rules list"),
        )

    def only(self, rules: Collection[str]) -> RuleBook:
        """The same with these rules alone."""
        return replace(self, rules=tuple(rule for rule in self.rules if rule.id in rules))
