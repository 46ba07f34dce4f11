"""Everything an operation can do can be asked of the API, and every hint leads there."""

from __future__ import annotations

import re

from controller.api.hints import ADDRESSES
from tests.api.addresses import addresses
from tests.rules.test_documented import COMMANDS
from tests.rules.test_doors import EXEMPT as RULES
from tests.rules.test_doors import verbs
from tests.rules.tree import modules, told

# Verbs that cannot be asked for over the API, and why.
EXEMPT = {
    "audit_changed": "The worker asks it when something has changed; an audit can be asked for.",
    "answer_once": "How the API answers a request once; every POST goes through it.",
    "answer_shared_survey": "Who has the link and no account answers on its page.",
    "follow_run": "Waits at a terminal until a run ends; here one asks show_run again.",
    "do_scheduled": "Carries out a time of the schedule; run_schedule has a worker do it.",
    "fetch_wanted": "The worker backs up what told of a change; a backup can be asked for.",
    "do_playbook_run": "Carries a playbook run out; run_playbook and the worker ask it.",
    "take_playbook_run": "Takes a playbook run that waits; only the worker does.",
    "start_booked": "Starts booked cases whose time has come; only the worker does.",
    "keep_schedule": "Looks for what is due; only the worker does.",
    "complete_names": "What a shell completes as one types; a program lists what it needs.",
    "diagnose_installation": "Looks at the machine one sits at, also where nothing can be served.",
    "export_history": "The file holds every secret there is; it is made where the history lies.",
    "import_history": "Fills an empty installation, in which nobody can sign in yet.",
    "init_workspace": "Makes a folder on the machine one sits at; a served workspace is there.",
    "list_ansible_inventory": "Says where on this machine its Ansible looks secrets up.",
    "log_in_elsewhere": "Leads through the pages of another server, in a browser.",
    "keep_archive": "Merges and removes files on the machine one sits at; a worker does it hourly.",
    "prepare_lab": "Starts devices on the machine one sits at.",
    "write_schemas": "Writes files for an editor on the machine one sits at.",
    "set_up_second_step": "Shows a secret to a person's own phone: in a browser or a terminal.",
}
NAMED = re.compile(r"khaen ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)?)")
# Commands that a hint may name and that have no address, and why.
AT_THE_MACHINE = {
    "account totp": "Shows a secret to a person's own phone.",
    "demo": "Prepares an installation on the machine one sits at.",
    "export-history": "Writes a file on the machine the history lies on.",
    "import-history": "Fills an empty installation on the machine one sits at.",
    "init": "Makes a folder on the machine one sits at.",
    "lab up": "Starts devices on the machine one sits at.",
    "serve": "Starts the very server that is asked.",
    "spec": "A group: each of its commands has an address of its own.",
    "validate": "Reads files on the machine one sits at before they are served.",
    "worker": "Starts a process on the machine one sits at.",
}


def test_every_operation_can_be_asked_for() -> None:
    """By an operation id of its own name, or it is said why not."""
    ids = {one.id for one in addresses()}
    open_verbs = verbs() - set(RULES["without_door"])
    faults = sorted(open_verbs - ids - set(EXEMPT))
    assert not faults, told(faults)


def test_every_exemption_is_explained_and_still_needed() -> None:
    """It goes when its reason goes."""
    ids = {one.id for one in addresses()}
    assert set(EXEMPT) <= verbs() - ids
    assert all(len(why.split()) > 3 for why in (*EXEMPT.values(), *AT_THE_MACHINE.values()))


def test_every_address_a_hint_may_name_is_there() -> None:
    """With the method it is named with."""
    there = {
        (one.method, re.sub(r"\{\w+\}", "{}", one.template.removeprefix("/api/v1")))
        for one in addresses()
    }
    for command, address in ADDRESSES.items():
        method, _, path = address.partition(" ")
        assert (method, re.sub(r"\{\w+\}", "{}", path)) in there, command
        assert ("khaen", *command.split()) in COMMANDS, command


def test_every_command_a_text_names_leads_to_an_address() -> None:
    """Whoever calls the API is not sent to a terminal."""
    named = {
        " ".join(words)
        for path in modules("controller")
        if "/cli/" not in path.as_posix() and "/web/" not in path.as_posix()
        for text in NAMED.findall(path.read_text(encoding="utf-8"))
        if (words := _command(text.split()))
    }
    assert len(named) > 20
    faults = sorted(
        command
        for command in named
        if not {command, command.split()[0]} & {*ADDRESSES, *AT_THE_MACHINE}
    )
    assert not faults, told(faults)


def _command(words: list[str]) -> list[str]:
    """The words that are a command of ours; none for a sentence that goes on after its name."""
    for length in (2, 1):
        if ("khaen", *words[:length]) in COMMANDS:
            return words[:length]
    return []
