"""How much of a flood is read: so many at once, and so many a second after that."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Bucket:
    """Holds `size` tokens, `rate` more each second; a message takes one."""

    rate: float
    size: float
    left: float = -1.0
    at: float = 0.0

    def take(self, now: float) -> bool:
        """Whether there was one left at `now` (seconds that only grow)."""
        left = self.size if self.left < 0 else self.left + (now - self.at) * self.rate
        self.left, self.at = min(self.size, left), now
        if self.left < 1:
            return False
        self.left -= 1
        return True
