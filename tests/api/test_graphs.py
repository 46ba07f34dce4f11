"""Graphs for programs."""

from __future__ import annotations

from tests.api.callers import Callers
from tests.store.archive.polls import STEP, polled


def test_a_graph_of_a_port(callers: Callers) -> None:
    """Both lines in the same buckets, null where nothing is known."""
    context = callers.context
    at = context.clock() - STEP
    context.archive().append([polled("kkn-a-sw02", at, 500.0)])
    address = "/api/v1/devices/kkn-a-sw02/graphs/traffic?port=Gi0/1&range=hour"
    answer = callers.person("engineer1").get(address)
    assert answer.status_code == 200, answer.text
    incoming, outgoing = answer.json()["lines"]
    assert (incoming["metric"], incoming["unit"], incoming["samples"]) == ("in_bps", "bit/s", 1)
    assert [v for v in incoming["mean"] if v is not None] == [500.0]
    assert set(outgoing["max"]) == {None}
    assert incoming["start"] == outgoing["start"] or outgoing["samples"] == 0


def test_refusals(callers: Callers) -> None:
    """Another school's device, a graph there is not, a time without a zone."""
    assert callers.person("school2").get("/api/v1/devices/kkn-a-sw02/graphs/cpu").status_code == 404
    engineer = callers.person("engineer1")
    assert engineer.get("/api/v1/devices/kkn-a-sw02/graphs/cpus").status_code == 422
    wrong = "/api/v1/devices/kkn-a-sw02/graphs/cpu?since=2026-11-01T00:00:00"
    assert engineer.get(wrong).status_code == 422
