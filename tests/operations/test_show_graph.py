"""Graphs: who sees which, what is asked wrongly, and what nobody knows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from controller.errors import InputError, NotAllowed, NotFound, Refused
from controller.operations.keep_archive import keep_archive
from controller.operations.show_graph import show_graph
from controller.store.archive.files import ArchiveFiles
from tests.operations.office import Desk
from tests.store.archive.polls import STEP, polled, silent

SWITCH = "kkn-a-sw01"


def fill(desk: Desk) -> None:
    """An hour of polls up to now, one without an answer."""
    archive = desk.context.archive()
    for number in range(12):
        at = desk.clock() - (12 - number) * STEP
        archive.append([polled(SWITCH, at, 2e6) if number != 5 else silent(SWITCH, at)])


def test_a_graph_of_a_port_has_both_ways_and_its_gap(desk: Desk) -> None:
    """Bits a second are read as Mbit/s; what the device did not say is unknown."""
    fill(desk)
    found = show_graph(
        desk.context, desk.person("engineer1"), SWITCH, "traffic", "Gi0/1", span="hour"
    )
    incoming, outgoing = found.series
    assert (incoming.peak, incoming.samples, incoming.seconds) == (2e6, 11, 300)
    assert sum(value is None for value in incoming.mean) in {1, 2}
    assert (outgoing.samples, outgoing.peak) == (0, None)
    assert found.scale.say(incoming.peak) == "2 Mbit/s"
    assert (found.since, found.until) == (desk.clock() - timedelta(hours=1), desk.clock())
    up = show_graph(desk.context, desk.person("director"), SWITCH, "up", span="hour")
    assert (up.series[0].least, up.scale.say(up.series[0].least), up.ceiling) == (0.0, "0%", 1.0)


def test_a_school_sees_its_own_only(desk: Desk) -> None:
    """Another one's device is not there for it."""
    assert show_graph(desk.context, desk.person("school1"), SWITCH, "cpu").is_empty
    with pytest.raises(NotFound):
        show_graph(desk.context, desk.person("school2"), SWITCH, "cpu")
    with pytest.raises(NotFound):
        show_graph(desk.context, desk.person("school2"), "nothing", "cpu")


@pytest.mark.parametrize(
    ("metric", "port", "span", "hint"),
    [
        ("cpus", None, "day", "did you mean cpu?"),
        ("traffic", None, "day", "name the port too"),
        ("cpu", "Gi0/1", "day", "did you mean"),
        ("cpu", None, "decade", "one of hour, day, week, month, year"),
    ],
)
def test_what_is_asked_wrongly_is_explained(
    desk: Desk, metric: str, port: str | None, span: str, hint: str
) -> None:
    """With what would be right."""
    with pytest.raises(InputError) as error:
        show_graph(desk.context, desk.person("engineer1"), SWITCH, metric, port, span=span)
    assert error.value.hint
    assert hint in error.value.hint.en


def test_a_time_that_ends_before_it_begins(desk: Desk) -> None:
    """Is no time."""
    with pytest.raises(InputError, match="ends before it begins"):
        show_graph(
            desk.context,
            desk.person("engineer1"),
            SWITCH,
            "cpu",
            since=desk.clock(),
            until=desk.clock() - timedelta(days=1),
        )


def test_looking_after_the_archive(desk: Desk) -> None:
    """Merging and forgetting by hand; not for everybody, and not by two at once."""
    fill(desk)
    engineer = desk.person("engineer1")
    assert {k.level for k in keep_archive(desk.context, engineer).levels} == {"fresh"}
    assert {k.level for k in keep_archive(desk.context, engineer, merge=True).levels} == {"raw"}
    assert keep_archive(desk.context, engineer, forget=True, rehearse=True).forgotten == ()
    with pytest.raises(NotAllowed):
        keep_archive(desk.context, desk.person("school1"))
    with ArchiveFiles(desk.context.folder / "archive").alone():
        for what in ({"merge": True}, {"forget": True}):
            with pytest.raises(Refused, match="another process"):
                keep_archive(desk.context, engineer, **what)
