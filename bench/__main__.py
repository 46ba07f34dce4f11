"""Every benchmark, one after the other: `make bench`."""

from __future__ import annotations

import subprocess
import sys

from bench.report import say

BENCHMARKS = (
    ("Reading and planning", ("validate",)),
    ("Papers", ("papers",)),
    ("Comparing offers", ("procurement",)),
    ("Audits", ("audit",)),
    ("The archive of samples", ("archive",)),
    ("Sixty nights of backups, and searching them", ("history", "--days", "60")),
    ("The web and the API", ("web",)),
    ("Polling", ("polling",)),
    ("Playbooks", ("playbooks",)),
    ("One device, step by step", ("phases",)),
    ("200 Cisco IOS devices over SSH", ("rollout", "--platform", "ios")),
    ("200 Arista EOS devices over eAPI", ("rollout", "--platform", "eos")),
    (
        "200 devices of both platforms, 20 ms before each answer",
        ("rollout", "--platform", "mix", "--latency", "20", "--ansible", "0"),
    ),
)


def main() -> None:
    """Print every table; docs/benchmarks.md explains them."""
    for title, (module, *words) in BENCHMARKS:
        say(f"\n## {title}\n")
        # A process each: a child's peak memory never counts as less than its parent's.
        subprocess.run([sys.executable, "-m", f"bench.{module}", *words], check=True)


if __name__ == "__main__":
    main()
