"""Predicting from backups: never approved, complete, and twice the same gives nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from controller.plans.build import build_plan
from controller.plans.difference import read_difference
from controller.plans.groups import group
from controller.plans.plan import Plan
from controller.plans.predicted import predict, predict_observation
from controller.platforms.registry import platform
from controller.settings import Settings
from tests.plans.example import EOS, IOS, device

TEMPLATE = "hostname {}\nno ip http server\nsnmp-server community ⟦secret:snmp_ro⟧ RO\n"


def plan(backups: dict[str, str | None]) -> Plan:
    seen = [
        predict_observation(device(name), platform("cisco_ios"), backup, TEMPLATE.format("new"))
        for name, backup in backups.items()
    ]
    return build_plan(
        office="kkn", selector="all", inputs=(), settings=Settings(), observations=seen,
        predicted=True,
    )  # fmt: skip


def test_a_predicted_plan_can_be_read_and_never_approved() -> None:
    made = plan({"a": IOS, "b": IOS.replace("kkn-a-sw01", "kkn-b-sw01"), "c": None})
    assert made.predicted
    assert [d.device for d in made.devices] == ["a", "b"]
    assert made.left_out[0].why == "unreachable"
    assert [(name, r.check) for name, r in made.refusals()] == [("*", "predicted")]
    assert [g.devices for g in group(made)] == [("a",), ("b",)]
    accepted = made.model_copy(update={"predicted": False})
    assert Plan.model_validate(accepted.model_dump()).id != made.id


def test_safety_is_judged_on_the_prediction() -> None:
    seen = predict_observation(
        device(), platform("cisco_ios"), IOS, "interface vlan 99\n shutdown\n"
    )
    made = build_plan(
        office="kkn", selector="all", inputs=(), settings=Settings(), observations=[seen],
        predicted=True,
    )  # fmt: skip
    assert "cuts_management" in [reason.check for _, reason in made.refusals()]


def test_what_is_already_so_is_no_change() -> None:
    for known, running in (("cisco_ios", IOS), ("arista_eos", EOS)):
        assert predict(platform(known), running, running) == ""


NAME = st.sampled_from(["a", "b", "c"])
LINE = st.one_of(
    NAME.map("hostname {}".format),
    NAME.map("ntp server {}".format),
    NAME.map("no ntp server {}".format),
    st.just("no ip http server"),
    st.just("ip http server"),
    st.builds("interface GigabitEthernet0/{}\n description {}".format, st.integers(1, 3), NAME),
    st.builds("interface Gi0/{}\n no description".format, st.integers(1, 3)),
    st.builds("vlan {}\n name {}".format, st.integers(10, 12), NAME),
    st.builds("no vlan {}".format, st.integers(10, 12)),
)
CONFIG = st.lists(LINE, max_size=8).map(lambda lines: "\n".join(lines) + "\n")


@given(CONFIG, CONFIG)
def test_the_text_can_be_read_and_shows_only_changes(running: str, candidate: str) -> None:
    text = predict(platform("cisco_ios"), running, candidate)
    if text:
        difference = read_difference(text, "unified")
        assert difference.readable
        assert difference.located
        signs = [(e.path, e.line, e.sign) for e in difference.edits]
        assert len(signs) == len(set(signs))
