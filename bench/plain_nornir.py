"""The script an engineer writes first: Nornir, NAPALM, merge, commit. No gate, no way back.

Reads JSON on standard input: username, password, workers, and hosts with name, driver, hostname,
port and lines. Prints how many devices it pushed. It is measured, so it does nothing else.
"""

from __future__ import annotations

import json
import sys

from napalm import get_network_driver
from nornir.core import Nornir
from nornir.core.inventory import ConnectionOptions, Defaults, Groups, Host, Hosts, Inventory
from nornir.core.task import Result, Task
from nornir.plugins.runners import ThreadedRunner


def push(task: Task) -> Result:
    """Merge the host's lines and commit them."""
    host = task.host
    driver = get_network_driver(host.platform)
    with driver(
        host.hostname, host.username, host.password, optional_args={"port": host.port}
    ) as device:
        device.load_merge_candidate(config=host["lines"])
        device.commit_config()
    return Result(host=host, changed=True)


def main() -> None:
    """Push to every host and fail when one of them did."""
    told = json.load(sys.stdin)
    hosts = {
        h["name"]: Host(
            name=h["name"],
            hostname=h["hostname"],
            port=h["port"],
            username=told["username"],
            password=told["password"],
            platform=h["driver"],
            data={"lines": h["lines"]},
            connection_options={"napalm": ConnectionOptions()},
        )
        for h in told["hosts"]
    }
    inventory = Inventory(hosts=Hosts(hosts), groups=Groups(), defaults=Defaults())
    nornir = Nornir(inventory=inventory, runner=ThreadedRunner(num_workers=told["workers"]))
    results = nornir.run(task=push)
    for name, result in results.items():
        if result.failed:
            sys.stdout.write(f"{name}: {result.exception!r}\n")
    sys.stdout.write(f"{sum(not r.failed for r in results.values())} pushed\n")
    sys.exit(1 if results.failed else 0)


if __name__ == "__main__":
    main()
