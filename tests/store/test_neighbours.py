"""What devices saw is kept until they are walked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from controller.facts.neighbour import Neighbour, Surroundings
from controller.store.engine import Store
from controller.store.health_tables import neighbours
from controller.store.neighbours import (
    Walked,
    forget_neighbours,
    load_neighbours,
    refreshed,
    save_neighbours,
)

NOW = datetime(2026, 5, 4, 2, 30, tzinfo=UTC)

SEEN = Surroundings(
    "sw-a",
    ("00:1a:2b:3c:4d:5e",),
    (Neighbour("Gi0/1", "lldp", "ตึก ก", "Et1", "10.0.0.2", capabilities=("bridge",)),),
)


def test_the_last_walk_takes_the_place_of_the_one_before(store: Store) -> None:
    later = NOW + timedelta(hours=1)
    with store.begin() as conn:
        save_neighbours(conn, "a", NOW, SEEN)
        save_neighbours(conn, "b", NOW, Surroundings())
        save_neighbours(conn, "a", later, SEEN)
        assert load_neighbours(conn) == {
            "a": Walked(later, SEEN),
            "b": Walked(NOW, Surroundings()),
        }
        assert set(load_neighbours(conn, ["a", "nobody"])) == {"a"}
        forget_neighbours(conn, ["a"])
        assert set(load_neighbours(conn)) == {"b"}


def test_only_what_is_newer_is_read_again(store: Store) -> None:
    kept: dict[str, Walked] = {}
    later = NOW + timedelta(hours=1)
    with store.begin() as conn:
        for device in ("a", "b", "c"):
            save_neighbours(conn, device, NOW, SEEN)
        first = refreshed(conn, kept)
        assert first == kept == load_neighbours(conn)
        save_neighbours(conn, "a", later, Surroundings("renamed"))
        forget_neighbours(conn, ["c"])
        again = refreshed(conn, kept)
        assert again == kept == load_neighbours(conn)
        assert again["a"].seen.name == "renamed"
        assert again["b"] is first["b"]


def test_a_damaged_row_is_a_device_that_was_not_walked(store: Store) -> None:
    with store.begin() as conn:
        save_neighbours(conn, "a", NOW, SEEN)
        conn.execute(update(neighbours).values(content='{"neighbours": [{"odd": 1}]}'))
        assert load_neighbours(conn)["a"].seen == Surroundings()
