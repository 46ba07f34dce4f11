"""The process a playbook runs in: `python -m controller.connections.ansible.child`.

It reads one line of JSON, the job, and writes lines of JSON: what came of tasks, and at last how
all of it ended. When its standard input ends, because whoever started it is gone, or says `stop`,
it kills everything below it and ends; so it does when nothing was said for too long, because
whoever started it is frozen and may be taken for dead by others. Nothing secret is in its arguments
or its environment.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from threading import Event, Lock, Thread
from typing import Any

from controller.connections.ansible import processes
from controller.connections.ansible.playing import play
from controller.errors import KhaenError

STOP = "stop"
SILENCE_SECONDS = 15.0
"""Longest silence of the parent; half of the time after which a process is taken for dead."""
_LAST_WORDS_SECONDS = 0.7


class Telling:
    """Writes to whoever started us, one line at a time, from any thread."""

    def __init__(self) -> None:
        # What anything here prints must not come between the lines.
        self._out = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)
        self._turn = Lock()

    def __call__(self, told: Mapping[str, Any]) -> None:
        """One line. When nobody listens any more there is nobody to tell."""
        line = json.dumps(told, ensure_ascii=True, default=str)
        with self._turn:
            try:
                self._out.write(line + "\n")
                self._out.flush()
            except BrokenPipeError:
                return


def main() -> None:
    """Do one job, or end with everything below when asked to, or when the parent is gone."""
    asked, heard = Event(), Event()
    signal.signal(processes.PARENT_DIED, lambda *_: asked.set())
    processes.hold_descendants()
    os.environ.pop("PYTHONPATH", None)
    tell = Telling()
    job = json.loads(sys.stdin.readline() or "null")
    if job is None:
        return
    Thread(target=_listen, args=(asked, heard), daemon=True).start()
    done = Event()
    Thread(target=_end_when, args=(asked, heard, done), daemon=True).start()
    try:
        tell(play(job, tell))
    except OSError as error:
        tell({"kind": "trouble", "errno": error.errno, "detail": str(error)})
    except KhaenError as error:
        tell({"kind": "trouble", "th": error.message.th, "en": error.message.en})
    finally:
        # Connections to devices stay open for the next task: there is none.
        processes.end_descendants(settle=0.0)
        done.set()
    # Nothing more is to be said; threads that still carry a line need not be waited for.
    sys.stderr.flush()
    os._exit(0)


def _listen(asked: Event, heard: Event) -> None:
    for line in sys.stdin:
        heard.set()
        if line.strip() == STOP:
            break
    asked.set()


def _end_when(asked: Event, heard: Event, done: Event) -> None:
    # Not in the handler of a signal: that runs only between two steps of the main thread.
    last = time.monotonic()
    while not asked.wait(0.5):
        if heard.is_set():
            heard.clear()
            last = time.monotonic()
        elif time.monotonic() - last > SILENCE_SECONDS:
            break
    processes.end_descendants()
    # What was told before the end is still on its way through the main thread.
    done.wait(_LAST_WORDS_SECONDS)
    os._exit(0)


if __name__ == "__main__":
    main()
