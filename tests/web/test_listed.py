"""Every page and every download that is written is also served."""

from __future__ import annotations

from pathlib import Path

from controller.web import downloads, pages


def test_every_page_is_imported() -> None:
    """A page registers itself when it is imported; one that is forgotten is not there."""
    assert sorted(pages.__all__) == _files(pages.__file__)


def test_every_download_is_mounted() -> None:
    """One router for each file."""
    assert len(downloads.ROUTERS) == len(_files(downloads.__file__))


def _files(package: str | None) -> list[str]:
    folder = Path(str(package)).parent
    return sorted(p.stem for p in folder.glob("*.py") if p.stem != "__init__")
