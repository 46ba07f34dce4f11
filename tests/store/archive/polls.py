"""Made-up polls: a switch with two ports whose traffic is told by the minute of the day."""

from __future__ import annotations

from datetime import datetime, timedelta

from controller.facts.measured import Measured, Memory, Processor, Sensor
from controller.health.observed import Observed, PortTable

STEP = timedelta(minutes=5)


def polled(device: str, at: datetime, bps: float | None = 1000.0) -> Observed:
    """An answer; with None nobody knows the rates of its ports."""
    rates = {"in_bps": {"1": bps, "2": bps * 2}, "in_errors": {"1": 0.0}} if bps is not None else {}
    return Observed(
        device=device,
        at=at,
        reached="up",
        round_trip=0.002,
        measured=Measured(
            uptime=3600.0,
            processors=(Processor("1", "cpu", 10.0), Processor("2", "cpu", 30.0)),
            memories=(Memory("1", "pool", 40.0),),
            sensors=(Sensor("temperature", "1", "inlet", 31.5), Sensor("fan", "1", "fan 1", None)),
        ),
        ports=PortTable(
            rates=rates, oper={"1": 1, "2": 2}, speed={"1": 10**9}, names={"1": "Gi0/1"}
        ),
    )


def silent(device: str, at: datetime) -> Observed:
    """No answer."""
    return Observed(device=device, at=at, reached="down", why="no answer")


def unasked(device: str, at: datetime) -> Observed:
    """Nobody can say."""
    return Observed(device=device, at=at, reached="unknown", why="no access")
