"""`khaen spec baseline` and `khaen spec attributes`: price criteria by edition."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import output, session
from controller.cli.output import Json, words
from controller.errors import InputError, Text
from controller.language import pick

if TYPE_CHECKING:
    from controller.operations.import_edition import EditionImported, EditionPreview
    from controller.operations.list_baselines import BaselineSeen
    from controller.specs.edition_diff import ClassChange

baseline = typer.Typer(no_args_is_help=True, help="Price criteria by edition (เกณฑ์พื้นฐาน).")
_LARGEST = 5_000_000


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen spec`."""
    app.add_typer(baseline, name="baseline")
    app.command("attributes")(attributes)


@baseline.command("list")
def list_(
    edition: Annotated[str, typer.Option(help="Only of this edition")] = "",
    kind: Annotated[str, typer.Option(help="Only of this kind: switch, access-point …")] = "",
    find: Annotated[str, typer.Option(help="Only with these words in the name")] = "",
    current: Annotated[
        bool, typer.Option("--current", help="Only what no later edition has replaced")
    ] = False,
    as_json: Json = False,
) -> None:
    """List the baselines with price and edition; the newest edition first."""
    from controller.operations.list_baselines import list_baselines

    with session.signed_in() as (context, actor):
        found = list_baselines(
            context, actor, edition=edition, kind=kind, words=find, current=current
        )
    if as_json:
        return output.emit_json([seen_json(one) for one in found])
    output.table(
        (
            words("เกณฑ์พื้นฐาน", "baseline"),
            words("ข้อ", "no."),
            words("ประเภท", "kind"),
            words("ราคาตามเกณฑ์", "ceiling"),
            words("ข้อกำหนด", "criteria"),
            words("สถานะ", "state"),
            words("ชื่อ", "name"),
        ),
        [
            (
                one.baseline.ref,
                str(one.baseline.number or ""),
                one.baseline.kind,
                baht(one.baseline.ceiling),
                str(len(one.baseline.criteria)),
                _state(one),
                pick(one.baseline.title, output.language()),
            )
            for one in found
        ],
    )
    return output.note(f"ทั้งหมด {len(found)} รายการ", f"{len(found)} baselines")


@baseline.command()
def show(
    ref: Annotated[str, typer.Argument(help="edition/class, or a class: the one in force")],
    as_json: Json = False,
) -> None:
    """Show a baseline: price, edition, criteria, and its class in other editions."""
    from controller.operations.show_baseline import show_baseline

    with session.signed_in() as (context, actor):
        found = show_baseline(context, actor, ref)
    one, language = found.shown, output.language()
    if as_json:
        return output.emit_json(
            seen_json(one)
            | {
                "criteria": [c.model_dump(mode="json") for c in one.baseline.criteria],
                "editions": [seen_json(other) for other in found.editions],
            }
        )
    output.say(one.baseline.th, one.baseline.en)
    price = baht(one.baseline.ceiling) or words("ไม่มีราคาตามเกณฑ์ ให้สืบราคา", "none: ask the market")
    output.say(
        f"{one.baseline.ref} · {one.edition.th} · {price} · {_state(one)}",
        f"{one.baseline.ref} · {one.edition.en} · {price} · {_state(one)}",
    )
    if one.baseline.note:
        output.note(one.baseline.note, one.baseline.note)
    for number, criterion in enumerate(one.baseline.criteria, start=1):
        typer.echo(f"{number:3}. {criterion.text}")
        typer.echo(f"     {criterion.id}: {_asked(criterion)}")
    for other in found.editions:
        if other.baseline.ref != one.baseline.ref:
            typer.echo(
                f"{pick(other.edition.title, language)}: {baht(other.baseline.ceiling) or '-'}"
            )
    return None


@baseline.command()
def diff(
    before: Annotated[str, typer.Argument(help="The earlier edition")],
    after: Annotated[str, typer.Argument(help="The later edition")],
    as_json: Json = False,
) -> None:
    """Show what a later edition changed: classes, prices in percent, criteria."""
    from controller.operations.compare_editions import compare_editions

    with session.signed_in() as (context, actor):
        found = compare_editions(context, actor, before, after)
    if as_json:
        return output.emit_json(
            {
                "before": found.before.id,
                "after": found.after.id,
                "counts": found.counts,
                "changes": [change_json(c) for c in found.changes if c.kind != "same"],
            }
        )
    return _say_changes(found.changes)


@baseline.command()
def editions(as_json: Json = False) -> None:
    """List the editions: when announced, how many classes, how many of them stand today."""
    from controller.operations.list_editions import list_editions

    with session.signed_in() as (context, actor):
        found = list_editions(context, actor)
    if as_json:
        return output.emit_json(
            [
                one.edition.model_dump(mode="json")
                | {"classes": one.classes, "standing": one.standing}
                for one in found
            ]
        )
    return output.table(
        (
            words("ฉบับ", "edition"),
            words("ประกาศ", "announced"),
            words("รายการ", "classes"),
            words("ยังใช้", "standing"),
            words("ข้อมูล", "figures"),
            words("ชื่อ", "name"),
        ),
        [
            (
                one.edition.id,
                one.edition.announced.isoformat(),
                str(one.classes),
                str(one.standing),
                one.edition.status,
                pick(one.edition.title, output.language()),
            )
            for one in found
        ],
    )


@baseline.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="XLSX as exported, or YAML")],
    yes: Annotated[bool, typer.Option("--yes", help="Write it, if there is no problem")] = False,
    as_json: Json = False,
) -> None:
    """Show what the file of an edition would change; with --yes write and commit it."""
    from controller.operations.import_edition import (
        import_edition,
        preview_edition,
        wrong_edition,
    )
    from controller.workspace.inputs import input_bytes

    content = input_bytes(file, _LARGEST)
    if len(content) > _LARGEST:
        raise InputError(Text(th=f"{file} ใหญ่เกิน 5 MB", en=f"{file} is larger than 5 MB"))
    done: EditionImported | None = None
    with session.signed_in() as (context, actor):
        preview = preview_edition(context, actor, file.name, content)
        if yes and not preview.problems:
            done = import_edition(context, actor, file.name, content, preview.digest)
    if as_json:
        output.emit_json(_preview_json(preview) | {"written": vars(done) if done else None})
    else:
        _say_changes(preview.changes)
        _say_written(preview, done)
    if preview.problems:
        raise wrong_edition(preview.problems)


@baseline.command()
def export(
    edition: Annotated[str, typer.Argument(help="Id of the edition")],
    to: Annotated[Path, typer.Option("--to", "-o", help="File to write: .xlsx or .yaml")],
) -> None:
    """Write an edition to a file, to check, change and import again."""
    from controller.operations.export_edition import export_edition

    form = to.suffix.removeprefix(".").lower()
    if form not in {"xlsx", "yaml"}:
        raise InputError(
            Text(th="ชื่อแฟ้มต้องลงท้ายด้วย .xlsx หรือ .yaml", en="the file is named .xlsx or .yaml")
        )
    with session.signed_in() as (context, actor):
        content = export_edition(
            context,
            actor,
            edition,
            form="xlsx" if form == "xlsx" else "yaml",
            language=output.language(),
        )
    output.write_file(to, content)


def attributes(
    kind: Annotated[str, typer.Option(help="Only those asked of this kind")] = "",
    as_json: Json = False,
) -> None:
    """List what a criterion can ask: attributes with their units, levels or members."""
    from controller.operations.list_attributes import list_attributes

    with session.signed_in() as (context, actor):
        found = list_attributes(context, actor, kind)
    if as_json:
        return output.emit_json([one.model_dump(mode="json") for one in found])
    return output.table(
        (
            words("คุณสมบัติ", "attribute"),
            words("ชนิด", "kind"),
            words("หน่วยหรือค่า", "unit or values"),
            words("ชื่อ", "name"),
        ),
        [
            (
                one.id,
                one.kind,
                one.unit or ", ".join([*(level[0] for level in one.levels), *one.members]),
                pick(one.title, output.language()),
            )
            for one in found
        ],
    )


def seen_json(one: BaselineSeen) -> dict[str, Any]:
    """A baseline for programs, without its criteria."""
    told = one.baseline
    return {
        "ref": told.ref,
        "id": told.id,
        "edition": told.edition,
        "number": told.number,
        "kind": told.kind,
        "th": told.th,
        "en": told.en,
        "unit": told.unit,
        "ceiling": told.ceiling and f"{told.ceiling:f}",
        "note": told.note,
        "status": one.edition.status,
        "superseded": one.superseded.id if one.superseded else None,
    }


def change_json(change: ClassChange) -> dict[str, Any]:
    """A change of a class for programs."""
    return {
        "id": change.id,
        "kind": change.kind,
        "ceiling": [
            b.ceiling and f"{b.ceiling:f}" if b else None for b in (change.before, change.after)
        ],
        "percent": change.percent and f"{change.percent:f}",
        "fields": change.fields,
        "criteria": [{"id": c.id, "kind": c.kind} for c in change.criteria],
    }


def baht(price: Decimal | None) -> str:
    """A price in figures, nothing for none."""
    from controller.thai import money

    return "" if price is None else money(price)


def _asked(criterion: Any) -> str:
    if criterion.operator == "judged":
        return words("ให้คณะพิจารณา", "judged by people")
    value = criterion.value
    told = ", ".join(value) if isinstance(value, tuple) else str(value)
    return " ".join(filter(None, (criterion.attribute, criterion.operator, told, criterion.unit)))


def _state(one: BaselineSeen) -> str:
    if one.superseded is not None:
        return words(f"แทนด้วย {one.superseded.id}", f"replaced by {one.superseded.id}")
    if one.edition.status == "reference":
        return words("ข้อมูลอ้างอิง", "for reference")
    return words("ใช้อยู่", "in force")


def _say_changes(changes: tuple[ClassChange, ...]) -> None:
    from controller.specs.edition_diff import CHANGE_KINDS

    language = output.language()
    rows = []
    for one in changes:
        if one.kind == "same":
            continue
        prices = [baht(b.ceiling) if b else "" for b in (one.before, one.after)]
        told = " → ".join(p or "-" for p in prices) if one.kind == "changed" else "".join(prices)
        percent = f"{one.percent:+}%" if one.price_changed and one.percent is not None else ""
        criteria = ", ".join(f"{pick(CHANGE_KINDS[c.kind], language)} {c.id}" for c in one.criteria)
        rows.append((pick(CHANGE_KINDS[one.kind], language), one.id, told, percent, criteria))
    if rows:
        output.table(
            (
                words("การเปลี่ยน", "change"),
                words("รายการ", "class"),
                words("ราคา", "price"),
                "%",
                words("ข้อกำหนด", "criteria"),
            ),
            rows,
        )
    same = sum(one.kind == "same" for one in changes)
    output.say(f"คงเดิม {same} รายการ", f"{same} classes stay the same")


def _preview_json(preview: EditionPreview) -> dict[str, Any]:
    return {
        "edition": preview.edition.id if preview.edition else None,
        "known": preview.known,
        "against": preview.against.id if preview.against else None,
        "digest": preview.digest,
        "counts": preview.counts,
        "changes": [change_json(c) for c in preview.changes if c.kind != "same"],
        "paths": preview.paths,
        "problems": [
            {"where": p.where, "th": p.message.th, "en": p.message.en, "found": p.found}
            for p in preview.problems
        ],
    }


def _say_written(preview: EditionPreview, done: EditionImported | None) -> None:
    if done is None:
        if not preview.problems:
            output.note("ยังไม่ได้เขียน ใช้ --yes เพื่อเขียน", "nothing is written; --yes writes it")
    elif not done.paths:
        output.say("มีครบตามแฟ้มอยู่แล้ว", "the workspace has all of it already")
    else:
        told = ", ".join(done.paths)
        commit = words(
            f"commit {done.commit[:12]}" if done.commit else "ยังไม่ได้ commit",
            f"commit {done.commit[:12]}" if done.commit else "not committed",
        )
        output.say(f"เขียน {told} แล้ว ({commit})", f"wrote {told} ({commit})")
