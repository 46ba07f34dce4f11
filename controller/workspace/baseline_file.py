"""How editions and baselines are written as YAML, by an import and for whoever exports one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import yaml

from controller.specs.baseline import Baseline, Edition
from controller.specs.criterion import Criterion

_ORDER = (
    *("id", "text", "attribute", "operator", "value", "unit", "mandatory", "weight", "reason"),
)
_HEAD = "# yaml-language-server: $schema={above}.khaen/schemas/{schema}\n"


class _Dumper(yaml.SafeDumper):
    """Lists are indented below their key, numbers written as people do, no text is folded."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


def _decimal(dumper: yaml.SafeDumper, number: Decimal) -> yaml.ScalarNode:
    if number == number.to_integral_value():
        return dumper.represent_scalar("tag:yaml.org,2002:int", str(int(number)))
    return dumper.represent_scalar("tag:yaml.org,2002:float", f"{number.normalize():f}")


_Dumper.add_representer(Decimal, _decimal)


def baselines_text(edition: str, baselines: Iterable[Baseline], head: str = "") -> str:
    """A file of `specs/baselines`. `head`: the comments it begins with, ours when empty."""
    value = {"edition": edition, "baselines": [baseline_value(b) for b in baselines]}
    return (head or _HEAD.format(above="../../", schema="baselines.json")) + _dumped(value)


def editions_text(editions: Sequence[Edition], head: str = "") -> str:
    """The file `specs/editions.yaml`. `head`: the comments it begins with, ours when empty."""
    value = {"editions": [edition_value(e) for e in editions]}
    return (head or _HEAD.format(above="../", schema="editions.json")) + _dumped(value)


def whole_text(edition: Edition, baselines: Iterable[Baseline]) -> str:
    """An edition and its baselines in one file, as an import takes them."""
    return _dumped(
        {"edition": edition_value(edition), "baselines": [baseline_value(b) for b in baselines]}
    )


def head_of(text: str) -> str:
    """The comments and empty lines a file begins with."""
    lines = text.splitlines(keepends=True)
    count = next((n for n, line in enumerate(lines) if line.strip() and line[0] != "#"), len(lines))
    return "".join(lines[:count])


def edition_value(edition: Edition) -> dict[str, Any]:
    """The edition as its file has it: what is as by default is left out."""
    return edition.model_dump(exclude_defaults=True) | {"status": edition.status}


def baseline_value(baseline: Baseline) -> dict[str, Any]:
    """The baseline as its file has it: what is as by default is left out, and its edition."""
    value = baseline.model_dump(exclude_defaults=True, exclude={"edition", "criteria"})
    criteria = [criterion_value(c) for c in baseline.criteria]
    return value | ({"criteria": criteria} if criteria else {})


def criterion_value(criterion: Criterion) -> dict[str, Any]:
    """The criterion as its file has it: what is as by default is left out."""
    told = criterion.model_dump(exclude_defaults=True)
    if isinstance(criterion.value, tuple):
        told["value"] = list(criterion.value)
    # A number is read with the unit after it.
    return {name: told[name] for name in _ORDER if name in told}


def _dumped(value: dict[str, Any]) -> str:
    text: str = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000, indent=2
    )
    return text
