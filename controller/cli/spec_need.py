"""`khaen spec need`: what is needed, from evidence, with the list behind every number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from controller.cli import output, session
from controller.cli.form import unknown_format
from controller.cli.output import Json, words
from controller.language import pick

if TYPE_CHECKING:
    from controller.errors import Text
    from controller.procurement.need import Evidence, Extra, Life, Line, Needs, Worn
    from controller.procurement.need_paper import NeedPaper

Paper = Literal["pdf", "docx", "xlsx"]
_MOST = 60


def register(spec: typer.Typer) -> None:
    """Add this command to `khaen spec`."""
    spec.command("need")(need)


def need(
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Only these kinds: access-point,switch")
    ] = None,
    cause: Annotated[
        list[str] | None,
        typer.Option(
            help="What counts: age, warranty, support, health, compliance, growth, asked; "
            "all but warranty without this"
        ),
    ] = None,
    site: Annotated[str, typer.Option(help="Only at this site")] = "",
    district: Annotated[str, typer.Option(help="Only in this district")] = "",
    days: Annotated[int, typer.Option(help="How many days back health is looked at")] = 90,
    years: Annotated[
        int | None, typer.Option(help="Years of service, before those of the office and editions")
    ] = None,
    ask: Annotated[
        list[str] | None,
        typer.Option(
            help="SITE:KIND:QUANTITY=REASON, or REGISTER-NUMBER=REASON; may be said again"
        ),
    ] = None,
    wanted: Annotated[
        Paper | None, typer.Option("--format", help="Write the report: pdf, docx or xlsx")
    ] = None,
    file: Annotated[Path | None, typer.Option("--out", "-o", help="Where to write it")] = None,
    as_json: Json = False,
) -> None:
    """What to replace and add, by site and kind, and why; `--json` feeds `khaen spec new`."""
    from controller.operations import list_needs as needs

    written = _format(wanted, file, needs.FORMATS)
    asked = needs.NeedQuery(
        causes=_parts(cause),
        kinds=_parts(kind),
        site=site,
        district=district,
        days=days,
        asks=tuple(ask or ()),
        years=years,
    )
    with session.signed_in() as (context, actor):
        found = needs.list_needs(context, actor, asked)
        paper = needs.paper_of(context, found)
        if written is not None:
            content = needs.drawn(context, actor, found, written)
            place = file or Path(needs.file_name(written))
            output.write_file(place, content, told=not as_json)
    if as_json:
        return output.emit_json(needs_json(found, paper))
    return None if written is not None else _show(found)


def needs_json(found: Needs, paper: NeedPaper | None) -> dict[str, Any]:
    """Everything found: `need` and `items` are what `khaen spec new --need` reads."""
    drafted = {"need": "", "items": []} if paper is None else paper.model_dump(mode="json")
    return {
        **drafted,
        "day": found.day.isoformat(),
        "causes": found.causes,
        "days": found.days,
        "looked": found.looked,
        "quantity": found.quantity,
        "service_years": {
            kind: {"years": life.years, "source": _both(life.source)}
            for kind, life in found.lives.items()
        },
        "lines": [_line_json(line) for line in found.lines],
        "unknown": [
            {
                "cause": one.cause,
                "why": _both(one.words),
                "count": len(one.units),
                "units": [unit.name for unit in one.units],
            }
            for one in found.untold
        ],
    }


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "site": line.site,
        "kind": line.kind,
        "quantity": line.quantity,
        "spares": line.spares,
        "replaces": [_worn_json(worn) for worn in line.worn],
        "adds": [_extra_json(extra) for extra in line.extras],
    }


def _worn_json(worn: Worn) -> dict[str, Any]:
    unit = worn.unit
    return {
        "number": unit.number,
        "device": unit.device,
        "brand": unit.brand,
        "model": unit.model,
        "serial": unit.serial,
        "acquired": unit.acquired.isoformat() if unit.acquired else None,
        "state": unit.state,
        "early": worn.early,
        "causes": worn.causes,
        "evidence": [_evidence_json(one) for one in worn.evidence],
    }


def _extra_json(extra: Extra) -> dict[str, Any]:
    return {
        "quantity": extra.quantity,
        "evidence": [_evidence_json(one) for one in extra.evidence],
    }


def _evidence_json(one: Evidence) -> dict[str, Any]:
    return {
        "cause": one.cause,
        "words": _both(one.words),
        "day": one.day.isoformat() if one.day else None,
    }


def _both(text: Text) -> dict[str, str]:
    return {"th": text.th, "en": text.en}


def _parts(given: list[str] | None) -> tuple[str, ...]:
    """`age,health` and said again, as one."""
    return tuple(part for one in given or () for word in one.split(",") if (part := word.strip()))


def _format(wanted: Paper | None, file: Path | None, formats: tuple[Paper, ...]) -> Paper | None:
    if wanted is not None or file is None:
        return wanted
    named = next((f for f in formats if file.suffix.lower() == f".{f}"), None)
    if named is None:
        raise unknown_format(file, formats)
    return named


def _show(found: Needs) -> None:
    from controller.procurement.need import CAUSE_NAMES, kind_name

    language = output.language()
    output.table(
        (
            words("หน่วยงาน", "site"),
            words("ประเภท", "kind"),
            words("จำนวน", "quantity"),
            words("สำรอง", "spares"),
            words("เลขครุภัณฑ์", "number"),
            words("ได้มา", "acquired"),
            words("เพราะ", "because"),
        ),
        list(_rows(found))[:_MOST],
    )
    for kind, quantity in found.kinds.items():
        told = ", ".join(
            f"{pick(CAUSE_NAMES[cause], language)} {n}" for cause, n in found.by_cause(kind).items()
        )
        name = pick(kind_name(kind), language)
        output.say(f"{name} {quantity} รายการ ({told})", f"{name}: {quantity} ({told})")
    for life, kinds in _lives(found).items():
        told = ", ".join(pick(kind_name(kind), language) for kind in kinds)
        output.note(
            f"อายุการใช้งาน {life.years} ปี ({told}): {life.source.th}",
            f"{life.years} years of service ({told}): {life.source.en}",
        )
    for one in found.untold:
        name = pick(CAUSE_NAMES[one.cause], language)
        output.note(
            f"ไม่ทราบ “{name}” {len(one.units)} รายการ: {one.words.th}",
            f"unknown, “{name}”, of {len(one.units)}: {one.words.en}",
        )
    rows = sum(1 for _ in _rows(found))
    if rows > _MOST:
        output.note(
            f"… และอีก {rows - _MOST} แถว ดูทั้งหมดด้วย --json หรือ --format xlsx",
            f"… and {rows - _MOST} more rows: --json or --format xlsx has all",
        )


def _lives(found: Needs) -> dict[Life, list[str]]:
    """Years of service with the kinds they are of, of what is needed."""
    by: dict[Life, list[str]] = {}
    for kind in found.kinds:
        if kind in found.lives:
            by.setdefault(found.lives[kind], []).append(kind)
    return by


def _rows(found: Needs) -> Iterator[tuple[str, ...]]:
    from controller.procurement.need import kind_name

    language = output.language()
    for line in found.lines:
        head = (line.site, pick(kind_name(line.kind), language))
        sums = (str(line.quantity), str(line.spares or ""))
        for worn in line.worn:
            told = "; ".join(pick(one.words, language) for one in worn.evidence)
            yield (*head, *sums, worn.unit.name, str(worn.unit.acquired or "?"), told)
            sums = ("", "")
        for extra in line.extras:
            told = "; ".join(pick(one.words, language) for one in extra.evidence)
            yield (*head, *sums, f"+{extra.quantity}", "", told)
            sums = ("", "")
