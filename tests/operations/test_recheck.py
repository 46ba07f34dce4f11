"""A case closes when the devices its runs touched were audited since, and pass or are waived."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from controller.compliance.rule import RuleFile, Waiver
from controller.compliance.rulebook import RuleBook
from controller.errors import Refused, Text
from controller.operations.audit_devices import audit_devices
from controller.operations.evaluate_case import evaluate_case
from controller.operations.move_case import move_case
from controller.operations.show_recheck import recheck_after, show_recheck
from controller.plans.outcome import Run, RunDevice, State
from controller.platforms.registry import platform
from controller.processes.case import Case
from controller.processes.moving import record
from controller.store import runs, snapshots
from tests.operations.office import Desk

SW, OTHER, SKIPPED = "kkn-a-sw01", "kkn-a-sw02", "kkn-b-sw01"
RULES = RuleFile.model_validate(
    {
        "rules": [
            {
                "id": "no-telnet",
                "title": {"th": "ห้ามเข้าด้วย Telnet", "en": "No telnet"},
                "why": [{"kind": "office", "reference": "แนวปฏิบัติ"}],
                "severity": "critical",
                "checks": [
                    {"configuration": {"within": ["line vty .*"], "forbidden": [".*telnet.*"]}}
                ],
            },
            {
                "id": "new-enough",
                "title": {"th": "อายุการใช้งาน", "en": "Age"},
                "why": [{"kind": "office", "reference": "แนวปฏิบัติ"}],
                "severity": "notice",
                "checks": [{"hardware": {"age_at_most_years": 0.1}}],
            },
        ]
    }
).rules


def with_book(desk: Desk, *waivers: Waiver) -> Desk:
    """The desk with two rules, one of them on configuration."""
    files = {"compliance/waivers.yaml": str(len(waivers))}
    book = RuleBook(RULES, waivers, files=files)
    return replace(desk, context=replace(desk.context, rulebook=lambda: book))


@pytest.fixture
def ruled(desk: Desk) -> Desk:
    """Two rules, and the secret that hides configurations."""
    secret = desk.context.root / "var" / "lab" / "snmp_ro"
    secret.parent.mkdir(parents=True)
    secret.write_text("hunter2community")
    return with_book(desk)


def keep(desk: Desk, name: str, *lines: str) -> None:
    """The device runs this configuration now."""
    device = desk.context.inventory().device(name)
    assert device is not None
    text = "\n".join((f"hostname {name}", *lines, ""))
    blob = desk.context.backups.write(f"{device.site}/{name}.cfg", text)
    print_ = platform(device.platform).fingerprint(text)
    with desk.context.store.begin() as conn:
        snapshots.save_snapshot(conn, name, print_, blob, desk.clock(), "after")


def carried_out(desk: Desk, other: State = "failed") -> tuple[Case, str]:
    """A case at its evaluation, after a run that touched two devices and left one alone."""
    case = desk.case("2.3", 5)
    run = f"{case.number}-apply-1"
    states: dict[str, State] = {SW: "confirmed", OTHER: other, SKIPPED: "drifted"}
    begun = desk.clock()
    with desk.context.store.begin() as conn:
        runs.create_run(
            conn,
            Run(
                id=run,
                kind="apply",
                case=case.number,
                plan="0" * 64,
                by="engineer1",
                state="running",
                executor="e1",
                started=begun,
            ),
            [RunDevice(run=run, device=d, batch=0, state=s) for d, s in states.items()],
        )
        runs.finish_run(conn, run, "finished", at=desk.clock.forward(minutes=1))
    desk.clock.forward(seconds=1)
    return case, run


def close(desk: Desk, case: Case) -> str:
    """The state of the case after its evaluation."""
    return evaluate_case(desk.context, desk.person("engineer1"), case.number, results="ครบ").state


def record_as_closed(desk: Desk, case: Case) -> str:
    """The state of the case after a move that closes it, whatever door it came through."""

    def change(before: Case, now: datetime, _: bool) -> Case:
        return record(before, "closed", "engineer1", now, state="closed")

    actor = desk.person("engineer1")
    return move_case(desk.context, actor, "evaluate_case", case.number, change).state


def test_the_case_closes_when_the_touched_devices_pass(ruled: Desk) -> None:
    keep(ruled, SW, "ip ssh version 2")
    keep(ruled, OTHER)
    case, run = carried_out(ruled)
    before = show_recheck(ruled.context, ruled.person("director"), case.number)
    assert before is not None
    assert (before.missing, before.passes) == ((SW, OTHER), False)
    recheck_after(ruled.context, run)
    found = show_recheck(ruled.context, ruled.person("director"), case.number)
    assert found is not None
    assert ([d.device for d in found.devices], found.passes) == ([SW, OTHER], True)
    assert close(ruled, case) == "closed"


def test_what_fails_must_be_mended_or_waived(ruled: Desk) -> None:
    keep(ruled, SW, "line vty 0 4", " transport input telnet")
    keep(ruled, OTHER)
    case, run = carried_out(ruled)
    recheck_after(ruled.context, run)
    with pytest.raises(Refused, match=rf"{SW} no-telnet \(fail\)"):
        close(ruled, case)
    waiver = Waiver(
        id="old-device",
        rule="no-telnet",
        select=f"name={SW}",
        reason="รอเปลี่ยนเครื่อง",
        approved_by="ผู้อำนวยการ",
        case="2569-2.3-0099",
        until=date(2030, 1, 1),
    )
    waived = with_book(ruled, waiver)
    ruled.clock.forward(minutes=1)
    audit_devices(waived.context, waived.person("engineer1"), f"name={SW},{OTHER}")
    assert close(waived, case) == "closed"


def test_what_was_taken_back_is_judged_but_not_held_against_the_case(ruled: Desk) -> None:
    keep(ruled, SW)
    keep(ruled, OTHER, "line vty 0 4", " transport input telnet")
    case, run = carried_out(ruled, "rolled_back")
    recheck_after(ruled.context, run)
    found = show_recheck(ruled.context, ruled.person("director"), case.number)
    assert found is not None
    assert [(d.device, d.as_before, d.failing) for d in found.devices] == [
        (SW, False, ()),
        (OTHER, True, (("no-telnet", "fail"),)),
    ]
    assert close(ruled, case) == "closed"


def test_what_nobody_knows_is_no_pass(ruled: Desk) -> None:
    keep(ruled, SW)
    case, run = carried_out(ruled)  # of the other device no configuration was ever kept
    recheck_after(ruled.context, run)
    with pytest.raises(Refused, match=rf"{OTHER} no-telnet \(unknown\)"):
        close(ruled, case)


def test_an_audit_before_the_run_does_not_count(ruled: Desk) -> None:
    keep(ruled, SW)
    keep(ruled, OTHER)
    audit_devices(ruled.context, ruled.person("engineer1"))
    ruled.clock.forward(minutes=1)
    case, _ = carried_out(ruled)
    found = show_recheck(ruled.context, ruled.person("engineer1"), case.number)
    assert found is not None
    assert found.missing == (SW, OTHER)
    with pytest.raises(Refused, match="not audited since its run ended"):
        record_as_closed(ruled, case)
    assert ruled.now(case).state == "open"
    audit_devices(ruled.context, ruled.person("engineer1"), f"name={SW},{OTHER}", again=True)
    assert record_as_closed(ruled, case) == "closed"


def test_whoever_evaluates_at_once_need_not_wait(ruled: Desk) -> None:
    keep(ruled, SW, "line vty 0 4", " transport input telnet")
    keep(ruled, OTHER)
    case, _ = carried_out(ruled)
    with pytest.raises(Refused, match=rf"{SW} no-telnet \(fail\)"):
        close(ruled, case)
    keep(ruled, SW)
    ruled.clock.forward(minutes=1)
    audit_devices(ruled.context, ruled.person("engineer1"))
    assert close(ruled, case) == "closed"


def test_without_rules_on_configuration_there_is_nothing_to_check(desk: Desk) -> None:
    bare = replace(desk, context=replace(desk.context, rulebook=RuleBook))
    case, run = carried_out(bare)
    recheck_after(bare.context, run)
    assert bare.entries("audit_devices") == []
    assert show_recheck(bare.context, bare.person("director"), case.number) is None
    assert close(bare, case) == "closed"


def test_a_case_without_a_run_has_no_recheck(ruled: Desk) -> None:
    case = ruled.case("2.3", 5)
    assert show_recheck(ruled.context, ruled.person("director"), case.number) is None
    assert close(ruled, case) == "closed"


def test_rules_that_cannot_be_read_leave_the_recheck_to_people(
    ruled: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> RuleBook:
        raise Refused(Text(th="เสีย", en="broken rules"))

    _, run = carried_out(ruled)
    recheck_after(replace(ruled.context, rulebook=broken), run)
    assert "broken rules" in caplog.text


def test_what_was_fetched_after_the_recheck_counts_too(ruled: Desk) -> None:
    """Somebody opened telnet by hand meanwhile: the case stays open though the re-check passed."""
    keep(ruled, SW, "ip ssh version 2")
    keep(ruled, OTHER)
    case, run = carried_out(ruled)
    recheck_after(ruled.context, run)
    ruled.clock.forward(minutes=1)
    keep(ruled, SW, "line vty 0 4", " transport input telnet")
    with pytest.raises(Refused, match="no-telnet"):
        close(ruled, case)
