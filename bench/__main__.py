"""Every benchmark, one after the other: `make bench`."""

from __future__ import annotations

from bench import phases, rollout, validate
from bench.report import say


def main() -> None:
    """Print every table; docs/benchmarks.md explains them."""
    say("\n## Reading and planning\n")
    validate.main([])
    say("\n## One device, step by step\n")
    phases.main([])
    say("\n## 200 Cisco IOS devices over SSH\n")
    rollout.main(["--platform", "ios"])
    say("\n## 200 Arista EOS devices over eAPI\n")
    rollout.main(["--platform", "eos"])


if __name__ == "__main__":
    main()
