"""Files by their content."""

from __future__ import annotations

import hashlib
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.errors import NotFound, StoreError
from controller.store.files import FileStore

CONTENT = "หนังสือแจ้งโรงเรียน\n".encode()
NAME = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


@given(content=st.binary(max_size=2000))
def test_what_was_put_comes_back(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Under its SHA-256, whatever it is."""
    files = FileStore(tmp_path_factory.getbasetemp() / "kept")
    name = files.put(content)
    assert name == hashlib.sha256(content).hexdigest()
    assert files.get(name) == content


def test_only_the_owner_may_read(files: FileStore, tmp_path: Path) -> None:
    """Mode 0600 in folders of mode 0700, and nothing left lying beside it."""
    files.put(CONTENT)
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "files").rglob("*")}
    assert modes == {NAME[:2]: 0o700, NAME: 0o600}
    assert stat.S_IMODE((tmp_path / "files").stat().st_mode) == 0o700


def test_many_who_put_the_same_keep_it_once(files: FileStore, tmp_path: Path) -> None:
    """Nobody stands in anybody's way."""
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(files.put, [CONTENT] * 40)) == {NAME}
    assert [p.name for p in (tmp_path / "files").rglob("*") if p.is_file()] == [NAME]


@pytest.mark.parametrize("name", ["f" * 64, "", "../khaen.db", "F" * 64, "a" * 63 + "\n"])
def test_what_is_not_there_is_not_found(files: FileStore, name: str) -> None:
    """Nor is anything outside the folder."""
    with pytest.raises(NotFound):
        files.get(name)


def test_a_changed_file_is_told_and_never_given(files: FileStore, tmp_path: Path) -> None:
    """Its bytes no longer fit its name; the same content put again makes it whole."""
    files.put(CONTENT)
    place = tmp_path / "files" / NAME[:2] / NAME
    place.write_bytes(CONTENT + b" ")
    with pytest.raises(StoreError, match=NAME[:12]):
        files.get(NAME)
    files.put(CONTENT)
    assert files.get(NAME) == CONTENT


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """As a trouble of the store, with what to do."""
    (tmp_path / "files").write_text("a file where the folder should be")
    with pytest.raises(StoreError) as caught:
        FileStore(tmp_path / "files").put(CONTENT)
    assert caught.value.hint
    with pytest.raises(StoreError):
        FileStore(tmp_path / "files").get(NAME)
