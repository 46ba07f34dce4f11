"""What differs between two editions: classes that came or went, prices, and criteria."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from controller.errors import Text
from controller.specs.baseline import Baseline
from controller.specs.criterion import Criterion

ChangeKind = Literal["added", "removed", "changed", "same"]
CHANGE_KINDS: dict[ChangeKind, Text] = {
    "added": Text(th="เพิ่ม", en="added"),
    "removed": Text(th="ตัดออก", en="removed"),
    "changed": Text(th="เปลี่ยน", en="changed"),
    "same": Text(th="คงเดิม", en="same"),
}
_WORDING = ("number", "kind", "th", "en", "unit", "note")


@dataclass(frozen=True)
class CriterionChange:
    """A criterion before and after: None where it is not."""

    id: str
    before: Criterion | None
    after: Criterion | None

    @property
    def kind(self) -> ChangeKind:
        """Whether it came, went or changed."""
        return _kind(self.before, self.after)


@dataclass(frozen=True)
class ClassChange:
    """A class of equipment before and after: None where an edition has none of it.

    `criteria` are those that differ. `fields` are what else differs, by name: number, kind, th, en,
    unit, note. A change of edition alone is none.
    """

    id: str
    before: Baseline | None
    after: Baseline | None
    criteria: tuple[CriterionChange, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def kind(self) -> ChangeKind:
        """Whether it came, went, changed in anything or stayed."""
        if self.before is None or self.after is None:
            return _kind(self.before, self.after)
        return "changed" if self.price_changed or self.criteria or self.fields else "same"

    @property
    def newer(self) -> Baseline:
        """The class as it is after, or was."""
        found = self.after or self.before
        assert found is not None  # noqa: S101  one of them is there
        return found

    @property
    def price_changed(self) -> bool:
        """Whether the ceiling of both differs."""
        one, other = self.before, self.after
        return one is not None and other is not None and one.ceiling != other.ceiling

    @property
    def percent(self) -> Decimal | None:
        """How much dearer in percent of before, one decimal; None where a price is missing."""
        one = self.before.ceiling if self.before else None
        other = self.after.ceiling if self.after else None
        if one is None or other is None:
            return None
        return ((other - one) * 100 / one).quantize(Decimal("0.1"), ROUND_HALF_UP)


def edition_diff(
    before: Iterable[Baseline], after: Iterable[Baseline], *, partial: bool = False
) -> tuple[ClassChange, ...]:
    """Every class of either, in the order of `after`, those that went last.

    With `partial` the later edition leaves alone what it does not list: nothing is removed.
    """
    old = {baseline.id: baseline for baseline in before}
    new = {baseline.id: baseline for baseline in after}
    gone = () if partial else tuple(id_ for id_ in old if id_ not in new)
    return tuple(_change(id_, old, new) for id_ in (*new, *gone))


def _change(id_: str, old: Mapping[str, Baseline], new: Mapping[str, Baseline]) -> ClassChange:
    before, after = old.get(id_), new.get(id_)
    if before is None or after is None:
        return ClassChange(id_, before, after)
    fields = tuple(n for n in _WORDING if getattr(before, n) != getattr(after, n))
    return ClassChange(id_, before, after, _criteria(before, after), fields)


def _criteria(before: Baseline, after: Baseline) -> tuple[CriterionChange, ...]:
    old = {criterion.id: criterion for criterion in before.criteria}
    new = {criterion.id: criterion for criterion in after.criteria}
    named = (*new, *(id_ for id_ in old if id_ not in new))
    changes = (CriterionChange(id_, old.get(id_), new.get(id_)) for id_ in named)
    return tuple(change for change in changes if change.before != change.after)


def _kind(before: object, after: object) -> ChangeKind:
    if before is None:
        return "added"
    return "removed" if after is None else "changed"
