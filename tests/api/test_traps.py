"""Traps for programs."""

from __future__ import annotations

from controller.store.traps import KeptTrap, count_strangers, keep_traps
from tests.api.callers import Callers


def test_traps_and_strangers(callers: Callers) -> None:
    """The newest first, understood; an unknown kind is named with the nearest."""
    context = callers.context
    now = context.clock()
    trap = KeptTrap(
        now, "kkn-b-sw01", "link_down", "1.3.6.1.6.3.1.1.5.3", "7", "Gi0/7", "3", True, {"1.3": "7"}
    )
    with context.store.begin(audited=False) as conn:
        keep_traps(conn, [trap])
        count_strangers(conn, {"203.0.113.7": 12}, now)
    engineer = callers.person("engineer1")
    found = engineer.get("/api/v1/traps", params={"kind": "link_down"}).json()
    assert [t["device"] for t in found["traps"]] == ["kkn-b-sw01"]
    assert found["traps"][0]["title"]["en"] == "a port lost its link"
    assert found["traps"][0]["values"] == {"1.3": "7"}
    assert found["strangers"][0]["count"] == 12
    assert engineer.get("/api/v1/traps", params={"kind": "link_dwn"}).status_code == 422
    assert callers.person("school1").get("/api/v1/traps").json() == {"traps": [], "strangers": []}
