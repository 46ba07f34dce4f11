"""Findings as JUnit XML, which pipelines show as tests: one suite for each device."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from xml.etree import ElementTree as ET

from controller.compliance.finding import Finding
from controller.compliance.rulebook import RuleBook
from controller.compliance.wording import detail_words, finding_words
from controller.documents.xml_text import legal


def junit(findings: Iterable[Finding], book: RuleBook, at: datetime) -> str:
    """The XML: a failed rule is a failure, an unknown one an error, the others pass or are skipped.

    `findings` are by device, as the store gives them. Words are English: machines read it.
    """
    top = ET.Element("testsuites", name="khaen audit")
    for device, found in groupby(findings, key=lambda f: f.device):
        _suite(top, device, list(found), book, at)
    ET.indent(top)
    return ET.tostring(top, encoding="unicode", xml_declaration=True) + "\n"


def _suite(
    top: ET.Element, device: str, found: list[Finding], book: RuleBook, at: datetime
) -> None:
    counts = {
        word: sum(f.verdict in verdicts for f in found) for word, verdicts in _COUNTED.items()
    }
    suite = ET.SubElement(
        top,
        "testsuite",
        name=device,
        tests=str(len(found)),
        timestamp=at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    for word, number in counts.items():
        suite.set(word, str(number))
    for finding in found:
        rule = book.rule(finding.rule)
        case = ET.SubElement(suite, "testcase", classname=device, name=finding.rule)
        if finding.verdict == "pass":
            continue
        told = legal(finding_words(finding).en)
        body = legal("\n".join(detail_words(d).en for d in finding.details))
        kind = rule.severity if rule else ""
        if finding.verdict == "fail":
            ET.SubElement(case, "failure", message=told, type=kind).text = body
        elif finding.verdict == "unknown":
            ET.SubElement(case, "error", message=told, type=kind).text = body
        else:
            ET.SubElement(case, "skipped", message=told)


_COUNTED = {
    "failures": ("fail",),
    "errors": ("unknown",),
    "skipped": ("waived", "not_applicable"),
}
