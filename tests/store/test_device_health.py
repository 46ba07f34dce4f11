"""What is kept of a device's health comes back as it was, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from controller.facts.identity import Identity
from controller.facts.measured import Measured, Memory, PoeBudget, Processor, Sensor
from controller.health.observed import PortTable
from controller.store.device_health import (
    DeviceHealth,
    count_by_status,
    forget_health,
    read_health,
    save_health,
    statuses,
)
from controller.store.engine import Store
from controller.store.health_spans import (
    Span,
    add_spans,
    last_spans,
    mend_spans,
    purge_spans,
    reach,
    spans,
)

AT = datetime(2026, 5, 4, 2, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
WHOLE = DeviceHealth(
    device="sw-1",
    status="up",
    since=AT,
    at=AT,
    answered=AT,
    round_trip=0.004,
    details=AT,
    identity=Identity(platform="cisco_ios", vendor="Cisco", model="WS-C2960", version="15.2(7)E"),
    measured=Measured(
        uptime=12.5,
        processors=(Processor("1", "ซีพียู", 7.0),),
        memories=(Memory("1", "Processor", 55.5, 100.0, 55.5),),
        sensors=(Sensor("temperature", "1006", "Chassis", 41.0, "ok", 60.0),),
        poe=(PoeBudget("1", 370.0, 92.0),),
        clients=3,
    ),
    ports=PortTable(
        rates={"in_bps": {"1": 1234.568}},
        oper={"1": 1, "2": 2},
        admin={"1": 1},
        speed={"1": 10**9},
        names={"1": "Gi0/1"},
        aliases={"1": "ไปห้องสมุด"},
    ),
)


def test_a_row_comes_back_as_it_was(store: Store) -> None:
    """Every part of it, Thai names of ports included."""
    with store.begin(audited=False) as conn:
        save_health(conn, [WHOLE])
    with store.read() as conn:
        assert read_health(conn) == {"sw-1": WHOLE}


def test_the_newer_row_takes_the_place_of_the_older(store: Store) -> None:
    """One row a device, whatever was known before."""
    down = replace(WHOLE, status="down", since=AT + HOUR, at=AT + HOUR, missed=2, why="no answer")
    with store.begin(audited=False) as conn:
        save_health(conn, [WHOLE, replace(WHOLE, device="sw-2")])
        save_health(conn, [down])
        assert read_health(conn, ["sw-1", "sw-9"]) == {"sw-1": down}
        assert count_by_status(conn) == {"up": 1, "down": 1}
        assert statuses(conn)["sw-1"] == ("down", AT + HOUR, AT + HOUR)
        forget_health(conn, ["sw-1"])
        assert set(read_health(conn)) == {"sw-2"}


def test_what_a_device_cannot_say_in_a_database_is_kept_all_the_same(store: Store) -> None:
    """NUL bytes and lone surrogates in what it calls itself do not stop the poll."""
    odd = replace(
        WHOLE, identity=Identity(description="a\0b\ud800"), ports=PortTable(names={"1": "\0\udfff"})
    )
    with store.begin(audited=False) as conn:
        save_health(conn, [odd])
        assert read_health(conn)["sw-1"].identity.description.startswith("a")


def test_spans_reach_into_a_period(store: Store) -> None:
    """Those that overlap it, whole; the newest of each device; their ends moved on."""
    with store.begin(audited=False) as conn:
        add_spans(conn, [Span("sw-1", "up", AT, AT + HOUR), Span("sw-2", "up", AT, AT + HOUR)])
        ids = add_spans(conn, [Span("sw-1", "unknown", AT + HOUR, AT + 2 * HOUR, "missed")])
        reach(conn, {ids["sw-1"]: AT + 3 * HOUR})
        found = spans(conn, AT + 2 * HOUR, AT + 4 * HOUR)
        assert [(s.device, s.status, s.until) for s in found] == [
            ("sw-1", "unknown", AT + 3 * HOUR)
        ]
        newest = last_spans(conn, ["sw-1", "sw-2", "sw-3"])
        assert {name: span.status for name, span in newest.items()} == {
            "sw-1": "unknown",
            "sw-2": "up",
        }
        mend_spans(conn, [replace(newest["sw-1"], status="down", why="no answer")])
        assert last_spans(conn, ["sw-1"])["sw-1"].status == "down"
        assert len(spans(conn, AT, AT + 4 * HOUR, ["sw-1"])) == 2
        assert purge_spans(conn, AT + 2 * HOUR) == 2
