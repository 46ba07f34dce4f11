"""Read filled forms; people of schools read their own."""

from __future__ import annotations

from controller.accounts.actor import PERMISSIONS, Actor, require
from controller.errors import NotFound, Text
from controller.operations.context import Context
from controller.processes.forms.definition import FilledForm
from controller.store import forms
from controller.store.engine import Connection
from controller.store.forms import FormSummary


def show_form(
    context: Context, actor: Actor, number: str, revision: int | None = None
) -> FilledForm:
    """A form as filled in, its newest revision unless another is named. Errors: `NotFound`."""
    require(actor, "show_form")
    with context.store.read() as conn:
        require_own(context, conn, actor, number)
        return forms.load_form(conn, number, revision)


def list_forms(
    context: Context,
    actor: Actor,
    *,
    case: str | None = None,
    slug: str | None = None,
    after: tuple[str, str] | None = None,
    most: int | None = None,
) -> tuple[FormSummary, ...]:
    """Every filled form, or those of a case, of one kind; last filled in first.

    With `most` only so many, `after` the day and number of the last one seen. People of schools get
    those their own school filled in first.
    """
    require(actor, "show_form")
    own = None if _reads_all(actor) else people_of_school(context, actor)
    with context.store.read() as conn:
        return forms.list_forms(conn, by=own, case=case, slug=slug, after=after, most=most)


def require_own(context: Context, conn: Connection, actor: Actor, number: str) -> None:
    """Pass when the actor may read every form, or somebody of their school filled this one in.

    Errors: `NotFound`, as for a form there is not: nobody learns which numbers others have.
    """
    if _reads_all(actor) or forms.form_owner(conn, number) in people_of_school(context, actor):
        return
    raise NotFound(
        Text(th=f"ไม่พบแบบฟอร์มเลขที่ {number}", en=f"there is no filled form {number}"),
        hint=Text(th="ดูรายการได้จาก khaen form list", en="see khaen form list"),
    )


def people_of_school(context: Context, actor: Actor) -> frozenset[str]:
    """The user names of everybody of the actor's school; without a school the actor alone."""
    if actor.site is None:
        return frozenset({actor.username})
    people = context.office().people
    return frozenset({actor.username, *(p.username for p in people if p.site == actor.site)})


def _reads_all(actor: Actor) -> bool:
    return bool(actor.roles & PERMISSIONS["read_history"])
