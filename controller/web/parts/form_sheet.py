"""A form as a page asks it: which parts are the visitor's, what stands in each input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from controller.accounts.actor import Actor
from controller.errors import Problem, Text
from controller.processes.forms.definition import Filler, FormDefinition, FormField
from controller.processes.forms.parts import may_fill
from controller.processes.forms.photos import MOST_PHOTOS

_NOT_YOURS: dict[Filler, Text] = {
    "officer": Text(th="ส่วนนี้เจ้าหน้าที่เป็นผู้กรอกหลังรับเรื่อง", en="An officer fills this part in later."),
    "approver": Text(
        th="ส่วนนี้ผู้มีอำนาจเป็นผู้กรอก ไม่ใช่ผู้ส่งแบบเอง",
        en="Whoever approves fills this part in, never who hands the form in.",
    ),
}
# The manual counts in Thai; the units of its forms for those who read English.
UNITS = {
    "คน": "people",
    "คะแนน": "points",
    "ชั่วโมง": "hours",
    "ตัว": "machines",
    "บาท": "baht",
    "ผลิตภัณฑ์": "products",
    "วัน": "days",
    "หน่วย": "units",
    "เครื่อง": "machines",
    "แห่ง": "places",
}
# What stands in the drop-down of a choice; with fewer options every one is seen at once.
_SEEN_AT_ONCE = 6


@dataclass(frozen=True)
class Part:
    """One section: what is asked of the visitor there, and why the rest is not."""

    title: Text | None
    fields: tuple[FormField, ...]
    note: Text | None


@dataclass(frozen=True)
class Sheet:
    """The whole page. `typed` goes by the names of fields, `errors` by those of inputs.

    `known` are words to choose from while typing: `sites`, `people`.
    """

    definition: FormDefinition
    parts: tuple[Part, ...]
    typed: Mapping[str, object]
    errors: Mapping[str, Sequence[Problem]] = field(default_factory=dict)
    scripted: bool = True
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    most_photos = MOST_PHOTOS

    def rows(self, one: FormField) -> list[Mapping[str, object]]:
        """The rows a table begins with: those typed, and empty ones to its least."""
        value = self.typed.get(one.name)
        rows = [row or {} for row in value] if isinstance(value, list) else []
        least = max(one.rows, 1) if self.scripted else max(one.rows, len(rows) + 3)
        return rows + [{}] * (least - len(rows))

    def drops_down(self, one: FormField) -> bool:
        """Whether a choice is a drop-down rather than buttons."""
        return len(one.options) > _SEEN_AT_ONCE

    def unit_in_english(self, one: FormField) -> str:
        """The unit of a field in English; as the form writes it where it is none of Thai."""
        return UNITS.get(one.unit, one.unit)

    def at(self, name: str) -> Sequence[Problem]:
        """What is wrong with an input."""
        return self.errors.get(name, ())


def sheet_for(
    definition: FormDefinition,
    actor: Actor,
    typed: Mapping[str, object],
    *,
    author: bool,
    known: Mapping[str, tuple[str, ...]],
) -> Sheet:
    """The form as this person may fill it in. `author`: the form is, or will be, their own."""
    parts = []
    for section in definition.sections:
        mine = [one for one in section.fields if _is_mine(one, actor, author)]
        others = [one.by for one in section.fields if one not in mine]
        title = Text(th=section.th, en=section.en) if section.th else None
        parts.append(Part(title, tuple(mine), _NOT_YOURS[others[0]] if others else None))
    return Sheet(definition, tuple(parts), typed, known=known)


def carried(
    definition: FormDefinition, actor: Actor, typed: Mapping[str, object], *, author: bool
) -> dict[str, object]:
    """Of the values of an earlier revision those of an officer that this person may not fill in.

    They stay as they are. What the approver said does not: it was said of the earlier revision.
    """
    return {
        one.name: typed[one.name]
        for one in definition.fields
        if one.by == "officer" and one.name in typed and not _is_mine(one, actor, author)
    }


def _is_mine(one: FormField, actor: Actor, author: bool) -> bool:
    return may_fill(one.by, roles=actor.roles, author=author)


def open_sheet(
    definition: FormDefinition,
    typed: Mapping[str, object],
    errors: Mapping[str, Sequence[Problem]],
) -> Sheet:
    """A survey as anybody answers it on a page without any script."""
    parts = tuple(
        Part(Text(th=s.th, en=s.en) if s.th else None, s.fields, None) for s in definition.sections
    )
    return Sheet(definition, parts, typed, errors=errors, scripted=False)
