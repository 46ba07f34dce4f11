"""Findings as SARIF 2.1.0 (OASIS), which pipelines and editors show beside the lines they name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from controller.compliance.finding import Detail, Finding
from controller.compliance.rule import Rule
from controller.compliance.rulebook import RuleBook
from controller.compliance.wording import detail_words, finding_words, place_of
from controller.documents.xml_text import legal

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"critical": "error", "warning": "warning", "notice": "note"}


def sarif(
    findings: Iterable[Finding], book: RuleBook, places: Mapping[str, str], version: str
) -> str:
    """The JSON: a result for each thing a failed, unknown or waived finding rests on.

    `places` is device -> the path its configuration is kept under. A waiver is a suppression;
    passes are left out. Words are English: machines read it.
    """
    rules = {rule.id: number for number, rule in enumerate(book.rules)}
    results = [
        result
        for finding in findings
        if finding.verdict in ("fail", "unknown", "waived")
        for result in _results(finding, book, rules, places.get(finding.device, finding.device))
    ]
    run = {
        "tool": {
            "driver": {
                "name": "khaen",
                "version": version,
                "rules": [_rule(rule) for rule in book.rules],
            }
        },
        "results": results,
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title.en},
        "fullDescription": {"text": rule.title.th},
        "help": {"text": "; ".join(f"{w.kind}: {w.reference}" for w in rule.why)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _results(
    finding: Finding, book: RuleBook, rules: Mapping[str, int], path: str
) -> Iterable[dict[str, Any]]:
    rule = book.rule(finding.rule)
    for detail in finding.details or (None,):
        told: dict[str, Any] = {
            "ruleId": finding.rule,
            "level": _LEVELS[rule.severity] if rule else "error",
            "kind": "review" if finding.verdict == "unknown" else "fail",
            "message": {"text": _message(finding, detail)},
            "locations": [_location(finding.device, path, detail)],
            "partialFingerprints": {"khaen/v1": _identity(finding, detail)},
        }
        if finding.verdict == "unknown":
            # The standard allows a level other than none for failures only.
            told["level"] = "none"
        if finding.rule in rules:
            told["ruleIndex"] = rules[finding.rule]
        if finding.verdict == "waived":
            told["suppressions"] = [{"kind": "external", "justification": finding.waiver}]
        yield told


def _message(finding: Finding, detail: Detail | None) -> str:
    words = finding_words(finding) if detail is None else detail_words(detail)
    return legal(f"{finding.device}: {words.en}")


def _identity(finding: Finding, detail: Detail | None) -> str:
    place = place_of(detail) if detail else ""
    return legal(f"{finding.device}/{finding.rule}/{place}")


def _location(device: str, path: str, detail: Detail | None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": path}}
    if detail is not None and detail.number is not None:
        place["region"] = {"startLine": detail.number}
    return {
        "physicalLocation": place,
        "logicalLocations": [{"name": device, "kind": "resource"}],
    }
