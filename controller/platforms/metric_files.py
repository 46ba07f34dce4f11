"""The shape of the files that say what is measured: `<platform>/oids.yaml` and `mibs/<name>.yaml`.

An OID ending in `.0` is a scalar and got as it stands, any other is a column and walked. Where a
column is meant, `{oid, via, part}` may stand for the OID: look the value up at another index than
the row's own: `part` keeps some arcs of it (a slice such as `:1` or `-1:`), `via` is a column that
holds the index to look at. `text` is a pattern whose first group is the number in the words.
`{object}` stands for the device's own sysObjectID (`{object:-1}` without its last arc).
"""

from __future__ import annotations

import re
from importlib.resources.abc import Traversable
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from controller.facts.measured import MemoryRole, SensorKind, State

Tier = Literal["cycle", "quarter", "hour"]

_OID = re.compile(r"(?:\d+|\{object(?::-\d)?\})(?:\.\d+)*")
_SLICE = re.compile(r"(-?\d+)?:(-?\d+)?")


def _oid(text: str) -> str:
    if not _OID.fullmatch(text):
        raise ValueError(f"{text!r} is no OID: digits and dots, no dot in front")
    return text


def _slice(text: str) -> str:
    if text and not _SLICE.fullmatch(text):
        raise ValueError(f"{text!r} is no slice: write for example `:1` or `-1:`")
    return text


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"pattern {text!r}: {error}") from error
    return text


Oid = Annotated[str, AfterValidator(_oid)]
Pattern = Annotated[str, AfterValidator(_pattern)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Ref(_File):
    """Where a value stands, seen from a row."""

    oid: Oid
    via: Oid | None = None
    part: Annotated[str, AfterValidator(_slice)] = ""
    text: Pattern = ""


Place = Oid | Ref


class Where(_File):
    """Rows count only where this column says so: by its number or by its words."""

    at: Place
    any_of: tuple[int, ...] = ()
    above: float | None = None
    like: Pattern = ""
    unlike: Pattern = ""


class Told(_File):
    """What every metric may say.

    `index`: only rows whose index is like this. `also` adds it to the choice before instead of
    being the next.
    """

    name: str = ""
    label: Place | None = None
    tier: Tier | None = None
    where: tuple[Where, ...] = ()
    index: Pattern = ""
    also: bool = False
    divide: float = Field(default=1.0, gt=0)


class ToldProcessor(Told):
    """How busy a processor is: `percent`, or `idle` as the rest of it."""

    percent: Place | None = None
    idle: Place | None = None

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if (self.percent is None) == (self.idle is None):
            raise ValueError("a processor needs either percent or idle")
        return self


class ToldMemory(Told):
    """A pool: `percent` (and perhaps `total`), or two of `used`, `free`, `total`.

    Sizes count in `unit` bytes (a number or a place); what `free` lists is added up, the first of
    it must be told.
    """

    percent: Place | None = None
    used: Place | None = None
    free: Place | tuple[Place, ...] = ()
    total: Place | float | None = None
    unit: Place | float = 1.0
    role: MemoryRole = "memory"

    @model_validator(mode="after")
    def _enough(self) -> Self:
        sizes = sum((self.used is not None, bool(self.free), self.total is not None))
        if self.percent is None and sizes < 2:
            raise ValueError("a memory needs percent, or two of used, free and total")
        return self


class ToldSensor(Told):
    """A sensor of a kind; `states` turns the number of `state` (of `value` without) into a word.

    `zero: false`: a zero means that nothing is measured. With `of` the value is its percentage.
    """

    kind: SensorKind
    value: Place
    of: Place | None = None
    state: Place | None = None
    states: dict[int | str, State] = Field(default_factory=dict)
    limit: Place | None = None
    fahrenheit: bool = False
    zero: bool = True


class ToldPoe(Told):
    """Power over Ethernet in watts: what there is and what is used."""

    budget: Place
    used: Place


class ToldClients(Told):
    """Wireless clients: the sum of a column, or how many rows one has."""

    total: Place | None = None
    rows: Place | None = None

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if (self.total is None) == (self.rows is None):
            raise ValueError("clients need either total or rows")
        return self


class ToldStorage(_File):
    """A table of storage as HOST-RESOURCES has it; `types` says which rows are memory.

    A row of the type `other` is memory when its name is one of `roles`.
    """

    type: Oid
    label: Oid
    unit: Oid
    size: Oid
    used: Oid
    types: dict[str, MemoryRole]
    other: str
    roles: dict[Pattern, MemoryRole]
    whole: Pattern
    within: Pattern
    apart: Pattern
    skip: Pattern


class ToldEntitySensors(_File):
    """A table of sensors as ENTITY-SENSOR has it."""

    value: Oid
    type: Oid
    scale: Oid
    precision: Oid
    status: Oid
    label: Place
    tier: Tier = "quarter"
    kinds: dict[int, SensorKind]
    good: tuple[int, ...] = (1,)
    states: dict[int, State] = Field(default_factory=dict)


class ToldPorts(_File):
    """The columns of the interfaces; where two stand, the second is for want of the first."""

    oper: Oid
    admin: Oid
    in_octets: tuple[Oid, Oid]
    out_octets: tuple[Oid, Oid]
    in_errors: Oid
    out_errors: Oid
    in_discards: Oid
    out_discards: Oid
    megabits: Oid
    speed: Oid
    duplex: Oid
    name: tuple[Oid, Oid]
    alias: Oid
    uptime: Oid
    engine_time: Oid


class MetricsFile(_File):
    """One file: other files it builds on, and metrics; the first choice that tells something wins.

    `uses` come after the file's own; `without` names standard ones that do not apply. `objects` are
    the sysObjectIDs tried for `{object}` when the device's own is not known. `families` says what
    else is used for a device without a platform whose sysObjectID stands below the number.
    """

    uses: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    objects: tuple[Oid, ...] = ()
    families: dict[Oid, tuple[str, ...]] = Field(default_factory=dict)
    processors: tuple[ToldProcessor, ...] = ()
    memories: tuple[ToldMemory, ...] = ()
    storage: tuple[ToldStorage, ...] = ()
    sensors: tuple[ToldSensor, ...] = ()
    entity_sensors: tuple[ToldEntitySensors, ...] = ()
    poe: tuple[ToldPoe, ...] = ()
    clients: tuple[ToldClients, ...] = ()
    ports: ToldPorts | None = None


def read_metrics(where: str, file: Traversable) -> MetricsFile:
    """What the file says; `where` is how it is called in messages.

    Errors: `ValueError` with file, field and what is wrong, when it is missing, is no YAML or has a
    word, an OID or a pattern that cannot be.
    """
    try:
        content: Any = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return MetricsFile.model_validate(content if content is not None else {})
    except (OSError, yaml.YAMLError) as error:
        raise ValueError(f"{where}: {error}") from error
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            for fault in error.errors()
        )
        raise ValueError(f"{where}: {faults}") from error
