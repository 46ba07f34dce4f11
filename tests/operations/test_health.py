"""Polling by hand, and reading how devices are: unknown is never well, a school sees its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from controller.errors import NotAllowed, NotFound
from controller.operations.context import Context
from controller.operations.poll_devices import poll_devices
from controller.operations.show_health import show_device_health, show_health
from controller.polling.alerting import Alerting
from controller.polling.environment import PollEnvironment
from controller.store import shards
from tests.operations.office import Desk
from tests.polling.answering import Network, silent
from tests.polling.conftest import a_target

SCHOOL = "kkn-school-a"


@pytest.fixture
def wired(desk: Desk) -> tuple[Context, Network]:
    """The sample office over a network of switches that answer as told."""
    context = desk.context
    network = Network(*(device.name for device in context.inventory().devices))
    alerting = Alerting(context.store, context.inventory)
    environment = PollEnvironment(
        store=context.store,
        inventory=context.inventory,
        target=a_target,
        engine=lambda: network,
        archive=context.archive(),
        alerting=lambda: alerting,
        settings=context.settings.health,
        clock=context.clock,
    )
    return replace(context, polling=lambda: environment), network


def test_a_poll_by_hand_is_kept_and_told(wired: tuple[Context, Network], desk: Desk) -> None:
    """Each device as it answers; who is silent is a value; what was never asked is unknown."""
    context, network = wired
    engineer, told = desk.person("engineer1"), []
    before = show_health(context, engineer)
    assert before.counts == {"down": 0, "unknown": 24, "up": 0, "unwatched": 0}
    network.switches["kkn-a-sw01"].fault = silent
    found = poll_devices(
        context, engineer, f"site={SCHOOL}", lambda device, seen: told.append(device.name)
    )
    assert found.kept
    assert len(told) == len(found.asked) == 8
    assert {name for name, row in found.health.items() if row.status != "up"} == {"kkn-a-sw01"}
    after = show_health(context, engineer, SCHOOL)
    assert after.counts == {"down": 0, "unknown": 1, "up": 7, "unwatched": 0}
    assert after.sites[0].devices[0].device.name == "kkn-a-sw01"


def test_while_a_worker_polls_a_poll_by_hand_is_only_a_look(
    wired: tuple[Context, Network], desk: Desk
) -> None:
    """Its rates and its memory are the worker's."""
    context, _ = wired
    now = context.clock()
    with context.store.begin(audited=False) as conn:
        shards.live(conn, "worker", "here", now, now + timedelta(minutes=5))
    found = poll_devices(context, desk.person("engineer1"), "name=kkn-a-sw02")
    assert not found.kept
    assert found.health["kkn-a-sw02"].status == "up"
    assert show_device_health(context, desk.person("engineer1"), "kkn-a-sw02") is None


def test_what_was_known_long_ago_is_unknown_now(wired: tuple[Context, Network], desk: Desk) -> None:
    """A Khaen that stood still says nothing of now."""
    context, _ = wired
    engineer = desk.person("engineer1")
    poll_devices(context, engineer)
    later = replace(context, clock=lambda: context.clock() + timedelta(hours=1))
    assert show_health(context, engineer).counts["up"] == 24
    assert show_health(later, engineer).counts == {
        "down": 0,
        "unknown": 24,
        "up": 0,
        "unwatched": 0,
    }


def test_a_school_sees_its_own_and_polls_nothing(
    wired: tuple[Context, Network], desk: Desk
) -> None:
    """Another school's devices are not there for it."""
    context, _ = wired
    school = desk.person("school1")
    assert [one.site.site for one in show_health(context, school).sites] == [SCHOOL]
    with pytest.raises(NotFound):
        show_health(context, school, "kkn-school-b")
    with pytest.raises(NotFound):
        show_device_health(context, school, "kkn-b-sw01")
    with pytest.raises(NotAllowed):
        poll_devices(context, school)
