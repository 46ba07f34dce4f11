"""Findings as JUnit and SARIF say what was found, and nothing a reader of them chokes on."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

from controller.compliance.check import Check, ConfigurationCheck
from controller.compliance.finding import VERDICTS, Detail, Finding
from controller.compliance.rule import Ground, Rule, Words
from controller.compliance.rulebook import RuleBook
from controller.documents.junit import junit
from controller.documents.sarif import sarif
from controller.errors import Text

AT = datetime(2026, 11, 2, 20, 0, tzinfo=UTC)
TELNET = Detail("extra", ("line vty 0 4",), "transport input telnet <&\x07>", 41)
UNSAID = Detail("unknown", words=Text(th="ไม่มีข้อมูลสำรอง", en="no configuration is kept"))


def a_rule(name: str, severity: str = "critical") -> Rule:
    return Rule.model_validate(
        {
            "id": name,
            "title": Words(th="ห้ามใช้ Telnet", en="No telnet"),
            "why": (Ground(kind="standard", reference="CIS 5.2"),),
            "severity": severity,
            "checks": (Check(configuration=ConfigurationCheck(forbidden=("telnet",))),),
        }
    )


BOOK = RuleBook(rules=(a_rule("no-telnet"), a_rule("hostname", "notice")))
FOUND = (
    Finding("no-telnet", "sw-1", "fail", (TELNET, UNSAID)),
    Finding("hostname", "sw-1", "unknown", (UNSAID,)),
    Finding("no-telnet", "sw-2", "waived", (TELNET,), waiver="old-switches"),
    Finding("hostname", "sw-2", "pass", due=date(2027, 1, 1)),
    Finding("no-telnet", "sw-3", "fail", expired="older"),
    Finding("hostname", "sw-3", "not_applicable"),
)


def test_junit_has_a_suite_for_each_device_and_a_case_for_each_rule() -> None:
    top = ET.fromstring(junit(FOUND, BOOK, AT))
    assert [suite.get("name") for suite in top] == ["sw-1", "sw-2", "sw-3"]
    first = top[0]
    counts = {key: first.get(key) for key in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "2", "failures": "1", "errors": "1", "skipped": "0"}
    failure = first[0][0]
    assert failure.tag == "failure"
    assert "line vty 0 4 > transport input telnet <&[U+0007]>" in (failure.text or "")
    assert "no configuration is kept" in (failure.text or "")
    assert first[1][0].tag == "error"
    assert [case[0].tag if len(case) else "" for case in top[1]] == ["skipped", ""]
    assert "older has expired" in (top[2][0][0].get("message") or "")


def test_sarif_has_a_result_for_each_thing_found() -> None:
    told = json.loads(sarif(FOUND, BOOK, {"sw-1": "kkn-office/sw-1.cfg"}, "0.1.0"))
    assert told["version"] == "2.1.0"
    (run,) = told["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["no-telnet", "hostname"]
    results = run["results"]
    assert [(r["ruleId"], r["level"], r["kind"]) for r in results] == [
        ("no-telnet", "error", "fail"),
        ("no-telnet", "error", "fail"),
        ("hostname", "none", "review"),
        ("no-telnet", "error", "fail"),
        ("no-telnet", "error", "fail"),
    ]
    place = results[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "kkn-office/sw-1.cfg"
    assert place["region"] == {"startLine": 41}
    assert "region" not in results[1]["locations"][0]["physicalLocation"]
    assert results[3]["suppressions"] == [{"kind": "external", "justification": "old-switches"}]
    assert all(run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] == r["ruleId"] for r in results)


def test_every_result_is_known_again_next_time() -> None:
    """Its fingerprint does not hang on where the line stands."""
    moved = Detail(TELNET.kind, TELNET.path, TELNET.line, 57)
    one, other = (
        json.loads(sarif([Finding("no-telnet", "sw-1", "fail", (d,))], BOOK, {}, "0.1.0"))
        for d in (TELNET, moved)
    )
    prints = [told["runs"][0]["results"][0]["partialFingerprints"] for told in (one, other)]
    assert prints[0] == prints[1]


def test_no_findings_are_a_whole_file_too() -> None:
    assert len(ET.fromstring(junit((), BOOK, AT))) == 0
    assert json.loads(sarif((), BOOK, {}, "0.1.0"))["runs"][0]["results"] == []


def test_each_verdict_is_told_in_a_way_of_its_own() -> None:
    told = {}
    for verdict in VERDICTS:
        suite = ET.fromstring(junit([Finding("hostname", "sw", verdict)], BOOK, AT))
        told[verdict] = [child.tag for child in suite[0][0]]
    assert told == {
        "fail": ["failure"],
        "unknown": ["error"],
        "waived": ["skipped"],
        "pass": [],
        "not_applicable": ["skipped"],
    }
