"""How a system is recognised and where it says what it is: the shapes of the data files.

An OID in these files is written below `enterprises` (1.3.6.1.4.1); a leading dot writes it from the
root, as in `.1.3.6.1.2.1.33`. An `identity.yaml` is two YAML documents: what recognises the
platform, which is read of all of them, and the ways to its model, version, serial and features,
which are read when one of its kind is met.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources.abc import Traversable
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from controller.facts.identity import Kind

ENTERPRISES = "1.3.6.1.4.1."
_BREAK = "\n---\n"

Told = TypeVar("Told")


def whole(oid: str) -> str:
    """An OID as the files write it, from the root and without a leading dot.

    Errors: `ValueError` when it is none.
    """
    full = oid[1:] if oid.startswith(".") else ENTERPRISES + oid
    if not all(part.isdigit() for part in full.split(".")):
        raise ValueError(f"{oid!r} is no OID; write it in quotes, without spaces around it")
    return full


def _whole(told: object) -> str:
    return whole(_text(told))


def _each_whole(told: object) -> tuple[str, ...]:
    return tuple(whole(oid) for oid in _text(told).split())


def _keys_whole(told: object) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise ValueError("write OID: what it says")  # noqa: TRY004  pydantic tells ValueErrors
    return {_whole(oid): value for oid, value in told.items()}


def _text(told: object) -> str:
    if not isinstance(told, str):
        raise ValueError("write OIDs in quotes")  # noqa: TRY004  pydantic tells ValueErrors
    return told


Oid = Annotated[str, BeforeValidator(_whole)]
Oids = Annotated[tuple[str, ...], BeforeValidator(_each_whole)]
ByOid = Annotated[dict[str, str], BeforeValidator(_keys_whole)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Part):
    """One set of conditions that must all hold.

    `under`: its sysObjectID is one of these or below (the longest decides between systems);
    `outside`: and below none of these. `description`, `unlike`: a pattern its sysDescr shows, and
    one it must not. `has`: OID -> pattern its value shows (empty: any value will do); `lacks`:
    OIDs it does not answer; `below`: something is there below this OID, showing the pattern `like`
    if one is written. `last`: only when nothing else fits.
    """

    under: Oids = ()
    outside: Oids = ()
    description: str = ""
    unlike: str = ""
    has: ByOid = Field(default_factory=dict)
    lacks: tuple[Oid, ...] = ()
    below: Oid | None = None
    like: str = ""
    last: bool = False

    @model_validator(mode="after")
    def _asks_something(self) -> Rule:
        if not (self.under or self.description or self.has or self.below):
            raise ValueError("write under, description, has or below: this rule fits everything")
        return self


class Way(_Part):
    """One way to a value: exactly one of the places, then what to do with the text found there.

    Places: `oid` (a scalar), `own` (a scalar below its own sysObjectID), `below` (the first value
    below an OID that is not empty), `entity` (a column of the chassis in ENTITY-MIB), `description`
    (sysDescr: the pattern itself), `object_id` (sysObjectID -> text, the longest prefix). `match`
    must be found in the text, its first group is the value, or `as` with \\1, \\2; `names`
    translates what was found, and what it does not know is no value.
    """

    oid: Oid | None = None
    own: str = ""
    below: Oid | None = None
    entity: Literal[
        "", "description", "name", "hardware", "firmware", "software", "serial", "maker", "model"
    ] = ""
    description: str = ""
    object_id: ByOid = Field(default_factory=dict)
    match: str = ""
    written: str = Field(default="", alias="as")
    names: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_one_place(self) -> Way:
        places = (self.oid, self.own, self.below, self.entity, self.description, self.object_id)
        if sum(map(bool, places)) != 1:
            raise ValueError("write one of oid, own, below, entity, description, object_id")
        return self


class Ways(_Part):
    """Ways to each property, the first that gives something counts."""

    model: tuple[Way, ...] = ()
    version: tuple[Way, ...] = ()
    serial: tuple[Way, ...] = ()
    features: tuple[Way, ...] = ()


class System(_Part):
    """What is said of a system; `librenms`: what LibreNMS calls it; `pushed_as`: see below.

    `pushed_as` names the platform whose folder says how to push to it, when that is another one.
    `under` alone is a short way to write `when` with one rule.
    """

    title: str
    vendor: str = ""
    kind: Kind = ""
    librenms: tuple[str, ...] = ()
    pushed_as: str = ""
    under: Oids = ()
    when: tuple[Rule, ...] = ()
    ways: Ways = Ways()

    def rules(self) -> tuple[Rule, ...]:
        """Every set of conditions."""
        return (*self.when, Rule.model_construct(under=self.under)) if self.under else self.when


_TABLE = TypeAdapter(dict[str, System])
_WAYS_TABLE = TypeAdapter(dict[str, Ways])


def read_system(folder: Traversable) -> System:
    """The first document of a folder's `identity.yaml`.

    Errors: `ValueError` with folder, file and field when it is missing or wrong.
    """
    where = f"{folder.name}/identity.yaml"
    content, _ = _halves(folder / "identity.yaml", where)
    return _checked(where, System.model_validate, content)


def read_ways(folder: Traversable) -> Ways:
    """The second document of a folder's `identity.yaml`; none is no ways.

    Errors: as `read_system`.
    """
    where = f"{folder.name}/identity.yaml"
    _, content = _halves(folder / "identity.yaml", where)
    return _checked(where, Ways.model_validate, content or "{}")


def read_table(file: Traversable) -> dict[str, System]:
    """A table of systems that have no folder: name -> what is said of it. Errors: `ValueError`."""
    where = f"systems/{file.name}"
    return _checked(where, _TABLE.validate_python, file.read_text(encoding="utf-8"))


def read_usual_ways(file: Traversable) -> dict[str, Ways]:
    """The ways by kind of system, under an empty name those of all. Errors: `ValueError`."""
    return _checked(file.name, _WAYS_TABLE.validate_python, file.read_text(encoding="utf-8"))


def _halves(file: Traversable, where: str) -> tuple[str, str]:
    try:
        first, _, second = file.read_text(encoding="utf-8").partition(_BREAK)
    except OSError as error:
        raise ValueError(f"{where}: {error}") from error
    return first, second


def _checked(where: str, read: Callable[[Any], Told], text: str) -> Told:
    try:
        return read(yaml.load(text, Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, ValidationError) as error:
        raise ValueError(f"{where}: {error}") from error
