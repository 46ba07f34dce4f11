"""Which files an imported edition changes, and what each becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from controller.errors import Problem
from controller.specs.baseline import Baseline, Baselines, Edition
from controller.workspace.baseline_file import baselines_text, editions_text, head_of
from controller.workspace.baselines import (
    WholeEdition,
    baseline_files,
    baselines_in,
    check_whole,
)
from controller.workspace.files import BASELINES, EDITIONS, read_files, text_of
from controller.workspace.inputs import wrong_input
from controller.workspace.yaml_lines import read_yaml


@dataclass(frozen=True)
class SpecFiles:
    """The files of editions and baselines as they were read, and what they say."""

    files: Mapping[str, bytes]
    baselines: Baselines


def read_spec_files(root: Path) -> SpecFiles:
    """What the workspace has now. Errors: `InputError` with every problem."""
    files, problems = read_files(root, baseline_files(root))
    baselines, found = baselines_in(files)
    if problems := [*problems, *found]:
        raise wrong_input(BASELINES, tuple(problems))
    return SpecFiles(files, baselines)


def edition_of_yaml(name: str, content: bytes) -> tuple[WholeEdition | None, list[Problem]]:
    """The edition a YAML file holds, or everything that is wrong with it; `name` is the file's."""
    text = text_of(name, content)
    if isinstance(text, Problem):
        return None, [text]
    document = read_yaml(name, text)
    if document.root is None or document.problems:
        return None, list(document.problems)
    return check_whole(document)


def with_edition(now: SpecFiles, edition: Edition, new: tuple[Baseline, ...]) -> dict[str, bytes]:
    """path -> content of every file that changes when the edition is exactly this.

    Classes stay in the file where they stand, new ones come to the file with the edition's name.
    Comments at the head of a file are kept, those within one that changes are not.
    """
    changed: dict[str, bytes] = {}
    editions = _editions(now, edition)
    if editions != now.files.get(EDITIONS):
        changed[EDITIONS] = editions
    left = {baseline.id: baseline for baseline in new}
    for path in sorted(now.files):
        before = _standing(now, path)
        if path == EDITIONS or not before or before[0].edition != edition.id:
            continue
        after = [left.pop(b.id) for b in before if b.id in left]
        if after != before:
            changed[path] = _written(now, path, edition, after)
    if left:
        path = _free(now, edition.id)
        kept = [b for b in _standing(now, path) if b.edition == edition.id]
        kept = [by_id for b in kept for by_id in new if by_id.id == b.id]
        changed[path] = _written(now, path, edition, [*kept, *left.values()])
    return changed


def _editions(now: SpecFiles, edition: Edition) -> bytes:
    known = now.baselines.editions
    if any(one.id == edition.id for one in known):
        editions = tuple(edition if one.id == edition.id else one for one in known)
    else:
        editions = (*known, edition)
    if editions == known:
        return now.files[EDITIONS]
    before = now.files.get(EDITIONS, b"").decode()
    if len(editions) > len(known) and known:
        # Added at the end, what people wrote above stays letter by letter.
        added = editions_text((edition,)).partition("editions:\n")[2]
        longer = (before.rstrip("\n") + "\n" + added).encode()
        if baselines_in({EDITIONS: longer})[0].editions == editions:
            return longer
    return editions_text(editions, head_of(before)).encode()


def _standing(now: SpecFiles, path: str) -> list[Baseline]:
    """The baselines that stand in this file, in its order."""
    if path == EDITIONS or path not in now.files:
        return []
    mine = {EDITIONS: now.files[EDITIONS], path: now.files[path]}
    return list(baselines_in(mine)[0].baselines)


def _free(now: SpecFiles, edition: str) -> str:
    """Where new classes of an edition go: a file with its name that holds no other edition's."""
    names = (f"{BASELINES}{edition}{more}.yaml" for more in ("", *(f"-{n}" for n in range(2, 99))))
    return next(
        path
        for path in names
        if path not in now.files or any(b.edition == edition for b in _standing(now, path))
    )


def _written(now: SpecFiles, path: str, edition: Edition, of: list[Baseline]) -> bytes:
    head = head_of(now.files.get(path, b"").decode())
    return baselines_text(edition.id, of, head).encode()
