"""Where a lab's control socket is."""

import hashlib
import tempfile
from pathlib import Path

LONGEST = 100
"""Bytes a socket's path may have on every system we run on (macOS: 104, with the final zero)."""


def socket_path(state_dir: Path) -> Path:
    """The control socket of the lab in this folder; elsewhere when the folder lies too deep."""
    path = state_dir / "control.sock"
    if len(str(path).encode()) <= LONGEST:
        return path
    name = hashlib.sha256(str(state_dir.absolute()).encode()).hexdigest()[:24]
    return Path(tempfile.gettempdir()) / f"khaen-lab-{name}.sock"
