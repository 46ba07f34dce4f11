"""Write an edition to a file: for Excel, to check and change it, or as YAML."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from controller.accounts.actor import Actor, require
from controller.documents.sheet import Sheet, SheetColumn, Value
from controller.documents.xlsx import render_xlsx
from controller.errors import Text
from controller.inventory.asset import KIND_NAMES
from controller.language import Language, pick
from controller.operations.context import Context
from controller.operations.list_baselines import edition_called
from controller.procurement.edition_columns import (
    CLASS_COLUMNS,
    CLASS_SHEET,
    CRITERION_COLUMNS,
    CRITERION_SHEET,
    EDITION_ROWS,
    EDITION_SHEET,
    NO,
    OPERATOR_NAMES,
    STATUS_NAMES,
    YES,
)
from controller.procurement.edition_sheet import SEPARATOR
from controller.specs.baseline import Baseline, Edition
from controller.specs.criterion import Criterion
from controller.workspace.baseline_file import whole_text

Format = Literal["xlsx", "yaml"]
FORMATS: tuple[Format, ...] = ("xlsx", "yaml")
_WIDTHS = {
    "class": 24, "id": 24, "number": 8, "kind": 16, "th": 50, "en": 40, "unit": 10, "ceiling": 14,
    "note": 40, "text": 70, "attribute": 20, "operator": 18, "value": 22, "mandatory": 10,
    "weight": 10, "reason": 30,
}  # fmt: skip
_WHAT = Text(th="หัวข้อ", en="What")
_VALUE = Text(th="ค่า", en="Value")
_KINDS: dict[str, Literal["integer", "money"]] = {"number": "integer", "ceiling": "money"}


def export_edition(
    context: Context,
    actor: Actor,
    edition: str,
    *,
    form: Format = "xlsx",
    language: Language = "th",
) -> bytes:
    """The edition with its classes and criteria, as an import takes it.

    XLSX has headings and words in the language.

    Errors: `NotFound` for an edition there is not, `InputError` for broken files.
    """
    require(actor, "show_specs")
    baselines = context.baselines()
    found, of = edition_called(baselines, edition), baselines.of(edition)
    if form == "yaml":
        return whole_text(found, of).encode()
    return render_xlsx(
        [_edition(found, language), _classes(of, language), _criteria(of, language)],
        thai_digits=False,
    )


def _edition(edition: Edition, language: Language) -> Sheet:
    told = edition.model_dump()
    told["status"] = pick(STATUS_NAMES[edition.status], language)
    told["partial"] = _yes(edition.partial, language)
    told["announced"] = edition.announced.isoformat()
    return Sheet(
        title=pick(EDITION_SHEET, language),
        columns=(
            SheetColumn(pick(_WHAT, language), width=26),
            SheetColumn(pick(_VALUE, language), width=60),
        ),
        rows=tuple(
            (pick(text, language), "" if told[name] is None else str(told[name]))
            for name, text in EDITION_ROWS.items()
        ),
    )


def _classes(baselines: tuple[Baseline, ...], language: Language) -> Sheet:
    return Sheet(
        title=pick(CLASS_SHEET, language),
        columns=_columns(CLASS_COLUMNS, language),
        rows=tuple(
            (
                b.id, b.number, pick(KIND_NAMES[b.kind], language), b.th, b.en, b.unit, b.ceiling,
                b.note,
            )
            for b in baselines
        ),
        held=1,
    )  # fmt: skip


def _criteria(baselines: tuple[Baseline, ...], language: Language) -> Sheet:
    return Sheet(
        title=pick(CRITERION_SHEET, language),
        columns=_columns(CRITERION_COLUMNS, language),
        rows=tuple(_criterion(b, c, language) for b in baselines for c in b.criteria),
        held=2,
    )


def _criterion(baseline: Baseline, criterion: Criterion, language: Language) -> tuple[Value, ...]:
    return (
        baseline.id,
        criterion.id,
        criterion.text,
        criterion.attribute,
        pick(OPERATOR_NAMES[criterion.operator], language),
        _told(criterion, language),
        criterion.unit,
        _yes(criterion.mandatory, language),
        "" if criterion.weight is None else f"{criterion.weight:f}",
        criterion.reason,
    )


def _told(criterion: Criterion, language: Language) -> str:
    value = criterion.value
    if isinstance(value, bool):
        return _yes(value, language)
    if isinstance(value, tuple):
        return f"{SEPARATOR} ".join(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)


def _yes(value: bool, language: Language) -> str:
    return pick(YES if value else NO, language)


def _columns(names: dict[str, Text], language: Language) -> tuple[SheetColumn, ...]:
    return tuple(
        SheetColumn(pick(text, language), _KINDS.get(name, "text"), _WIDTHS[name])
        for name, text in names.items()
    )
