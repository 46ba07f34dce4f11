"""How a filled form and the results of a survey look on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import typer

from controller.cli import output
from controller.processes.forms.catalogue import form
from controller.processes.forms.definition import Column, FilledForm, FormField
from controller.processes.forms.reading import shown
from controller.processes.forms.survey import GroupResult, RatingResult, Results


def show_filled(filled: FilledForm) -> None:
    """Print a filled form field by field, in the order of its paper."""
    definition = form(filled.slug)
    typer.echo(f"{filled.number}  {output.words(definition.th, definition.en)}")
    output.say(
        f"ครั้งที่ {filled.revision} โดย {filled.by} วันที่ {filled.on} เรื่อง {filled.case or '-'}",
        f"revision {filled.revision} by {filled.by} on {filled.on}, case {filled.case or '-'}",
    )
    for field in definition.fields:
        if field.name in filled.values:
            for line in _field(field, filled.values[field.name]):
                typer.echo(f"  {line}")
    typer.echo(f"SHA-256 {filled.sha256}")


def _field(field: FormField, value: object) -> Iterator[str]:
    label = output.words(field.th, field.en)
    if isinstance(value, list) and field.type == "table":
        yield f"{label}:"
        for number, row in enumerate(value, 1):
            yield f"  {number}. {_row(field.columns, row)}"
        return
    first, *more = (shown(field, value, thai_digits=False) or "-").split("\n")
    unit = f" {field.unit}" if field.unit else ""
    yield f"{label}: {first}{'' if more else unit}"
    yield from (f"    {line}" for line in more)


def _row(columns: tuple[Column, ...], row: object) -> str:
    cells: Mapping[str, object] = row if isinstance(row, dict) else {}
    return "; ".join(
        f"{output.words(c.th, c.en)} {shown(c, cells[c.name], thai_digits=False)}"
        for c in columns
        if c.name in cells
    )


def show_results(results: Results) -> None:
    """Print the results of a survey: ratings with mean and deviation, counts, comments."""
    output.say(f"ผู้ตอบ {results.answers} คน", f"{results.answers} answers")
    headings = (
        output.words("ข้อ", "question"),
        "n",
        output.words("ค่าเฉลี่ย", "mean"),
        "S.D.",
        output.words("ระดับ", "level"),
    )
    rated: tuple[RatingResult | GroupResult, ...] = (*results.ratings, *results.groups)
    output.table(headings, [_rated(one) for one in (*rated, results.overall)])
    for choice in results.choices:
        typer.echo(output.words(choice.title.th, choice.title.en))
        for option in choice.options:
            words = output.words(option.title.th, option.title.en)
            typer.echo(f"  {words}: {option.count} ({option.percent}%)")
    for number in results.numbers:
        words = output.words(number.title.th, number.title.en)
        typer.echo(f"{words}: n {number.n}, mean {_known(number.mean)} {number.unit}".rstrip())
    for comments in results.comments:
        typer.echo(output.words(comments.title.th, comments.title.en))
        for text in comments.texts:
            typer.echo("  - " + text.replace("\n", "\n    "))


def _rated(result: RatingResult | GroupResult) -> tuple[str, ...]:
    level = result.level
    return (
        output.words(result.title.th, result.title.en),
        str(result.n),
        _known(result.mean),
        _known(result.sd),
        output.words(level.th, level.en) if level else "-",
    )


def _known(value: object) -> str:
    return "-" if value is None else str(value)
