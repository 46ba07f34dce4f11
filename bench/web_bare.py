"""The least a FastAPI answer and a NiceGUI page can cost; the ratios are against these."""

from __future__ import annotations

import sys

import uvicorn
from fastapi import FastAPI
from nicegui import ui


def main() -> None:
    """Serve `/api` and `/page` on a free port, and say where."""
    app = FastAPI()

    @app.get("/api")
    def answer() -> dict[str, str]:
        return {"state": "ok"}

    @ui.page("/page")
    def page() -> None:
        ui.label("ok")

    ui.run_with(app, tailwind=False, show_welcome_message=False)
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning")
    sock = config.bind_socket()
    sys.stdout.write(f"http://127.0.0.1:{sock.getsockname()[1]}\n")
    sys.stdout.flush()
    uvicorn.Server(config).run(sockets=[sock])


if __name__ == "__main__":
    main()
