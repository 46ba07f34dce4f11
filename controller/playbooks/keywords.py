"""Which key of a task names its module: every key that is no keyword of tasks."""

from __future__ import annotations

from controller.playbooks.nodes import Spot

GATHERING = "ansible.builtin.gather_facts"
_BUILTIN = ("", "ansible.builtin.", "ansible.legacy.")
INCLUDES_FILES = frozenset(
    prefix + name for prefix in _BUILTIN for name in ("include", "include_tasks", "import_tasks")
)
INCLUDES_ROLES = frozenset(
    prefix + name for prefix in _BUILTIN for name in ("include_role", "import_role")
)
_KEYWORDS = frozenset({
    "action", "any_errors_fatal", "args", "async", "become", "become_exe", "become_flags",
    "become_method", "become_user", "changed_when", "check_mode", "collections", "connection",
    "debugger", "delay", "delegate_facts", "delegate_to", "diff", "environment", "failed_when",
    "ignore_errors", "ignore_unreachable", "listen", "local_action", "loop", "loop_control",
    "module_defaults", "name", "no_log", "notify", "poll", "port", "register", "remote_user",
    "retries", "run_once", "tags", "throttle", "timeout", "until", "vars", "when",
})  # fmt: skip


def module_of(task: Spot) -> tuple[str, Spot] | None:
    """The module a task names and where its arguments stand; None when it names none, or several.

    `action: MODULE …` and `action: {module: MODULE, …}` are understood as Ansible does.
    """
    action = task.at("action", "local_action")
    if action:
        named = action.at("module").word if action.is_mapping else action.word.split(" ")[0]
        return (named, action) if named else None
    found = [
        (key, value)
        for key, _, value in task.keys()  # noqa: SIM118 - not a dict
        if key not in _KEYWORDS and not key.startswith("with_")
    ]
    if len(found) != 1:
        return None
    module, arguments = found[0]
    more = task.at("args")
    if more and arguments.is_mapping:
        # Which of them counts is not worth knowing.
        return module, Spot(task.path, None)
    return module, more if more.is_mapping else arguments
