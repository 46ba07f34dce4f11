"""Makes a new workspace: a copy of the sample office, ready to be changed into one's own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from controller.errors import InputError, Text
from controller.workspace.sample_files import SAMPLE_FILES, copy_sample

GITIGNORE = """\
# History, device passwords and logs: never in git.
/var/
"""


def make_workspace(target: Path) -> tuple[str, ...]:
    """Write the sample into `target`, made if missing; the paths written, relative to it.

    The new folder becomes a git repository where git is installed, without any commit.

    Errors: `InputError` when `target` holds anything or cannot be written.
    """
    source = sample_folder()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise _not_empty(target)
    try:
        target.mkdir(parents=True, exist_ok=True)
        written = copy_sample(source, target)
        (target / ".gitignore").write_text(GITIGNORE, encoding="utf-8")
    except OSError as error:
        raise _not_writable(target, error) from None
    _make_repository(target)
    return tuple(sorted([*written, ".gitignore"]))


def sample_folder() -> Path:
    """The folder with the sample: beside this module in an installed package, else the clone's top.

    Errors: `InputError` when neither is there (a broken installation).
    """
    packaged = Path(__file__).parent / "sample"
    clone = Path(__file__).parents[2]
    for folder in (packaged, clone):
        if (folder / SAMPLE_FILES[0]).is_file():
            return folder
    raise InputError(
        Text(
            th="ไม่พบไฟล์ตัวอย่างในชุดติดตั้ง โปรดติดตั้ง khaen ใหม่",
            en="the installation holds no sample files; install khaen again",
        )
    )


def _make_repository(target: Path) -> None:
    """A workspace without git still works; its plans then say that no commit is known."""
    git = shutil.which("git")
    if git is not None:
        subprocess.run([git, "init", "--quiet", str(target)], check=False, capture_output=True)


def _not_empty(target: Path) -> InputError:
    return InputError(
        Text(
            th=f"{target} มีอยู่แล้วและไม่ว่างเปล่า จึงไม่เขียนทับ",
            en=f"{target} exists and is not an empty folder; nothing was written",
        ),
        hint=Text(th="ระบุชื่อโฟลเดอร์ใหม่", en="name a new folder"),
    )


def _not_writable(target: Path, error: OSError) -> InputError:
    why = error.strerror or type(error).__name__
    return InputError(Text(th=f"เขียน {target} ไม่ได้: {why}", en=f"cannot write {target}: {why}"))
