"""Files attached to cases."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from controller.errors import InputError, NotAllowed, NotFound, Refused
from controller.operations import attach_file as attaching
from controller.operations.attach_file import attach_file
from tests.operations.office import Desk

CONTENT = "รายงานการประชุม\n".encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "รายงาน.txt"
    made.write_bytes(CONTENT)
    return made


def test_a_file_is_kept_by_its_content(desk: Desk, file: Path) -> None:
    """The case holds its hash, the store its bytes; another content is the next revision."""
    case, engineer = desk.case("2.3", 4), desk.person("engineer1")
    moved = attach_file(desk.context, engineer, case.number, file, "รายงานการประชุม")
    (paper,) = moved.papers
    assert (paper.kind, paper.number, paper.title) == ("file", "รายงาน.txt", "รายงานการประชุม")
    assert (paper.sha256, paper.revision) == (hashlib.sha256(CONTENT).hexdigest(), 1)
    assert desk.context.files.get(paper.sha256) == CONTENT
    (entry,) = desk.entries("attach_file")
    assert entry.content["sha256"] == paper.sha256
    with pytest.raises(Refused):
        attach_file(desk.context, engineer, case.number, file)
    file.write_bytes(CONTENT * 2)
    (paper,) = attach_file(desk.context, engineer, case.number, file).papers
    assert (paper.revision, paper.title) == (2, "รายงาน.txt")
    assert desk.context.files.get(paper.sha256) == CONTENT * 2


def test_what_cannot_be_attached_is_told(desk: Desk, tmp_path: Path, file: Path) -> None:
    """Missing, empty, a folder, too large, the wrong person, the wrong moment."""
    case, before_director = desk.case("2.3", 4), desk.case("2.3", 2)
    engineer = desk.person("engineer1")
    empty, large = tmp_path / "empty.pdf", tmp_path / "large.pdf"
    empty.touch()
    with large.open("wb") as hollow:
        hollow.truncate(attaching.LARGEST + 1)
    for who, number, path, error in (
        (engineer, case.number, tmp_path / "none.pdf", NotFound),
        (engineer, case.number, tmp_path, InputError),
        (engineer, case.number, empty, InputError),
        (engineer, case.number, large, InputError),
        (engineer, before_director.number, file, Refused),
        (engineer, "2569-2.3-0099", file, NotFound),
        (desk.person("deputy"), case.number, file, NotAllowed),
        (desk.person("school1"), case.number, file, NotAllowed),
    ):
        with pytest.raises(error):
            attach_file(desk.context, who, number, path)
    assert desk.entries("attach_file") == []
    assert desk.now(case).papers == ()


def test_a_file_of_exactly_the_limit_is_taken(desk: Desk, tmp_path: Path) -> None:
    """20 MB, not a byte more."""
    case, full = desk.case("2.3", 4), tmp_path / "full.bin"
    full.write_bytes(b"x" * attaching.LARGEST)
    (paper,) = attach_file(desk.context, desk.person("engineer1"), case.number, full).papers
    assert len(desk.context.files.get(paper.sha256)) == attaching.LARGEST


def test_a_name_is_what_one_can_see(desk: Desk, tmp_path: Path) -> None:
    """A name that turns its own end round is written as it is."""
    case = desk.case("2.3", 4)
    sly = tmp_path / "รายงาน\u202etxt.exe"
    sly.write_bytes(CONTENT)
    moved = attach_file(desk.context, desk.person("engineer1"), case.number, sly, "ก\u0007 ข\n")
    assert [(p.number, p.title) for p in moved.papers] == [("รายงานtxt.exe", "ก ข")]
