"""Every page is put on the application."""

from __future__ import annotations

from controller.web import pages
from tests.rules.tree import PACKAGE, told


def test_every_file_with_a_page_is_imported() -> None:
    """A page that a merge drops from the list would be gone without a word."""
    files = {path.stem for path in (PACKAGE / "web/pages").glob("*.py")} - {"__init__"}
    faults = sorted(files.symmetric_difference(pages.__all__))
    assert not faults, told(faults)
