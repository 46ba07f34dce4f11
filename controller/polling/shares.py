"""The shares this process polls: claimed, renewed and given back, so that workers divide them."""

from __future__ import annotations

from datetime import datetime, timedelta

from controller.health.shares import fair_share, to_claim, to_let_go
from controller.store import shards
from controller.store.engine import Connection, Store


class Shares:
    """What one process holds. Its claims end by themselves after `lease` unless renewed."""

    def __init__(
        self, store: Store, me: str, host: str, started: datetime, count: int, lease: timedelta
    ) -> None:
        self._store = store
        self._me = me
        self._host = host
        self._started = started
        self._count = count
        self._lease = lease
        self.held: dict[int, int] = {}
        """Share -> the number of our claim on it."""

    def refresh(self, now: datetime) -> tuple[int, ...]:
        """Renew what is held, give back what is too much, take what is free; those lost since.

        Errors: `StoreError`; then nothing is known to be held.
        """
        until = now + self._lease
        before = set(self.held)
        with self._store.begin(audited=False) as conn:
            shards.live(conn, self._me, self._host, self._started, until)
            fair = fair_share(self._count, len(shards.living(conn, now)))
            self._renew(conn, until)
            taken = {c.shard for c in shards.claims(conn) if c.until > now}
            free = set(range(self._count)) - taken
            away = to_let_go(self.held, fair, free=len(free))
            shards.let_go(conn, away, self._me, now)
            for shard in away:
                del self.held[shard]
            for shard in to_claim(self.held, free, fair):
                fence = shards.take(conn, shard, self._me, until, now)
                if fence is not None:
                    self.held[shard] = fence
        return tuple(sorted(before - set(self.held)))

    def leave(self, now: datetime) -> None:
        """Give everything back: another process need not wait for the claims to end."""
        with self._store.begin(audited=False) as conn:
            shards.let_go(conn, tuple(self.held), self._me, now)
            shards.leave(conn, self._me, now)
        self.held.clear()

    def holds(self, conn: Connection, shard: int) -> bool:
        """Whether the share is still ours, inside the transaction that is about to write."""
        fence = self.held.get(shard)
        return fence is not None and shards.holds(conn, shard, self._me, fence)

    def _renew(self, conn: Connection, until: datetime) -> None:
        for shard, fence in list(self.held.items()):
            if shard >= self._count or not shards.renew(conn, shard, self._me, fence, until):
                del self.held[shard]
