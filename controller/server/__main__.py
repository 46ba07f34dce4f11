"""`python -m controller.server FOLDER`, what `khaen serve` runs."""

from __future__ import annotations

import argparse
import sys
import threading
from pathlib import Path

import uvicorn

from controller.app import open_app
from controller.errors import KhaenError
from controller.operations.context import Context
from controller.server.build import build
from controller.worker.loop import carry_on


def main() -> int:
    """Serve until told to stop; the exit code is that of the error, if any."""
    parser = argparse.ArgumentParser(prog="khaen serve")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)
    parser.add_argument("--no-worker", action="store_true")
    chosen = parser.parse_args()
    try:
        with open_app(chosen.folder) as context:
            _serve(context, chosen.host, chosen.port, worker=not chosen.no_worker)
    except KhaenError as error:
        sys.stderr.write(f"{error.message}\n")
        return error.exit_code
    return 0


def _serve(context: Context, host: str | None, port: int | None, *, worker: bool) -> None:
    web = context.settings.web
    context.inventory()  # a broken file is told now, in this window, not to the first visitor
    with context.store.read():
        pass
    config = uvicorn.Config(
        build(context),
        host=host or web.host,
        port=web.port if port is None else port,
        log_level="warning",
        proxy_headers=web.behind_proxy,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)
    stopped = threading.Event()
    if worker:
        threading.Thread(
            target=carry_on, args=(context.runs(), stopped.is_set), name="worker", daemon=True
        ).start()
    sock = config.bind_socket()
    sock.listen(config.backlog)  # from here on nobody is turned away
    address = f"http://{config.host}:{sock.getsockname()[1]}"
    sys.stdout.write(f"เปิดเบราว์เซอร์ที่ {address} (Ctrl-C เพื่อหยุด)\nopen {address} (Ctrl-C stops)\n")
    sys.stdout.flush()
    server.run(sockets=[sock])
    stopped.set()


if __name__ == "__main__":
    sys.exit(main())
