"""What Ansible prints while it runs for us: only why a task was skipped; all else is an event.

Runs inside Ansible, as the callback below that of ansible-runner, whose event of a skipped task
does not say why.
"""

from __future__ import annotations

import json
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: khaen
type: stdout
short_description: says why tasks were skipped
description: [Prints why tasks were skipped; everything else is told by events.]
extends_documentation_fragment: [default_callback]
"""


class CallbackModule(CallbackBase):  # type: ignore[misc]
    """Named and shaped as Ansible looks for it."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "khaen"

    def v2_runner_on_skipped(self, result: Any) -> None:
        """One line of JSON: the message and the reason."""
        told = result._result
        why = {name: str(told[name]) for name in ("msg", "skip_reason") if told.get(name)}
        self._display.display(json.dumps(why))
