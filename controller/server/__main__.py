"""`python -m controller.server FOLDER`, what `khaen serve` runs."""

from __future__ import annotations

import argparse
import sys
import threading
from contextlib import nullcontext
from pathlib import Path

import uvicorn

from controller.app import open_app
from controller.errors import KhaenError, Text
from controller.logs import set_up
from controller.operations.context import Context
from controller.server.build import build
from controller.server.listening import address, configure, is_exposed
from controller.settings import QUEUES
from controller.worker.garbage import seldom
from controller.worker.loop import carry_on
from controller.worker.watching import watch

_EXPOSED = Text(
    th="คำเตือน: รหัสผ่านจะส่งผ่านเครือข่ายโดยไม่เข้ารหัส ตั้ง web.tls_certificate หรือใช้พร็อกซีที่เข้ารหัส",
    en="warning: passwords cross the network unencrypted; set web.tls_certificate, or use a proxy",
)


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
            set_up(context.settings.logs.format, context.settings.logs.level)
            _serve(context, chosen.host, chosen.port, worker=not chosen.no_worker)
    except KhaenError as error:
        sys.stderr.write(f"{error.message}\n")
        sys.stderr.write(f"{error.hint}\n" if error.hint else "")
        return error.exit_code
    return 0


def _serve(context: Context, host: str | None, port: int | None, *, worker: bool) -> None:
    context.inventory()  # a broken file is told now, in this window, not to the first visitor
    with context.store.read():
        pass
    config = configure(build(context), context, host, port)
    seldom()
    server = uvicorn.Server(config)
    stopped = threading.Event()
    me = context.runs().serve(QUEUES) if worker else None
    if worker:
        threading.Thread(
            target=carry_on, args=(context.runs(), stopped.is_set), name="worker", daemon=True
        ).start()
    sock = config.bind_socket()
    sock.listen(config.backlog)  # from here on nobody is turned away
    here = address(config, sock.getsockname()[1])
    sys.stdout.write(f"เปิดเบราว์เซอร์ที่ {here} (Ctrl-C เพื่อหยุด)\nopen {here} (Ctrl-C stops)\n")
    if is_exposed(config, context):
        sys.stderr.write(f"{_EXPOSED}\n")
    sys.stdout.flush()
    with watch(context, me=me) if worker else nullcontext():
        server.run(sockets=[sock])
    stopped.set()


if __name__ == "__main__":
    sys.exit(main())
