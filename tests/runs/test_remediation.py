"""The circle: what fails is mended by an approved plan, then passes; taken back, it fails again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from controller.app import open_app
from controller.errors import NotAllowed, NotFound, Refused
from controller.operations.audit_devices import audit_devices, findings_of
from controller.operations.context import Context
from controller.operations.remediate_devices import remediate_devices
from controller.store import audit_log
from tests.runs.conftest import Stage
from tests.runs.scene import COMMUNITY, DIRECTOR, ENGINEER, Scene

RULES = """
rules:
  - id: {id}
    title: {{th: เกณฑ์, en: rule}}
    why: [{{kind: office, reference: order}}]
    severity: warning
    checks:
      - {check}
"""
CHECKS = {
    "ntp": "configuration: {required: ntp server 10.0.0.5}",
    "web": "{platform: [cisco_ios], configuration: {required: no ip http server}}",
    "old-account": "configuration: {forbidden: ['username old .*']}",
    "port-names": "configuration: {within: ['interface .*Ethernet.*[12]'], "
    "patterns: ['description .*'], mend: description Staff room}",
    "community": "{platform: [cisco_ios], configuration: {required: '%s RO'}}\n"
    "      - {platform: [arista_eos], configuration: {required: '%s ro'}}"
    % (("""snmp-server community {{ secret("snmp_ro") }}""",) * 2),
}
CUTTING = (
    "configuration: {within: ['interface (Vlan99|Management1)'], forbidden: ['ip address .*']}"
)


@contextmanager
def opened(scene: Scene, **rules: str) -> Iterator[Context]:
    """The program in the scene's workspace, with these rules."""
    (scene.root / "password").write_text(scene.password)
    (scene.root / "snmp").write_text(COMMUNITY)
    folder = scene.root / "compliance/rules"
    folder.mkdir(parents=True, exist_ok=True)
    for name, check in rules.items():
        ident = name.replace("_", "-")
        (folder / f"{ident}.yaml").write_text(RULES.format(id=ident, check=check), "utf-8")
    with open_app(scene.root) as context:
        yield context


def audit(context: Context) -> dict[tuple[str, str], str]:
    """The verdicts on what the devices run now."""
    made = audit_devices(context, ENGINEER, "all", fetch=True)
    standing = findings_of(context, ENGINEER, made)
    return {(one.device, one.rule): one.verdict for one in standing}


def carry_out(scene: Scene, number: str, kind: str = "apply") -> None:
    """Run a case and see every device confirmed."""
    with scene.engine() as engine:
        run = engine.start(number, "rollback" if kind == "rollback" else "apply", ENGINEER)
        ended = engine.wait(run)
    assert {row.state for row in scene.rows(ended.id).values()} <= {"confirmed", "rolled_back"}


def test_mended_devices_pass_and_taken_back_they_fail_again(stage: Stage) -> None:
    scene = stage(ios=1, eos=1)
    for device in scene.devices:
        device.type("username old privilege 1 secret 0 x1y2z3a4")
    checks = {name.replace("-", "_"): check for name, check in CHECKS.items()}
    with opened(scene, **checks) as context:
        before = audit(context)
        assert "fail" in before.values()
        made = remediate_devices(context, ENGINEER, "all")
        assert made.left == ()
        assert not made.plan.refusals(), made.plan.refusals()
        assert {d.device for d in made.plan.devices} == {d.name for d in scene.devices}
        assert set(made.plan.mends) == set(CHECKS)
        number = scene.approved_plan(made.plan)
        carry_out(scene, number)
        after = audit(context)
        assert set(after.values()) <= {"pass", "not_applicable"}, after
        again = remediate_devices(context, ENGINEER, "all")
        assert (again.plan.devices, again.plan.mends, again.left) == ((), (), ())
        carry_out(scene, number, "rollback")
        assert audit(context) == before
        with context.store.read() as conn:
            actions = [entry.action for entry in audit_log.about(conn, made.plan.id)]
        assert actions == ["remediate_devices"]


def test_an_edited_rule_voids_the_plan(stage: Stage) -> None:
    scene = stage(ios=1)
    with opened(scene, ntp=CHECKS["ntp"], web=CHECKS["web"]) as context:
        made = remediate_devices(context, ENGINEER, "all", ("ntp",))
        (device,) = made.plan.devices
        assert device.candidate == "ntp server 10.0.0.5\n"
        paths = [file.path for file in made.plan.inputs]
        assert "compliance/rules/ntp.yaml" in paths
        assert "compliance/rules/web.yaml" not in paths
        number = scene.approved_plan(made.plan)
        rules = scene.root / "compliance/rules/ntp.yaml"
        rules.write_text(rules.read_text("utf-8").replace("10.0.0.5", "10.0.0.6"), "utf-8")
        with scene.engine() as engine, pytest.raises(Refused, match=r"ntp\.yaml"):
            engine.start(number, "apply", ENGINEER)


def test_nothing_that_mends_cuts_our_own_way(stage: Stage) -> None:
    scene = stage(ios=1, eos=1)
    with opened(scene, ntp=CHECKS["ntp"], cutting=CUTTING) as context:
        made = remediate_devices(context, ENGINEER, "all")
        assert not made.plan.refusals()
        assert made.plan.mends == ("ntp",)
        assert {(gap.device, gap.rule) for gap in made.left} == {
            (device.name, "cutting") for device in scene.devices
        }
        assert {d.candidate for d in made.plan.devices} == {"ntp server 10.0.0.5\n"}


def test_who_may_and_what_is_asked_for(stage: Stage) -> None:
    scene = stage(ios=1)
    with opened(scene, ntp=CHECKS["ntp"]) as context:
        with pytest.raises(NotAllowed):
            remediate_devices(context, DIRECTOR, "all")
        with pytest.raises(NotFound, match="no rule nto"):
            remediate_devices(context, ENGINEER, "all", ("nto",))
