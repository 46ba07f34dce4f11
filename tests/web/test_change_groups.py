"""A plan on a page: what differs from the rest first, whatever is in it inert."""

from __future__ import annotations

import re
from dataclasses import replace

from controller.plans.build import build_plan
from controller.plans.plan import Accepted, Plan, PlaybookRun, Reason, TaskPlan, Tool
from controller.settings import Settings
from controller.web.parts.change_groups import AT_ONCE, change_groups, lines_of, reasons
from tests.plans.example import observation

SETTINGS = Settings.model_validate({})
NASTY = "<script>alert(1)</script>"


def planned(*observed: object, **more: object) -> Plan:
    """A plan for these observations."""
    told = {"office": "o", "selector": "all", "inputs": (), "settings": SETTINGS}
    return build_plan(**(told | more), observations=observed)  # type: ignore[arg-type]


def many(number: int, odd: int = 2) -> Plan:
    """The same line for every device, another one for the last `odd` of them."""
    usual = [observation(f"sw{n:04}", site=f"s{n % 84}") for n in range(number - odd)]
    return planned(*usual, *(observation(f"x{n}", diff=f"+hostname odd{n}") for n in range(odd)))


def test_outliers_stand_first() -> None:
    """What happens to one device of thirty is read before what happens to the rest."""
    drawn = change_groups("th", many(30, odd=1))
    assert drawn.index("hostname odd0") < drawn.index("+hostname new")
    assert drawn.index("ต่างจากพวก") < drawn.index("+hostname new")
    assert "เรียงตามหน่วยงาน" in drawn


def with_reasons(plan: Plan, *told: Reason, accepted: str = "") -> Plan:
    """The plan with these reasons against every device; `changes_logins` accepted if so told."""
    devices = tuple(d.model_copy(update={"reasons": told}) for d in plan.devices)
    taken = (Accepted(check="changes_logins", why=accepted),) if accepted else ()
    return plan.model_copy(update={"devices": devices, "accepted": taken})


def test_configuration_lines_are_inert() -> None:
    """Also the words of a reason, of its acceptance and of a device that could not be reached."""
    plan = planned(observation("a", diff=f"+banner {NASTY}"), observation("b", unreachable=NASTY))
    reason = Reason(check="changes_logins", th=NASTY, en=NASTY)
    drawn = change_groups("en", with_reasons(plan, reason, accepted=NASTY))
    assert "<script" not in drawn
    assert drawn.count("&lt;script&gt;") == 4


def test_a_secret_is_not_shown() -> None:
    """The difference carries references and hidden words only."""
    plan = planned(observation("a", diff="+snmp-server community s3cr3t ro"))
    assert "s3cr3t" not in change_groups("th", plan)


def test_reasons_are_told_with_their_devices_and_who_took_them_on() -> None:
    """One reason, all its devices; what nobody accepted stands before what somebody did."""
    logins = Reason(check="changes_logins", th="เปลี่ยนบัญชี", en="logins")
    cuts = Reason(check="cuts_management", th="ตัดทาง", en="cuts")
    plan = with_reasons(
        planned(observation("a"), observation("b")), logins, cuts, accepted="ตามหนังสือสั่งการ"
    )
    told = reasons(plan)
    assert [(r.check, r.accepted) for r in told] == [
        ("cuts_management", None),
        ("changes_logins", "ตามหนังสือสั่งการ"),
    ]
    assert {r.devices for r in told} == {("a", "b")}
    drawn = change_groups("th", plan)
    assert drawn.index("ตัดทาง") < drawn.index("ตามหนังสือสั่งการ")
    assert "อนุมัติไม่ได้" in drawn


def test_lines_have_the_colour_of_their_sign() -> None:
    """Also where the sign stands behind the margin."""
    from controller.plans.groups import group

    lines = lines_of(group(planned(observation("a", diff="+vlan 5\n+ name X")))[0].diff)
    assert {line.kind for line in lines if "name X" in line.text} == {"add"}


def test_very_many_groups_go_on_at_the_plans_own_page() -> None:
    """Each group stands on exactly one part."""
    plan = many(AT_ONCE + 10, odd=AT_ONCE + 5)
    drawn = [change_groups("th", plan, part) for part in (1, 2)]
    numbers = [re.findall(r"กลุ่มที่ (\d+) ", one) for one in drawn]
    assert len(numbers[0]) == AT_ONCE
    assert sorted(int(n) for part in numbers for n in part) == list(range(1, AT_ONCE + 7))
    assert f"/plans/{plan.id}?part=2" in drawn[0]


def test_what_nobody_can_predict_is_red() -> None:
    """Every task of a playbook stands with its group; what it types is under its section."""
    module = "cisco.ios.ios_config"
    tasks = (
        TaskPlan(task="Name", module=module, effect="changes", lines="interface gi0/1\nmtu 9000"),
        TaskPlan(task=NASTY, module="x", effect="not-predictable"),
    )
    run = PlaybookRun(
        name="rooms", process="2.3", parameters=(("room", NASTY),), inventory="0" * 64,
        tools=(Tool(name="ansible-core", version="2"),), timeout_minutes=1,
    )  # fmt: skip
    seen = replace(observation("a"), operation="playbook", diff=None, candidate="", tasks=tasks)
    drawn = change_groups("th", planned(seen, playbook=run))
    assert '<span class="state bad">คาดการณ์ไม่ได้</span>' in drawn
    assert drawn.index("Name") < drawn.index("interface gi0/1") < drawn.index("mtu 9000")
    assert "<script" not in drawn
    assert 'href="/playbooks/rooms"' in drawn
