"""A device's processors, pools and sensors as one figure each, for graphs and other programs."""

from __future__ import annotations

from controller.facts.measured import Measured

REACHED = {"up": 1, "down": 0}
"""Whether a device was reached as a figure; nothing for unknown."""

METRIC_NAMES = {
    "up": "khaen_device_up",
    "cpu": "khaen_device_cpu_percent",
    "memory": "khaen_device_memory_percent",
    "temperature": "khaen_device_temperature_celsius",
    "round_trip": "khaen_device_round_trip_seconds",
    "uptime": "khaen_device_uptime_seconds",
    "poe": "khaen_device_poe_watts",
    "clients": "khaen_device_wireless_clients",
}
"""What other programs call them: Prometheus' way of naming, with the unit."""


def device_figures(measured: Measured | None) -> dict[str, float | None]:
    """cpu, cpu_max and memory in percent, temperature in °C, uptime in s, poe in W, clients.

    None for what the device does not tell; empty when nothing was measured.
    """
    if measured is None:
        return {}
    busy = [processor.percent for processor in measured.processors]
    pools = [pool.percent for pool in measured.memories if pool.role == "memory"]
    hot = [s.value for s in measured.sensors if s.kind == "temperature" and s.value is not None]
    return {
        "cpu": sum(busy) / len(busy) if busy else None,
        "cpu_max": max(busy, default=None),
        "memory": max(pools, default=None),
        "temperature": max(hot, default=None),
        "uptime": measured.uptime,
        "poe": sum(unit.used for unit in measured.poe) if measured.poe else None,
        "poe_budget": sum(unit.budget for unit in measured.poe) if measured.poe else None,
        "clients": measured.clients,
    }
