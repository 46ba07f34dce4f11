"""Starting a lab in the background, finding out whether it runs, stopping it, forgetting it."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

from controller.lab.asking import ask
from controller.lab.complaints import LabError
from controller.lab.definition import LabDefinition
from controller.lab.meeting_point import socket_path
from controller.lab.password import read_password

START_SECONDS = 120.0
STOP_SECONDS = 10.0


def unpublish(state_dir: Path) -> None:
    """Remove the files that are there only while the lab runs."""
    for path in (state_dir / "addresses.json", state_dir / "lab.pid", socket_path(state_dir)):
        path.unlink(missing_ok=True)


def start(path: Path, definition: LabDefinition, *, share: bool, wait: bool) -> bool:
    """Start a lab on its own; False when the same lab was running already.

    Returns when every device accepts connections (at once without `wait`). Raises `LabError` when
    another lab runs in the folder or the lab does not start; its log tells why.
    """
    state_dir = definition.state_dir
    state_dir.mkdir(parents=True, exist_ok=True)
    read_password(definition.password_file)
    if running_pid(state_dir) is not None:
        if (state_dir / "lab.json").read_text(encoding="utf-8") != description(definition):
            raise LabError(
                f"มีห้องทดลองอื่นทำงานอยู่ที่ {state_dir} ให้สั่ง down ก่อน",
                f"a different lab is running in {state_dir}: stop it with down first",
            )
        return False
    unpublish(state_dir)
    command = [sys.executable, "-m", "controller.lab", "serve", str(path.absolute())]
    with (state_dir / "lab.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, *(["--share"] if share else [])],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    if wait:
        _await_addresses(state_dir, process)
    # The lab outlives this process on purpose; nobody will ask for its exit code.
    process.returncode = process.returncode or 0
    return True


def _await_addresses(state_dir: Path, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while not (state_dir / "addresses.json").exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise LabError(
                f"ห้องทดลองไม่เริ่มทำงาน ดูสาเหตุใน {state_dir / 'lab.log'}\n{last_words(state_dir)}",
                f"the lab did not start; see {state_dir / 'lab.log'}\n{last_words(state_dir)}",
            )
        time.sleep(0.02)


def stop(state_dir: Path) -> bool:
    """Stop the lab of a folder and wait until it is gone; False when none was running."""
    pid = running_pid(state_dir)
    if pid is None:
        return False
    try:
        ask(state_dir, {"command": "stop"})
    except LabError:
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while running_pid(state_dir) is not None:
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            deadline += STOP_SECONDS
        time.sleep(0.02)
    return True


def wipe(state_dir: Path) -> None:
    """Remove what a lab has left: startup configurations, keys, log. Refuses other folders."""
    if not state_dir.exists():
        return
    if not (state_dir / "lab.json").exists():
        raise LabError(
            f"{state_dir} ไม่ใช่โฟลเดอร์ของห้องทดลอง จึงไม่ลบ",
            f"{state_dir} is not the folder of a lab; nothing was removed",
        )
    shutil.rmtree(state_dir / "startup", ignore_errors=True)
    unpublish(state_dir)
    for name in ("lab.json", "lab.log", "ssh_host_key", "eapi.pem"):
        (state_dir / name).unlink(missing_ok=True)


def running_pid(state_dir: Path) -> int | None:
    """The process of the lab that runs in this folder, or None; left-over files do not fool it."""
    try:
        with (state_dir / "lab.pid").open(encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(file.read() or 0) or None
    except FileNotFoundError:
        pass
    return None


def description(definition: LabDefinition) -> str:
    """The definition as text, by which two definitions are compared."""
    rows = {
        **vars(definition),
        "devices": [vars(device) for device in definition.devices],
        "delivered": [asdict(box) for box in definition.delivered],
    }
    return json.dumps(rows, default=str, indent=1, sort_keys=True) + "\n"


def last_words(state_dir: Path) -> str:
    """The end of the lab's log."""
    try:
        lines = (state_dir / "lab.log").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join(lines[-8:])
