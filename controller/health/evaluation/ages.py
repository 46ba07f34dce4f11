"""How old the devices are by the register, and which firmware they say they run."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from controller.facts.identity import Identity
from controller.inventory.asset import Asset
from controller.inventory.device import Device
from controller.thai import BUDDHIST_OFFSET

# Upper bounds in whole years; the last band has none. The price criteria of the ministry allow
# replacement after five years of use.
BANDS = (3, 5, 7)
REPLACEABLE = 5
_DAYS = 365.25
# A Buddhist-era year as a part of its own of a register number, such as 7440-016-0002/2562.
_YEAR = re.compile(r"(?<!\d)(25[4-9]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Aged:
    """A device with its age in years on the last day; None where the register does not tell.

    `guessed`: only the year stands in its register number, and the middle of it was taken.
    """

    device: str
    site: str
    role: str
    model: str
    years: float | None
    guessed: bool


@dataclass(frozen=True, slots=True)
class Firmware:
    """How many devices of a model run a version, by their own word."""

    platform: str
    model: str
    version: str
    devices: int
    newest: bool


@dataclass(frozen=True)
class Ages:
    """`bands` counts devices below 3, 5, 7 years and from there on; `unknown` is beside them.

    `firmware` has the models with most devices first; `silent` counts devices that never said.
    """

    devices: tuple[Aged, ...]
    bands: tuple[int, ...]
    unknown: int
    firmware: tuple[Firmware, ...]
    silent: int

    @property
    def replaceable(self) -> tuple[Aged, ...]:
        """Devices of five years and more, the oldest first."""
        old = [one for one in self.devices if one.years is not None and one.years >= REPLACEABLE]
        return tuple(sorted(old, key=lambda one: (-(one.years or 0), one.device)))


def ages(
    devices: Sequence[Device],
    assets: Iterable[Asset],
    identities: Mapping[str, Identity],
    day: date,
) -> Ages:
    """The ages on `day`. A device is found in the register by its number, else by its serial."""
    rows = list(assets)
    numbers = {asset.number: asset for asset in rows if asset.number}
    serials = {asset.serial: asset for asset in rows if asset.serial}
    aged = []
    for one in devices:
        told = identities.get(one.name)
        serial = one.serial or (told.serial if told else "")
        asset = numbers.get(one.asset or "") or serials.get(serial)
        aged.append(_aged(one, asset, told, day))
    known = [one.years for one in aged if one.years is not None]
    bands = [0] * (len(BANDS) + 1)
    for years in known:
        bands[sum(years >= bound for bound in BANDS)] += 1
    names = {one.name for one in devices}
    said = [i for name, i in identities.items() if name in names and i.version]
    return Ages(
        devices=tuple(aged),
        bands=tuple(bands),
        unknown=len(aged) - len(known),
        firmware=_firmware(said),
        silent=len(devices) - len(said),
    )


def _aged(device: Device, asset: Asset | None, told: Identity | None, day: date) -> Aged:
    model = device.model or (told.model if told else "")
    acquired, guessed = asset.acquired if asset else None, False
    if acquired is None and device.asset and (found := _YEAR.search(device.asset)):
        acquired, guessed = date(int(found[1]) - BUDDHIST_OFFSET, 7, 1), True
    years = None if acquired is None or acquired > day else (day - acquired).days / _DAYS
    return Aged(device.name, device.site, device.role, model, years, guessed and years is not None)


def _firmware(said: Sequence[Identity]) -> tuple[Firmware, ...]:
    counts = Counter((i.platform, i.model, i.version) for i in said)
    models: dict[tuple[str, str], list[str]] = defaultdict(list)
    for platform, model, version in counts:
        models[platform, model].append(version)
    newest = {key: max(versions, key=_ordered) for key, versions in models.items()}
    totals = Counter[tuple[str, str]]()
    for (platform, model, _), count in counts.items():
        totals[platform, model] += count
    rows = [
        Firmware(platform, model, version, count, version == newest[platform, model])
        for (platform, model, version), count in counts.items()
    ]
    rows.sort(key=lambda f: (-totals[f.platform, f.model], f.platform, f.model, -f.devices))
    return tuple(rows)


def _ordered(version: str) -> tuple[tuple[int, int, str], ...]:
    """Versions in the order of their numbers, so that 15.10 comes after 15.2."""
    parts = re.findall(r"\d+|[A-Za-z]+", version)
    return tuple((1, int(p), "") if p.isdigit() else (0, 0, p) for p in parts)
