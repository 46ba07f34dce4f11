"""What a device is, asked in at most three steps: who, which of those, and the details."""

from __future__ import annotations

from controller.facts.answers import Answers, Request
from controller.facts.identity import Identity
from controller.platforms.identity_file import Way
from controller.platforms.recognising import DESCRIPTION, OBJECT_ID, probes, recognised
from controller.platforms.systems import own_ways, systems, usual_ways
from controller.platforms.ways import CLASSES, asked_by, followed

_NAME = "1.3.6.1.2.1.1.5.0"
_LOCATION = "1.3.6.1.2.1.1.6.0"
# A column is in the answers once it was asked for, even when it is empty: so we know which step is
# behind us. This one has a single row.
_DETAILS_ASKED = "1.3.6.1.2.1.1.2"

_PROPERTIES = ("model", "version", "serial", "features")


def first_request() -> Request:
    """What every device is asked first: description, sysObjectID, name and place (SNMPv2-MIB)."""
    return Request(scalars=(DESCRIPTION, OBJECT_ID, _NAME, _LOCATION))


def next_request(answers: Answers) -> Request | None:
    """What more is worth asking given everything answered so far; None when it is enough.

    Second comes what tells the systems apart that it may be, third where the one it is says its
    model, version and serial number.
    """
    if CLASSES not in answers.columns:
        return probes(systems(), answers) | Request(columns=(CLASSES,))
    if _DETAILS_ASKED in answers.columns:
        return None
    name = recognised(systems(), answers)
    wanted = Request(columns=(_DETAILS_ASKED,))
    for which in _PROPERTIES:
        wanted |= asked_by(_ways(name, which), answers)
    known = [oid for oid in wanted.scalars if oid not in answers.scalars]
    walked = [oid for oid in wanted.columns if oid not in answers.columns]
    return Request(tuple(known), tuple(walked))


def identify(answers: Answers) -> Identity:
    """What the device is, as far as it has told; what it has not told is empty."""
    name = recognised(systems(), answers)
    system = systems().by_name.get(name)
    told = {which: followed(_ways(name, which), answers) for which in _PROPERTIES}
    return Identity(
        platform=name,
        vendor=system.vendor if system else "",
        kind=system.kind if system else "",
        name=answers.text(_NAME),
        location=answers.text(_LOCATION),
        description=answers.text(DESCRIPTION),
        object_id=answers.text(OBJECT_ID).lstrip("."),
        **told,
    )


def _ways(name: str, which: str) -> tuple[Way, ...]:
    """The system's own ways to a property, then the usual ones of its kind, then those of all."""
    system = systems().by_name.get(name)
    kind = system.kind if system else ""
    lists = [own_ways(name), *(usual_ways().get(k) for k in dict.fromkeys((kind, "")))]
    return tuple(way for ways in lists if ways for way in getattr(ways, which))
