"""The private folders of a run: one below the var folder, one in memory where there is such a file
system. Both are removed when the run ends; those of a process that died, at the next start.

The playbook's files lie in the first. What may hold a secret on its way (arguments of modules,
events, sockets) lies in the second, which is short enough for the names of sockets.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from controller.connections.ansible.processes import end_marked

_MEMORY = Path("/dev/shm")  # noqa: S108  a folder of our own is made in it
_LEAST_MEMORY = 16 << 20
_LOCK = "lock"
_MAKING = ".making-"
_STALE_SECONDS = 3600


@dataclass(frozen=True)
class PrivateFolders:
    """`token` is the mark of the run's processes; `files` and `memory` are its own, mode 0700."""

    token: str
    files: Path
    memory: Path


@contextmanager
def private_folders(var: Path) -> Iterator[PrivateFolders]:
    """Fresh private folders, gone at the end. Errors: `OSError`."""
    token = secrets.token_hex(5)
    bases = (var / "ansible", _memory_base(var))
    for base in bases:
        base.mkdir(mode=0o700, parents=True, exist_ok=True)
        _clear(base)
    with ExitStack() as closing:
        files, memory = (_made(base, token, closing) for base in bases)
        yield PrivateFolders(token, files, memory)


def _memory_base(var: Path) -> Path:
    """Our folder in memory; in the var folder or /tmp where there is no such file system."""
    with suppress(OSError):
        free = os.statvfs(_MEMORY)
        base = _MEMORY / f"khaen-{os.getuid()}"
        if free.f_bavail * free.f_frsize >= _LEAST_MEMORY and _is_ours(base):
            return base
    base = var / "ansible-sockets"
    # The name of a socket may have some hundred letters in all.
    return base if len(str(base)) < 60 else Path(tempfile.gettempdir(), f"khaen-{os.getuid()}")


def _is_ours(base: Path) -> bool:
    """Whether nobody else can look into it: anyone may make a folder of this name beforehand."""
    with suppress(FileExistsError):
        base.mkdir(mode=0o700)
    found = base.lstat()
    return (
        base.is_dir()
        and not base.is_symlink()
        and found.st_uid == os.getuid()
        and not (found.st_mode & 0o077)
    )


def _made(base: Path, token: str, closing: ExitStack) -> Path:
    """A folder that is held by a lock from before it has its name."""
    draft, folder = base / f"{_MAKING}{token}", base / token
    draft.mkdir(mode=0o700)
    held = os.open(draft / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    closing.callback(os.close, held)
    fcntl.flock(held, fcntl.LOCK_EX)
    draft.rename(folder)
    closing.callback(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _clear(base: Path) -> None:
    """Remove what dead processes left, and end what they left running."""
    for folder in base.iterdir():
        if folder.name.startswith(_MAKING):
            with suppress(OSError):
                if time.time() - folder.stat().st_mtime > _STALE_SECONDS:
                    shutil.rmtree(folder, ignore_errors=True)
        elif _is_left(folder):
            end_marked(folder.name)
            shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    """Whether nobody holds its lock any more."""
    try:
        held = os.open(folder / _LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(held)
    return True
