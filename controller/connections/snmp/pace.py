"""How many rows a device is asked for at once: what it managed, remembered between polls."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 50
_PATIENCE, _MOST_PATIENCE = 32, 4096


@dataclass(slots=True)
class Pace:
    """Begins at the most, halves when an answer does not come or is too big, and grows again.

    Growing is tried after `_patience` good walks; whoever fails again waits twice as long, so that
    a slow device does not cost a time-out in every poll. `other_keys`: the device took the second
    way of making AES keys longer (`Keys.other`).
    """

    repetitions: int = MOST
    other_keys: bool = False
    _good: int = 0
    _patience: int = _PATIENCE

    def went_well(self) -> None:
        """A column came whole at this pace."""
        if self.repetitions == MOST:
            return
        self._good += 1
        if self._good >= self._patience:
            self.repetitions, self._good = min(MOST, self.repetitions * 2), 0

    def too_fast(self) -> None:
        """An answer of this many rows did not come."""
        self.repetitions = max(1, self.repetitions // 2)
        self._good, self._patience = 0, min(_MOST_PATIENCE, self._patience * 2)
