"""A delivery (การส่งมอบ): every piece that came, what it told of itself, what a person must check.

Its canonical JSON is the paper `acceptance/N` of the case. A piece is checked fact by fact against
the offer that won; what it cannot prove a person ticks, with name and time. Nothing else is a pass.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from controller.errors import Text
from controller.specs.canonical import Canonical

Outcome = Literal["proved", "differs", "person"]
OUTCOMES: dict[Outcome, Text] = {
    "proved": Text(th="อุปกรณ์ยืนยันแล้ว", en="proved by the device"),
    "differs": Text(th="ไม่ตรงกับข้อเสนอ", en="differs from the offer"),
    "person": Text(th="ต้องตรวจด้วยคน", en="to be checked by a person"),
}
MODEL, BRAND, SERIAL = "model", "brand", "serial"
IDENTITY: dict[str, Text] = {
    MODEL: Text(th="รุ่น", en="Model"),
    BRAND: Text(th="ยี่ห้อ", en="Brand"),
    SERIAL: Text(th="หมายเลขเครื่อง", en="Serial number"),
}
"""What is checked of every piece beside the criteria of its item."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Tick(_Part):
    """What a person found: right or wrong, with a note. `by` is the user name."""

    right: bool
    note: str = ""
    by: str
    at: AwareDatetime


class Check(_Part):
    """One fact of a piece: what was offered, what the device told, and how they stand.

    `about` is a key of `IDENTITY` or the id of a criterion. `how` says in Thai how the device's
    words were read, or why it proves nothing.
    """

    about: str
    outcome: Outcome
    offered: str = ""
    told: str = ""
    how: str = ""
    tick: Tick | None = None

    @property
    def settled(self) -> bool:
        """Whether nothing is left to look at: proved, or ticked as right.

        What differs is settled by a tick that says why it is taken all the same.
        """
        if self.tick is None:
            return self.outcome == "proved"
        return self.tick.right and (self.outcome != "differs" or bool(self.tick.note.strip()))

    @property
    def refused(self) -> bool:
        """Whether a person found it wrong."""
        return self.tick is not None and not self.tick.right


class Piece(_Part):
    """One piece of equipment. `key` names it in the delivery.

    `brand`, `model`, `version` are what it told, empty where it did not. `platform` is the
    inventory's word, `interface` the one that carries `address`; `access` the access of the
    settings it answered to. `trouble` says in Thai why it could not be asked. `asset` and `device`
    are its register number and its name in the inventory once it was accepted.
    """

    key: str
    item: str
    site: str
    room: str = ""
    address: str = ""
    name: str = ""
    platform: str = ""
    role: str = ""
    interface: str = ""
    access: str = ""
    brand: str = ""
    model: str = ""
    serial: str = ""
    version: str = ""
    ports: str = ""
    trouble: str = ""
    checks: tuple[Check, ...] = ()
    asset: str = ""
    device: str = ""

    def check(self, about: str) -> Check | None:
        """The check of this fact."""
        return next((check for check in self.checks if check.about == about), None)

    @property
    def open(self) -> tuple[Check, ...]:
        """What stands against accepting it, in order."""
        return tuple(check for check in self.checks if not check.settled)


class Accepted(_Part):
    """Who accepted the delivery, and when. `replaced` are register numbers to dispose of."""

    by: str
    at: AwareDatetime
    replaced: tuple[str, ...] = ()


class Delivery(Canonical):
    """One delivery, whole or a part of what was ordered.

    `specification`, `comparison` and `offer` are the hashes of the papers it is held against;
    `document` is the supplier's delivery note. `price` of each item is baht, as offered.
    """

    number: int = Field(ge=1)
    case: str
    specification: str
    comparison: str
    offer: str
    bidder: str
    document: str = ""
    by: str
    at: AwareDatetime
    pieces: tuple[Piece, ...] = Field(min_length=1)
    prices: dict[str, Decimal] = Field(default_factory=dict)
    accepted: Accepted | None = None

    @property
    def name(self) -> str:
        """What its paper is called in the case."""
        return paper_name(self.number)

    def piece(self, key: str) -> Piece | None:
        """The piece of this key."""
        return next((piece for piece in self.pieces if piece.key == key), None)

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many facts the devices proved, how many differ, how many people must check."""
        all_ = [check.outcome for piece in self.pieces for check in piece.checks]
        return {outcome: all_.count(outcome) for outcome in OUTCOMES}

    @property
    def left(self) -> int:
        """How many facts are not settled yet."""
        return sum(len(piece.open) for piece in self.pieces)


def paper_name(number: int) -> str:
    """`acceptance/2`: what the paper of the second delivery is called in its case."""
    return f"acceptance/{number}"


def read_delivery_paper(content: bytes) -> Delivery:
    """The delivery of these bytes. Errors: `ValueError` for what is none."""
    return Delivery.model_validate_json(content)


def spans(keys: Iterable[str]) -> str:
    """Pieces by their numbers, runs of them as one: `1–40, 43`."""
    numbers = sorted(int(key) for key in keys)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{r[0]}–{r[-1]}" if len(r) > 1 else str(r[0]) for r in runs)
