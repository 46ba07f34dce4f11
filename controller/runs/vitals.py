"""A device's health asked over SNMP within a run: the same asking and reading as the polls have."""

from __future__ import annotations

import asyncio
import time

from controller.connections.snmp.engine import SnmpEngine, SnmpError, SnmpTarget
from controller.facts.answers import Answers, Request
from controller.health.comparing import Vitals, vitals_of
from controller.platforms.profile import profile


def ask_vitals(target: SnmpTarget | None, platform: str) -> Vitals | None:
    """The device's vitals now; None when it may not be asked, does not answer, or refuses."""
    if target is None:
        return None
    known = profile(platform)
    try:
        answers = asyncio.run(_ask(target, known.request(("cycle", "quarter", "hour"))))
    except SnmpError:
        return None
    return vitals_of(known.read(answers), time.time())


async def _ask(target: SnmpTarget, request: Request) -> Answers:
    from controller.connections.snmp.gufo import GufoEngine

    engine: SnmpEngine = GufoEngine()
    try:
        return await engine.ask(target, request)
    finally:
        engine.close()
