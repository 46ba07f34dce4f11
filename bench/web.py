"""The web and the API at the size of a whole office: answer times, memory, the first page.

Times are what a client on the same machine sees, over one connection kept open: the server's own
time and a little more. `bench/web_office.py` says what the office holds.
"""

from __future__ import annotations

import argparse
import math
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

import httpx

from bench import measure
from bench.report import say
from bench.web_addresses import API, PAGES, addresses
from bench.web_idle import PATHS, as_header, open_clients
from bench.web_office import password_of
from controller.app import open_app
from controller.operations.log_in import log_in

HERE = Path(__file__).resolve().parent
PAGE_GOAL, API_GOAL, MEMORY_GOAL, FIRST_GOAL = 150.0, 50.0, 400.0, 1.0
CLIENTS = 200


@dataclass(frozen=True)
class Running:
    """A server: where it is, and its process."""

    address: str
    pid: int

    @property
    def cpu(self) -> float:
        """Milliseconds of CPU it has used since it began; 0 where the system does not say."""
        return 1000 * measure.cpu_of(self.pid)

    @property
    def memory(self) -> float:
        """What it holds in memory now, in MB; 0 where the system does not say."""
        try:
            told = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        except OSError:
            return 0.0
        return int(told.partition("VmRSS:")[2].split()[0]) / 1024


@dataclass(frozen=True)
class Took:
    """Milliseconds of every answer as the client saw them, and the server's own CPU for one."""

    wall: tuple[float, ...]
    cpu: float

    @property
    def median(self) -> float:
        """Half of the answers were quicker."""
        return statistics.median(self.wall)

    @property
    def late(self) -> float:
        """The 95th percentile."""
        return sorted(self.wall)[math.ceil(0.95 * len(self.wall)) - 1]


def main(words: list[str] | None = None) -> None:
    """`python -m bench.web [--rounds N] [--office DIR]`; DIR is one filled before."""
    parser = argparse.ArgumentParser(prog="python -m bench.web", description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--office", type=Path)
    options = parser.parse_args(words)
    with TemporaryDirectory(prefix="khaen-") as folder:
        office = options.office or Path(folder) / "office"
        if options.office is None:
            measure.run([sys.executable, HERE / "generate_workspace.py", office])
            measure.run([sys.executable, "-m", "bench.web_office", office])
        ours = ("controller.server", str(office), "--port", "0")
        with serving("bench.web_bare") as bare:
            api, page = _times(bare, "/api", {}, 200), _times(bare, "/page", {}, 200)
        with serving(*ours) as server:
            _answers(server, office, options.rounds, api, page)
        with serving(*ours) as server:
            _idle(server)
        with serving("bench.web_bare") as bare, serving(*ours) as server:
            _first_page(server, bare)


@contextmanager
def serving(module: str, *words: str) -> Iterator[Running]:
    """A server in a process of its own, until the end of the block."""
    command = [sys.executable, "-m", module, *words]
    with (
        TemporaryFile("w+") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        assert process.stdout is not None
        try:
            told = process.stdout.readline()
            log.seek(0)
            assert "http://" in told, told + log.read()
            yield Running(re.findall(r"http://[\w.:]+", told)[0], process.pid)
        finally:
            process.terminate()


def signed_in(server: Running, person: str) -> dict[str, str]:
    """The cookies of a browser after signing in."""
    told = {"username": person, "password": password_of(person)}
    with httpx.Client(base_url=server.address, headers={"Origin": server.address}) as client:
        answer = client.post("/sign-in", data=told)
        assert answer.status_code == 303, answer.text
        return dict(client.cookies)


def _answers(server: Running, office: Path, rounds: int, bare_api: Took, bare_page: Took) -> None:
    with open_app(office, apart=True) as context:
        parts = addresses(context)
        token = log_in(context, "engineer1", password_of("engineer1")).token
    say("| page or answer | kB | CPU ms | median ms | p95 ms | goal p95 ms | median, bare = 1 |")
    say("|---" * 7 + "|")
    _row("a bare NiceGUI page", bare_page, 0, None, bare_page)
    for person in dict.fromkeys(person for _, person, _ in PAGES):
        cookies = signed_in(server, person)
        for name, whose, path in PAGES:
            if whose == person:
                _measured(server, name, path.format_map(parts), rounds, bare_page, cookies=cookies)
    _row("a bare FastAPI answer", bare_api, 0, None, bare_api)
    bearer = {"Authorization": f"Bearer {token}"}
    for name, path in API:
        _measured(server, name, path.format_map(parts), rounds, bare_api, headers=bearer)
    say("")


def _measured(
    server: Running,
    name: str,
    path: str,
    rounds: int,
    bare: Took,
    *,
    cookies: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> None:
    sent = {**(headers or {})}
    if cookies:
        sent["Cookie"] = as_header(cookies)
    size = len(httpx.get(server.address + path, headers=sent, timeout=60).content)
    goal = PAGE_GOAL if cookies else API_GOAL
    _row(name, _times(server, path, sent, rounds), size, goal, bare)


def _times(server: Running, path: str, headers: dict[str, str], rounds: int) -> Took:
    """What each of `rounds` answers took, after three that are not counted."""
    took = []
    with httpx.Client(base_url=server.address, headers=headers, timeout=60) as client:
        for number in range(rounds + 3):
            if number == 3:
                cpu = server.cpu
            start = time.perf_counter()
            answer = client.get(path)
            spent = 1000 * (time.perf_counter() - start)
            assert answer.status_code == 200, (path, answer.status_code, answer.text[:500])
            if number >= 3:
                took.append(spent)
    return Took(tuple(took), (server.cpu - cpu) / rounds)


def _row(name: str, took: Took, size: int, goal: float | None, bare: Took) -> None:
    missed = " **missed**" if goal is not None and took.late > goal else ""
    say(
        f"| {name} | {size / 1024:.0f} | {took.cpu:.1f} | {took.median:.1f} "
        f"| {took.late:.1f}{missed} | {'' if goal is None else f'{goal:.0f}'} "
        f"| {took.median / bare.median:.1f} |"
    )


def _idle(server: Running) -> None:
    """Memory with 200 pages open that do nothing."""
    people = ("engineer1", "engineer2", "officer1", "director")
    cookies = [signed_in(server, person) for person in people]
    for path in PATHS:
        sent = {"Cookie": as_header(cookies[0])}
        httpx.get(server.address + path, headers=sent, timeout=60).raise_for_status()
    before = server.memory
    with open_clients(server.address, cookies, CLIENTS) as opened:
        time.sleep(3)
        say("| open pages | MB | goal MB |\n|---|---|---|")
        say(f"| none | {before:.0f} | |")
        say(f"| {opened} | {server.memory:.0f} | {MEMORY_GOAL:.0f} |\n")


def _first_page(server: Running, bare: Running) -> None:
    """How long a browser without a cache takes until a page can be used."""
    try:
        from bench.web_browser import first_pages
    except ImportError:
        say("first page in a browser: left out, playwright is not installed\n")
        return
    told = first_pages(server.address, bare.address)
    if not told:
        say("first page in a browser: left out, no Chromium on this machine\n")
        return
    say("| first page in a browser, nothing cached | median s | slowest s | goal s |")
    say("|---|---|---|---|")
    for name, took in told.items():
        say(f"| {name} | {statistics.median(took):.2f} | {max(took):.2f} | {FIRST_GOAL:.0f} |")
    say("")


if __name__ == "__main__":
    main()
