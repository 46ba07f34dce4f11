"""Writing what a poll came to: state, spans of time, alerts in one transaction; samples after."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from controller.health.observed import Observed
from controller.health.status import backoff, turn
from controller.polling.environment import PollEnvironment
from controller.polling.kept import Kept
from controller.store.device_health import save_health
from controller.store.engine import Connection
from controller.store.health_spans import Span, add_spans, mend_spans, reach
from controller.store.neighbours import save_neighbours

_GAP = 1.8
"""Intervals without a poll after which nobody can say what was in between."""


class Writer:
    """Writes batches of what was observed."""

    def __init__(self, environment: PollEnvironment) -> None:
        self._environment = environment

    def look(self, batch: Sequence[Observed], kept: Mapping[str, Kept]) -> None:
        """Let what is remembered follow from what was observed; write nothing."""
        spans = _Spans(self._environment.settings.poll_seconds)
        for seen in batch:
            spans.add(seen, kept[seen.device])

    def write(
        self,
        batch: Sequence[Observed],
        kept: Mapping[str, Kept],
        still_ours: Callable[[Connection], bool],
    ) -> bool:
        """Keep the batch; False when its share is no longer ours, then nothing is written.

        Errors: `StoreError`; the caller must then forget what it remembers of these devices, as
        the store does not know it.
        """
        environment = self._environment
        spans = _Spans(environment.settings.poll_seconds)
        with environment.store.begin(audited=False) as conn:
            if not still_ours(conn):
                return False
            for seen in batch:
                spans.add(seen, kept[seen.device])
            spans.write(conn, kept)
            rows = [kept[seen.device].row(seen.device) for seen in batch]
            save_health(conn, [row for row in rows if row is not None])
            for seen in batch:
                _keep_surroundings(conn, seen, kept[seen.device])
            identities = {seen.device: kept[seen.device].identity for seen in batch}
            environment.alerting().take(conn, batch, identities, environment.clock())
        environment.archive.append(batch)
        if environment.forward is not None:
            environment.forward(batch)
        for seen in batch:
            # Written, they are of no more use here: with thousands of devices they weigh.
            kept[seen.device].ports = replace(kept[seen.device].ports, rates={})
        return True


def _keep_surroundings(conn: Connection, seen: Observed, kept: Kept) -> None:
    if kept.surroundings is not None:
        save_neighbours(conn, seen.device, seen.at, kept.surroundings)
        kept.surroundings = None


class _Spans:
    """The spans of a batch: those that go on, those restated, those begun."""

    def __init__(self, poll_seconds: float) -> None:
        self._poll = poll_seconds
        self._reached: list[Span] = []
        self._mended: list[Span] = []
        self._begun: list[Span] = []

    def add(self, seen: Observed, kept: Kept) -> None:
        before = kept.last
        polls = backoff(before.missed) if before is not None else 1
        longest = timedelta(seconds=self._poll * (polls - 1 + _GAP))
        answered = {"up": True, "down": False, "unknown": None}[seen.reached]
        kept.last, pieces = turn(before, answered, seen.at, longest)
        kept.why = "" if seen.reached == "up" else seen.why
        made = [Span(seen.device, p.status, p.since, p.until, kept.why) for p in pieces]
        if before is not None and kept.span is not None:
            first = replace(made.pop(0), id=kept.span)
            (self._reached if first.status == before.status else self._mended).append(first)
        self._begun += made

    def write(self, conn: Connection, kept: Mapping[str, Kept]) -> None:
        reach(conn, {span.id: span.until for span in self._reached if span.id is not None})
        mend_spans(conn, self._mended)
        for device, number in add_spans(conn, self._begun).items():
            kept[device].span = number
