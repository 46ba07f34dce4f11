"""`python -m controller.worker FOLDER`, what `khaen worker` runs."""

from __future__ import annotations

import argparse
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

from controller.accounts.actor import SCHEDULE
from controller.app import open_app
from controller.errors import KhaenError
from controller.logs import set_up
from controller.operations.context import Context
from controller.operations.take_playbook_run import take_playbook_run
from controller.settings import QUEUES
from controller.worker.garbage import seldom
from controller.worker.loop import wait, work
from controller.worker.watching import watch

DRAIN_SECONDS = 600
_CUT_OFF = 4


def main() -> int:
    """Take work from the queues until told to stop; the exit code is that of the error, if any."""
    parser = argparse.ArgumentParser(prog="khaen worker")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--queues", default=",".join(QUEUES))
    parser.add_argument("--drain", type=float, default=DRAIN_SECONDS)
    chosen = parser.parse_args()
    queues = tuple(chosen.queues.split(","))
    try:
        with open_app(chosen.folder) as context:
            set_up(context.settings.logs.format, context.settings.logs.level)
            me = context.runs().serve(queues)
            sys.stderr.write(
                f"{me} รับงานจาก {chosen.queues} (Ctrl-C เพื่อหยุด)\n"
                f"{me} takes work from {chosen.queues} (Ctrl-C stops)\n"
            )
            seldom()
            with nullcontext() if chosen.once else watch(context, queues, me):
                for run in _taken(context, queues, chosen.drain, once=chosen.once):
                    sys.stdout.write(f"รับงาน {run} มาทำ / took run {run}\n")
                    sys.stdout.flush()
    except KhaenError as error:
        sys.stderr.write(f"{error.message}\n")
        return error.exit_code
    return 0


def _taken(
    context: Context, queues: tuple[str, ...], seconds: float, *, once: bool
) -> Iterator[str]:
    def told() -> None:
        """Leave for good after so long; what is cut off then, others take over."""
        timer = threading.Timer(seconds, _cut_off)
        timer.daemon = True
        timer.start()
        threading.Thread(target=context.runs().drain, daemon=True).start()
        sys.stderr.write("กำลังทำงานในมือให้เสร็จ\nfinishing what is in hand\n")

    def played(leaving: Callable[[], bool]) -> str | None:
        return take_playbook_run(context, SCHEDULE, leaving)

    if "runs" in queues:
        return work(context.runs(), once=once, told=told, played=played)
    return wait(context.runs(), told)


def _cut_off() -> None:
    sys.stderr.write("หมดเวลารอ ออกทันที\nwaited long enough: leaving at once\n")
    sys.stderr.flush()
    os._exit(_CUT_OFF)


if __name__ == "__main__":
    sys.exit(main())
