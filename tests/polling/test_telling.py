"""What people are told: each trouble once, no flood, and nothing lost on the way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from controller.polling.telling import Teller
from controller.settings import Notices, Settings
from controller.store import maintenance
from controller.store.alert_letters import Letter
from controller.store.engine import open_store
from controller.store.health_tables import alert_letters as kept_letters
from controller.store.maintenance import Window
from tests.polling.watched import Watched, inventory
from tests.store.clock import Clock
from tests.store.databases import database_in

SCHOOL_A = ("a-r", "a-core", "a-sw1", "a-sw2", "a-sw3")


@pytest.fixture
def watched(tmp_path: Path, migrated_file: Path, clock: Clock) -> Iterator[Watched]:
    """Two schools, and somebody who is told."""
    shutil.copy(migrated_file, tmp_path / "khaen.db")
    store = open_store(database_in(tmp_path))
    yield Watched(store, clock, inventory(), Teller(store, Settings(), tmp_path, tmp_path))
    store.close()


def letters(watched: Watched) -> list[Letter]:
    """What was written, oldest first."""
    with watched.store.read() as conn:
        kept = conn.execute(select(kept_letters).order_by(kept_letters.c.id))
        return [Letter(**row._mapping) for row in kept]


def test_a_school_cut_off_is_one_line_and_told_again_when_it_is_back(watched: Watched) -> None:
    """Not of its shadows, and not twice."""
    watched.poll(down=SCHOOL_A)
    watched.poll(down=SCHOOL_A)
    watched.poll(down=SCHOOL_A)
    (letter,) = letters(watched)
    assert "a-r" in letter.body
    assert "a-sw1" not in letter.body
    assert "อีก 4 รายการ" in letter.body
    watched.poll()
    watched.poll()
    _, second = letters(watched)
    assert "กลับเป็นปกติ" in second.body
    assert "a-r" in second.body


def test_nobody_is_told_of_maintenance_until_it_is_over(watched: Watched) -> None:
    """Nor of something below a device whose grace still runs."""
    now = watched.clock()
    window = Window(
        site="a", devices=(), starts=now, ends=now + timedelta(minutes=12), reason="x", approved="",
        made_by="engineer1", made=now,
    )  # fmt: skip
    with watched.store.begin(audited=False) as conn:
        maintenance.add_window(conn, window)
    watched.poll(down=["a-r"])
    watched.poll(down=["a-r"])
    assert letters(watched) == []
    watched.poll(down=["a-r"])
    assert len(letters(watched)) == 1


def test_whoever_is_found_first_below_a_suspect_is_not_told_of(watched: Watched) -> None:
    """The switches a moment before the router they hang below: one line, of the router."""
    watched.poll(down=["a-sw1", "a-sw2"])
    watched.poll(down=["a-r", "a-core", "a-sw1", "a-sw2"])
    assert letters(watched) == []
    watched.poll(down=["a-r", "a-core", "a-sw1", "a-sw2"])
    (letter,) = letters(watched)
    assert letter.body.count("- [") == 1


def test_digests_come_five_minutes_apart(watched: Watched) -> None:
    """However many shares are settled in between, and what was left over is told then."""
    watched.poll(down=["a-sw1", "b-sw1"], of=["a-sw1", "b-sw1"])
    watched.poll(down=["a-sw1"], of=["a-sw1"])
    watched.poll(down=["b-sw1"], of=["b-sw1"], minutes=1)
    watched.poll(down=["a-sw1", "b-sw1"], minutes=2)
    assert len(letters(watched)) == 1
    watched.poll(down=["a-sw1", "b-sw1"])
    _, second = letters(watched)
    assert "b-sw1" in second.body
    assert "a-sw1" not in second.body


def test_a_letter_is_tried_until_it_arrives(watched: Watched, tmp_path: Path) -> None:
    """A channel that is gone is an error that is kept; a file is written for its owner."""
    watched.poll(down=["a-r"])
    watched.poll(down=["a-r"])
    assert watched.teller is not None
    assert watched.teller.send(watched.clock()) == 1
    (file,) = (tmp_path / "notices").iterdir()
    assert "a-r" in file.read_text(encoding="utf-8")
    assert watched.teller.send(watched.clock()) == 0
    settings = Settings(notices=Notices(alerts="gone"))
    other = Teller(watched.store, settings, tmp_path, tmp_path)
    watched.teller = other
    watched.restart()
    watched.poll()
    watched.poll()
    assert other.send(watched.clock()) == 0
    failed = letters(watched)[-1]
    assert (failed.state, failed.attempts) == ("failed", 1)
    assert "gone" in failed.error
    assert other.send(watched.clock()) == 0
    assert letters(watched)[-1].attempts == 1
    watched.clock.forward(minutes=2)
    other.send(watched.clock())
    assert letters(watched)[-1].attempts == 2


def test_what_is_not_bad_enough_is_told_to_nobody(watched: Watched) -> None:
    """Warnings wait in the list unless the office wants them."""
    from tests.polling.test_alerting import BUSY

    for _ in range(5):
        watched.poll(measured=BUSY)
    assert {a.rule for a in watched.open()} == {"high_cpu"}
    assert letters(watched) == []
