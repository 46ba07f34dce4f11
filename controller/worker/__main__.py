"""`python -m controller.worker FOLDER [--once]`, what `khaen worker` runs."""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path

from controller.app import open_app
from controller.errors import KhaenError
from controller.logs import set_up
from controller.worker.garbage import seldom
from controller.worker.loop import work
from controller.worker.watching import watch


def main() -> int:
    """Carry on with runs of dead processes; the exit code is that of the error, if any."""
    parser = argparse.ArgumentParser(prog="khaen worker")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--once", action="store_true")
    chosen = parser.parse_args()
    try:
        with open_app(chosen.folder) as context:
            set_up(context.settings.logs.format, context.settings.logs.level)
            sys.stderr.write(
                "เฝ้าดูงานที่ค้าง (Ctrl-C เพื่อหยุด)\nwatching for unfinished runs (Ctrl-C stops)\n"
            )
            seldom()
            with nullcontext() if chosen.once else watch(context):
                for run in work(context.runs(), once=chosen.once):
                    sys.stdout.write(f"รับงาน {run} มาทำต่อ / took over run {run}\n")
                    sys.stdout.flush()
    except KhaenError as error:
        sys.stderr.write(f"{error.message}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
