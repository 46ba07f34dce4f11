"""What a run did to one device: the reason, the checks, what the device said, the lines sent."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.errors import Text
from controller.inventory.device import ROLE_NAMES
from controller.operations.show_run_device import show_run_device
from controller.plans.groups import difference_of
from controller.plans.outcome import STATE_WORDS, reason_words
from controller.plans.plan import DevicePlan
from controller.plans.wording import CHECK_WORDS, words_of
from controller.platforms.registry import platform_title
from controller.playbooks.result import STATUSES, Status
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.change_groups import lines_of
from controller.web.parts.run_rows import colour
from controller.web.visit import Visit

STATUS_COLOURS: dict[Status, str] = {
    "ok": "good", "changed": "warn", "skipped": "", "failed": "bad", "unreachable": "bad",
}  # fmt: skip


@page("/runs/{run}/{device}", Text(th="อุปกรณ์ในการดำเนินการ", en="Device in a run"))
async def build(visit: Visit, actor: Actor) -> None:
    """The evidence about one device, secrets hidden."""
    story = await visit.ask(show_run_device, visit.path["run"], visit.path["device"], withhold=True)
    put(
        visit,
        "run_device.html",
        story=story,
        state=STATE_WORDS[story.device.state],
        colour=colour(story.device.state),
        platform=platform_title(story.planned.platform),
        role=ROLE_NAMES.get(story.planned.role, Text(th="-", en="-")),
        reason=reason_words(story.device.reason),
        checks=[(words_of(CHECK_WORDS, c.check), c) for c in story.checks],
        tasks=[(one, STATUSES[one.status], STATUS_COLOURS[one.status]) for one in story.tasks],
        lines=lines_of(_difference(story.planned)),
    )


def _difference(planned: DevicePlan) -> str:
    """The lines under their sections; as the device wrote them where they cannot be read."""
    difference = difference_of(planned, predicted=False)
    return difference.text() if difference.readable else planned.diff
