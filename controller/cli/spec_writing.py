"""`khaen spec new | lint | write | show | diff`: the specification of a procurement."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import output, session
from controller.cli.layout import tell
from controller.cli.output import Json, words
from controller.errors import InputError, Text
from controller.language import pick
from controller.thai import arabic_digits, money

if TYPE_CHECKING:
    from controller.accounts.actor import Actor
    from controller.operations.context import Context
    from controller.procurement.drafting import Wanted
    from controller.procurement.need_paper import NeedPaper
    from controller.procurement.remark import Remark
    from controller.specs.specification import Specification

NOT_FIT = 1
_CASE = re.compile(r"\d{4}-[\d.]+-\d+")
_WANTED = re.compile(r"(?P<what>[^=@\s]+)=(?P<quantity>\d+)(@(?P<price>[\d.,]+))?")
_BY = re.compile(r"(?P<kind>[^=@\s]+)=(?P<what>[^=@\s]+)(@(?P<price>[\d.,]+))?")
File = Annotated[Path, typer.Argument(help="A specification file (YAML)")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="File to write; else it is printed")]


def register(spec: typer.Typer) -> None:
    """Add these commands to `khaen spec`."""
    for command in (new, lint, write, show, diff):
        spec.command()(command)


def new(
    items: Annotated[
        list[str] | None,
        typer.Argument(help="BASELINE=QUANTITY or BASELINE=QUANTITY@PRICE, one for each item"),
    ] = None,
    why: Annotated[str, typer.Option(help="Why it is needed, in Thai as it is printed")] = "",
    title: Annotated[str, typer.Option(help="Title; else the names of the items")] = "",
    fund: Annotated[str, typer.Option(help="Source of the money")] = "",
    budget: Annotated[
        str, typer.Option(help="Money there is (baht); else the reference price")
    ] = "",
    need: Annotated[
        Path | None, typer.Option(help="Needs, as `khaen spec need --json` wrote them")
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(help="KIND=BASELINE[@PRICE]: what a kind of the needs is bought by"),
    ] = None,
    out: Out = None,
) -> None:
    """Draft a specification from the baselines in force, as a file to edit."""
    from controller.operations.draft_specification import draft_specification, draft_text

    wanted = [_wanted(item) for item in items or ()]
    if need is not None:
        paper, more = _needed(need, by or [])
        wanted, why = [*wanted, *more], why or paper.need
    with session.signed_in() as (context, actor):
        drafted = draft_specification(
            context, actor, wanted, need=why, title=title, fund=fund, budget=_baht(budget)
        )
        text = draft_text(context, actor, drafted)
    if out is None:
        return typer.echo(text, nl=False)
    output.write_file(out, text.encode())
    return output.note(
        f"แก้ไฟล์แล้วตรวจด้วย: khaen spec lint {out}", f"edit it, then: khaen spec lint {out}"
    )


def lint(
    what: Annotated[str, typer.Argument(help="A specification file, or the number of a case")],
    as_json: Json = False,
) -> None:
    """Tell what is to mend, to explain and to know; exit code 1 while it cannot be put forward."""
    from controller.operations.lint_specification import lint_specification
    from controller.procurement.remark import standing_against

    with session.signed_in() as (context, actor):
        specification = _named(context, actor, what)
        remarks = lint_specification(context, actor, specification)
    accepted = specification.accepted
    if as_json:
        output.emit_json([remark_json(remark, accepted) for remark in remarks])
    else:
        _tell_remarks(remarks, accepted)
    if standing_against(remarks, accepted):
        raise typer.Exit(NOT_FIT)


def write(number: str, file: File, as_json: Json = False) -> None:
    """Write the specification of a file into a case, with its form; tell what the lint says."""
    from controller.cli.moved import show_moved
    from controller.operations.draft_specification import read_draft
    from controller.operations.lint_specification import lint_specification
    from controller.operations.write_specification import write_specification
    from controller.workspace.specification_file import specification_bytes

    with session.signed_in() as (context, actor):
        specification = read_draft(context, actor, file.name, specification_bytes(file))
        moved = write_specification(context, actor, number, specification)
        remarks = lint_specification(context, actor, specification)
        show_moved(context, moved, as_json)
    if not as_json:
        _tell_remarks(remarks, specification.accepted)


def show(
    number: str,
    as_file: Annotated[bool, typer.Option("--yaml", help="As the file a person edits")] = False,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Show the specification of a case: items, prices, remarks, and what changed since approval."""
    from controller.operations.draft_specification import draft_text
    from controller.operations.show_specification import show_specification

    with session.signed_in() as (context, actor):
        view = show_specification(context, actor, number)
        text = draft_text(context, actor, view.specification) if as_file or out else ""
    whole, accepted = view.specification, view.specification.accepted
    if out is not None:
        return output.write_file(out, text.encode())
    if as_file:
        return typer.echo(text, nl=False)
    if as_json:
        return output.emit_json(
            whole.model_dump(mode="json")
            | {
                "sha256": whole.sha256,
                "remarks": [remark_json(remark, accepted) for remark in view.remarks],
                "changed": [_difference_json(difference) for difference in view.changed],
            }
        )
    _tell_specification(whole)
    _tell_remarks(view.remarks, accepted)
    if view.approved is not None:
        output.say("ต่างจากฉบับที่อนุมัติล่าสุด:", "different from the one approved last:")
        _tell_differences(view.changed)
    return None


def diff(number: str, file: File, as_json: Json = False) -> None:
    """Show what the specification of a file changes in that of a case."""
    from controller.operations.draft_specification import read_draft
    from controller.operations.show_specification import compare_specification
    from controller.workspace.specification_file import specification_bytes

    with session.signed_in() as (context, actor):
        other = read_draft(context, actor, file.name, specification_bytes(file))
        found = compare_specification(context, actor, number, other)
    if as_json:
        return output.emit_json([_difference_json(difference) for difference in found])
    if not found:
        return output.say("เหมือนกันทุกประการ", "they are the same")
    return _tell_differences(found)


def remark_json(remark: Remark, accepted: dict[str, str]) -> dict[str, Any]:
    """A remark for programs."""
    return {
        "code": remark.code,
        "severity": remark.severity,
        "about": remark.about,
        "key": remark.key,
        "text": {"th": remark.text.th, "en": remark.text.en},
        "hint": {"th": remark.hint.th, "en": remark.hint.en},
        "accepted": accepted.get(remark.key, ""),
    }


def _named(context: Context, actor: Actor, what: str) -> Specification:
    """The specification of a file, or of a case when that is the number of one."""
    from controller.operations.draft_specification import read_draft
    from controller.operations.show_specification import show_specification
    from controller.workspace.specification_file import specification_bytes

    file = Path(what)
    if _CASE.fullmatch(what) and not file.exists():
        return show_specification(context, actor, what).specification
    return read_draft(context, actor, file.name, specification_bytes(file))


def _wanted(text: str) -> Wanted:
    from controller.procurement.drafting import Wanted

    found = _WANTED.fullmatch(arabic_digits(text))
    if found is None:
        raise InputError(
            Text(th=f"อ่านรายการ “{text}” ไม่ได้", en=f"cannot read the item “{text}”"),
            hint=Text(
                th="เขียนเป็น เกณฑ์=จำนวน หรือ เกณฑ์=จำนวน@ราคา เช่น access-point-2=40@21500",
                en="write BASELINE=QUANTITY or BASELINE=QUANTITY@PRICE: access-point-2=40@21500",
            ),
        )
    return Wanted(found["what"], int(found["quantity"]), price=_baht(found["price"] or ""))


def _needed(file: Path, by: list[str]) -> tuple[NeedPaper, tuple[Wanted, ...]]:
    """The needs of a file, and what they ask to be drafted."""
    from controller.operations.draft_specification import read_needs, wanted_of
    from controller.workspace.specification_file import specification_bytes

    paper = read_needs(file.name, specification_bytes(file))
    found = {text: _BY.fullmatch(arabic_digits(text)) for text in by}
    for text, match in found.items():
        if match is None:
            raise InputError(
                Text(th=f"อ่าน --by “{text}” ไม่ได้", en=f"cannot read --by “{text}”"),
                hint=Text(
                    th="เขียนเป็น ชนิด=เกณฑ์ เช่น access-point=access-point-2@21500",
                    en="write KIND=BASELINE[@PRICE]: access-point=access-point-2@21500",
                ),
            )
    told = [match for match in found.values() if match]
    chosen = {match["kind"]: match["what"] for match in told}
    priced = {match["kind"]: _baht(match["price"] or "") for match in told}
    prices = {kind: price for kind, price in priced.items() if price is not None}
    return paper, wanted_of(paper, chosen, prices)


def _baht(text: str) -> Decimal | None:
    plain = arabic_digits(text.strip()).replace(",", "")
    if not plain:
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise InputError(
            Text(th=f"“{text}” ไม่ใช่จำนวนเงิน", en=f"“{text}” is no amount of money")
        ) from None


def _tell_specification(whole: Specification) -> None:
    output.say(whole.title, whole.title)
    output.say(
        f"วงเงิน {money(whole.budget)} บาท · ราคากลาง {money(whole.reference_price)} บาท",
        f"budget {money(whole.budget)} baht · reference price {money(whole.reference_price)} baht",
    )
    output.say(f"SHA-256 {whole.sha256}", f"SHA-256 {whole.sha256}")
    for item in whole.items:
        tell(f"{item.th} · {item.quantity} {item.unit} × {money(item.price)} [{item.id}]")
        for number, criterion in enumerate(item.criteria, 1):
            mark = words(" (เพิ่ม)", " (added)") if criterion.origin != "baseline" else ""
            tell(f"  {number}. {criterion.text}{mark} [{criterion.id}]", 5)


def _tell_remarks(remarks: tuple[Remark, ...], accepted: dict[str, str]) -> None:
    from controller.procurement.remark import SEVERITIES

    if not remarks:
        output.say("ไม่มีข้อสังเกต", "no remarks")
    for remark in remarks:
        reason = accepted.get(remark.key, "").strip()
        kind = pick(SEVERITIES[remark.severity], output.language())
        tell(f"{kind}: {pick(remark.text, output.language())} [{remark.key}]", 2)
        tell(f"  {pick(remark.hint, output.language())}", 2)
        if reason:
            tell(words(f"  เหตุผล: {reason}", f"  reason: {reason}"), 2)


def _tell_differences(found: tuple[Any, ...]) -> None:
    from controller.procurement.differences import WHAT

    for one in found:
        what = pick(WHAT[one.what], output.language())
        tell(f"{what}  {pick(one.title, output.language())}  [{one.about}]", 2)
        for sign, text in (("-", one.before), ("+", one.after)):
            if text:
                output.show_diff("\n".join(f"{sign} {line}" for line in text.splitlines()))


def _difference_json(one: Any) -> dict[str, Any]:
    return {
        "what": one.what,
        "about": one.about,
        "title": {"th": one.title.th, "en": one.title.en},
        "before": one.before,
        "after": one.after,
    }
