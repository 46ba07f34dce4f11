"""`khaen case approve | return | refuse | revise | withdraw`: how a case turns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from controller.cli import session
from controller.cli.account import PasswordStdin
from controller.cli.moved import show_moved
from controller.cli.output import Json
from controller.errors import Text

if TYPE_CHECKING:
    from controller.processes.case import DecisionKind

Comment = Annotated[str, typer.Option("--comment", "-m", help="Reason or comment")]
Reason = Annotated[str, typer.Option("--reason", "-m", help="Why")]
Seen = Annotated[
    str,
    typer.Option(
        "--seen", help="First digits of the dossier you read: anything else is not decided on"
    ),
]


def register(case: typer.Typer) -> None:
    """Add these commands to `khaen case`."""
    case.command()(approve)
    case.command("return")(return_)
    for command in (refuse, revise, withdraw):
        case.command()(command)


def approve(
    number: str,
    comment: Comment = "",
    seen: Seen = "",
    password_stdin: PasswordStdin = False,
    as_json: Json = False,
) -> None:
    """Approve exactly this dossier (the director, or who acts for the director)."""
    _decide(number, "approve", comment, seen, password_stdin=password_stdin, as_json=as_json)


def return_(
    number: str,
    comment: Comment = "",
    to_step: Annotated[
        int | None, typer.Option("--to-step", help="Number of the step it goes back to")
    ] = None,
    seen: Seen = "",
    password_stdin: PasswordStdin = False,
    as_json: Json = False,
) -> None:
    """Send the case back for revision, saying why."""
    back = None if to_step is None else to_step - 1
    _decide(
        number,
        "return",
        comment,
        seen,
        to_step=back,
        password_stdin=password_stdin,
        as_json=as_json,
    )


def refuse(
    number: str,
    comment: Comment = "",
    seen: Seen = "",
    password_stdin: PasswordStdin = False,
    as_json: Json = False,
) -> None:
    """Refuse the case, saying why; it ends."""
    _decide(number, "refuse", comment, seen, password_stdin=password_stdin, as_json=as_json)


def revise(number: str, reason: Reason, as_json: Json = False) -> None:
    """Pull the case back to be worked on again; an approval it had is void."""
    from controller.operations.revise_case import revise_case

    with session.signed_in() as (context, actor):
        show_moved(context, revise_case(context, actor, number, reason), as_json)


def withdraw(number: str, reason: Reason, as_json: Json = False) -> None:
    """End the case without a decision (its proposer)."""
    from controller.operations.withdraw_case import withdraw_case

    with session.signed_in() as (context, actor):
        show_moved(context, withdraw_case(context, actor, number, reason), as_json)


def _decide(
    number: str,
    kind: DecisionKind,
    comment: str,
    seen: str,
    *,
    to_step: int | None = None,
    password_stdin: bool,
    as_json: bool,
) -> None:
    from controller.operations.decide_case import Verdict, decide_case

    with session.signed_in() as (context, actor):
        prompt = Text(
            th=f"รหัสผ่านของ {actor.username} เพื่อลงนาม", en=f"Password of {actor.username}, to sign"
        )
        password = session.ask_password(prompt, from_stdin=password_stdin)
        verdict = Verdict(kind, comment, seen, to_step)
        show_moved(context, decide_case(context, actor, number, verdict, password), as_json)
