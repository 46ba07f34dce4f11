"""The files `specs/editions.yaml` and `specs/baselines/*.yaml`: price criteria by edition."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field

from controller.errors import InputError, Problem, Text
from controller.language import nearest
from controller.specs.baseline import WORD, Baseline, Baselines, Edition
from controller.workspace.baseline_checks import check_baselines, listed
from controller.workspace.collecting import Collecting
from controller.workspace.explain import Located, read_model
from controller.workspace.files import BASELINES, EDITIONS, read_files
from controller.workspace.yaml_lines import Document

M = TypeVar("M", bound=BaseModel)
# So many problems of a file somebody hands over are told: looking for what was meant takes time.
_MOST = 500


class EditionFile(BaseModel):
    """The file of editions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    editions: tuple[Edition, ...] = Field(min_length=1, description="The editions, in any order")


class BaselineFile(BaseModel):
    """A file of baselines: all of one edition, of which other files may hold more."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    edition: str = Field(pattern=WORD, description="Edition of all of them, of editions.yaml")
    baselines: tuple[Baseline, ...] = Field(description="The baselines, in any order")


class WholeEdition(BaseModel):
    """An edition with all its baselines, as it is imported."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    edition: Edition
    baselines: tuple[Baseline, ...] = Field(min_length=1)


def baseline_files(root: Path) -> list[Path]:
    """The files of editions and baselines, sorted; none where there are none."""
    found = [p for p in (root / BASELINES).glob("*.yaml") if p.is_file()]
    editions = root / EDITIONS
    return sorted([*found, *([editions] if editions.is_file() else ())])


def read_baselines(root: Path) -> Baselines:
    """The baselines of the workspace at `root`. Errors: `InputError` with every problem."""
    files, problems = read_files(root, baseline_files(root))
    baselines, found = baselines_in(files)
    if problems := [*problems, *found]:
        count = len(problems)
        raise InputError(
            Text(
                th=f"ไฟล์เกณฑ์พื้นฐานมีข้อผิดพลาด {count} แห่ง",
                en=f"{count} problems in the files of baselines",
            ),
            hint=Text(th="ดูทั้งหมดด้วย khaen validate", en="see them all with khaen validate"),
            problems=tuple(problems),
        )
    return baselines


def baselines_in(files: Mapping[str, bytes]) -> tuple[Baselines, list[Problem]]:
    """The editions and baselines of these files, by path, and all that is wrong with them."""
    reading = _Reading()
    if EDITIONS in files:
        reading.read_editions(files[EDITIONS])
    for path in sorted(files):
        name = path.removeprefix(BASELINES)
        if path.startswith(BASELINES) and name.endswith(".yaml") and "/" not in name:
            reading.read_baselines(path, files[path])
    return (
        Baselines(editions=tuple(reading.editions), baselines=tuple(reading.baselines)),
        reading.problems,
    )


def check_whole(file: Located) -> tuple[WholeEdition | None, list[Problem]]:
    """An edition that is handed over, as a value, or everything that is wrong with it."""
    problems = list(islice(check_baselines(file), _MOST))
    seen: dict[str, str] = {}
    for place, told in listed(file.value, "baselines"):
        problems += _ids(file, place, told, "", seen)
    _fill_in(file)
    if len(problems) >= _MOST:
        return None, problems
    value, found = read_model(WholeEdition, file)
    named = {(p.path, p.line, p.column) for p in problems}
    problems += [p for p in found if (p.path, p.line, p.column) not in named]
    return (None if problems else value), problems


@dataclass
class _Reading(Collecting):
    """One pass over the files; every step adds its problems and goes on."""

    editions: list[Edition] = field(default_factory=list)
    baselines: list[Baseline] = field(default_factory=list)
    known: Collection[str] | None = ()
    _seen: dict[str, str] = field(default_factory=dict)

    def read_editions(self, content: bytes) -> None:
        document = self.document(EDITIONS, content)
        if document is None:
            # Every edition would be unknown then, which helps nobody.
            self.known = None
            return
        found = list(_edition_checks(document))
        told = [told.get("id") for _, told in document.mappings("editions")]
        self.known = [name for name in told if isinstance(name, str)]
        whole = self.model(EditionFile, document, found)
        self.editions += whole.editions if whole else ()

    def read_baselines(self, path: str, content: bytes) -> None:
        document = self.document(path, content)
        if document is None:
            return
        edition = document.text("edition") or ""
        found: list[Problem] = []
        if edition and self.known is not None and edition not in self.known:
            near = nearest(edition.lower(), self.known)
            found.append(
                document.problem(
                    ("edition",), _NO_EDITION, allowed=tuple(self.known), suggestion=near
                )
            )
        found += check_baselines(document)
        for place, told in document.mappings("baselines"):
            line = document.position((*place, "id"))[0]
            found += _ids(document, place, told, edition, self._seen, f"{path}:{line}")
        _fill_in(document)
        whole = self.model(BaselineFile, document, found)
        self.baselines += whole.baselines if whole else ()


def _edition_checks(document: Document) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    days: dict[tuple[str, str], str] = {}
    for place, told in document.mappings("editions"):
        name, line = told.get("id"), document.position((*place, "id"))[0]
        if isinstance(name, str) and seen.setdefault(name, line) != line:
            yield document.problem((*place, "id"), _twice(f"{EDITIONS}:{seen[name]}"))
        day = (str(told.get("issuer")), str(told.get("announced")))
        if day in days and days[day] != name:
            yield document.problem((*place, "announced"), _same_day(days[day]))
        days.setdefault(day, str(name))


def _ids(
    file: Located,
    place: tuple[str | int, ...],
    told: Mapping[str, object],
    edition: str,
    seen: dict[str, str],
    where: str = "",
) -> Iterator[Problem]:
    """A class that stands in the edition already; `seen` keeps where each was met first."""
    name = told.get("id")
    if not isinstance(name, str):
        return
    ref = f"{edition}/{name}"
    if ref in seen:
        yield file.problem((*place, "id"), _twice(seen[ref]))
    seen.setdefault(ref, where or name)


def _fill_in(file: Located) -> None:
    """Give every baseline its edition, which models hold and files tell once; origins go."""
    edition = file.value.get("edition") if isinstance(file.value, dict) else None
    name = edition.get("id") if isinstance(edition, dict) else edition
    for place, told in listed(file.value, "baselines"):
        told["edition"] = name if isinstance(name, str) and name else "-"
        for _, criterion in listed(file.value, *place, "criteria"):
            criterion.pop("origin", None)


def _twice(where: str) -> Text:
    return Text(th=f"ชื่อนี้ใช้แล้วที่ {where}", en=f"this id stands already at {where}")


def _same_day(name: str) -> Text:
    return Text(
        th=f"ประกาศวันเดียวกับ {name} ของผู้ออกเดียวกัน จึงไม่รู้ว่าฉบับใดแทนฉบับใด",
        en=f"announced on the same day as {name} by the same issuer: which takes whose place?",
    )


_NO_EDITION = Text(th="ไม่มีฉบับนี้ใน specs/editions.yaml", en="specs/editions.yaml has no such edition")
