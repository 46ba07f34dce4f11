"""Once an hour: what is kept no longer goes, in the archive and in the tables."""

from __future__ import annotations

from datetime import timedelta

from controller.polling.environment import PollEnvironment
from controller.store.device_health import forget_health, statuses
from controller.store.health_spans import purge_spans
from controller.store.neighbours import forget_neighbours


def tidy(environment: PollEnvironment) -> None:
    """Merge and purge the archive; forget devices that left the inventory, and very old spans.

    The spans of devices that left stay: a report counts the year they were there. Errors:
    `StoreError`.
    """
    now, settings = environment.clock(), environment.settings
    environment.archive.keep_house(now, settings)
    ours = {device.name for device in environment.inventory().devices}
    with environment.store.begin(audited=False) as conn:
        gone = set(statuses(conn)) - ours
        forget_health(conn, gone)
        forget_neighbours(conn, gone)
        purge_spans(conn, now - timedelta(days=settings.keep_daily_days))
