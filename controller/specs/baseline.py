"""Spec baselines (เกณฑ์พื้นฐาน): criteria and price ceiling of one class of equipment, by edition."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from controller.errors import Text
from controller.specs.criterion import Criterion

WORD = r"^[a-z0-9][a-z0-9-]{0,59}$"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Edition(_Part):
    """One edition of price criteria, as its issuer announced it.

    `status` is `reference` until somebody of the office checked it against the issuer's document;
    papers say so.
    """

    id: str = Field(pattern=WORD, description="For example mdes-2568-12")
    th: str = Field(min_length=1, description="For example ฉบับเดือนธันวาคม 2568")
    en: str = Field(min_length=1)
    issuer: str = Field(min_length=1, description="Who announced it, as papers print it")
    announced: date
    status: Literal["reference", "checked"] = "reference"
    source: str = Field(default="", description="Where its figures were taken from")
    years_of_service: int | None = Field(
        default=None, ge=1, le=30, description="Years after which equipment may be replaced"
    )
    partial: bool = Field(
        default=False,
        description="Whether it replaces only the classes it lists; else all before it is over",
    )

    @property
    def title(self) -> Text:
        """Its name in both languages."""
        return Text(th=self.th, en=self.en)


class Baseline(_Part):
    """One class of equipment in one edition. `ceiling` is baht for one, VAT included.

    A later edition takes the place of an earlier one of the same issuer for the same `id`.
    """

    id: str = Field(pattern=WORD, description="The class, the same in every edition")
    edition: str = Field(pattern=WORD, description="Filled in by the program")
    number: int | None = Field(default=None, ge=1, description="Item number in the edition")
    kind: str = Field(min_length=1, description="Kind of the register, such as access-point")
    th: str = Field(min_length=1, description="Name as it is printed")
    en: str = Field(min_length=1)
    unit: str = Field(default="เครื่อง", min_length=1, description="What one of it is called")
    ceiling: Decimal | None = Field(default=None, gt=0, description="Price ceiling of one (baht)")
    criteria: tuple[Criterion, ...] = ()
    note: str = ""

    @property
    def ref(self) -> str:
        """`edition/id`: names it in specifications."""
        return f"{self.edition}/{self.id}"

    @property
    def title(self) -> Text:
        """Its name in both languages."""
        return Text(th=self.th, en=self.en)

    def criterion(self, id_: str) -> Criterion | None:
        """The criterion of this id."""
        return next((c for c in self.criteria if c.id == id_), None)


class Baselines(_Part):
    """Everything in `specs/baselines` and `specs/editions.yaml`."""

    editions: tuple[Edition, ...] = ()
    baselines: tuple[Baseline, ...] = ()

    @cached_property
    def by_ref(self) -> dict[str, Baseline]:
        """Every baseline by `edition/id`."""
        return {baseline.ref: baseline for baseline in self.baselines}

    def edition(self, id_: str) -> Edition | None:
        """The edition of this id."""
        return next((e for e in self.editions if e.id == id_), None)

    def baseline(self, ref: str) -> Baseline | None:
        """The baseline `edition/id`."""
        return self.by_ref.get(ref)

    def of(self, edition: str) -> tuple[Baseline, ...]:
        """The baselines of an edition, by their numbers in it, those without one last."""
        found = [b for b in self.baselines if b.edition == edition]
        return tuple(sorted(found, key=lambda b: (b.number is None, b.number or 0, b.id)))

    def in_force(self, issuer: str, day: date) -> tuple[Baseline, ...]:
        """What counts of an issuer on `day`, whatever edition it stands in; by number."""
        editions = [e for e in self.editions if e.issuer == issuer and e.announced <= day]
        found = [b for e in editions for b in self.of(e.id) if not self.superseded(b.ref, day)]
        return tuple(sorted(found, key=lambda b: (b.number is None, b.number or 0, b.id)))

    def newest(self, id_: str, day: date | None = None) -> Baseline | None:
        """The baseline of this class in force on `day`: of the edition announced last by then.

        None for a class no edition in force has.
        """
        found = [
            (edition.announced, baseline)
            for baseline in self.baselines
            if baseline.id == id_ and (edition := self.edition(baseline.edition)) is not None
            if (day is None or edition.announced <= day) and not self.superseded(baseline.ref, day)
        ]
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def superseded(self, ref: str, day: date | None = None) -> Edition | None:
        """The last edition announced by `day` that took the place of this baseline, or ended it.

        None while the baseline stands, and for one there is not.
        """
        baseline = self.baseline(ref)
        own = self.edition(baseline.edition) if baseline else None
        if baseline is None or own is None:
            return None
        later = (
            edition
            for edition in self.editions
            if edition.issuer == own.issuer and edition.announced > own.announced
            if day is None or edition.announced <= day
            if not edition.partial or self.baseline(f"{edition.id}/{baseline.id}") is not None
        )
        return max(later, key=lambda edition: edition.announced, default=None)
