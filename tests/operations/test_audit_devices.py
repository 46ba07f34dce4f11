"""Audits: what is judged anew, what changes, who may, what it comes to by school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from controller.compliance.finding import Verdict
from controller.compliance.rule import RuleFile, Waiver
from controller.compliance.rulebook import RuleBook
from controller.errors import InputError, NotAllowed, NotFound
from controller.operations.audit_devices import audit_devices, findings_of
from controller.operations.list_findings import (
    FindingQuery,
    list_audits,
    list_changes,
    list_findings,
    page_findings,
)
from controller.operations.show_compliance import (
    show_compliance,
    show_rule_compliance,
    show_site_compliance,
)
from controller.operations.show_device_compliance import show_device_compliance
from controller.platforms.registry import platform
from controller.store import snapshots
from tests.operations.office import Desk

HOSTNAMED = {
    "id": "hostname",
    "title": {"th": "ชื่ออุปกรณ์ตรงทะเบียน", "en": "Named as the inventory says"},
    "why": [{"kind": "office", "reference": "แนวทางตั้งชื่ออุปกรณ์"}],
    "severity": "notice",
    "checks": [{"configuration": {"required": "hostname {{ device.name }}"}}],
}
NO_TELNET = {
    "id": "no-telnet",
    "title": {"th": "ห้ามเข้าด้วย Telnet", "en": "No telnet"},
    "why": [{"kind": "standard", "reference": "CIS"}],
    "severity": "critical",
    "select": "platform=cisco_ios",
    "checks": [{"configuration": {"within": ["line vty .*"], "forbidden": [".*telnet.*"]}}],
}
GOOD = "hostname {name}\nline vty 0 4\n transport input ssh\n"
BAD = (
    "hostname {name}\nusername admin password 0 hunter2secret\nline vty 0 4\n"
    " transport input telnet ssh\n"
)
SWITCH, OTHER, ELSEWHERE = "kkn-a-sw01", "kkn-a-sw02", "kkn-b-sw01"


def a_book(*rules: dict[str, object], waivers: Sequence[Waiver] = ()) -> RuleBook:
    read = RuleFile.model_validate({"rules": list(rules or (HOSTNAMED, NO_TELNET))})
    digest = str(abs(hash(repr((rules, waivers)))))
    return RuleBook(read.rules, tuple(waivers), files={"compliance/rules/all.yaml": digest})


@pytest.fixture
def ruled(desk: Desk) -> Desk:
    """The desk with two rules and a configuration kept of three switches."""
    ruled = with_book(desk, a_book())
    secret = desk.context.root / "var" / "lab" / "snmp_ro"
    secret.parent.mkdir(parents=True)
    secret.write_text("hunter2community")
    for name, text in ((SWITCH, BAD), (OTHER, GOOD), (ELSEWHERE, BAD)):
        keep(ruled, name, text.format(name=name))
    return ruled


def with_book(desk: Desk, book: RuleBook) -> Desk:
    return replace(desk, context=replace(desk.context, rulebook=lambda: book))


def keep(desk: Desk, name: str, text: str) -> None:
    device = desk.context.inventory().device(name)
    assert device is not None
    blob = desk.context.backups.write(f"{device.site}/{name}.cfg", text)
    print_ = platform(device.platform).fingerprint(text)
    with desk.context.store.begin() as conn:
        snapshots.save_snapshot(conn, name, print_, blob, desk.clock(), "backup")


def verdicts(desk: Desk, name: str) -> dict[str, Verdict]:
    found = show_device_compliance(desk.context, desk.person("engineer1"), name)
    return {pair.rule.id: pair.standing.verdict for pair in found.findings}


def test_devices_are_judged_and_what_stands_is_kept(ruled: Desk) -> None:
    done = audit_devices(ruled.context, ruled.person("engineer1"))
    everything = len(ruled.context.inventory().devices)
    assert len(done.devices) == done.judged == everything
    assert len(findings_of(ruled.context, ruled.person("engineer1"), done)) == 2 * everything
    assert verdicts(ruled, SWITCH) == {"hostname": "pass", "no-telnet": "fail"}
    assert verdicts(ruled, OTHER) == {"hostname": "pass", "no-telnet": "pass"}
    assert done.tally.failed == 2
    assert done.tally.unknown > 0
    assert not done.tally.clean
    (entry,) = ruled.entries("audit_devices")
    assert entry.content["failed"] == 2


def test_a_device_never_backed_up_is_unknown_and_no_pass(ruled: Desk) -> None:
    audit_devices(ruled.context, ruled.person("engineer1"))
    found = show_device_compliance(ruled.context, ruled.person("engineer1"), "kkn-a-sw03")
    assert {p.standing.verdict for p in found.findings} == {"unknown"}
    assert found.tally.score == 0


def test_the_very_line_is_marked_and_no_secret_shown(ruled: Desk) -> None:
    audit_devices(ruled.context, ruled.person("engineer1"))
    found = show_device_compliance(ruled.context, ruled.person("engineer1"), SWITCH)
    assert found.marked == {4: ("no-telnet",)}
    assert found.lines[3] == " transport input telnet ssh"
    assert "hunter2secret" not in "\n".join(found.lines)
    (failed,) = [p for p in found.findings if p.standing.verdict == "fail"]
    (detail,) = failed.standing.finding.details
    assert (detail.kind, detail.path, detail.line) == (
        "extra",
        ("line vty 0 4",),
        "transport input telnet ssh",
    )


def test_the_second_audit_judges_only_what_changed(ruled: Desk) -> None:
    engineer = ruled.person("engineer1")
    audit_devices(ruled.context, engineer)
    ruled.clock.forward(minutes=5)
    assert audit_devices(ruled.context, engineer).judged == 0
    keep(ruled, SWITCH, GOOD.format(name=SWITCH))
    ruled.clock.forward(minutes=5)
    done = audit_devices(ruled.context, engineer)
    assert (done.judged, [f.verdict for f in done.changed]) == (1, ["pass"])
    assert verdicts(ruled, SWITCH)["no-telnet"] == "pass"
    assert audit_devices(ruled.context, engineer, again=True).judged == len(done.devices)
    told = list_changes(ruled.context, engineer, device=SWITCH, rule="no-telnet")
    assert [c.verdict for c in told] == ["pass", "fail"]


def test_another_rule_judges_everything_anew(ruled: Desk) -> None:
    engineer = ruled.person("engineer1")
    first = audit_devices(ruled.context, engineer)
    other = with_book(ruled, a_book({**NO_TELNET, "severity": "warning"}))
    done = audit_devices(other.context, engineer)
    assert done.judged == len(first.devices)
    stands = findings_of(other.context, engineer, done)
    assert {s.rule for s in stands} == {"no-telnet"}, "the rule that is gone stands no more"


def test_one_rule_of_one_device_leaves_the_rest(ruled: Desk) -> None:
    engineer = ruled.person("engineer1")
    audit_devices(ruled.context, engineer)
    done = audit_devices(ruled.context, engineer, f"name={SWITCH}", rules=["no-telnet"])
    (stands,) = findings_of(ruled.context, engineer, done)
    assert (stands.device, stands.rule) == (SWITCH, "no-telnet")
    assert (done.tally.failed, done.tally.applies) == (1, 1)
    assert findings_of(ruled.context, engineer, done, ["pass"]) == ()
    assert verdicts(ruled, SWITCH) == {"hostname": "pass", "no-telnet": "fail"}


def test_what_is_asked_must_be_there(ruled: Desk) -> None:
    engineer = ruled.person("engineer1")
    with pytest.raises(NotFound, match="no-telnet"):
        audit_devices(ruled.context, engineer, rules=["no-telnett"])
    with pytest.raises(InputError):
        audit_devices(ruled.context, engineer, "name=nobody")
    with pytest.raises(InputError, match="fail"):
        list_findings(ruled.context, engineer, FindingQuery(verdict="failed"))
    with pytest.raises(NotFound):
        show_rule_compliance(ruled.context, engineer, "no-rule")


def test_only_engineers_and_officers_audit(ruled: Desk) -> None:
    with pytest.raises(NotAllowed):
        audit_devices(ruled.context, ruled.person("school1"))
    audit_devices(ruled.context, ruled.person("officer1"))


def test_findings_come_the_most_severe_first_and_by_pages(ruled: Desk) -> None:
    engineer = ruled.person("engineer1")
    audit_devices(ruled.context, engineer)
    whole = list_findings(ruled.context, engineer, FindingQuery())
    assert [s.verdict for s in whole.findings[:2]] == ["fail", "fail"]
    second = list_findings(ruled.context, engineer, FindingQuery(), skip=1, most=1)
    assert (second.findings, second.total) == (whole.findings[1:2], whole.total)
    seen: list[tuple[str, str]] = []
    while page := page_findings(
        ruled.context, engineer, FindingQuery(), after=seen[-1] if seen else None, most=3
    ):
        seen += [(s.device, s.rule) for s in page]
    assert len(seen) == len(set(seen)) == whole.total
    some = list_findings(ruled.context, engineer, FindingQuery(site="kkn-school-b", verdict="fail"))
    assert [s.device for s in some.findings] == [ELSEWHERE]


def test_the_office_is_the_sum_of_its_schools(ruled: Desk) -> None:
    engineer = ruled.person("engineer1")
    assert show_compliance(ruled.context, engineer).audit is None
    audit_devices(ruled.context, engineer)
    found = show_compliance(ruled.context, engineer)
    assert found.audit is not None
    assert sum(s.tally.failed for s in found.sites) == found.tally.failed == 2
    assert sum(t.failed for t in found.cells.values()) == 2
    assert sum(t.failed for t in found.districts.values()) == 2
    assert found.rules[0].rule.id == "no-telnet", "the worst first"
    scores = [s.tally.score for s in found.sites if s.tally.score is not None]
    assert scores == sorted(scores)
    assert [day for day, _ in found.trend] == [ruled.context.today()]
    assert found.trend[0][1] == found.tally
    assert next(s for s in found.sites if s.site.site == "kkn-school-b").worst == "no-telnet"


def test_a_site_and_a_rule_tell_their_part(ruled: Desk) -> None:
    engineer = ruled.person("engineer1")
    audit_devices(ruled.context, engineer)
    site = show_site_compliance(ruled.context, engineer, "kkn-school-a")
    assert {s.device for s in site.findings if s.verdict == "fail"} == {SWITCH}
    assert site.trend[0][1] == site.tally
    rule = show_rule_compliance(ruled.context, engineer, "no-telnet")
    assert rule.tally.failed == 2
    assert {s.device for s in rule.findings if s.verdict == "fail"} == {SWITCH, ELSEWHERE}
    assert not any(s.verdict == "not_applicable" for s in rule.findings)


def test_a_school_sees_its_own_and_reads_no_configuration(ruled: Desk) -> None:
    audit_devices(ruled.context, ruled.person("engineer1"))
    school = ruled.person("school1")
    found = show_compliance(ruled.context, school)
    assert [s.site.site for s in found.sites] == ["kkn-school-a"]
    assert found.tally.failed == 1
    assert found.trend[0][1] == found.tally
    own = list_findings(ruled.context, school, FindingQuery()).findings
    assert SWITCH in {s.device for s in own}
    assert ELSEWHERE not in {c.device for c in list_changes(ruled.context, school)}
    assert show_device_compliance(ruled.context, school, SWITCH).lines == ()
    for ask in (
        lambda: show_device_compliance(ruled.context, school, ELSEWHERE),
        lambda: show_site_compliance(ruled.context, school, "kkn-school-b"),
        lambda: list_findings(ruled.context, school, FindingQuery(device=ELSEWHERE)),
    ):
        with pytest.raises(NotFound):
            ask()
    with pytest.raises(NotAllowed):
        list_audits(ruled.context, school)


def test_audits_are_listed_newest_first(ruled: Desk) -> None:
    engineer = ruled.person("engineer1")
    ids = []
    for selector in (f"name={SWITCH}", "all"):
        ruled.clock.forward(minutes=1)
        ids.append(audit_devices(ruled.context, engineer, selector).id)
    kept = list_audits(ruled.context, engineer)
    assert [r.id for r in kept] == ids[::-1]
    assert [r.selector for r in kept] == ["all", f"name={SWITCH}"]
    assert [r.id for r in list_audits(ruled.context, engineer, before=ids[1])] == ids[:1]
