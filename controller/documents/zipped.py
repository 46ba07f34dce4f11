"""Zip files whose bytes depend on what is in them and on nothing else."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The first and the last day a zip file can tell.
FIRST_DAY, _LAST_DAY = date(1980, 1, 1), date(2107, 12, 31)


def zipped(file: bytes, day: date = FIRST_DAY) -> bytes:
    """The same files in the same order, dated `day` and made as if on one kind of system."""
    made = BytesIO()
    moment = min(max(day, FIRST_DAY), _LAST_DAY)
    with ZipFile(BytesIO(file)) as given, ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name in given.namelist():
            entry = ZipInfo(name, (moment.year, moment.month, moment.day, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, given.read(name))
    return made.getvalue()
