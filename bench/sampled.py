"""`khaen` under a watcher that looks, 100 times a second, at what every device's thread does.

`python -m bench.sampled FILE WORDS...` runs `khaen WORDS...` and writes shares by activity to FILE,
JSON. Shares are of the time devices spent in the run, waiting included; a busy machine blurs them.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from types import FrameType

STEP = "runs/device.py"
ACTIVITIES = (
    ("store/turns.py", "waiting for the turn to write the store"),
    ("store/", "the store: transactions, backups"),
    ("connections/", "on the line, and waiting for the device"),
    ("platforms/", "normalising and fingerprints"),
    ("plans/", "comparing differences"),
    ("runs/", "deciding what comes next"),
    ("app.py", "looking up targets and secrets"),
)
EVERY = 0.01


def activity(frame: FrameType | None) -> str | None:
    """What a thread is doing, by the innermost module of ours; None when it is at no device."""
    inside: list[str] = []
    while frame is not None:
        _, found, module = frame.f_code.co_filename.partition("/controller/")
        if found:
            inside.append(module)
        frame = frame.f_back
    if STEP not in inside:
        return None
    return next((told for start, told in ACTIVITIES if inside[0].startswith(start)), "the rest")


class Watcher(threading.Thread):
    """Counts activities until told to stop."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.counts: Counter[str] = Counter()
        self.done = threading.Event()

    def run(self) -> None:
        """Look at every thread, again and again."""
        while not self.done.wait(EVERY):
            for frame in sys._current_frames().values():
                told = activity(frame)
                if told:
                    self.counts[told] += 1


def main() -> None:
    """Run `khaen` as `sys.argv` says and write the shares when it ends."""
    file, words = Path(sys.argv[1]), sys.argv[2:]
    watcher = Watcher()
    watcher.start()
    sys.argv = ["khaen", *words]
    from controller.cli.main import main as khaen

    start = time.perf_counter()
    try:
        khaen()
    finally:
        watcher.done.set()
        watcher.join()
        every = sum(watcher.counts.values()) or 1
        shares = {name: count / every for name, count in watcher.counts.most_common()}
        told = {"seconds": time.perf_counter() - start, "shares": shares}
        file.write_text(json.dumps(told, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
