"""The one password of a lab's devices, in a file that only its owner can read."""

import os
import secrets
from pathlib import Path


def read_password(path: Path) -> str:
    """The lab's password; a random one is written (mode 0600) where there is none."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        password = secrets.token_urlsafe(12)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(password + "\n")
        return password
