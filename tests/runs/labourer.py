"""A worker with the queue `runs` over a scene: `python -m tests.runs.labourer ROOT`."""

from __future__ import annotations

import sys
from pathlib import Path

from controller.worker.loop import work
from tests.runs.scene import found_again


def main(root: str) -> int:
    """Take runs until told to stop, as `khaen worker --queues runs` does."""
    with found_again(Path(root)) as scene, scene.engine() as engine:
        engine.serve(("runs",))
        for run in work(engine):
            print(run, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
