"""Commands that change, commit, compare and save configurations."""

import re
import time

from controller.lab.configuration.tree import Configuration
from controller.lab.devices.arista_eos.device import CommandError
from controller.lab.devices.arista_eos.request import COMMANDS, SILENCE, Answer, Request, invalid

CLOCK = re.compile(r"(\d{1,2}):([0-5]\d):([0-5]\d)")
COPIED = Answer("Copy completed successfully.\n", {})


@COMMANDS.add("enable", "terminal **", "no terminal **")
def enable(request: Request, *_: str) -> Answer:
    """Nothing to do: the API user is privileged."""
    return SILENCE


@COMMANDS.add("end")
def end(request: Request) -> Answer:
    """Leave the configuration mode; a session stays open."""
    request.finish()
    return SILENCE


@COMMANDS.add("abort")
def abort_current(request: Request) -> Answer:
    """Leave the session one is in and drop it."""
    name = _current(request, "abort")
    request.finish()
    request.device.abort(name)
    return SILENCE


@COMMANDS.add("commit")
def commit_current(request: Request) -> Answer:
    """Commit the session one is in."""
    name = _current(request, "commit")
    request.finish()
    request.device.commit_session(name, request.user, None)
    return SILENCE


def _current(request: Request, command: str) -> str:
    if request.session is None:
        raise invalid(command)
    return request.session


@COMMANDS.add("configure", "configure terminal")
def configure(request: Request, *_: str) -> Answer:
    """Edit the running configuration."""
    request.edit_running()
    return SILENCE


@COMMANDS.add("configure session *")
def configure_session(request: Request, name: str) -> Answer:
    """Edit a session."""
    request.edit_session(name)
    return SILENCE


@COMMANDS.add("rollback clean-config")
def clean(request: Request) -> Answer:
    """Empty the session: what follows is the whole configuration."""
    if request.session is None or request.editing is None:
        raise invalid("rollback clean-config")
    device = request.device
    request.editing = Configuration(device.dialect, device.ports)
    device.existing(request.session).candidate = request.editing
    request.section = ()
    return SILENCE


@COMMANDS.add("configure session * abort")
def abort_session(request: Request, name: str) -> Answer:
    """Drop a session; a commit that waits for confirmation is taken back."""
    request.finish()
    request.device.abort(name)
    return SILENCE


@COMMANDS.add("configure session * commit")
def commit(request: Request, name: str) -> Answer:
    """Commit a session, or confirm the one whose timer runs."""
    request.finish()
    request.device.commit_session(name, request.user, None)
    return SILENCE


@COMMANDS.add("configure session * commit timer *")
def commit_with_timer(request: Request, name: str, wait: str) -> Answer:
    """Commit a session for ``HH:MM:SS`` of device time unless confirmed."""
    match = CLOCK.fullmatch(wait)
    if match is None:
        words = f"configure session {name} commit timer "
        raise invalid(words + wait, len(words))
    hours, minutes, seconds = (int(part) for part in match.groups())
    request.finish()
    request.device.commit_session(name, request.user, hours * 60 + minutes + seconds / 60)
    return SILENCE


@COMMANDS.add("configure replace *")
def replace(request: Request, name: str) -> Answer:
    """Replace the running configuration by a file."""
    device = request.device
    target = device.file(name).copy()
    request.finish()
    device.commit(target, request.user)
    return SILENCE


@COMMANDS.add("copy * *")
def copy(request: Request, source: str, target: str) -> Answer:
    """Copy a configuration from file to file."""
    device = request.device
    if target == "running-config" and source == target:
        raise CommandError("Source and destination are the same file")
    device.store(target, device.file(source), request.user)
    return COPIED


@COMMANDS.add("write", "write memory")
def write(request: Request, *_: str) -> Answer:
    """Save the running configuration."""
    request.device.save()
    return COPIED


@COMMANDS.add("reload now", "reload force")
def reload(request: Request) -> Answer:
    """Reboot."""
    request.device.reboot()
    return SILENCE


@COMMANDS.add("show configuration sessions", "show configuration sessions detail")
def show_sessions(request: Request) -> Answer:
    """Open sessions, and when the one that waits for confirmation runs out (in uptime)."""
    device = request.device
    timer = device.timer
    sessions: dict[str, dict[str, object]] = {}
    for name, session in device.sessions.items():
        sessions[name] = {
            "state": session.state,
            "instances": {},
            "description": "",
            "completedTime": 0.0,
        }
        if timer is not None and timer.label == name:
            left = timer.expires_at - time.time()
            scale = 60.0 / device.around.minute_seconds
            sessions[name]["commitBy"] = device.uptime() + left * scale
    rows = "".join(f"{name} {session['state']}\n" for name, session in sessions.items())
    return Answer(
        f"Maximum number of completed sessions: 1\nMaximum number of pending sessions: 5\n\n{rows}",
        {"maxSavedSessions": 1, "maxOpenSessions": 5, "sessions": sessions},
    )


@COMMANDS.add("show session-config diffs")
@COMMANDS.add("show session-config named * diffs")
def show_diffs(request: Request, name: str | None = None) -> Answer:
    """What committing a session (the current one without a name) would change."""
    name = name or _current(request, "show session-config diffs")
    return Answer(request.device.session_diff(name))


@COMMANDS.add("show session-config")
@COMMANDS.add("show session-config named *", "show session-config named * sanitized")
def show_session(request: Request, name: str | None = None) -> Answer:
    """The whole configuration of a session (the current one without a name)."""
    name = name or _current(request, "show session-config")
    device = request.device
    command = f"show session-config named {name}"
    return Answer(device.text(device.existing(name).candidate, command))


@COMMANDS.add("show running-config", "show running-config all", "show running-config sanitized")
def show_running(request: Request) -> Answer:
    """The running configuration."""
    return Answer(request.device.text(request.device.running, "show running-config"))


@COMMANDS.add("show startup-config")
def show_startup(request: Request) -> Answer:
    """The startup configuration with its volatile header."""
    device = request.device
    saved = time.strftime("%a %b %d %H:%M:%S %Y", time.gmtime(device.booted_at))
    header = f"! Startup-config last modified at {saved} by {device.around.username}"
    return Answer(device.text(device.startup, "show startup-config", header))
