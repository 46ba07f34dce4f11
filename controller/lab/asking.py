"""Asking a running lab through its control socket."""

import json
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from controller.lab.complaints import LabError
from controller.lab.meeting_point import socket_path

ANSWER_SECONDS = 30.0


def ask(state_dir: Path, request: Mapping[str, Any]) -> Any:
    """Ask the lab that runs in this folder; raises `LabError` when it refuses or does not run."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
        link.settimeout(ANSWER_SECONDS)
        try:
            link.connect(str(socket_path(state_dir)))
        except OSError:
            raise LabError(
                f"ไม่มีห้องทดลองทำงานอยู่ที่ {state_dir}", f"no lab is running in {state_dir}"
            ) from None
        link.sendall(json.dumps(request).encode() + b"\n")
        line = link.makefile("rb").readline()
    if not line:
        raise LabError(
            "ห้องทดลองปิดการเชื่อมต่อก่อนตอบ", "the lab closed the connection before it answered"
        )
    answer = json.loads(line)
    if not answer["ok"]:
        raise LabError(answer["error"]["th"], answer["error"]["en"])
    return answer["result"]
