"""How bad a cell of a heat map is: the share that fails in a few steps, each with a name."""

from __future__ import annotations

from typing import Literal

from controller.compliance.scores import Tally

Heat = Literal["none", "clean", "unknown", "some", "many", "most"]
# From these shares of what applies on, many and most fail.
_MANY, _MOST = 1 / 3, 2 / 3


def heat(tally: Tally | None) -> Heat:
    """`none` where nothing applies, `clean` where all passes or is waived, else how much fails.

    `unknown` says that nothing fails, but something could not be learnt.
    """
    if tally is None or not tally.applies:
        return "none"
    if not tally.failed:
        return "unknown" if tally.unknown else "clean"
    share = tally.failed / tally.applies
    return "most" if share >= _MOST else "many" if share >= _MANY else "some"
