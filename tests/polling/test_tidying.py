"""What an hour of tidying takes away, and what it leaves."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from controller.polling.cycle import Cycle
from controller.polling.tidying import tidy
from controller.store.device_health import read_health
from controller.store.health_spans import Span, add_spans, spans
from tests.polling.conftest import Polled, an_inventory


def test_a_device_that_left_is_forgotten_but_not_its_year(polled: Polled) -> None:
    """Its state goes, the time it was up stays for the report; what is older than all goes."""

    async def story() -> None:
        cycle = Cycle(polled.environment)
        await polled.go(cycle)
        await polled.go(cycle)
        cycle.close()

    asyncio.run(story())
    now, long_ago = polled.clock(), polled.clock() - timedelta(days=5000)
    store = polled.environment.store
    with store.begin(audited=False) as conn:
        add_spans(conn, [Span("sw-1", "up", long_ago, long_ago + timedelta(hours=1))])
    left = an_inventory(("sw-1", "sw-2"))
    tidy(replace(polled.environment, inventory=lambda: left))
    with store.read() as conn:
        assert set(read_health(conn)) == {"sw-1", "sw-2"}
        kept = spans(conn, long_ago, now + timedelta(days=1))
    assert {span.device for span in kept} == {"sw-1", "sw-2", "sw-3"}
    assert all(span.since > long_ago for span in kept)
