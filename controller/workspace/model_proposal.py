"""Models that were read, as changes of the files of models: nothing is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from controller.errors import Text
from controller.language import Language, pick
from controller.specs.model_changes import ModelChange, merged
from controller.specs.models import Models, model_called, model_key
from controller.workspace.device_types import Told
from controller.workspace.files import text_of
from controller.workspace.inputs import wrong_input
from controller.workspace.model_edits import maker_path, new_file, with_facts, with_models
from controller.workspace.models import model_places
from controller.workspace.site_edits import NotEditableError


@dataclass(frozen=True)
class ModelSeen:
    """What would become of a model, and what its source does not tell.

    `path` is the file of the workspace it would stand in, or stands in. `by_hand`: that file is
    written so that no line can be put in by program, so the change is left to a person.
    """

    name: str
    path: str
    change: ModelChange
    notes: tuple[Text, ...] = ()
    by_hand: bool = False


@dataclass(frozen=True)
class FileSeen:
    """A file of models as it would be; `before` is its SHA-256 now, empty where there is none."""

    path: str
    before: str
    text: str


def propose_models(
    root: Path,
    known: Models,
    read: Iterable[Told],
    *,
    language: Language = "th",
    overwrite: bool = False,
) -> tuple[tuple[ModelSeen, ...], tuple[FileSeen, ...]]:
    """The models by the names they were read under, and the files that would become others.

    A model that is known stays in its file; a new one goes to that of its maker. Comments of new
    files are in `language`. Errors: `InputError` for a file that is not text.
    """
    texts, places = _Texts(root), model_places(root)
    seen: list[ModelSeen] = []
    fresh: dict[str, list[tuple[Told, ModelChange]]] = {}
    for told in read:
        there = model_called(known, told.model.model, told.model.part_number)
        change = merged(there, told.model, overwrite=overwrite)
        if there is None:
            fresh.setdefault(maker_path(told.model.maker), []).append((told, change))
            continue
        path = places[model_key(there.model)]
        by_hand = change.kind == "changed" and not texts.edit(path, change)
        seen.append(ModelSeen(told.name, path, change, told.notes, by_hand))
    for path, added in fresh.items():
        by_hand = not texts.add(path, [change for _, change in added], pick(_COMMENT, language))
        seen += [ModelSeen(told.name, path, change, told.notes, by_hand) for told, change in added]
    return tuple(sorted(seen, key=lambda one: one.name)), texts.changed()


@dataclass
class _Texts:
    """The files of models as they are, with their digests, and as they would be."""

    root: Path
    now: dict[str, tuple[str, str]] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)

    def text(self, path: str) -> str:
        """The file as it would be by now; empty where there is none."""
        if path not in self.now:
            place = self.root / path
            content = place.read_bytes() if place.is_file() else b""
            text = text_of(path, content)
            if not isinstance(text, str):
                raise wrong_input(path, (text,))
            self.now[path] = (text, hashlib.sha256(content).hexdigest() if content else "")
        return self.after.get(path, self.now[path][0])

    def edit(self, path: str, change: ModelChange) -> bool:
        """Put the facts of a known model in; whether that could be done."""
        try:
            self.after[path] = with_facts(path, self.text(path), change)
        except NotEditableError:
            return False
        return True

    def add(self, path: str, changes: list[ModelChange], comment: str) -> bool:
        """Put new models at the end; whether that could be done."""
        before = self.text(path) or new_file(comment)
        try:
            self.after[path] = with_models(path, before, [change.after for change in changes])
        except NotEditableError:
            return False
        return True

    def changed(self) -> tuple[FileSeen, ...]:
        """Those that would become others, by path."""
        return tuple(
            FileSeen(path, self.now[path][1], text)
            for path, text in sorted(self.after.items())
            if text != self.now[path][0]
        )


_COMMENT = Text(
    th="ข้อมูลรุ่นที่โปรแกรมนำเข้า โปรดตรวจกับเอกสารของผู้ผลิต",
    en="Models that were imported: check them by the maker's documents.",
)
