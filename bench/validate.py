"""What reading a whole office costs, and planning for it from stored backups: CPU, no device."""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import measure
from bench.report import say

HERE = Path(__file__).resolve().parent
VALIDATE_GOAL = 3.0
PLAN_GOAL = 30.0


def main(words: list[str] | None = None) -> None:
    """`python -m bench.validate [--devices N] [--assets N] [--rounds N]`."""
    parser = argparse.ArgumentParser(prog="python -m bench.validate", description=__doc__)
    parser.add_argument("--sites", type=int, default=84)
    parser.add_argument("--devices", type=int, default=1500)
    parser.add_argument("--assets", type=int, default=20000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(words)
    with TemporaryDirectory(prefix="khaen-") as folder:
        workspace = Path(folder) / "office"
        sizes = [f"--{n}={getattr(options, n)}" for n in ("sites", "devices", "assets")]
        measure.run([sys.executable, HERE / "generate_workspace.py", workspace, *sizes])
        say(f"{options.sites} sites, {options.devices} devices, {options.assets} register rows\n")
        say("| work | CPU s | wall s | peak MB | goal CPU s |")
        say("|---|---|---|---|---|")
        validated = [_validate(workspace) for _ in range(options.rounds)]
        _row("khaen validate", validated, VALIDATE_GOAL)
        measure.run([sys.executable, "-m", "bench.stored_plan", "keep", workspace])
        planned = [_plan(workspace) for _ in range(options.rounds)]
        _row("render and plan from stored backups", planned, PLAN_GOAL)
        say("")


def _validate(workspace: Path) -> measure.Cost:
    return measure.run([Path(sys.executable).with_name("khaen"), "-C", workspace, "validate"])


def _plan(workspace: Path) -> measure.Cost:
    return measure.run([sys.executable, "-m", "bench.stored_plan", "plan", workspace])


def _row(name: str, costs: list[measure.Cost], goal: float) -> None:
    def median(figure: Callable[[measure.Cost], float]) -> float:
        return statistics.median(figure(cost) for cost in costs)

    say(
        f"| {name} | {median(lambda c: c.cpu):.2f} | {median(lambda c: c.wall):.2f} "
        f"| {median(lambda c: c.peak_mb):.0f} | {goal:.0f} |"
    )


if __name__ == "__main__":
    main()
