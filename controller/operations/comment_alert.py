"""Write something about an alert."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Text
from controller.operations.acknowledge_alert import tell_audit
from controller.operations.context import Context
from controller.operations.list_alerts import alert_number, visible_alert
from controller.store import alerts
from controller.store.alerts import Alert, Note

LONGEST = 2000


def comment_alert(context: Context, actor: Actor, asked: int | str, words: str) -> Alert:
    """The alert, with a comment; also one that is over. A school comments on its own.

    The same words by the same person right after each other are one comment. Errors: `NotFound`;
    `InputError` without words or with too many.
    """
    require(actor, "comment_alert")
    number = alert_number(asked)
    said = words.strip()
    if not said or len(said) > LONGEST:
        raise InputError(
            Text(
                th=f"ความเห็นต้องมี 1 ถึง {LONGEST} ตัวอักษร",
                en=f"a comment has 1 to {LONGEST} characters",
            )
        )
    now = context.clock()
    with context.store.begin() as conn:
        alert = visible_alert(actor, alerts.load_alert(conn, number))
        before = alerts.notes(conn, number)[-1:]
        if before and (before[0].actor, before[0].words) == (actor.username, said):
            return alert
        alerts.add_note(conn, number, Note(now, actor.username, "comment", said))
        tell_audit(context, actor, conn, "comment_alert", alert, {"words": said})
        return alerts.load_alert(conn, number)
