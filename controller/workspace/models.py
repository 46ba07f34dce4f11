"""The files `specs/models/*.yaml`: what is known of models of equipment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from controller.errors import InputError, Problem, Text
from controller.inventory.asset import KINDS
from controller.language import nearest
from controller.specs.attribute import attributes
from controller.specs.model import Model
from controller.specs.model_answers import fault_of_fact
from controller.specs.models import Models, by_key, model_key
from controller.workspace.explain import read_model
from controller.workspace.files import MODELS, text_of
from controller.workspace.yaml_lines import Document, read_yaml


class ModelFile(BaseModel):
    """A file of models."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    models: tuple[Model, ...] = Field(min_length=1, description="The models, in any order")


def model_files(root: Path) -> list[Path]:
    """The files of models, sorted; none where the folder is missing."""
    folder = root / MODELS
    return sorted(path for path in folder.glob("*.yaml") if path.is_file())


def read_models(root: Path) -> Models:
    """The models of the workspace at `root`. Errors: `InputError` with every problem."""
    documents: list[Document] = []
    problems: list[Problem] = []
    for path in model_files(root):
        name = path.relative_to(root).as_posix()
        text = text_of(name, _content(path, name))
        if isinstance(text, Problem):
            problems.append(text)
        else:
            documents.append(read_yaml(name, text))
    models, found = models_in(documents)
    if problems := [*problems, *found]:
        count = len(problems)
        raise InputError(
            Text(
                th=f"ไฟล์ข้อมูลรุ่นอุปกรณ์มีข้อผิดพลาด {count} แห่ง",
                en=f"{count} problems in the files of models",
            ),
            hint=Text(th="ดูทั้งหมดด้วย khaen validate", en="see them all with khaen validate"),
            problems=tuple(problems),
        )
    return models


def model_places(root: Path) -> dict[str, str]:
    """model key -> the file of the workspace it stands in; of files that `read_models` reads."""
    places: dict[str, str] = {}
    for path in model_files(root):
        name = path.relative_to(root).as_posix()
        text = text_of(name, _content(path, name))
        if isinstance(text, str):
            told = (model.get("model") for _, model in read_yaml(name, text).mappings("models"))
            places |= {model_key(model): name for model in told if isinstance(model, str)}
    return places


def models_in(documents: Sequence[Document]) -> tuple[Models, list[Problem]]:
    """The models of these files, and everything that is wrong with them."""
    models: list[Model] = []
    problems: list[Problem] = []
    for document in documents:
        problems += document.problems
        if document.root is None:
            continue
        named = {(p.line, p.column) for p in document.problems}
        value, found = read_model(ModelFile, document)
        problems += [p for p in found if (p.line, p.column) not in named]
        models += value.models if value else ()
    for document in documents:
        problems += _contradictions(document)
        problems += _facts(document)
    return by_key(models), [*problems, *_twice(documents)]


def _contradictions(document: Document) -> Iterator[Problem]:
    for place, model in document.mappings("models"):
        ports, poe, watts = (model.get(name) for name in ("ports", "poe_ports", "poe_watts"))
        if isinstance(ports, int) and isinstance(poe, int) and poe > ports:
            yield document.problem((*place, "poe_ports"), _MORE_THAN_PORTS)
        if poe == 0 and isinstance(watts, int | float) and watts > 0:
            yield document.problem((*place, "poe_watts"), _POWER_WITHOUT_PORTS)


def _facts(document: Document) -> Iterator[Problem]:
    """What stands under `kind` and `attributes` and cannot."""
    for place, model in document.mappings("models"):
        kind = model.get("kind")
        if isinstance(kind, str) and kind not in KINDS:
            yield document.problem(
                (*place, "kind"), _NO_KIND, allowed=KINDS, suggestion=nearest(kind.lower(), KINDS)
            )
        told = model.get("attributes")
        for name, fact in told.items() if isinstance(told, dict) else ():
            there = (*place, "attributes", name)
            attribute = attributes().get(name)
            if attribute is None:
                near = nearest(name.lower().replace("-", "_"), attributes())
                yield document.problem(there, _no_attribute(name), key=True, suggestion=near)
            elif attribute.field and model.get(attribute.field) is not None:
                yield document.problem(there, _said_in(attribute.field), key=True)
            elif fact is not None and (fault := fault_of_fact(attribute, fact)):
                yield document.problem(there, fault)


def _twice(documents: Sequence[Document]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for document in documents:
        for place, model in document.mappings("models"):
            name = model.get("model")
            if not isinstance(name, str):
                continue
            there = (*place, "model")
            before = seen.setdefault(model_key(name), where := _where(document, there))
            if before != where:
                yield document.problem(there, _said_twice(before))


def _where(document: Document, place: tuple[str | int, ...]) -> str:
    return f"{document.path}:{document.position(place)[0]}"


def _content(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(
            Text(th=f"อ่าน {name} ไม่ได้: {why}", en=f"cannot read {name}: {why}")
        ) from None


_MORE_THAN_PORTS = Text(
    th="พอร์ตที่จ่ายไฟมากกว่าจำนวนพอร์ตทั้งหมด", en="more ports give power than there are ports"
)
_POWER_WITHOUT_PORTS = Text(
    th="ระบุกำลังไฟ ทั้งที่ไม่มีพอร์ตจ่ายไฟ (poe_ports เป็น 0)",
    en="power is given, yet no port gives any (poe_ports is 0)",
)

_NO_KIND = Text(th="ไม่มีประเภทครุภัณฑ์นี้", en="there is no such kind of the register")


def _no_attribute(name: str) -> Text:
    return Text(
        th=f"ไม่มีคุณสมบัติ “{name}” ในบัญชีคุณสมบัติ",
        en=f"there is no attribute “{name}” in the catalogue",
    )


def _said_in(field: str) -> Text:
    return Text(th=f"ข้อนี้บอกไว้แล้วที่หัวข้อ {field}", en=f"{field} tells this already")


def _said_twice(where: str) -> Text:
    return Text(th=f"รุ่นนี้มีอยู่แล้วที่ {where}", en=f"this model stands at {where} already")
