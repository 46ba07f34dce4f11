"""Turns are given in the order they were asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from controller.store.turns import Turns


def waiting_for(turns: Turns, number: int) -> None:
    """Return when so many threads wait."""
    pause = threading.Event()
    while len(turns._waiting) < number:
        pause.wait(0.001)


def started(target: Callable[..., Any], *args: Any) -> threading.Thread:
    thread = threading.Thread(target=target, args=args)
    thread.start()
    return thread


def test_turns_come_in_order() -> None:
    """First come, first served."""
    turns, order, threads = Turns(), [], []

    def work(number: int) -> None:
        with turns:
            order.append(number)

    with turns:
        for number in range(20):
            threads.append(started(work, number))
            waiting_for(turns, number + 1)
    for thread in threads:
        thread.join()
    assert order == list(range(20))


def test_one_at_a_time() -> None:
    """However many ask."""
    turns, inside, most = Turns(), [], []

    def work() -> None:
        for _ in range(200):
            with turns:
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [started(work) for _ in range(8)]
    for thread in threads:
        thread.join()
    assert (len(most), max(most)) == (1600, 1)


def test_asking_again_while_holding_is_an_error() -> None:
    """And takes nothing away from the holder."""
    turns = Turns()
    with turns, pytest.raises(RuntimeError), turns:
        pass
    with turns:
        pass


def test_an_error_gives_the_turn_back() -> None:
    """Whatever is raised inside."""
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns:
        raise ZeroDivisionError
    with turns:
        pass


@pytest.mark.parametrize("given", [False, True])
def test_who_is_interrupted_while_waiting_blocks_nobody(given: bool) -> None:
    """Ctrl-C comes before the turn was given, or just after."""
    turns = Turns()
    ticket = threading.Lock()
    ticket.acquire()
    with turns:
        if given:
            turns._waiting.append(ticket)
        else:
            other = threading.Lock()
            other.acquire()
            turns._waiting.append(other)
            turns._give_back(other)
    if given:
        turns._give_back(ticket)
    with turns:
        pass
