"""The rules by which polls become alerts: read from `rules.yaml`, changed by an office's file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from controller.errors import InputError, Problem, Text
from controller.inventory.device import Role
from controller.inventory.watching import RuleChange, ServiceDefinition, Severity, Watching

FILE = "rules.yaml"
MeasureName = Literal[
    "down", "device_changes", "port_changes", "cpu", "memory", "temperature", "hardware",
    "port_errors", "port_discards", "duplex", "load", "port_down", "poe", "no_clients",
    "on_battery", "charge", "told", "firmware", "firmware_days", "unpolled",
]  # fmt: skip
PortScope = Literal["all", "uplink", "other"]
# What people call how bad something is, worst first.
SEVERITIES: dict[str, Text] = {
    "critical": Text(th="วิกฤต", en="critical"),
    "warning": Text(th="เตือน", en="warning"),
    "notice": Text(th="แจ้งเพื่อทราบ", en="notice"),
}


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Value):
    """Words in both languages."""

    th: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @property
    def text(self) -> Text:
        """As a `Text`."""
        return Text(th=self.th, en=self.en)


class Rule(_Value):
    """One rule; `rules.yaml` says what each key means. Times in minutes."""

    rule: str = Field(pattern=r"^[a-z]+(_[a-z]+)*$")
    measure: MeasureName
    severity: Severity
    threshold: float
    clear: float
    grace: float = Field(default=0, ge=0)
    hold: float = Field(default=0, ge=0)
    below: bool = False
    ports: PortScope | None = None
    roles: tuple[Role, ...] = ()
    within: float = Field(default=60, gt=0)
    cause: bool = False
    shadow: bool = False
    by_hand: bool = False
    title: Words
    words: Words

    @model_validator(mode="after")
    def _hysteresis(self) -> Rule:
        if self.clear > self.threshold if not self.below else self.clear < self.threshold:
            raise ValueError("clear must lie on the well side of threshold")
        return self

    def said(self, part: str, value: float, limit: float) -> Text:
        """The rule's words with the figures."""
        told = {
            "part": part,
            "value": figure(value),
            "limit": figure(limit),
            "within": figure(self.within),
        }
        return Text(th=self.words.th.format(**told), en=self.words.en.format(**told))


class Unmeasured(_Value):
    """Something there is no rule about, and why."""

    what: str
    th: str
    en: str


class RuleFile(_Value):
    """The whole of `rules.yaml`."""

    rules: tuple[Rule, ...] = Field(min_length=1)
    unmeasured: tuple[Unmeasured, ...] = ()
    services: tuple[ServiceDefinition, ...]

    @model_validator(mode="after")
    def _each_once(self) -> RuleFile:
        names = [rule.rule for rule in self.rules]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two rules have one name: {', '.join(twice)}")
        return self


@dataclass(frozen=True)
class Rules:
    """The rules of an office, by name."""

    by_name: dict[str, Rule]
    services: tuple[ServiceDefinition, ...]
    watching: Watching

    def rule(self, name: str) -> Rule | None:
        """The rule of this name; None when it is switched off or gone."""
        return self.by_name.get(name)

    @property
    def causes(self) -> frozenset[str]:
        """The rules whose alerts have shadows."""
        return frozenset(name for name, rule in self.by_name.items() if rule.cause)


def read_rules(text: str, path: str = FILE) -> RuleFile:
    """The rules a text holds. Errors: `InputError` naming every place that is wrong."""
    try:
        content = yaml.load(text, Loader=yaml.CSafeLoader)
        return RuleFile.model_validate(content)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise _wrong((Problem(path, line, column, _NO_YAML),)) from None
    except ValidationError as error:
        raise _wrong(tuple(_problem(path, e) for e in error.errors())) from None


@cache
def usual_rules() -> RuleFile:
    """The rules the program comes with."""
    return read_rules(files("controller.health").joinpath(FILE).read_text(encoding="utf-8"))


def rules_of(watching: Watching, usual: RuleFile | None = None) -> Rules:
    """The rules as an office wants them; names it knows and we do not are left aside.

    A threshold moved past the place where it clears moves that place with it.
    """
    known = usual or usual_rules()
    changed = ((rule, watching.rules.get(rule.rule)) for rule in known.rules)
    kept = {
        rule.rule: _changed(rule, change)
        for rule, change in changed
        if change is None or change.enabled
    }
    return Rules(kept, watching.services or known.services, watching)


def figure(value: float) -> str:
    """A figure as people read it: whole where it is large, else with what matters."""
    if abs(value) >= 100 or value == int(value):
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 1 else f"{value:.2f}"


def _changed(rule: Rule, change: RuleChange | None) -> Rule:
    if change is None:
        return rule
    given: dict[str, Any] = {
        "severity": change.severity,
        "threshold": change.threshold,
        "clear": change.clear,
        "grace": change.grace_minutes,
        "hold": change.hold_minutes,
        "within": change.within_minutes,
        "roles": change.roles,
    }
    update = {name: value for name, value in given.items() if value is not None}
    threshold = update.get("threshold", rule.threshold)
    clear = update.get("clear", rule.clear)
    update["clear"] = max(clear, threshold) if rule.below else min(clear, threshold)
    return rule.model_copy(update=update)


def _problem(path: str, error: Any) -> Problem:
    place = ".".join(str(step) for step in error["loc"]) or path
    message = error["msg"]
    return Problem(path, 0, 0, Text(th=f"{place}: ค่าไม่ถูกต้อง ({message})", en=f"{place}: {message}"))


def _wrong(problems: tuple[Problem, ...]) -> InputError:
    return InputError(
        Text(
            th=f"แฟ้มกฎการเฝ้าระวังมีข้อผิดพลาด {len(problems)} แห่ง",
            en=f"the file of health rules has {len(problems)} problems",
        ),
        problems=problems,
    )


_NO_YAML = Text(th="อ่านเป็น YAML ไม่ได้", en="this is not YAML")
