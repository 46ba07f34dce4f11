"""A lab in a folder that lies too deep for a socket still answers."""

from __future__ import annotations

from pathlib import Path

from controller.lab.meeting_point import LONGEST, socket_path


def test_a_socket_stands_in_its_lab_where_it_fits() -> None:
    assert socket_path(Path("/var/lab")) == Path("/var/lab/control.sock")


def test_a_deep_folder_has_its_own_short_path_elsewhere() -> None:
    deep, other = Path("/x" * 80), Path("/y" * 80)
    assert len(str(socket_path(deep))) <= LONGEST
    assert socket_path(deep) == socket_path(deep)
    assert socket_path(deep) != socket_path(other)
