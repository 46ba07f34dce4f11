"""Sends samples to a store of the office's own by Prometheus remote write 1.0, beside the polling.

Polls hand their samples over and go on at once; a thread sends them. While the other side does not
answer it is asked again, more and more seldom, and what does not fit into the queue is forgotten,
oldest first: the archive has it all the same.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from urllib.parse import unquote, urlsplit, urlunsplit

import requests
from pydantic import SecretStr

from controller.connections.remote_samples import write_requests
from controller.health.observed import Observed

_log = logging.getLogger(__name__)
_HEADERS = {
    "Content-Type": "application/x-protobuf",
    "Content-Encoding": "snappy",
    "X-Prometheus-Remote-Write-Version": "0.1.0",
    "User-Agent": "khaen",
}
_SERIES = 5000
# Devices' polls that may wait: about two polls of 1,500 switches, some 50 MB.
_WAITING = 3000
_SECONDS = 10
_FIRST_REST, _LONGEST_REST = 1.0, 60.0
_TOO_MANY, _SERVER = 429, 500


class RemoteWriter:
    """Sends to the address `url`, which may hold `user:password@`; `pack` makes a Snappy block."""

    def __init__(
        self,
        url: SecretStr,
        pack: Callable[[bytes], bytes],
        *,
        waiting: int = _WAITING,
        rest: float = _FIRST_REST,
    ) -> None:
        parts = urlsplit(url.get_secret_value())
        self._place = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        self._host = parts.hostname or ""
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy and no password file of whoever started us
        if parts.username:
            self._session.auth = (unquote(parts.username), unquote(parts.password or ""))
        self._pack = pack
        self._rest = rest
        self._queue: deque[Observed] = deque()
        self._most = waiting
        self._something = threading.Condition()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self.dropped = 0

    def send(self, batch: Sequence[Observed]) -> None:
        """Take the samples over; never waits, never fails."""
        with self._something:
            self._queue.extend(batch)
            too_many = len(self._queue) - self._most
            for _ in range(too_many):
                self._queue.popleft()
            if too_many > 0:
                if not self.dropped:
                    _log.warning("%s takes too few samples: the oldest are dropped", self._host)
                self.dropped += too_many
            if self._thread is None and not self._stopped.is_set():
                self._thread = threading.Thread(target=self._work, name="remote", daemon=True)
                self._thread.start()
            self._something.notify()

    def close(self) -> None:
        """Stop; what is being sent may still arrive, what waits does not."""
        self._stopped.set()
        with self._something:
            self._something.notify()
        if self._thread is not None:
            self._thread.join(timeout=_SECONDS + 1)
        self._session.close()

    def _work(self) -> None:
        while not self._stopped.is_set():
            with self._something:
                while not self._queue and not self._stopped.is_set():
                    self._something.wait()
                some = [self._queue.popleft() for _ in range(min(len(self._queue), 100))]
            for message in write_requests(some, _SERIES):
                self._deliver(self._pack(message))

    def _deliver(self, body: bytes) -> None:
        """Until the other side has it, refuses it, or we stop."""
        rest = self._rest
        while not self._stopped.is_set():
            try:
                answer = self._session.post(
                    self._place, body, headers=_HEADERS, timeout=_SECONDS, allow_redirects=False
                )
            except requests.RequestException as error:
                trouble = type(error).__name__  # its words may hold the password
            else:
                if answer.ok and not answer.is_redirect:
                    return
                trouble = f"status {answer.status_code}"
                if answer.status_code < _SERVER and answer.status_code != _TOO_MANY:
                    _log.warning("%s refuses samples: %s", self._host, trouble)
                    return
            _log.info("no samples to %s: %s; again in %.0f s", self._host, trouble, rest)
            self._stopped.wait(rest)
            rest = min(rest * 2, _LONGEST_REST)
