"""What waits for a person: everything their first page shows, gathered in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from controller.accounts.actor import Actor, may
from controller.compliance.scores import Tally
from controller.inventory.office import ActingOrder
from controller.inventory.site import Site
from controller.operations.context import Context
from controller.operations.list_requests import Request, list_requests
from controller.operations.list_waiting import Waiting, waiting_among
from controller.operations.show_run import Progress
from controller.plans.outcome import Run
from controller.processes.case import Case, Decision, StepKind
from controller.processes.deadlines import late_by
from controller.processes.manual import process
from controller.store import audits, cases, decisions, forms, notices, plans, runs
from controller.store.alerts import count_open
from controller.store.engine import Connection
from controller.store.forms import FormSummary
from controller.store.notices import Notice
from controller.store.plans import PlanSummary
from controller.store.trouble import Trouble, standing_trouble
from controller.thai import BANGKOK, bangkok_date

AWAY = timedelta(days=30)
"""So long after the director came back it is still told what was done meanwhile."""

STALE = timedelta(days=90)
"""A score older than this says nothing of now."""

FEW = 10
"""So many of a list stand on a first page."""


@dataclass(frozen=True)
class Scores:
    """How the office stood by its rules on a day: its tally, the site with the lowest score."""

    day: date
    office: Tally
    worst: Site | None
    lowest: int | None


@dataclass(frozen=True)
class Home:
    """What a person's first page shows; what is none of their business is empty.

    `waiting` are the cases they are to move, `open_cases` counts all open ones by the kind of step
    they are at, `late` names the overdue ones with their days. `running` and `last` are runs,
    `trouble` the devices whose last word in an open case is a bad one. `plans` are their own that
    no case holds. `absences` are the director's of late, `acted` what was decided in them.
    `loose_forms` belong to no case, `undelivered` notices did not arrive. `requests` are what the
    person's school asked for. `alerts` counts the open ones about the network, severity -> number.
    `compliance` is None before the first audit.
    """

    waiting: tuple[Waiting, ...] = ()
    open_cases: tuple[tuple[StepKind, int], ...] = ()
    late: tuple[tuple[Case, int], ...] = ()
    running: tuple[Progress, ...] = ()
    last: Progress | None = None
    trouble: tuple[Trouble, ...] = ()
    plans: tuple[PlanSummary, ...] = ()
    absences: tuple[ActingOrder, ...] = ()
    acted: tuple[Decision, ...] = ()
    loose_forms: tuple[FormSummary, ...] = ()
    undelivered: tuple[Notice, ...] = ()
    requests: tuple[Request, ...] = ()
    alerts: Mapping[str, int] = field(default_factory=dict)
    compliance: Scores | None = None


def show_home(context: Context, actor: Actor) -> Home:
    """What waits for `actor`, by role. Nobody needs a permission for their own first page."""
    if not may(actor, "read_history"):
        sends = "school" in actor.roles and may(actor, "show_form")
        return Home(requests=list_requests(context, actor) if sends else ())
    with context.store.read() as conn:
        return _of_the_office(context, conn, actor)


def _of_the_office(context: Context, conn: Connection, actor: Actor) -> Home:
    today = context.today()
    opened = cases.list_cases(conn, "open")
    newest = runs.newest_runs(conn, case=None, most=1)
    absences = _absences(context, today) if "director" in actor.roles else ()
    return Home(
        waiting=waiting_among(context, conn, actor, opened),
        open_cases=_by_step(opened),
        late=_late(opened, today),
        running=_progress(conn, runs.open_runs(conn)),
        last=next(iter(_progress(conn, newest)), None),
        trouble=standing_trouble(conn),
        plans=plans.unproposed(conn, actor.username, FEW) if "engineer" in actor.roles else (),
        absences=absences,
        acted=_acted(conn, absences),
        loose_forms=forms.unattached(conn, FEW) if may(actor, "attach_form") else (),
        undelivered=_undelivered(conn) if may(actor, "send_notices") else (),
        alerts=count_open(conn) if may(actor, "list_alerts") else {},
        compliance=_scores(context, conn) if may(actor, "show_compliance") else None,
    )


def _scores(context: Context, conn: Connection) -> Scores | None:
    """The scores of the last day there was an audit; None when that is too long ago."""
    since = context.today() - STALE
    days = audits.trend(conn, "office", audits.OFFICE, since)
    if not days:
        return None
    day, office = days[-1]
    inventory = context.inventory()
    scored = [
        (rows[-1][1].score, name)
        for name, rows in audits.tallies_on(conn, "site", day).items()
        if not rows[-1][1].clean and rows[-1][1].score is not None and inventory.site(name)
    ]
    lowest, name = min(scored, default=(None, ""))
    return Scores(day, office, inventory.site(name), lowest)


def _undelivered(conn: Connection) -> tuple[Notice, ...]:
    return notices.list_notices(conn, state="failed")


def _progress(conn: Connection, found: Sequence[Run]) -> tuple[Progress, ...]:
    return tuple(Progress(run, runs.state_counts(conn, run.id)) for run in found)


def _by_step(opened: Sequence[Case]) -> tuple[tuple[StepKind, int], ...]:
    """The kinds in the order of the manual's steps."""
    counted = Counter(process(case.process).steps[case.step].kind for case in opened)
    order: tuple[StepKind, ...] = (
        "appoint", "plan", "approve", "notify", "execute", "monitor", "evaluate",
    )  # fmt: skip
    return tuple((kind, counted[kind]) for kind in order if counted[kind])


def _late(opened: Sequence[Case], today: date) -> tuple[tuple[Case, int], ...]:
    """The overdue cases with their days, the latest first."""
    counted = ((case, late_by(case, today)) for case in opened)
    return tuple(sorted(((c, n) for c, n in counted if n), key=lambda pair: -pair[1]))


def _absences(context: Context, today: date) -> tuple[ActingOrder, ...]:
    """The orders to act for the director that cover today, or ended a while ago, newest first."""
    orders = [o for o in context.office().acting if o.since <= today <= o.until + AWAY]
    return tuple(sorted(orders, key=lambda order: order.since, reverse=True))


def _acted(conn: Connection, absences: Sequence[ActingOrder]) -> tuple[Decision, ...]:
    """What was decided under these orders, newest first."""
    if not absences:
        return ()
    first = min(order.since for order in absences)
    since = datetime.combine(first, time(), BANGKOK)
    return tuple(
        made
        for made in decisions.acting_decisions(conn, since)
        if any(_under(order, made, bangkok_date(made.at)) for order in absences)
    )


def _under(order: ActingOrder, made: Decision, day: date) -> bool:
    return made.acting_order == order.order and order.since <= day <= order.until
