"""A button that chooses a file, and again another one in its place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import events, ui

Took = Callable[[str, bytes], Awaitable[None]]


def put_file_choice(
    words: str,
    took: Took,
    refused: Callable[[], None],
    *,
    largest: int,
    accept: str = "",
    several: bool = False,
) -> None:
    """Put the button on the page; below it stands the name of the file chosen last.

    `took` is given its name and bytes. `refused` is called for one over `largest` bytes, or of
    another kind than `accept` (`.xlsx,.csv`). With `several` more than one may be chosen at once.
    """

    async def sent(event: events.UploadEventArguments) -> None:
        content = await event.file.read()
        # Of several each is told of where they go.
        name.text = "" if several else event.file.name
        await took(event.file.name, content)

    upload = ui.upload(
        multiple=several,
        auto_upload=True,
        max_file_size=largest,
        on_upload=sent,
        on_rejected=refused,
    ).classes("unseen")
    upload.props("aria-hidden=true")
    if accept:
        upload.props["accept"] = accept
    # Asked in the browser itself: it opens its file dialog only just after a press. What was
    # chosen before must go first, and its input be there again.
    pick = (
        f"() => {{ const q = getElement({upload.id}).$refs.qRef; "
        "q.reset(); setTimeout(() => q.pickFiles(), 50) }"
    )
    ui.button(words).props("outline icon=upload_file").on("click", js_handler=pick)
    name = ui.label().classes("quiet wrap").props("aria-live=polite")
