"""The peers' cases of compliance, judged by a rule with a golden section: the same verdicts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from controller.compliance.check import ConfigurationCheck
from controller.compliance.configuration_checks import PreparedConfigurationCheck
from controller.compliance.tree import Tree
from controller.configuration.lines import Path, paths, read_lines, write_lines
from controller.configuration.sections import beginning
from tests.configuration.reading_cases import UNKNOWN, Reader, titled
from tests.recorded import recorded

Case = dict[str, Any]


def test_a_golden_section_is_judged_as_the_peers_do() -> None:
    """Fails what they find not compliant, for the very lines they find missing and extra."""
    count = 0
    for feature, actual, intended, told, reader in _cases():
        count += 1
        beginnings = [""] if reader.titled else feature["section"]
        wanted = beginning(read_lines(intended, reader.grammar), beginnings)
        check = ConfigurationCheck(
            required=write_lines(wanted, reader.grammar.indent) or "\n",
            golden=tuple(f"{re.escape(start)}.*" for start in beginnings),
            ordered=feature["ordered"],
        )
        found = PreparedConfigurationCheck(check).judge(Tree(actual, reader.grammar), {})
        assert found.verdict == ("pass" if told["compliant"] else "fail"), feature
        for kind, other in (("missing", actual), ("extra", intended)):
            details = {(*d.path, d.line) for d in found.details if d.kind == kind}
            assert _outermost(details) == _outermost(_lines(told[kind], other, reader)), feature
    assert count == 22


def _cases() -> Iterator[tuple[Case, str, str, Case, Reader]]:
    """Feature, configuration, what was intended, what the peer tells, and how to read it."""
    for category in ("compliance_multi", "compliance_feature"):
        for path in sorted(recorded("config", category).glob("*.json")):
            case = json.loads(path.read_text(encoding="utf-8"))
            name = case["network_os"]
            if name in UNKNOWN:
                continue
            reader = Reader(name)
            for feature in case.get("features") or [case["feature"]]:
                told = case["expected"]
                actual, intended = case.get("backup", case.get("actual")), case["intended"]
                if "features" in case:
                    told = told[feature["name"]]
                if reader.titled:
                    actual, intended = (titled(t)[feature["name"]] for t in (actual, intended))
                yield feature, actual, intended, told, reader


def _lines(told: str, other: str, reader: Reader) -> set[Path]:
    """The lines the peer tells, without the sections around them that the other side has too."""
    there = set(paths(read_lines(other, reader.grammar)))
    found = paths(reader.lines(told))
    if reader.titled:
        found = (path[1:] for path in found if len(path) > 1)
    return {path for path in found if path not in there}


def _outermost(found: set[Path]) -> set[Path]:
    """Without what stands below another: a section is told with its lines or for all of them."""
    return {p for p in found if not any(p[:n] in found for n in range(1, len(p)))}
