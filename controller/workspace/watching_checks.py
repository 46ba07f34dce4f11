"""What must hold in `health.yaml` beyond its shape: the rules and platforms it names exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from controller.errors import Problem, Text
from controller.health.rules import usual_rules
from controller.language import nearest, shown
from controller.workspace.yaml_lines import Document


def check_watching(health: Document, platforms: Collection[str]) -> Iterator[Problem]:
    """Rules and platforms nobody knows, services named twice, clear beyond the threshold."""
    content = health.value if isinstance(health.value, dict) else {}
    known = {rule.rule: rule for rule in usual_rules().rules}
    rules = content.get("rules")
    for name, change in rules.items() if isinstance(rules, dict) else ():
        rule = known.get(name)
        if rule is None:
            allowed = tuple(sorted(known))
            near = nearest(name.lower().replace("-", "_"), allowed)
            yield health.problem(
                ("rules", name), _NO_RULE, key=True, allowed=allowed, suggestion=near
            )
            continue
        clear = change.get("clear") if isinstance(change, dict) else None
        if isinstance(clear, int | float):
            threshold = change.get("threshold", rule.threshold)
            if isinstance(threshold, int | float) and _is_beyond(clear, threshold, rule.below):
                yield health.problem(("rules", name, "clear"), _BEYOND)
    wanted = content.get("firmware")
    for name in wanted if isinstance(wanted, dict) else ():
        if name not in platforms:
            yield health.problem(
                ("firmware", name),
                _NO_PLATFORM,
                key=True,
                allowed=shown(name, platforms),
                suggestion=nearest(name, platforms),
            )
    seen: set[str] = set()
    for place, service in health.mappings("services"):
        name = service.get("service")
        if isinstance(name, str) and name in seen:
            yield health.problem((*place, "service"), _TWICE)
        seen.add(str(name))


def _is_beyond(clear: float, threshold: float, below: bool) -> bool:
    return clear < threshold if below else clear > threshold


_NO_RULE = Text(th="ไม่มีกฎนี้", en="there is no such rule")
_NO_PLATFORM = Text(th="ไม่รู้จักแพลตฟอร์มนี้", en="unknown platform")
_TWICE = Text(th="บริการนี้ซ้ำ", en="this service stands there twice")
_BEYOND = Text(
    th="ค่า clear ต้องอยู่ฝั่งปกติของ threshold", en="clear must lie on the well side of threshold"
)
