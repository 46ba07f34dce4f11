"""A site's register file, written again: nothing changes but what was asked for."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.errors import StalePlan
from controller.inventory.register_changes import RowChange
from controller.workspace.register_file import (
    RegisterFile,
    read_register_file,
    rewritten,
    write_register,
)

HEADING = "number,kind,brand,model,serial,acquired,price,room,state,note"
NOTES = st.text(st.sampled_from('aก, "\n\u2028\x0b;'), max_size=6)


def quoted(text: str) -> str:
    """A cell as Excel writes it."""
    return '"' + text.replace('"', '""') + '"'


@given(st.lists(NOTES, max_size=6), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_rows_that_stay_are_kept_letter_by_letter(
    notes: list[str], end: str, marked: bool, closed: bool
) -> None:
    """Whatever is in their cells, which mark comes first and how lines end."""
    rows = [
        f"7440-{at}/67,computer,HP,M,,2024-06-17,1.5,{quoted(note)},in-use,{quoted(note)}"
        for at, note in enumerate(notes)
    ]
    text = end.join([HEADING, *rows]) + (end if closed else "")
    content = ("\ufeff" + text if marked else text).encode()
    file = RegisterFile("x.csv", "x", content, ())
    missing = "" if closed else end if rows else "\n"
    assert rewritten(file, ()) == content + missing.encode()
    if rows:
        gone = RowChange("removed", "7440-0/67", 0, None, None)
        left = end.join([HEADING, *rows[1:]]) + end
        assert rewritten(file, (gone,)).decode("utf-8-sig") == left


def test_a_file_that_somebody_else_wrote_is_not_written_over(tmp_path: Path) -> None:
    """Nor one that came into being; and nothing is left behind."""
    path = "inventory/assets/x.csv"
    write_register(tmp_path, path, b"one", "")
    with pytest.raises(StalePlan):
        write_register(tmp_path, path, b"two", "")
    one = hashlib.sha256(b"one").hexdigest()
    write_register(tmp_path, path, b"two", one)
    with pytest.raises(StalePlan):
        write_register(tmp_path, path, b"three", one)
    folder = (tmp_path / path).parent
    assert [(f.name, f.read_bytes()) for f in folder.iterdir()] == [("x.csv", b"two")]


def test_a_site_without_a_register_has_an_empty_one(tmp_path: Path) -> None:
    """Its first rows bring the headings."""
    file = read_register_file(tmp_path, "x", ["x"])
    assert (file.content, file.digest, file.assets) == (None, "", ())
    assert rewritten(file, ()).decode() == HEADING + "\n"
