"""How often Python looks for garbage in a process that holds a great deal that stays."""

from __future__ import annotations

import gc

# Objects that come before the young, and collections before the old, are looked through.
_SELDOM = (50_000, 20, 20)


def seldom() -> None:
    """Leave what is there now alone for good, and look through the rest seldom.

    What stays (the program, the inventory, what is remembered of devices) makes each look slow, and
    each look stops every page.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SELDOM)
